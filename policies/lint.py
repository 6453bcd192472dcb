"""Lint: every conflict between the clauses of a pack, and every value in it that the customer did not give."""

from collections.abc import Iterator

from domain.contract.facts import fact_text
from domain.contract.labels import FACTS, fact_value
from domain.words.label import Label
from policies.conflicts import conflicts
from policies.expand import calendar_of
from policies.findings import Finding, FindingKind, hours_text, promise_text
from policies.pack import Pack

_NOTED = Label("{what}：{note}", "{what}: {note}")
#: What a value is called in a pack stands behind, in brackets: for whoever writes packs.
_SET = Label("{note}（{what}）", "{note} ({what})")
_OPEN = Label("{id}＝{hours}：{note}", "{id} = {hours}: {note}")
_ASSUMED = Label(
    "无人说明时，“{label}”按“{called}”（{fact}={value}）",
    "where nobody has stated it, {label}: {called} ({fact}={value})",
)


def lint(pack: Pack) -> list[Finding]:
    """Conflicts first, then defaults, each in the order of the document."""
    return [*conflicts(pack), *_clauses(pack), *_hours(pack), *_assumed(pack), *_settings(pack)]


def _clauses(pack: Pack) -> Iterator[Finding]:
    for cell in pack.cells:
        clause, row = cell.clause, cell.row
        for note in (row.note if clause.default else None, row.scope_note):
            if note is not None:
                message = _NOTED.filled(what=promise_text(pack, clause), note=note.label)
                yield _default(pack, (clause.id, *row.see), message, clause.levels)


def _hours(pack: Pack) -> Iterator[Finding]:
    """Opening hours of ours, with the clauses that are, or may be, counted in them."""
    for row in pack.hours.values():
        if row.default and row.note is not None:
            counted = dict.fromkeys(clause.id for clause in pack.clauses if row.id == clause.calendar or clause.remote)
            message = _OPEN.filled(id=row.id, hours=hours_text(calendar_of(row)), note=row.note.label)
            yield _default(pack, tuple(counted), message)


def _assumed(pack: Pack) -> Iterator[Finding]:
    """What is taken of a fact that nobody has stated."""
    for fact, value in pack.fact_defaults.items():
        using = tuple(dict.fromkeys(clause.id for clause in pack.clauses if fact in clause.when))
        message = _ASSUMED.filled(fact=fact, value=fact_text(value), label=FACTS[fact], called=fact_value(fact, value))
        yield _default(pack, using, message)


def _settings(pack: Pack) -> Iterator[Finding]:
    for setting in (*pack.file.setting, *pack.settings):
        note = setting.label.filled(value=pack.value_of(setting.name))
        yield _default(pack, setting.clauses, _SET.filled(what=setting.name, note=note))


def _default(pack: Pack, clauses: tuple[str, ...], message: Label, levels: tuple[str, ...] = ()) -> Finding:
    return Finding(pack.id, FindingKind.DEFAULT, clauses, levels, message)

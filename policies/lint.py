"""Lint: every conflict between the clauses of a pack, and every value in it that the customer did not give."""

from collections.abc import Iterator

from domain.contract.facts import fact_text
from domain.contract.labels import FACTS, fact_value
from domain.contract.phrases import CHINESE, ENGLISH
from policies.conflicts import conflicts
from policies.expand import calendar_of
from policies.findings import Finding, FindingKind, promise_text
from policies.pack import SWITCHES, Pack


def lint(pack: Pack) -> list[Finding]:
    """Conflicts first, then defaults, each in the order of the document."""
    return [*conflicts(pack), *_clauses(pack), *_hours(pack), *_assumed(pack), *_settings(pack)]


def _clauses(pack: Pack) -> Iterator[Finding]:
    for cell in pack.cells:
        clause, note = cell.clause, cell.row.note
        if note is not None and (clause.default or clause.calendar_default):
            zh, en = (f"{promise_text(clause, words)}" for words in (CHINESE, ENGLISH))
            yield _default(pack, (clause.id, *cell.row.see), f"{zh}：{note.zh}", f"{en}: {note.en}", clause.levels)


def _hours(pack: Pack) -> Iterator[Finding]:
    """Opening hours of ours, with the clauses that are, or may be, counted in them."""
    for row in pack.hours.values():
        if row.default and row.note is not None:
            counted = dict.fromkeys(
                clause.id for clause in pack.clauses if row.id == clause.calendar or clause.calendar_fact
            )
            zh, en = (words.hours(calendar_of(row)) for words in (CHINESE, ENGLISH))
            yield _default(pack, tuple(counted), f"{row.id}＝{zh}：{row.note.zh}", f"{row.id} = {en}: {row.note.en}")


def _assumed(pack: Pack) -> Iterator[Finding]:
    """What is taken of a fact that nobody has stated."""
    for fact, value in pack.file.fact_defaults.items():
        using = tuple(dict.fromkeys(clause.id for clause in pack.clauses if fact in clause.when))
        label, called = FACTS[fact], fact_value(fact, value)
        yield _default(
            pack,
            using,
            f"{fact}＝{fact_text(value)}：无人说明时，“{label.zh}”按“{called.zh}”",
            f"{fact} = {fact_text(value)}: what holds where nobody has stated it ({label.en}: {called.en})",
        )


def _settings(pack: Pack) -> Iterator[Finding]:
    for setting in (*pack.file.setting, *pack.settings):
        value = _value(pack, setting.name)
        zh, en = (text.format(value=value) for text in (setting.zh, setting.en))
        yield _default(pack, setting.clauses, f"{setting.name}：{zh}", f"{setting.name}: {en}")


def _value(pack: Pack, name: str) -> str:
    """The value that a setting of that name has in the pack; empty where it has none."""
    values: dict[str, object] = {
        "confirmation_days": pack.confirmation_days,
        "rungs": tuple(sorted(pack.rungs)),
        **{f"pause_caps.{reason}": days for reason, days in pack.pause_caps.items()},
        **{switch: getattr(pack.file, switch) for switch in SWITCHES},
    }
    value = values.get(name, "")
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _default(pack: Pack, clauses: tuple[str, ...], zh: str, en: str, levels: tuple[str, ...] = ()) -> Finding:
    return Finding(pack.id, FindingKind.DEFAULT, clauses, levels, zh, en)

"""Contract packs and what they promise, as those get it who take reports or answer for them."""

from datetime import time
from typing import Any

from pydantic import JsonValue

from api.http.documents import Document, WordsShown
from domain.contract.clauses import Clause, Kind, budget_text
from domain.contract.labels import KINDS
from domain.words.label import Label
from policies import Pack
from policies.expand import Cell
from policies.findings import Finding
from policies.pack import SWITCHES
from policies.schema import Words as Written


class NamedShown(WordsShown):
    """Something by its id."""

    id: str


class HotlineShown(WordsShown):
    """A number that customers call."""

    number: str


class PackLine(Document):
    """A contract pack in a list; ``levels``: gravest first; ``hotlines``: the document's, else the installation's."""

    id: str
    number: str
    name: WordsShown
    levels: list[NamedShown]
    hotlines: list[HotlineShown]

    @classmethod
    def of(cls, pack: Pack, hotline: str) -> "PackLine":
        """Of a pack; ``hotline``: of the installation, perhaps none."""
        return cls(**_line(pack, hotline))


class ClauseShown(Document):
    """A promise of the document, for the levels that it treats alike; none: for all.

    ``text`` quotes its sentence, which stands at ``line`` of the source. ``default``: the number is ours, ``note`` says
    why. ``when``: for each fact, the values under which it applies. ``kind_name``: the document's own word.
    """

    id: str
    kind: Kind
    kind_name: WordsShown
    levels: list[str]
    budget: str | int
    counting: str
    calendar: str
    origin: str
    armed: str
    when: dict[str, list[bool | str]]
    consent: str | None
    instead: bool
    remote: bool
    text: str
    line: int
    default: bool
    note: WordsShown | None
    scope_note: WordsShown | None
    see: list[str]


class HoursShown(Document):
    """A calendar of service hours: ``days`` are ``every`` or ``working``; ``default``: they are ours."""

    id: str
    days: str
    windows: list[tuple[str, str]]
    default: bool
    note: WordsShown | None


class DetourShown(Document):
    """The route that is proposed where a fact has a value."""

    fact: str
    value: bool | str
    route: list[str]


class SettingShown(WordsShown):
    """A value of ours that is no clause."""

    name: str
    value: str
    clauses: list[str]


class PackDocument(PackLine):
    """A contract pack. ``switches``: what of its process a contract may set otherwise, as the pack has it.

    ``pause_caps``: working days after which a pause for a reason ends; null: never by itself. ``rungs``: percent of a
    budget at which an alarm is raised, and whom it reaches.
    """

    version: str
    source: str
    clauses: list[ClauseShown]
    hours: list[HoursShown]
    route: list[str]
    detours: list[DetourShown]
    fact_defaults: dict[str, bool | str]
    services: list[NamedShown]
    categories: list[NamedShown]
    pause_reasons: list[str]
    pause_caps: dict[str, int | None]
    confirmation_days: int
    rungs: dict[int, list[str]]
    switches: dict[str, JsonValue]
    settings: list[SettingShown]

    @classmethod
    def of(cls, pack: Pack, hotline: str) -> "PackDocument":
        """Of a pack, whole."""
        file = pack.file
        return cls(
            **_line(pack, hotline),
            version=file.version,
            source=file.source,
            clauses=[_clause(pack, cell) for cell in pack.cells],
            hours=[_hours(row) for row in pack.hours.values()],
            route=list(file.route),
            detours=[DetourShown(fact=one.fact, value=one.value, route=list(one.route)) for one in file.detours],
            fact_defaults=dict(pack.fact_defaults),
            services=[_named(one) for one in file.services],
            categories=[_named(one) for one in file.categories],
            pause_reasons=list(file.pause_reasons),
            pause_caps=dict(pack.pause_caps),
            confirmation_days=pack.confirmation_days,
            rungs={rung: list(reached) for rung, reached in pack.rungs.items()},
            switches={name: _plain(getattr(file, name)) for name in SWITCHES},
            settings=[_setting(pack, one) for one in (*file.setting, *pack.settings)],
        )


class FindingDocument(Document):
    """A conflict between clauses, or a value that the customer did not give us; no levels: it is about all."""

    finding: str
    clauses: list[str]
    levels: list[str]
    message: WordsShown

    @classmethod
    def of(cls, finding: Finding) -> "FindingDocument":
        """Of what was found."""
        return cls(
            finding=finding.finding,
            clauses=list(finding.clauses),
            levels=list(finding.levels),
            message=WordsShown(**finding.message.as_json()),
        )


class FindingsDocument(Document):
    """All that was found in a pack: conflicts first, then defaults, in the order of the document."""

    items: list[FindingDocument]


_HOTLINE = Label("服务热线", "hotline")


def _line(pack: Pack, hotline: str) -> dict[str, Any]:
    own = [HotlineShown(number=one.number, zh=one.zh, en=one.en) for one in pack.file.hotlines]
    ours = [HotlineShown(number=hotline, **_HOTLINE.as_json())] if hotline else []
    return {
        "id": pack.id,
        "number": pack.file.number,
        "name": _words(pack.file.name),
        "levels": [_named(level) for level in pack.file.levels],
        "hotlines": own or ours,
    }


def _clause(pack: Pack, cell: Cell) -> ClauseShown:
    clause, row = cell.clause, cell.row
    names = {str(kind): name.label for kind, name in pack.file.kind_names.items()}
    return ClauseShown(
        id=clause.id,
        kind=clause.kind,
        kind_name=kind_name(names, clause.kind),
        levels=list(clause.levels),
        budget=budget_text(clause.budget),
        counting=clause.counting,
        calendar=clause.calendar,
        origin=clause.origin,
        armed=armed_by(clause),
        when={fact: list(values) for fact, values in clause.when.items()},
        consent=clause.consent,
        instead=clause.instead,
        remote=clause.remote,
        text=row.text,
        line=row.line,
        default=clause.default,
        note=_words(row.note) if row.note and clause.default else None,
        scope_note=_words(row.scope_note) if row.scope_note else None,
        see=list(row.see),
    )


def _hours(row: Any) -> HoursShown:  # noqa: ANN401  # its windows are what a validator made of them
    return HoursShown(
        id=row.id,
        days=row.days,
        windows=[(f"{opens:%H:%M}", _closing(closes)) for opens, closes in row.windows],
        default=row.default,
        note=_words(row.note) if row.note else None,
    )


def _closing(at: time) -> str:
    """A window that closes at midnight is open to the end of the day."""
    return "24:00" if at == time(0) else f"{at:%H:%M}"


def _setting(pack: Pack, one: Any) -> SettingShown:  # noqa: ANN401  # a row of the file
    value = pack.value_of(one.name)
    return SettingShown(
        name=one.name, value=value, clauses=list(one.clauses), **one.label.filled(value=value).as_json()
    )


def armed_by(clause: Clause) -> str:
    """The events that arm it, of which one will do."""
    return " or ".join(clause.armed)


def kind_name(names: dict[str, Label], kind: Kind) -> WordsShown:
    """The document's word for a kind of promise, else ours."""
    return WordsShown(**names.get(str(kind), KINDS[kind]).as_json())


def _words(written: Written) -> WordsShown:
    return WordsShown(zh=written.zh, en=written.en)


def _named(row: Any) -> NamedShown:  # noqa: ANN401  # a level or a label of the file
    return NamedShown(id=row.id, zh=row.zh, en=row.en)


def _plain(value: object) -> JsonValue:
    return list(value) if isinstance(value, tuple) else value  # type: ignore[return-value]  # as a file has it

"""What must hold between the fields of a pack; each check yields one line for each thing that is wrong."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from domain.contract.clauses import Counting, FactValue
from domain.contract.facts import FACTS, fact_text, known_value
from domain.contract.ours import LISTED
from policies.expand import scope
from policies.files import clause_place
from policies.schema import CalendarRow, ClauseRow, PackFile

Calendars = dict[str, CalendarRow]

_IN_DAYS = {Counting.WORKDAY_END, Counting.DAY_END}
_WITHOUT_CALENDAR = {Counting.WALL, Counting.DAY_END}


def problems(pack: PackFile, calendars: Calendars) -> Iterator[str]:
    """Everything that is wrong with the pack, the file's name left out."""
    yield from _levels(pack)
    yield from _facts("fact_defaults", ((fact, (value,)) for fact, value in pack.fact_defaults.items()))
    yield from _facts("detours", ((detour.fact, (detour.value,)) for detour in pack.detours))
    yield from _hours(pack, calendars)
    yield from _settings(pack)
    for row in pack.clause:
        for field, wrong in _clause(row, pack, calendars):
            yield f"{clause_place(row.id, row.kind, field)}: {wrong}"


def _levels(pack: PackFile) -> Iterator[str]:
    names = Counter(name for level in pack.levels for name in level.names)
    for name in sorted(name for name, levels in names.items() if levels > 1):
        yield f"field 'levels': '{name}' names two levels"


def _hours(pack: PackFile, calendars: Calendars) -> Iterator[str]:
    for name, by_level in pack.hours.items():
        for level in pack.level_ids:
            if level not in by_level:
                yield f"field 'hours.{name}': no hours for level '{level}'"
        for unknown, wrong in _unknown_levels(by_level, pack):
            yield f"field 'hours.{name}.{unknown}': {wrong}"
        for level_id, calendar in by_level.items():
            if calendar not in calendars:
                yield f"field 'hours.{name}.{level_id}': {_unknown('calendar', calendar, calendars)}"


def _settings(pack: PackFile) -> Iterator[str]:
    """What is told of a value is told of one that there is: nothing is promised in words alone."""
    for setting in pack.setting:
        if not getattr(pack, setting.name, None) and setting.name not in LISTED:
            yield f"field 'setting.{setting.name}': the pack sets no such value"


def _facts(field: str, conditions: Iterable[tuple[str, Iterable[FactValue]]]) -> Iterator[str]:
    for fact, wrong in _wrong_facts(conditions):
        yield f"field '{field}.{fact}': {wrong}"


def _wrong_facts(conditions: Iterable[tuple[str, Iterable[FactValue]]]) -> Iterator[tuple[str, str]]:
    for fact, values in conditions:
        if fact not in FACTS:
            yield fact, _unknown("fact", fact, FACTS)
            continue
        for value in values:
            if not known_value(fact, value):
                yield fact, _unknown("value", fact_text(value), [fact_text(known) for known in FACTS[fact]])


def _clause(row: ClauseRow, pack: PackFile, calendars: Calendars) -> Iterator[tuple[str, str]]:
    if not row.id.startswith(f"{pack.number}-"):
        yield "id", f"the clauses of this pack begin with {pack.number}-"
    yield from _clause_levels(row, pack)
    yield from _clause_budget(row)
    yield from _clause_calendar(row, pack, calendars)
    for fact, wrong in _wrong_facts(row.when.items()):
        yield f"when.{fact}", wrong
    if row.default and row.note is None:
        yield "note", "missing; a default of ours says why"


def _clause_levels(row: ClauseRow, pack: PackFile) -> Iterator[tuple[str, str]]:
    for field in ("levels", "budget", "calendar", "default"):
        named = getattr(row, field)
        for level, wrong in _unknown_levels(named if isinstance(named, dict | tuple) else (), pack):
            yield f"{field}.{level}", wrong
    if isinstance(row.budget, dict) and row.levels and set(row.budget) != set(row.levels):
        yield "budget", f"must name the levels of the clause: {', '.join(row.levels)}"


def _clause_budget(row: ClauseRow) -> Iterator[tuple[str, str]]:
    for budget in row.budget.values() if isinstance(row.budget, dict) else (row.budget,):
        if isinstance(budget, int) != (row.counting in _IN_DAYS):
            right = "a whole number of days" if row.counting in _IN_DAYS else '"N min" or "N h"'
            yield "budget", f"{row.counting} takes {right}"


def _clause_calendar(row: ClauseRow, pack: PackFile, calendars: Calendars) -> Iterator[tuple[str, str]]:
    if row.counting in _WITHOUT_CALENDAR and row.calendar != "7*24":
        yield "calendar", f"{row.counting} counts in no calendar; leave it out"
    if isinstance(row.calendar, dict):
        for level in scope(row, pack):
            if level not in row.calendar:
                yield "calendar", f"no calendar for level '{level}'"
    named = row.calendar.values() if isinstance(row.calendar, dict) else (row.calendar,)
    known = {*calendars, *pack.hours}
    for calendar in named:
        if calendar not in known:
            yield "calendar", _unknown("calendar", calendar, known)
        elif row.counting is Counting.WORKDAY_END and not _on_working_days(calendar, calendars):
            yield "calendar", f"workday_end needs hours on working days, and {calendar} are not"
    if row.remote and row.counting in _IN_DAYS:
        yield "remote", f"{row.counting} counts days; hours of remote service need a duration"


def _on_working_days(calendar: str, calendars: Calendars) -> bool:
    return calendar in calendars and calendars[calendar].days == "working"


def _unknown_levels(named: Iterable[str], pack: PackFile) -> Iterator[tuple[str, str]]:
    for level in named:
        if level not in pack.level_ids:
            yield level, _unknown("level", level, pack.level_ids)


def _unknown(what: str, value: str, known: Collection[str]) -> str:
    valid = sorted(known) if isinstance(known, set) else known
    return f"unknown {what} '{value}'; {what}s are {', '.join(valid)}"

"""From the rows of a pack to clauses: one clause for each set of levels that it treats alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from domain.contract.calendars import Calendar
from domain.contract.clauses import Clause
from policies.schema import CalendarRow, ClauseRow, PackFile

Budget = timedelta | int


@dataclass(frozen=True, slots=True)
class Cell:
    """A clause and the row of the pack that it comes from."""

    clause: Clause
    row: ClauseRow


def scope(row: ClauseRow, pack: PackFile) -> tuple[str, ...]:
    """The levels that a row applies to, gravest first."""
    for named in (row.levels, row.budget, row.calendar):
        if named and isinstance(named, tuple | dict):
            return tuple(level for level in pack.level_ids if level in named)
    return pack.level_ids


def calendar_at(row: ClauseRow, level: str, pack: PackFile) -> str:
    """The calendar that the row counts in at a level. KeyError when it names none for it."""
    if isinstance(row.calendar, dict):
        return row.calendar[level]
    return pack.hours[row.calendar][level] if row.calendar in pack.hours else row.calendar


def cells(pack: PackFile) -> Iterator[Cell]:
    """Every clause of the pack, in the order of the document."""
    for row in pack.clause:
        alike: dict[tuple[Budget, str, bool], list[str]] = {}
        for level in scope(row, pack):
            budget = row.budget[level] if isinstance(row.budget, dict) else row.budget
            default = level in row.default if isinstance(row.default, tuple) else row.default
            alike.setdefault((budget, calendar_at(row, level, pack), default), []).append(level)
        for (budget, calendar, default), levels in alike.items():
            named = () if tuple(levels) == pack.level_ids else tuple(levels)
            yield Cell(_clause(row, budget, calendar, default, named), row)


def _clause(row: ClauseRow, budget: Budget, calendar: str, default: bool, levels: tuple[str, ...]) -> Clause:
    return Clause(
        id=row.id,
        kind=row.kind,
        budget=budget,
        counting=row.counting,
        calendar=calendar,
        origin=row.origin,
        armed=row.armed,
        remote=row.remote,
        levels=levels,
        when=dict(row.when),
        consent=row.consent,
        instead=row.instead,
        default=default,
        met_by_opening=row.met_by_opening,
        until_restored=row.until_restored,
        unit=row.unit,
        line=row.line,
    )


def calendar_of(row: CalendarRow) -> Calendar:
    """The service hours as the domain knows them."""
    return Calendar(row.id, every_day=row.days == "every", windows=row.windows)

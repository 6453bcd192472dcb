"""What is asked of the statistics: of whole months from what was folded, of how things stand now from the tickets."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Engine, Float, Select, case, cast, func, select

from domain.statistics import Outcome, percentile
from domain.ticket.stages import Stage
from store.models import StatisticMonthRow, StatisticRow, TicketRow
from store.statistics.folding import CLOSED, CONTRACT, LATE, Counted


@dataclass(frozen=True, slots=True)
class Period:
    """Months, by the clock in China.

    Attributes:
        first, last: the first day of the first month and of the last one.
        contract: tickets under this one alone; None: all.
    """

    first: date
    last: date
    contract: str | None = None


class By(StrEnum):
    """What promises are grouped by within a month; of a clause, also by what it promises."""

    CLAUSE = "clause"
    KIND = "kind"
    LEVEL = "level"
    CONTRACT = "contract"


class Promises(NamedTuple):
    """Of one month and group, how many promises have which outcome. ``kind``: where the group is a clause."""

    month: date
    group: str
    kind: str | None
    outcomes: dict[Outcome, int]


class Lengths(NamedTuple):
    """How long something took, each within a hundredth. ``month``: None for all of them together."""

    month: date | None
    group: str
    number: int
    percentiles: tuple[float, ...]


class Age(NamedTuple):
    """So many tickets of a pack's level are open and were received so many hours ago; ``below_h``: None for longest."""

    pack: str | None
    level: str | None
    below_h: int | None
    tickets: int


class Load(NamedTuple):
    """What is somebody's; ``late``: with a broken promise. Of the months ``closed`` and how many of these were late."""

    person: str
    open: int
    open_late: int
    closed: int
    closed_late: int


#: Hours below which open tickets are told apart by their age.
AGES_H = (4, 24, 72, 168, 720)


def folded(engine: Engine, period: Period) -> datetime | None:
    """As of when the months are counted: one without changes as of the last look. None: one is not counted yet."""
    row = StatisticMonthRow
    counted = case((row.stale, row.folded_at), else_=row.looked_at)
    asked = select(func.min(counted), func.count().filter(row.folded_at.is_(None)))
    with engine.connect() as connection:
        since, missing = connection.execute(asked.where(row.month.between(period.first, period.last))).one()
    return None if missing else since


def became(engine: Engine, period: Period) -> dict[date, dict[str, int]]:
    """Month by month what became of its reports: `open`, `closed`, `discarded`, `merged`."""
    found: dict[date, dict[str, int]] = defaultdict(dict)
    for month, value, number in _rows(engine, period, Counted.TICKETS, StatisticRow.month, StatisticRow.value):
        found[month][value] = number
    return found


def promises(engine: Engine, period: Period, by: By) -> list[Promises]:
    """The promises of the tickets received in each month, in order of month and group."""
    group = {By.CLAUSE: (StatisticRow.about, StatisticRow.kind), By.KIND: (StatisticRow.kind,)}.get(by)
    outcomes: dict[tuple[date, tuple[str, ...]], dict[Outcome, int]] = defaultdict(dict)
    asked = (StatisticRow.month, *(group or (getattr(StatisticRow, by.value),)), StatisticRow.value)
    for month, *named, value, number in _rows(engine, period, Counted.PROMISES, *asked):
        outcomes[month, tuple(named)][Outcome(value)] = number
    return [
        Promises(month, named[0], named[1] if by is By.CLAUSE else None, found)
        for (month, named), found in sorted(outcomes.items(), key=lambda item: item[0])
    ]


def lengths(engine: Engine, period: Period, what: Counted, shares: tuple[float, ...]) -> list[Lengths]:
    """How long stages took (seconds), or how late alarms were raised (milliseconds): by month, and all together."""
    buckets: dict[tuple[date | None, str], Counter[int]] = defaultdict(Counter)
    asked = (StatisticRow.month, StatisticRow.about, StatisticRow.value)
    for month, about, place, number in _rows(engine, period, what, *asked):
        buckets[month, about][int(place)] += number
        buckets[None, about][int(place)] += number
    return [
        Lengths(month, about, sum(counts.values()), tuple(percentile(counts, share) or 0.0 for share in shares))
        for (month, about), counts in sorted(
            buckets.items(), key=lambda item: (str(item[0][0] or ""), _place(item[0][1]))
        )
    ]


def latest(engine: Engine, period: Period) -> dict[tuple[date | None, str], int]:
    """By how many milliseconds the latest alarm was late: by month and rung, and of all months together."""
    most: dict[tuple[date | None, str], int] = {}
    asked = _asked(period, Counted.LATEST, (StatisticRow.month, StatisticRow.about), func.max(StatisticRow.number))
    with engine.connect() as connection:
        for month, rung, late in connection.execute(asked):
            most[month, rung] = late
            most[None, rung] = max(late, most.get((None, rung), 0))
    return most


def ageing(engine: Engine, contract: str | None) -> list[Age]:
    """Open tickets by level and age, as of now."""
    hours = cast(func.extract("epoch", func.now() - TicketRow.received_at) / 3600, Float)
    below = case(*((hours < most, most) for most in AGES_H))
    each = (TicketRow.pack, TicketRow.level, below.label("below"))
    asked = select(*each, func.count()).where(*_now_open(contract)).group_by(*each)
    asked = asked.order_by(TicketRow.pack.nulls_last(), func.min(TicketRow.gravity).nulls_last(), "below")
    with engine.connect() as connection:
        return [Age(*row) for row in connection.execute(asked)]


def load(engine: Engine, period: Period) -> list[Load]:
    """What each person has, as of now, and has closed of the reports of the period; who has most stands first."""
    late = func.count().filter(TicketRow.late > 0)
    having = select(TicketRow.assignee, func.count(), late).where(*_now_open(period.contract))
    having = having.where(TicketRow.assignee.is_not(None)).group_by(TicketRow.assignee)
    with engine.connect() as connection:
        has = {str(person): (tickets, broken) for person, tickets, broken in connection.execute(having)}
    done: dict[str, Counter[str]] = defaultdict(Counter)
    asked = (StatisticRow.about, StatisticRow.kind, StatisticRow.value)
    for person, kind, value, number in _rows(engine, period, Counted.TICKETS, *asked):
        if value == CLOSED and person:
            done[person][kind] += number
    found = (Load(who, *has.get(who, (0, 0)), done[who].total(), done[who][LATE]) for who in has.keys() | done.keys())
    return sorted(found, key=lambda one: (-one.open, -one.closed, one.person))


def _place(about: str) -> int:
    """Stages as on the ladder, rungs as they are raised."""
    return int(about) if about.isdecimal() else list(Stage).index(Stage(about))


def _rows(engine: Engine, period: Period, what: Counted, *by: Any) -> list[Any]:  # noqa: ANN401  # columns, and rows of them
    with engine.connect() as connection:
        asked = _asked(period, what, by, cast(func.sum(StatisticRow.number), BigInteger))
        return list(connection.execute(asked))


def _asked(period: Period, what: Counted, by: tuple[Any, ...], number: ColumnElement[Any]) -> Select[Any]:
    asked = select(*by, number).where(StatisticRow.what == what, StatisticRow.month.between(period.first, period.last))
    if period.contract is not None:
        asked = asked.where(StatisticRow.contract == period.contract)
    return asked.group_by(*by)


def _now_open(contract: str | None) -> list[ColumnElement[bool]]:
    return [TicketRow.closed_at.is_(None), ~TicketRow.drill, *_under(contract)]


def _under(contract: str | None) -> list[ColumnElement[bool]]:
    return [] if contract is None else [CONTRACT.in_([contract])]

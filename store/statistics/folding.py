"""Folding: a month's tickets, counted. A month is folded anew when one of its tickets has changed, and is exact then.

However many tickets there are, a look costs what has changed: months that are long past have no changes.
"""

import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Any

import structlog
from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    DateTime,
    Engine,
    Text,
    and_,
    case,
    cast,
    column,
    delete,
    func,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB, insert

from domain.contract.calendars import CHINA
from domain.statistics import MOVES, OUTCOMES, Line, Outcome, bucket, spent
from domain.ticket.obligations import State
from domain.ticket.stages import Stage
from store.models import EntryRow, ObligationRow, StatisticMonthRow, StatisticRow, TicketRow
from store.queries.tickets import HORIZON
from store.watch.beats import STATISTICS, beat

log = structlog.get_logger()

#: Of the time that passes, folding one month may take so much: a month that takes long is folded less often.
_SHARE = 0.02
_MOST_ROWS = 5_000
Row = dict[str, Any]


#: Seconds from one look to the next.
EVERY_S = 60


class Counted(StrEnum):
    """What is counted."""

    TICKETS = "tickets"  # by whose they are, whether a promise was broken, and what became of them
    PROMISES = "promises"  # by clause, kind and outcome
    STAGES = "stages"  # seconds spent in each, of closed tickets
    LATENESS = "lateness"  # milliseconds after its due time that an alarm was raised, by rung
    LATEST = "latest"  # the most of that: not a count


CLOSED, OPEN, LATE = "closed", "open", "late"
_ALONE = select(func.pg_try_advisory_xact_lock(func.hashtextextended("statistics", 0)))
_AGE_S = func.extract("epoch", func.clock_timestamp() - StatisticMonthRow.folded_at)
_MONTH = cast(func.timezone("Asia/Shanghai", func.date_trunc("month", TicketRow.received_at, "Asia/Shanghai")), Date)
#: The contract whose terms hold.
CONTRACT: ColumnElement[str] = func.coalesce(TicketRow.agreed_contract, TicketRow.contract)
_LEVEL = func.coalesce(TicketRow.level, "")
_OF = (CONTRACT.label("contract"), _LEVEL.label("level"))
_OUTCOME = case(
    (and_(ObligationRow.state == State.BREACHED, ObligationRow.met_at.is_not(None)), Outcome.LATE.value),
    *((ObligationRow.state == state, outcome.value) for state, outcome in OUTCOMES.items()),
)


def fold(engine: Engine, share: float = _SHARE) -> int:
    """Look what has changed, and fold the months whose turn it is; answer how many were folded.

    Args:
        share: of the time that passes so much may go into a month. What waits for its turn stays stale.
    """
    _look(engine)
    is_turn = StatisticMonthRow.folded_at.is_(None) | (StatisticMonthRow.took_s <= _AGE_S * share)
    due = (StatisticMonthRow.stale, is_turn)
    with engine.connect() as connection:
        months = connection.scalars(select(StatisticMonthRow.month).where(*due)).all()
    failed = 0
    for month in sorted(months, reverse=True):
        try:
            with engine.connect().execution_options(isolation_level="REPEATABLE READ") as line, line.begin():
                _fold(line, month)
        except Exception as error:  # noqa: BLE001  # whatever it is, the other months are counted
            log.warning("a month could not be counted", month=str(month), error=str(error))
            failed += 1
    if not failed:
        beat(engine, STATISTICS, EVERY_S)
    return len(months) - failed


def count_anew(connection: Connection) -> None:
    """Tickets were removed, of which nothing tells: every month is counted again."""
    connection.execute(update(StatisticMonthRow).values(stale=True))


def _look(engine: Engine) -> None:
    """Mark the months of which a ticket has changed since the look before."""
    since = select(func.coalesce(func.min(StatisticMonthRow.horizon), 0)).scalar_subquery()
    with engine.begin() as connection:
        horizon = connection.scalar(HORIZON) or 0
        changed = connection.scalars(select(_MONTH).where(TicketRow.changed_in >= since).distinct()).all()
        if changed:
            fresh: list[Row] = [
                {"month": month, "stale": True, "horizon": horizon, "looked_at": func.now(), "took_s": 0.0}
                for month in changed
            ]
            marked = insert(StatisticMonthRow).values(fresh)
            connection.execute(marked.on_conflict_do_update(index_elements=["month"], set_={"stale": True}))
        connection.execute(update(StatisticMonthRow).values(horizon=horizon, looked_at=func.now()))


def _fold(connection: Connection, month: date) -> None:
    if not connection.scalar(_ALONE):
        return  # another watchdog is at it
    began = time.monotonic()
    connection.execute(select(func.set_config("statement_timeout", "0", True)))
    counted = [{"month": month, **row} for row in counts(connection, month)]
    connection.execute(delete(StatisticRow).where(StatisticRow.month == month))
    for place in range(0, len(counted), _MOST_ROWS):
        connection.execute(insert(StatisticRow), counted[place : place + _MOST_ROWS])
    done = {"stale": False, "folded_at": func.now(), "took_s": time.monotonic() - began}
    connection.execute(update(StatisticMonthRow).where(StatisticMonthRow.month == month).values(**done))


def counts(connection: Connection, month: date) -> Iterator[Row]:
    """All that is counted of the month's tickets, from their rows."""
    those = _received_in(month)
    yield from _tickets(connection, those)
    yield from _promises(connection, those)
    yield from _lateness(connection, those)
    yield from _stages(connection, those)


def _received_in(month: date) -> ColumnElement[bool]:
    """Drills are nobody's."""
    first = datetime(month.year, month.month, 1, tzinfo=CHINA)
    after = (first + timedelta(days=31)).replace(day=1)
    return and_(TicketRow.received_at >= first, TicketRow.received_at < after, ~TicketRow.drill)


def _row(what: Counted, group: Any, *key: Any, number: int) -> Row:  # noqa: ANN401  # a database's row, and its columns
    contract, level = group
    about, kind, value = map(str, key)
    said = {"what": what.value, "about": about, "kind": kind, "value": value, "number": number}
    return {"contract": contract, "level": level, **said}


def _tickets(connection: Connection, those: ColumnElement[bool]) -> Iterator[Row]:
    goes_on = case((TicketRow.closed_at.is_(None), OPEN), else_=CLOSED)
    became = func.coalesce(cast(TicketRow.ended_as, Text), goes_on).label("value")
    whose = func.coalesce(TicketRow.assignee, "").label("whose")
    late = case((TicketRow.late > 0, LATE), else_="").label("late")
    each = (*_OF, whose, late, became)
    for row in connection.execute(select(*each, func.count().label("number")).where(those).group_by(*each)):
        yield _row(Counted.TICKETS, row[:2], row.whose, row.late, row.value, number=row.number)


def _promises(connection: Connection, those: ColumnElement[bool]) -> Iterator[Row]:
    each = (*_OF, ObligationRow.clause, ObligationRow.kind, _OUTCOME.label("value"))
    asked = select(*each, func.count().label("number")).join(TicketRow, TicketRow.number == ObligationRow.ticket)
    asked = asked.where(those, TicketRow.ended_as.is_(None), _OUTCOME.is_not(None)).group_by(*each)
    for row in connection.execute(asked):
        yield _row(Counted.PROMISES, row[:2], row.clause, row.kind.value, row.value, number=row.number)


def _lateness(connection: Connection, those: ColumnElement[bool]) -> Iterator[Row]:
    alarm = func.jsonb_array_elements(ObligationRow.alarms).table_valued(column("value", JSONB)).render_derived()
    each = (*_OF, alarm.c.value["rung"].astext.label("rung"), alarm.c.value["lateness_ms"].astext.label("late"))
    asked = select(*each, func.count().label("number")).select_from(ObligationRow)
    asked = asked.join(TicketRow, TicketRow.number == ObligationRow.ticket).join(alarm, true())
    buckets: Counter[tuple[Any, str, int]] = Counter()
    latest: dict[tuple[Any, str], int] = {}
    # What was due before anybody here knew of the report says nothing of how fast alarms come.
    known = cast(alarm.c.value["due_at"].astext, DateTime(timezone=True)) >= TicketRow.accepted_at
    for row in connection.execute(asked.where(those, known).group_by(*each)):
        group, late = row[:2], int(row.late)
        buckets[group, row.rung, bucket(late)] += row.number
        latest[group, row.rung] = max(late, latest.get((group, row.rung), 0))
    for (group, rung, place), number in buckets.items():
        yield _row(Counted.LATENESS, group, rung, "", place, number=number)
    for (group, rung), late in latest.items():
        yield _row(Counted.LATEST, group, rung, "", "", number=late)


def _stages(connection: Connection, those: ColumnElement[bool]) -> Iterator[Row]:
    asked = select(*_OF, TicketRow.number, TicketRow.received_at, EntryRow.happening, EntryRow.at, EntryRow.data)
    asked = asked.join(EntryRow, EntryRow.ticket == TicketRow.number).where(those, EntryRow.happening.in_(MOVES))
    asked = asked.where(TicketRow.closed_at.is_not(None), TicketRow.ended_as.is_(None))
    asked = asked.order_by(TicketRow.number, EntryRow.seq).execution_options(yield_per=10_000)
    buckets: Counter[tuple[Any, Stage, int]] = Counter()
    for _, lines in groupby(connection.execute(asked), key=lambda row: row.number):
        moved = list(lines)
        told = [Line(line.happening, line.at, line.data) for line in moved]
        for stage, length in spent(moved[0].received_at, told).items():
            buckets[moved[0][:2], stage, bucket(length.total_seconds())] += 1
    for (group, stage, place), number in buckets.items():
        yield _row(Counted.STAGES, group, stage.value, "", place, number=number)

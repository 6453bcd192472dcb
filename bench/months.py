"""Figures of a year: from what is kept month by month, and by counting every row; and what one change costs."""

import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TypeVar

from rich.console import Console
from rich.progress import track
from sqlalchemy import Engine, func, insert, literal_column, select, text

from bench.desk import desk
from bench.figures import Bar, Line, NotRun, Of, Say, remark
from bench.footprint import simple_ticket
from bench.house import House
from bench.size import Size
from domain.statistics import OUTCOMES, Outcome
from domain.ticket.obligations import State
from store.database import connect
from store.models import EntryRow, ObligationRow, TicketRow
from store.models.base import table_of
from store.statistics.asking import By, Period, promises
from store.statistics.folding import fold

T = TypeVar("T")
#: How many promises of each month and kind have which outcome.
Found = Counter[tuple[date, str, str]]
MONTHS = 36
REPEATS = 5
#: As in `fold`: every stale month, however lately it was folded.
AT_ONCE = 1e12
_OTHERS = "'B' || lpad(n::text, 9, '0')"
_EARLIER = f"- (n % {MONTHS}) * interval '30 days'"
_MOVED = ("received_at", "accepted_at", "closed_at", "resolved_at", "at", "recorded_at", "due_at", "met_at")


async def measure(house: House, size: Size, say: Say) -> None:
    """One ticket that was taken to its end, as often as is asked for, in the months of three years."""
    settings = house.settings("months")
    with house.process("worker", settings):
        async with desk(settings, "months-bare") as at:
            number = await simple_ticket(at, 0)
    engine = connect(house.database_url)
    try:
        _multiply(engine, number, size.archived)
        _measure(engine, size, say)
    finally:
        engine.dispose()


def _multiply(engine: Engine, number: str, tickets: int) -> None:
    """Its rows again and again, each time of another month."""
    began = time.monotonic()
    with engine.begin() as connection:
        for table, name in (
            (table_of(TicketRow), "number"),
            (table_of(EntryRow), "ticket"),
            (table_of(ObligationRow), "ticket"),
        ):
            otherwise = {name: _OTHERS, "command_id": "NULL"} | {each: f"{each} {_EARLIER}" for each in _MOVED}
            made = [
                literal_column(otherwise[column.name]) if column.name in otherwise else column
                for column in table.columns
            ]
            which = text(f"generate_series(1, {tickets}) AS n")
            copied = select(*made).select_from(table, which).where(table.c[name] == number)
            connection.execute(insert(table).from_select(list(table.columns), copied))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    remark(f"{tickets} tickets were made in {time.monotonic() - began:.0f} s")


def _measure(engine: Engine, size: Size, say: Say) -> None:
    took, folded = _timed(lambda: fold(engine, AT_ONCE))
    remark(f"all {folded} months were folded for the first time in {took:.1f} s")
    last = datetime.now(UTC).date().replace(day=1)
    for what, first in (("a year", date(last.year - 1, last.month, 1)), ("a month", last)):
        _compare(engine, Period(first, last), f"promises of {what} by outcome, of {size.archived} tickets", say)
    with engine.begin() as connection:
        touch = "UPDATE ticket SET changed_in = txid_current() WHERE number = (SELECT max(number) FROM ticket)"
        connection.execute(text(touch))
    took, folded = _timed(lambda: fold(engine, AT_ONCE))
    say(Line("months", f"a change is counted ({folded} month anew)", took * 1000, "ms"))


def _compare(engine: Engine, period: Period, about: str, say: Say) -> None:
    """By turns; each answers the same, month by month, or nothing is said."""
    kept, scanned = [], []
    for _ in track(range(REPEATS), about, transient=True, console=Console(stderr=True)):
        took, ours = _timed(lambda: _kept(engine, period))
        kept.append(took)
        took, all_ = _timed(lambda: _scanned(engine, period))
        scanned.append(took)
        if ours != all_ or not ours:
            say(NotRun("months", about, f"the two differ: {ours} and {all_}"))
            return
    ours_s, bare_s = min(kept), min(scanned)
    say(Line("months", about, ours_s * 1000, "ms", bare_s * 1000, Bar(Of.FASTER, 20), ratio=bare_s / ours_s))


def _timed(do: Callable[[], T]) -> tuple[float, T]:
    began = time.perf_counter()
    done = do()
    return time.perf_counter() - began, done


def _kept(engine: Engine, period: Period) -> Found:
    return Counter(
        {
            (one.month, one.group, outcome.value): number
            for one in promises(engine, period, By.KIND)
            for outcome, number in one.outcomes.items()
        }
    )


def _scanned(engine: Engine, period: Period) -> Found:
    """The full scan, in words of its own."""
    month = func.date_trunc("month", TicketRow.received_at, "Asia/Shanghai").op("AT TIME ZONE")("Asia/Shanghai")
    each = (month, ObligationRow.kind, ObligationRow.state, ObligationRow.met_at.is_not(None))
    asked = select(*each, func.count()).join(TicketRow, TicketRow.number == ObligationRow.ticket)
    asked = asked.where(~TicketRow.drill, TicketRow.ended_as.is_(None), month.between(period.first, period.last))
    found: Found = Counter()
    with engine.connect() as connection:
        for begin, kind, state, is_met, number in connection.execute(asked.group_by(*each)):
            outcome = Outcome.LATE if state is State.BREACHED and is_met else OUTCOMES.get(state)
            if outcome is not None:
                found[begin.date(), kind.value, outcome.value] += number
    return found

"""How late alarms are raised, with few and with many tickets open."""

import asyncio
import uuid
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import perf_counter

from sqlalchemy import Engine, select

from bench.bare import Sleeping
from bench.desk import Desk, desk, many
from bench.figures import Bar, Line, NotRun, Of, Say, percentile, remark
from bench.house import House
from bench.size import Size
from domain.ticket.obligations import BREACH
from domain.ticket.timeline import Happening
from store.database import connect
from store.models import EntryRow

RATES = (5, 33)  # alarms a second
#: Of each rate, by percentile; the sleeper is the bare reference. At the high rate the machine itself is busy.
BARS = {
    RATES[0]: {50: Bar(Of.OURS, 30), 99: Bar(Of.RATIO, 1.25), 100: Bar(Of.OURS, 2_000)},
    RATES[1]: {99: Bar(Of.OURS, 500)},
}
RESPOND = timedelta(minutes=30)  # nuobida, level IV: the other rungs lie outside the measurement
KEPT_IN_MEMORY = 1_000  # tickets, by a worker: when so many were opened later, one is out of it
WARM_UP = 100
SLOWER = 1.6  # than the pace measured so far, opening may be
RUN_UP_S = 3
MISSING_AFTER_S = 60
BARE_SLEEPS = 40


@dataclass(frozen=True)
class Plan:
    """So many alarms at a rate a second, so many quiet tickets opened later than theirs, at this pace."""

    rate: int
    alarms: int
    later: int
    pace: float


@dataclass(frozen=True)
class Lateness:
    """Milliseconds of each alarm, and how many never came."""

    each: list[float]
    missing: int = 0


async def measure(house: House, size: Size, say: Say) -> None:
    """The bare sleeper before each size, then both rates."""
    settings = house.settings("lateness")
    engine = connect(house.database_url, pool_size=2)
    with ExitStack() as running:
        running.enter_context(house.process("worker", settings))
        running.enter_context(house.process("bench.bare", house.settings("lateness-bare")))
        async with desk(settings, "lateness-bare") as at:
            bare: list[float] = []
            found: dict[tuple[int, int], Lateness] = {}
            opened = WARM_UP
            pace = await opened_a_second(at, WARM_UP)
            for count in size.open_tickets:
                bare += await bare_lateness(at)
                for rate, seconds in ((RATES[0], size.alarms_for_s), (RATES[1], size.alarms_for_s // 2)):
                    alarms = rate * seconds
                    quiet = max(0, count - opened - alarms)
                    pace = await opened_a_second(at, quiet - KEPT_IN_MEMORY) or pace
                    found[count, rate] = await lateness_of(
                        at, engine, Plan(rate, alarms, min(quiet, KEPT_IN_MEMORY), pace)
                    )
                    opened += quiet + alarms
            remark(f"bare: one workflow that slept {len(bare)} times on the same server")
            _say_all(found, bare, size, say)
    engine.dispose()


async def opened_a_second(at: Desk, count: int) -> float:
    """Open quiet tickets, if it is any; how many a second."""
    began = perf_counter()
    await many(max(0, count), at.open_quiet)
    return max(0, count) / (perf_counter() - began)


async def bare_lateness(at: Desk) -> list[float]:
    begin = datetime.now(UTC) + timedelta(seconds=1)
    instants = [begin + timedelta(milliseconds=500 * number) for number in range(BARE_SLEEPS)]
    return await at.tickets.client.execute_workflow(
        Sleeping.run, instants, id=f"sleeping-{uuid.uuid4().hex}", task_queue=at.bare_queue
    )


async def lateness_of(at: Desk, engine: Engine, plan: Plan) -> Lateness:
    """Open the tickets that will miss their response, then those that push them out of memory, then wait."""
    opening_s = SLOWER * (plan.alarms + plan.later) / plan.pace
    first_due = datetime.now(UTC) + timedelta(seconds=10 + opening_s)

    async def missing_its_response(number: int) -> str:
        received_at = first_due + timedelta(seconds=number / plan.rate) - RESPOND
        return (await at.open(received_at=received_at)).id

    numbers = await many(plan.alarms, missing_its_response)
    await many(plan.later, at.open_quiet)
    left_s = (first_due - datetime.now(UTC)).total_seconds()
    if left_s < RUN_UP_S:
        remark("the machine was too slow to open all tickets before the first alarm fell due")
    await asyncio.sleep(max(0.0, left_s + plan.alarms / plan.rate))
    return await _raised(engine, set(numbers))


async def _raised(engine: Engine, numbers: set[str]) -> Lateness:
    """What the timelines say, as soon as all of them say it."""
    found: dict[str, float] = {}
    for _ in range(MISSING_AFTER_S):
        found = await asyncio.to_thread(_recorded, engine, numbers)
        if len(found) == len(numbers):
            break
        await asyncio.sleep(1)
    return Lateness(list(found.values()), len(numbers) - len(found))


def _recorded(engine: Engine, numbers: set[str]) -> dict[str, float]:
    alarms = select(EntryRow.ticket, EntryRow.at, EntryRow.recorded_at).where(
        EntryRow.happening == Happening.ALARM_RAISED,
        EntryRow.ticket.in_(numbers),
        EntryRow.data["rung"].as_integer() == BREACH,
    )
    with engine.connect() as connection:
        return {
            row.ticket: (row.recorded_at - row.at) / timedelta(milliseconds=1) for row in connection.execute(alarms)
        }


def _say_all(found: dict[tuple[int, int], Lateness], bare: list[float], size: Size, say: Say) -> None:
    for (count, rate), lateness in found.items():
        about = f"alarm lateness, {count:,} open, {rate}/s"
        remark(f"{about}: {len(lateness.each)} alarms, {lateness.missing} missing")
        if lateness.each:
            _say_one(about, lateness.each, bare, BARS[rate], say)
        else:
            say(NotRun("lateness", about, "no alarm was raised"))
    few, most = (found[count, RATES[0]].each for count in (size.open_tickets[0], size.open_tickets[-1]))
    if few and most:
        _say_growth(few, most, size, say)
    early = sum(late < 0 for lateness in found.values() for late in lateness.each)
    missing = sum(lateness.missing for lateness in found.values())
    say(Line("lateness", "alarms raised early", early, "", bar=Bar(Of.OURS, 0)))
    say(Line("lateness", "alarms missing", missing, "", bar=Bar(Of.OURS, 0)))


def _say_one(about: str, late: list[float], bare: list[float], bars: Mapping[int, Bar], say: Say) -> None:
    for name, percent in (("p50", 50), ("p99", 99), ("max", 100)):
        ours, reference = percentile(late, percent), percentile(bare, percent)
        say(Line("lateness", f"{about}, {name}", ours, "ms", reference, bars.get(percent)))


def _say_growth(few: list[float], most: list[float], size: Size, say: Say) -> None:
    about = f"{size.open_tickets[-1]:,} open over {size.open_tickets[0]:,}, 5/s"
    for percent in (50, 99):
        ours, before = percentile(most, percent), percentile(few, percent)
        say(Line("lateness", f"alarm lateness, {about}, p{percent}", ours, "ms", before))

"""What TLS costs: decisions and lateness on a server behind certificates, beside one in plain, in one run."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from sqlalchemy import Engine

from bench.decisions import A_BLOCK, NOTE, TICKETS, timed
from bench.desk import Bare, Desk, Ticket, desk, many
from bench.figures import Line, NotRun, Say, percentile, remark
from bench.house import House, without_tls
from bench.lateness import RATES, WARM_UP, Plan, bare_lateness, lateness_of, opened_a_second
from bench.size import Size
from store.database import connect

#: Between two commands, so that what a decision leaves behind delays none.
_PAUSE_S = 0.05


@dataclass
class Side:
    """One of the two servers, and what was measured on it, in milliseconds."""

    at: Desk
    tickets: Sequence[Ticket] = ()
    bares: Sequence[Bare] = ()
    pace: float = 0.0
    decisions: list[float] = field(default_factory=list)
    signals: list[float] = field(default_factory=list)
    alarms: list[float] = field(default_factory=list)
    sleeps: list[float] = field(default_factory=list)
    missing: int = 0


async def measure(house: House, size: Size, say: Say) -> None:
    """Both servers run all the time, each with a worker and a bare one."""
    engine = connect(house.database_url, pool_size=2)
    async with AsyncExitStack() as running:
        plain = await running.enter_async_context(without_tls(house))
        sides = [await _side(running, each, name) for each, name in ((house, "tls"), (plain, "tls-plain"))]
        for side in sides:
            side.pace = await opened_a_second(side.at, WARM_UP)
            side.tickets, side.bares = await many(TICKETS, side.at.open_quiet), await many(TICKETS, side.at.start_bare)
        await _commands(sides)
        for side in sides:
            side.decisions, side.signals = [], []  # that was to warm up
        for _ in range(size.blocks):
            await _commands(sides)
        for _ in range(size.blocks // 2):
            await asyncio.gather(*(_alarms(side, size, engine) for side in sides))
    engine.dispose()
    _say_all(sides[0], sides[1], say)


async def _side(running: AsyncExitStack, house: House, name: str) -> Side:
    settings = house.settings(name)
    running.enter_context(house.process("worker", settings))
    running.enter_context(house.process("bench.bare", house.settings(f"{name}-bare")))
    return Side(await running.enter_async_context(desk(settings, f"{name}-bare")))


async def _commands(sides: Sequence[Side]) -> None:
    """One by one on either server by turns, so that what else the machine does meets both."""
    for nth in range(A_BLOCK):
        for side in sides if nth % 2 else sides[::-1]:
            ticket, bare = side.tickets[nth % TICKETS], side.bares[nth % TICKETS]
            side.decisions.append(await timed(side.at.decided(ticket, "engineer", "note", text=NOTE), _PAUSE_S))
            side.signals.append(await timed(side.at.touched(bare), _PAUSE_S))


async def _alarms(side: Side, size: Size, engine: Engine) -> None:
    side.sleeps += await bare_lateness(side.at)
    plan = Plan(RATES[0], RATES[0] * size.alarms_for_s, 0, side.pace)
    found = await lateness_of(side.at, engine, plan)
    side.alarms += found.each
    side.missing += found.missing


def _say_all(tls: Side, plain: Side, say: Say) -> None:
    remark("in this row `ours` is with TLS, and `bare` the same without")
    for about, kind in (
        ("command to recorded decision, 50 ms apart", "decisions"),
        ("signal and query of the bare reference, 50 ms apart", "signals"),
        (f"alarm lateness, {RATES[0]}/s", "alarms"),
        ("lateness of the bare sleeper", "sleeps"),
    ):
        with_it, without = getattr(tls, kind), getattr(plain, kind)
        remark(f"{about}: {len(with_it)} with TLS, {len(without)} without")
        for percent in (50, 99):
            if with_it and without:
                ours, bare = percentile(with_it, percent), percentile(without, percent)
                say(Line("tls", f"{about}, p{percent}", ours, "ms", bare))
            else:
                say(NotRun("tls", f"{about}, p{percent}", "nothing came"))
    say(Line("tls", "alarms missing", tls.missing, "", plain.missing))

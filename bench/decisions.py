"""From a command to its recorded decision."""

import asyncio
import time
import uuid
from collections.abc import Awaitable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import cycle, islice

import httpx2

from bench.desk import Bare, Desk, Ticket, desk, many
from bench.figures import Bar, Line, NotRun, Of, Say, percentile, remark
from bench.house import House
from bench.interface import api_client
from bench.size import Size
from runtime.embedded.ports import keep_ports

TICKETS = 20
A_BLOCK = 50
AT_ONCE = 20
#: What a decision leaves behind (its activity's end, one more workflow task) delays a command that follows at once.
PACES = {"back to back": 0.0, "50 ms apart": 0.05}
#: Of ours without HTTP over bare, by pace and percentile. Back to back the projection of the command before shares
#: the cores, so its slowest are shown without a bar.
BARS: dict[str, dict[int, Bar | None]] = {
    "back to back": {50: Bar(Of.RATIO, 1.8), 99: None},
    "50 ms apart": {50: Bar(Of.RATIO, 1.3), 99: Bar(Of.RATIO, 1.4)},
}
NOTE = "已到机房，正在检查电源与光模块。"


@dataclass
class Times:
    """Milliseconds, command by command."""

    ours: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    http: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Targets:
    """What is commanded."""

    tickets: Sequence[Ticket]
    bares: Sequence[Bare]
    http: httpx2.AsyncClient | None


async def measure(house: House, size: Size, say: Say) -> None:
    """Alternating blocks of ours, bare and HTTP; each command alone, round the tickets."""
    port = keep_ports(house.home / "api-port.json", ("api",))["api"]
    settings = house.settings("decisions", port)
    with ExitStack() as running:
        running.enter_context(house.process("worker", settings))
        running.enter_context(house.process("bench.bare", house.settings("decisions-bare")))
        running.enter_context(house.process("api", settings))
        async with desk(settings, "decisions-bare") as at, api_client(house, port, "engineer") as http:
            await _measure(at, http, size, say)


async def _measure(at: Desk, http: httpx2.AsyncClient | None, size: Size, say: Say) -> None:
    targets = Targets(await many(TICKETS, at.open_quiet), await many(TICKETS, at.start_bare), http)
    for pace, pause_s in PACES.items():
        times = Times()
        await _block(at, targets, Times(), pause_s)  # warms up
        for _ in range(size.blocks):
            await _block(at, targets, times, pause_s)
        remark(f"{pace}: {len(times.ours)} commands each, on {TICKETS} tickets, in {size.blocks} alternating blocks")
        _say_decisions(times, pace, say)
    together = [await _together(at) for _ in range(size.blocks)]
    about = f"{AT_ONCE} commands at once on one ticket"
    say(Line("decisions", f"{about}, p50", percentile(together, 50), "s", bar=Bar(Of.OURS, 0.1)))
    say(Line("decisions", f"{about}, slowest", max(together), "s"))


async def _block(at: Desk, targets: Targets, times: Times, pause_s: float) -> None:
    for ticket in islice(cycle(targets.tickets), A_BLOCK):
        times.ours.append(await timed(at.decided(ticket, "engineer", "note", text=NOTE), pause_s))
    for bare in islice(cycle(targets.bares), A_BLOCK):
        times.bare.append(await timed(at.touched(bare), pause_s))
    if targets.http is not None:
        for ticket in islice(cycle(targets.tickets), A_BLOCK):
            times.http.append(await timed(_posted(targets.http, ticket), pause_s))


async def _together(at: Desk) -> float:
    """Seconds until the last of the commands sent at once is decided."""
    ticket = await at.open_quiet(0)
    notes = (at.decided(ticket, "engineer", "note", text=NOTE) for _ in range(AT_ONCE))
    return await timed(asyncio.gather(*notes)) / 1000


async def timed(act: Awaitable[object], pause_s: float = 0.0) -> float:
    """Milliseconds, the pause afterwards not counted."""
    began = time.perf_counter()
    await act
    took = time.perf_counter() - began
    await asyncio.sleep(pause_s)
    return took * 1000


def _say_decisions(times: Times, pace: str, say: Say) -> None:
    for percent, bar in BARS[pace].items():
        ours, bare = percentile(times.ours, percent), percentile(times.bare, percent)
        measure = f"command to recorded decision, {pace}, p{percent}"
        say(Line("decisions", f"{measure}, without HTTP", ours, "ms", bare, bar))
        if times.http:
            say(Line("decisions", f"{measure}, with HTTP", percentile(times.http, percent), "ms", bare))
        else:
            say(NotRun("decisions", f"{measure}, with HTTP", "the API did not become ready"))


async def _posted(client: httpx2.AsyncClient, ticket: Ticket) -> None:
    command = {"command_id": str(uuid.uuid4()), "kind": "note", "data": {"text": NOTE}}
    answer = await client.post(f"/api/tickets/{ticket.id}/commands", json=command)
    assert answer.status_code == HTTPStatus.OK, answer.text

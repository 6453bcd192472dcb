"""What pages ask for while somebody looks: what may be done now, and the promises of a form that is being filled in."""

import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from datetime import UTC, datetime

import httpx2

from bench.desk import Desk, desk
from bench.figures import Bar, Line, NotRun, Of, Say, percentile
from bench.house import House
from bench.interface import api_client
from bench.size import Size
from runtime.embedded.ports import keep_ports

NOTES = 195
ASKED_A_BLOCK = 20
LEVELS = ("I", "II", "III", "IV")
WHAT = "what may be done now on a ticket of 200 entries"
PROMISES = "the promises of a level"


async def measure(house: House, size: Size, say: Say) -> None:
    """One person asks again and again, over HTTP."""
    port = keep_ports(house.home / "api-port.json", ("api",))["api"]
    settings = house.settings("pages", port)
    with ExitStack() as running:
        running.enter_context(house.process("worker", settings))
        running.enter_context(house.process("api", settings))
        async with desk(settings, "pages-bare") as at, api_client(house, port, "pm") as http:
            if http is None:
                say(NotRun("pages", WHAT, "the API did not become ready"))
                return
            await _measure(at, http, size, say)


async def _measure(at: Desk, http: httpx2.AsyncClient, size: Size, say: Say) -> None:
    ticket = await at.open_quiet(0)
    for nth in range(NOTES):
        await at.decided(ticket, "engineer", "note", text=f"备注 {nth}")

    async def commands(_: int) -> httpx2.Response:
        return await http.get(f"/api/tickets/{ticket.id}/commands")

    async def promises(nth: int) -> httpx2.Response:
        received = datetime.now(UTC).isoformat()
        body = {"contract": "nuobida", "level": LEVELS[nth % len(LEVELS)], "received_at": received}
        return await http.post("/api/promises", json=body)

    await _say_times(WHAT, commands, size, say)
    await _say_times(PROMISES, promises, size, say, Bar(Of.OURS, 50))


async def _say_times(
    what: str, ask: Callable[[int], Awaitable[httpx2.Response]], size: Size, say: Say, bar: Bar | None = None
) -> None:
    took = []
    for nth in range(size.blocks * ASKED_A_BLOCK):
        began = time.perf_counter()
        (await ask(nth)).raise_for_status()
        took.append((time.perf_counter() - began) * 1000)
    say(Line("pages", f"{what}, p50", percentile(took, 50), "ms"))
    say(Line("pages", f"{what}, p99", percentile(took, 99), "ms", bar=bar))

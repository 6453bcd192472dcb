"""What a ticket costs in memory, and in the database of the workflow server."""

import asyncio
from contextlib import ExitStack
from dataclasses import dataclass

from bench.desk import PATIENCE_S, Desk, desk, many
from bench.figures import Bar, Line, NotRun, Of, Say, remark
from bench.house import House, resident_bytes
from bench.size import Size
from runtime.processes import Process

KIB = 1024
WARM_UP = 100
A_BLOCK = 200
SETTLED_S = 5  # the server removes what its queues have done with
KEPT_IN_MEMORY = 1_000  # workflows, by a worker
PACKS = (("nuobida", "III"), ("fuao", "urgent"), ("standard", "medium"), ("sitech", "A"), ("xinhe", "III"))
CLOSED_BY_A_WORD = PACKS[:-1]  # xinhe also asks for the five steps


@dataclass
class Bytes:
    """What tickets, or bare workflows, take in the server's database."""

    ours: int = 0
    bare: int = 0


async def measure(house: House, size: Size, say: Say) -> None:
    """A worker for each of the two, so that the memory of each is its own."""
    settings = house.settings("footprint")
    with ExitStack() as running:
        ours = running.enter_context(house.process("worker", settings))
        bare = running.enter_context(house.process("bench.bare", house.settings("footprint-bare")))
        async with desk(settings, "footprint-bare") as at:
            await many(WARM_UP, at.start_bare)
            await many(WARM_UP, lambda number: _open(at, number))
            waiting = await _waiting(house, at, (ours, bare), size, say)
            await _closed(house, at, size, waiting.bare / size.cached, say)
            await _evicted(at, ours, size, say)


async def _waiting(house: House, at: Desk, workers: tuple[Process, Process], size: Size, say: Say) -> Bytes:
    """Tickets and bare workflows in alternating blocks."""
    before = [resident_bytes(worker) for worker in workers]
    stored = Bytes()
    for _ in range(0, size.cached, A_BLOCK):
        empty = await _stored(house)
        await many(A_BLOCK, lambda number: _open(at, number))
        with_ours = await _stored(house)
        await many(A_BLOCK, at.start_bare)
        stored.ours += with_ours - empty
        stored.bare += await _stored(house) - with_ours
    grown = [resident_bytes(worker) - was for worker, was in zip(workers, before, strict=True)]
    ours, bare = (each / size.cached / KIB for each in grown)
    remark(f"{size.cached} tickets of the five packs in turn, as many bare workflows, after {WARM_UP} of each")
    say(Line("footprint", "memory a cached ticket", ours, "KiB", bare, Bar(Of.OURS, 120)))
    armed = Bar(Of.RATIO, 1.5)
    open_ones = (each / size.cached / KIB for each in (stored.ours, stored.bare))
    say(Line("footprint", "server database, a ticket opened and armed", next(open_ones), "KiB", next(open_ones), armed))
    return stored


async def _closed(house: House, at: Desk, size: Size, bare: float, say: Say) -> None:
    """Open, respond, resolve, confirm."""
    before = await _stored(house)
    await many(size.closed, lambda number: simple_ticket(at, number))
    ours = (await _stored(house) - before) / size.closed
    remark(f"{size.closed} simple tickets: open, respond, resolve, confirm, with the aftercare that some packs owe")
    say(Line("footprint", "server database, a simple ticket", ours / KIB, "KiB", bare / KIB))


async def _evicted(at: Desk, worker: Process, size: Size, say: Say) -> None:
    """What memory grows by, once it holds all the tickets that it will."""
    measure = "memory an evicted ticket"
    if not size.evicted:
        say(NotRun("footprint", measure, f"a {size.name} run keeps all in memory"))
        return
    await many(KEPT_IN_MEMORY, at.open_quiet)
    full = resident_bytes(worker)
    await many(size.evicted, at.open_quiet)
    say(Line("footprint", measure, (resident_bytes(worker) - full) / size.evicted / KIB, "KiB", bar=Bar(Of.OURS, 1)))


async def _open(at: Desk, number: int) -> None:
    await at.open(*PACKS[number % len(PACKS)])


async def simple_ticket(at: Desk, number: int) -> str:
    """Opened, answered, resolved, confirmed, over; its number."""
    ticket = await at.open(*CLOSED_BY_A_WORD[number % len(CLOSED_BY_A_WORD)])
    await at.decided(ticket, "engineer", "respond", text="已联系")
    await at.decided(ticket, "engineer", "resolve", summary="更换电源后恢复")
    await at.decided(ticket, "customer", "confirm")
    await asyncio.wait_for(ticket.result(), PATIENCE_S)
    return ticket.id


async def _stored(house: House) -> int:
    await asyncio.sleep(SETTLED_S)
    return house.server_bytes()

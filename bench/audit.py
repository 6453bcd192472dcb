"""What an audit of archived tickets takes, folded without a replay and each replayed, beside a replay by the SDK alone.

The same histories out of the same archive, again and again until so many were audited.
"""

import asyncio
import gc
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from statistics import median
from typing import NamedTuple

from rich.console import Console
from rich.progress import track
from sqlalchemy import Engine
from temporalio.client import Client, WorkflowHistory
from temporalio.worker import Replayer

from bench.desk import desk, many
from bench.figures import Bar, Line, NotRun, Of, Say, remark
from bench.footprint import simple_ticket
from bench.house import House
from bench.size import Size
from evidence.leaves import Leaf
from gateway.archiving import keep
from gateway.exporting import histories_of
from gateway.verdict.folding import folded, runs_in
from gateway.verdict.replaying import decided
from runtime.archive import Archive
from runtime.payloads import DATA_CONVERTER
from runtime.temporal import connect
from store.database import connect as connect_database
from workflows.kinds import RUNNER, WORKFLOWS


class Took(NamedTuple):
    """What one ticket takes: by the clock, and of the processors in this process."""

    wall_ms: float
    cpu_ms: float


async def measure(house: House, size: Size, say: Say) -> None:
    """Simple tickets taken to their end and archived, then audited by turns in three ways."""
    settings = house.settings("audit")
    with house.process("worker", settings):
        async with desk(settings, "") as at:
            numbers = await many(size.lives, lambda number: simple_ticket(at, number))
    archive, engine = await asyncio.to_thread(Archive.of, settings), connect_database(house.database_url)
    client = await connect(settings)
    for number in track(numbers, "archiving", transient=True, console=Console(stderr=True)):
        await _archived(archive, client, number)
    try:
        await _measure(archive, engine, size, say)
    finally:
        engine.dispose()


async def _archived(archive: Archive, client: Client, number: str) -> None:
    there = await histories_of(client, number)
    await asyncio.to_thread(keep, archive, there, datetime.now(UTC))


async def _measure(archive: Archive, engine: Engine, size: Size, say: Say) -> None:
    runs = runs_in(archive)
    if wrong := [each for each in folded(archive, engine, runs) if each.fault or not each.is_shown]:
        say(NotRun("audit", "the audit", f"{len(wrong)} tickets do not hold: {wrong[0]}"))
        return
    leaves = [leaf for of_ticket in runs.values() for _, leaf in of_ticket.values()]
    took: dict[str, list[Took]] = {"fold": [], "bare": [], "replay": []}
    for _ in track(range(-(-size.audited // len(runs))), "auditing", transient=True, console=Console(stderr=True)):
        for name, do in (
            ("fold", lambda: _fold(archive, engine)),
            ("bare", lambda: _bare(archive, leaves)),
            ("replay", lambda: _replayed(archive, leaves)),
        ):
            took[name].append(await _timed(do, len(runs)))
    audited = len(took["fold"]) * len(runs)
    remark(f"{audited} audits of {len(runs)} simple tickets, by turns all of them; bare: the SDK's Replayer")
    _say(took, audited, say)


def _say(took: dict[str, list[Took]], audited: int, say: Say) -> None:
    """The database is another process: what it does is in the time, and not in the processor's of this one."""
    wall = {name: median(each.wall_ms for each in some) for name, some in took.items()}
    ours, bare = (median(each.cpu_ms for each in took[name]) for name in ("fold", "bare"))
    folds = f"a ticket of {audited} folded: log, history, rows"
    for measure, name, bar in ((folds, "fold", 20), ("`audit replay` of one", "replay", 0.7)):
        ratio = wall["bare"] / wall[name]
        say(Line("audit", measure, wall[name], "ms", wall["bare"], Bar(Of.FASTER, bar), ratio=ratio))
    say(Line("audit", "the fold's processor time, without the database's", ours, "ms", bare, ratio=bare / ours))


async def _timed(do: Callable[[], Awaitable[None]], tickets: int) -> Took:
    gc.collect()  # what the turn before has left behind is not cleared away within this one
    wall, cpu = time.perf_counter(), time.process_time()
    await do()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return Took(wall / tickets * 1000, cpu / tickets * 1000)


async def _fold(archive: Archive, engine: Engine) -> None:
    """With the proof of each history that the log has it."""
    for each in folded(archive, engine, runs_in(archive)):
        assert each.fault is None


async def _bare(archive: Archive, leaves: Sequence[Leaf]) -> None:
    """One Replayer for all of them, which is the quickest that the SDK has."""
    replayer = Replayer(workflows=WORKFLOWS, workflow_runner=RUNNER, data_converter=DATA_CONVERTER)
    for leaf in leaves:
        await replayer.replay_workflow(_history(archive, leaf))


async def _replayed(archive: Archive, leaves: Sequence[Leaf]) -> None:
    for leaf in leaves:
        await decided(_history(archive, leaf), leaf.path)


def _history(archive: Archive, leaf: Leaf) -> WorkflowHistory:
    return WorkflowHistory.from_json(leaf.workflow, archive.history(leaf).decode())

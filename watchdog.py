"""The watchdog: a process of its own that finds what stands still, and archives what has ended. Imported by nothing.

What is counted of the tickets month by month is kept up to date beside it.
"""

import asyncio
import gc
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

import structlog

from gateway import archiving, scrubbing, stamping, watching, witnessing
from gateway.archiving import Sweep
from gateway.recording import Registry
from gateway.room import Room
from gateway.scrubbing import Scrub
from gateway.stamping import Stamping
from gateway.watching import Watch
from gateway.witnessing import Witnesses
from runtime import logs, stopping
from runtime.archive import Archive
from runtime.blobs import Blobs
from runtime.room import written
from runtime.settings import Settings
from runtime.temporal import connect
from store.database import connect as connect_database
from store.statistics import folding

#: A question that takes longer is asked again in the next look.
_STATEMENT_MS = 10_000
#: So long a sweep may take before it is given up, as looks are: a server that swallows what it is sent holds nothing
#: up. What was archived until then stays.
_ARCHIVE_S = 900

log = structlog.get_logger()


async def main() -> None:
    """Watch until somebody says stop."""
    settings = Settings()
    logs.configure("watchdog")
    stopped = stopping.when_told()
    engine = connect_database(settings.database_url, pool_size=3, statement_timeout_ms=_STATEMENT_MS)
    namespaces = (settings, settings.model_copy(update={"namespace": settings.drill_namespace}))
    connections = [partial(connect, each, within=timedelta(seconds=1)) for each in namespaces]
    watch = Watch(engine, connections[0], settings.task_queue, settings.mailbox_name if settings.mailbox else None)
    room = Room(engine, written(settings))
    registry = Registry(engine, Blobs(settings.uploads_folder))
    sweep = Sweep(engine, partial(Archive.of, settings), connections, settings.task_queue, registry)
    scrub = Scrub(engine, partial(Archive.of, settings), partial(stamping.roots_of, settings))
    witnesses, stamped = Witnesses(engine, settings), Stamping(engine, settings)

    async def fold() -> None:
        await asyncio.to_thread(folding.fold, engine)

    await asyncio.gather(
        _again_and_again(watch.look_at_rows, watching.EVERY_S, watching.ROWS_S, stopped),
        _again_and_again(watch.look_at_runs, watching.EVERY_S, watching.RUNS_S, stopped),
        _again_and_again(room.look, watching.EVERY_S, watching.ROWS_S, stopped),
        _again_and_again(sweep.sweep, archiving.EVERY_S, _ARCHIVE_S, stopped),
        _again_and_again(scrub.scrub, scrubbing.EVERY_S, _ARCHIVE_S, stopped),
        _again_and_again(fold, folding.EVERY_S, _ARCHIVE_S, stopped),
        _again_and_again(witnesses.look, witnessing.EVERY_S, witnessing.LOOK_S, stopped),
        _again_and_again(stamped.look, stamping.EVERY_S, stamping.LOOK_S, stopped),
    )


async def _again_and_again(
    step: Callable[[], Awaitable[object]], every_s: float, within_s: float, stopped: asyncio.Event
) -> None:
    """Whatever fails, the next comes; nothing of one holds up another."""
    while not stopped.is_set():
        going, over = asyncio.ensure_future(step()), asyncio.ensure_future(stopped.wait())
        await asyncio.wait((going, over), timeout=within_s, return_when=asyncio.FIRST_COMPLETED)
        if not (going.done() or over.done()):
            log.warning("a look or a sweep was given up", step=step.__name__, after_s=within_s)
        for each in (going, over):
            each.cancel()
        failed = (await asyncio.gather(going, return_exceptions=True))[0]
        if isinstance(failed, Exception):
            log.warning("a look or a sweep failed", error=str(failed))
        await stopping.rest(stopped, every_s)


if __name__ == "__main__":
    asyncio.run(main())
    gc.collect()  # a Temporal client that is still referenced may abort the interpreter's shutdown

"""The watchdog: a process of its own that finds what stands still. Imported by nothing."""

import asyncio
import gc
import signal
from contextlib import suppress
from datetime import timedelta

from gateway.watching import EVERY_S, Watch
from runtime import logs
from runtime.settings import Settings
from runtime.temporal import connect
from store.database import connect as connect_database

#: A question that takes longer is asked again in the next sweep.
_STATEMENT_MS = 10_000
#: So long a sweep may take before it is given up: a server that swallows what it is sent holds nothing up.
_SWEEP_S = 45


async def main() -> None:
    """Watch until somebody says stop."""
    settings = Settings()
    logs.configure("watchdog")
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    engine = connect_database(settings.database_url, pool_size=2, statement_timeout_ms=_STATEMENT_MS)
    watch = Watch(engine, lambda: connect(settings, within=timedelta(seconds=1)), settings.task_queue)
    while not stopped.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(watch.sweep(), _SWEEP_S)
        with suppress(TimeoutError):
            await asyncio.wait_for(stopped.wait(), EVERY_S)


if __name__ == "__main__":
    asyncio.run(main())
    gc.collect()  # a Temporal client that is still referenced may abort the interpreter's shutdown

"""Stopping: a process of ours is told to stop by a signal, and rests only until then."""

import asyncio
import signal
from contextlib import suppress


def when_told() -> asyncio.Event:
    """Is set once somebody tells this process to stop."""
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    return stopped


async def rest(stopped: asyncio.Event, seconds: float) -> None:
    """So long, unless it is to stop before."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stopped.wait(), seconds)

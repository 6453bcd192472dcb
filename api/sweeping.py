"""Sweeping: what has to be done again and again beside the requests, whatever of it fails."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import structlog

log = structlog.get_logger()


@asynccontextmanager
async def again_and_again(step: Callable[[], Awaitable[None]], every_s: float, *, fails: str) -> AsyncIterator[None]:
    """The step is done while this lasts, so many seconds after the one before; ``fails``: what is logged where it does.

    What a step could not do, for a server was away, the next does: it looks anew.
    """
    task = asyncio.create_task(_for_ever(step, every_s, fails))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _for_ever(step: Callable[[], Awaitable[None]], every_s: float, fails: str) -> None:
    while True:
        try:
            await step()
        except Exception:  # whatever is away is asked again; nothing is lost, for what is to be done stands elsewhere
            log.warning(fails, exc_info=True)
        await asyncio.sleep(every_s)

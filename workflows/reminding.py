"""Reminding: rung by rung somebody is told, until what waits has been seen to."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta

from temporalio import workflow


async def rung_by_rung(instants: Iterable[datetime], remind: Callable[[int], Awaitable[bool]]) -> bool:
    """Tell of it when each rung is reached; whether it was seen to before the last one.

    Args:
        remind: tells whoever answers for it on a rung; whether it still waits.
    """
    for rung, at in enumerate(instants):
        await workflow.sleep(max(at - workflow.now(), timedelta(0)))
        if not await remind(rung):
            return True
    return False

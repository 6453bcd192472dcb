"""What a case asks the world, and does not wait for any more, is of no consequence."""

import asyncio
import gc
from typing import Any

from workflows.keeper import Keeper


async def test_an_inquiry_that_fails_when_it_is_ended_is_not_logged_as_forgotten():
    """An activity that is cancelled fails, in a future that nobody reads."""

    async def inquiry() -> Any:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            raise RuntimeError from None

    complaints: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, complaint: complaints.append(complaint))
    keeper: Any = object.__new__(Keeper)
    decided: list[Any] = []
    keeper._case, keeper._decide = "case", lambda _, command: decided.append(command)
    keeper._inquiries = {"1": ("command", asyncio.ensure_future(inquiry()))}
    await asyncio.sleep(0)
    keeper._ask_no_more()
    await asyncio.sleep(0.01)
    gc.collect()
    assert decided == ["command"]
    assert complaints == []

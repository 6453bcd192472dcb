"""The event stream: which tickets have changed, for consoles that show them."""

import asyncio
from collections.abc import AsyncIterator

from fastapi import APIRouter
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from api.backend import Behind
from api.identity import Caller
from api.news import News
from api.permissions import READ_TICKETS
from store.queries.tickets import sequences

router = APIRouter(prefix="/api/events", tags=["events"])

#: A stream ends after this and the browser opens another, with a token that still has to be valid.
LASTS_S = 300
#: What happens within this time is told at once.
_GATHERED_S = 0.2


@router.get("", dependencies=[READ_TICKETS], response_class=EventSourceResponse)
async def follow(actor: Caller, behind: Behind) -> AsyncIterator[ServerSentEvent]:
    """``changed``: numbers and their new ``seq``, of tickets that exist for the caller; ``missed``: read anew."""
    until = asyncio.get_running_loop().time() + LASTS_S
    with behind.news.about(None) as queue:
        yield ServerSentEvent(event="ready", data={})
        while (news := await _gathered(queue, until)) is not None:
            if None in news:
                yield ServerSentEvent(event="missed", data={})
            numbers = {one["number"] for one in news if one is not None}
            if changed := await run_in_threadpool(sequences, behind.reads, actor, numbers):
                yield ServerSentEvent(event="changed", data=changed)


async def _gathered(queue: asyncio.Queue[News], until: float) -> list[News] | None:
    """The next news and what follows on its heels; None: the stream's time is over."""
    try:
        async with asyncio.timeout_at(until):
            gathered = [await queue.get()]
            await asyncio.sleep(_GATHERED_S)
    except TimeoutError:
        return None
    while not queue.empty():
        gathered.append(queue.get_nowait())
    return gathered

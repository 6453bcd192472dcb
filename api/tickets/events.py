"""The event stream: which tickets have changed and how many messages are unread, for consoles that show them."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.requests import Request

from api.access.identity import Caller
from api.access.permissions import SIGNED_IN
from api.backend import Backend, Behind
from api.tickets.presence_documents import PresentDocument
from domain.audience.authority import MAY_OPEN, MAY_READ
from domain.audience.presence import may_meet
from domain.people.actors import Actor
from gateway.feed import Announcement, ends, is_of_calls, is_of_inbox, left, visited
from store.presence import present
from store.queries.inbox import unread
from store.queries.tickets import changed_since, horizon, left_since, sequences
from store.registry.people import person

router = APIRouter(prefix="/api/events", tags=["events"])

#: A stream ends after this and the browser opens another.
LASTS_S = 300
#: What happens within this time is told at once.
_GATHERED_S = 0.2
#: So many changed tickets are told to who comes back; of more they hear that they missed them.
_RESUMABLE = 1000
_ID = re.compile(r"\d{1,18}")


@router.get("", dependencies=[SIGNED_IN], response_class=EventSourceResponse)
async def follow(request: Request, actor: Caller, behind: Behind) -> AsyncIterator[ServerSentEvent]:
    """Changes of tickets that exist for the caller. ``changed``: numbers and their new ``seq``; ``missed``: read anew,
    for changes were not told, or a ticket exists for the caller no more; ``inbox``: how many messages are ``unread``,
    at first and when that may have changed; ``presence``: for those who work on tickets, who of them has which open, as
    it changes; ``calls``: for those who take reports, that a call comes in, ends or is returned.

    A client that comes back with the id of the last event it saw is told first what changed since. The stream ends at
    once when its listener may not enter any more, or has other rights than when it began.
    """
    until = asyncio.get_running_loop().time() + LASTS_S
    with behind.feed.for_person(actor.id, tickets=actor.role in MAY_READ) as queue:
        if not await _is_as_before(behind, actor):
            return
        seen = await behind.ask(horizon)
        yield await _resumed(behind, actor, request.headers.get("last-event-id"), seen)
        yield await _inbox(behind, actor)
        while (announced := await _gathered(queue, until)) is not None:
            told_to_end = any(ends(one) for one in announced)
            if told_to_end or (None in announced and not await _is_as_before(behind, actor)):
                return
            seen = await behind.ask(horizon)
            if None in announced or any(one and left(one) & set(actor.customers) for one in announced):
                yield ServerSentEvent(event="missed", data={}, id=str(seen))
            async for told in _beside(behind, actor, announced):
                yield told
            numbers = {one["number"] for one in announced if one and "number" in one}
            if changed := await behind.ask(sequences, actor, numbers):
                yield ServerSentEvent(event="changed", data=changed, id=str(seen))


async def _beside(behind: Backend, actor: Actor, announced: list[Announcement]) -> AsyncIterator[ServerSentEvent]:
    """What is no change of a ticket."""
    if any(one is None or is_of_inbox(one) for one in announced):
        yield await _inbox(behind, actor)
    if actor.role in MAY_OPEN and any(one is None or is_of_calls(one) for one in announced):
        yield ServerSentEvent(event="calls", data={})
    visits = {number for one in announced if (number := visited(one))}
    if visits and may_meet(actor):
        yield ServerSentEvent(event="presence", data=await _there(behind, visits))


async def _inbox(behind: Backend, actor: Actor) -> ServerSentEvent:
    """Without an id: where a client resumes says nothing of its inbox, which is told anew."""
    return ServerSentEvent(event="inbox", data={"unread": await behind.ask(unread, actor)})


async def _there(behind: Backend, numbers: set[str]) -> dict[str, list[dict[str, Any]]]:
    there = await behind.ask(present, numbers, datetime.now(UTC))
    return {
        number: [PresentDocument.of(one).model_dump(mode="json") for one in people] for number, people in there.items()
    }


async def _is_as_before(behind: Backend, actor: Actor) -> bool:
    """Whether the listener still may what they might when they were let in; nobody told us while we did not listen."""
    return await behind.ask(person, actor.id) == actor


async def _resumed(behind: Backend, actor: Actor, last: str | None, seen: int) -> ServerSentEvent:
    """The first event: what changed since the last one that the client saw, if it names one."""
    if last is None or not _ID.fullmatch(last):
        return ServerSentEvent(event="ready", data={}, id=str(seen))
    changed = await behind.ask(changed_since, actor, int(last), limit=_RESUMABLE + 1)
    if len(changed) > _RESUMABLE or await behind.ask(left_since, actor, int(last)):
        return ServerSentEvent(event="missed", data={}, id=str(seen))
    return ServerSentEvent(event="changed", data=changed, id=str(seen))


async def _gathered(queue: asyncio.Queue[Announcement], until: float) -> list[Announcement] | None:
    """The next announcement and what follows on its heels; None: the stream's time is over."""
    try:
        async with asyncio.timeout_at(until):
            gathered = [await queue.get()]
            await asyncio.sleep(_GATHERED_S)
    except TimeoutError:
        return None
    while not queue.empty():
        gathered.append(queue.get_nowait())
    return gathered

"""The inbox: what the caller was told."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter
from starlette.requests import Request

from api.access.identity import Acts, Caller
from api.access.permissions import OWN_ACCESS, SIGNED_IN
from api.backend import Behind
from api.http.ids import POSSIBLE_IDS
from api.http.inputs import asks, takes
from api.http.language import language_of
from api.http.pages import instant_and_name, listing
from api.http.problems import not_found, wrong_field
from api.inbox.documents import ChannelsDocument, InboxPage, MessageDocument
from api.inbox.requests import InboxQuery, Preferences, ReadMessages
from domain.words.label import Label
from store.deliveries.policy import own, prefer
from store.queries.inbox import inbox, mark_all_read, mark_read, unread
from store.registry.names import names

_NO_MESSAGE = Label("没有这条通知", "is no message of yours")

router = APIRouter(prefix="/api/inbox", tags=["inbox"])


@router.get("", dependencies=[SIGNED_IN], response_model_exclude_unset=True)
async def read_inbox(
    request: Request, actor: Caller, behind: Behind, asked: Annotated[InboxQuery, asks(InboxQuery)]
) -> InboxPage:
    """The caller's messages, newest first; with `unread` those alone that they have not read."""
    found = await behind.ask(inbox, actor, asked.window(instant_and_name), unread=asked.unread)
    language = language_of(request)
    people = await behind.ask(names, [row.answered_by for row in found.items])
    page = listing(request, found, lambda row: MessageDocument.of(row, actor, language, people))
    return InboxPage.counting(page, await behind.ask(unread, actor))


@router.get("/channels", dependencies=[SIGNED_IN])
async def read_channels(actor: Caller, behind: Behind) -> ChannelsDocument:
    """By which channels the caller's messages leave, and what they would rather have."""
    return ChannelsDocument.of(await behind.ask(own, actor.id))


@router.put("/channels", dependencies=[OWN_ACCESS])
async def prefer_channels(
    body: Annotated[Preferences, takes(Preferences)], actor: Caller, act: Acts, behind: Behind
) -> ChannelsDocument:
    """Keep what the caller would rather have. What is to be acted on now reaches them all the same."""
    await act.change(prefer, actor.id, body.wishes)
    return ChannelsDocument.of(await behind.ask(own, actor.id))


@router.post("/read", dependencies=[SIGNED_IN], status_code=204)
async def read_messages(body: Annotated[ReadMessages, takes(ReadMessages)], act: Acts) -> None:
    """Note that the caller has read a message and all older ones: what came since they looked stays unread."""
    if not await act.add(mark_all_read, act.by.actor, body.up_to, datetime.now(UTC)):
        raise wrong_field("up_to", _NO_MESSAGE)


@router.post("/{message}/read", dependencies=[SIGNED_IN, POSSIBLE_IDS], status_code=204)
async def read_message(message: str, act: Acts) -> None:
    """Note that the caller has read a message."""
    if not await act.add(mark_read, act.by.actor, message, datetime.now(UTC)):
        raise not_found()

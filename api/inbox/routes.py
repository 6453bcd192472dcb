"""The inbox: what the caller was told."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter
from starlette.requests import Request

from api.access.identity import Acts, Caller
from api.access.permissions import SIGNED_IN
from api.backend import Behind
from api.http.documents import Page
from api.http.ids import POSSIBLE_IDS
from api.http.inputs import asks
from api.http.language import language_of
from api.http.pages import instant_and_name, listing
from api.http.problems import not_found
from api.http.queries import Query
from api.inbox.documents import MessageDocument
from store.queries.inbox import inbox, mark_read

router = APIRouter(prefix="/api/inbox", tags=["inbox"])


@router.get("", dependencies=[SIGNED_IN], response_model_exclude_unset=True)
async def read_inbox(
    request: Request, actor: Caller, behind: Behind, asked: Annotated[Query, asks(Query)]
) -> Page[MessageDocument]:
    """The caller's messages, newest first."""
    found = await behind.ask(inbox, actor, asked.window(instant_and_name))
    language = language_of(request)
    return listing(request, found, lambda row: MessageDocument.of(row, actor, language))


@router.post("/{message}/read", dependencies=[SIGNED_IN, POSSIBLE_IDS], status_code=204)
async def read_message(message: str, act: Acts) -> None:
    """Note that the caller has read a message."""
    if not await act.add(mark_read, act.by.actor, message, datetime.now(UTC)):
        raise not_found()

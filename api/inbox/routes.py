"""The inbox: what the caller was told."""

from datetime import UTC, datetime

from fastapi import APIRouter
from starlette.requests import Request

from api.access.identity import Caller
from api.access.permissions import SIGNED_IN
from api.backend import Behind
from api.http.documents import Page
from api.http.openapi import asks
from api.http.pages import cursor_at, instant_and_name, next_page
from api.http.problems import not_found
from api.http.queries import Query, read_query
from api.inbox.documents import MessageDocument
from store.queries.inbox import Spot, inbox, mark_read

router = APIRouter(prefix="/api/inbox", tags=["inbox"])


@router.get("", dependencies=[SIGNED_IN], response_model_exclude_unset=True, openapi_extra=asks(Query))
def read_inbox(request: Request, actor: Caller, behind: Behind) -> Page[MessageDocument]:
    """What the caller was told, newest first."""
    asked = read_query(request, Query)
    after = Spot(*instant_and_name(asked.cursor)) if asked.cursor else None
    rows, last = inbox(behind.reads, actor, after=after, limit=asked.limit)
    following = next_page(request, cursor_at(last.created_at, last.id)) if last else None
    return Page.of([MessageDocument.of(row, title, actor) for row, title in rows], following)


@router.post("/{message}/read", dependencies=[SIGNED_IN], status_code=204)
def read_message(message: str, actor: Caller, behind: Behind) -> None:
    """Note that the caller has read a message."""
    if not mark_read(behind.database, actor, message, datetime.now(UTC)):
        raise not_found()

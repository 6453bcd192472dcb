"""A ticket's timeline and its obligations."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from api.access.finding import find_projected
from api.access.identity import Caller
from api.access.permissions import READ_TICKETS
from api.backend import Behind
from api.http.documents import Page
from api.http.openapi import asks
from api.http.pages import cursor_at, next_page, sequence
from api.http.queries import Query, read_query
from api.tickets.history_documents import EntryDocument, ObligationsDocument
from store.queries.history import obligations, timeline

router = APIRouter(prefix="/api/tickets/{number}", tags=["history"])


@router.get(
    "/timeline",
    dependencies=[READ_TICKETS],
    response_model_exclude_unset=True,
    openapi_extra=asks(Query),
)
async def read_timeline(request: Request, number: str, actor: Caller, behind: Behind) -> Page[EntryDocument]:
    """What happened on the ticket, from the first entry on."""
    found = await find_projected(behind, actor, number)
    asked = read_query(request, Query)
    after = sequence(asked.cursor) if asked.cursor else 0
    rows, last = await run_in_threadpool(timeline, behind.reads, actor, found.number, after=after, limit=asked.limit)
    following = next_page(request, cursor_at(last)) if last is not None else None
    return Page.of([EntryDocument.of(row, actor, found.assignee) for row in rows], following)


@router.get("/obligations", dependencies=[READ_TICKETS], response_model_exclude_unset=True)
async def read_obligations(number: str, actor: Caller, behind: Behind) -> ObligationsDocument:
    """Every promise on the ticket, with its clock, its alarms and the explanation of its due time."""
    found = await find_projected(behind, actor, number)
    rows = await run_in_threadpool(obligations, behind.reads, found.number)
    return ObligationsDocument.of(found.seq, rows, actor)

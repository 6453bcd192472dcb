"""A ticket's timeline, its obligations, and whom it has told."""

from typing import Annotated

from fastapi import APIRouter
from starlette.requests import Request

from api.access.finding import ProjectedTicket
from api.access.identity import Caller
from api.access.permissions import KNOW_WHO_WAS_TOLD, READ_TICKETS
from api.backend import Behind
from api.http.documents import Page
from api.http.inputs import asks
from api.http.language import language_of
from api.http.pages import instant_and_name, listing, sequence
from api.http.queries import Query
from api.tickets.history_documents import EntryDocument, ObligationsDocument, ToldDocument, people_of
from api.tickets.history_queries import TimelineQuery
from store.queries.history import obligations, timeline
from store.queries.inbox import told
from store.registry.names import names

router = APIRouter(prefix="/api/tickets/{number}", tags=["history"])


@router.get("/timeline", dependencies=[READ_TICKETS], response_model_exclude_unset=True)
async def read_timeline(
    request: Request,
    ticket: ProjectedTicket,
    actor: Caller,
    behind: Behind,
    asked: Annotated[TimelineQuery, asks(TimelineQuery)],
) -> Page[EntryDocument]:
    """The ticket's timeline, from the first entry on or, with `order=-seq`, from the last one back."""
    found = await behind.ask(timeline, actor, ticket.number, asked.window(sequence), asked.lines)
    called = await behind.ask(names, people_of(found.items))
    return listing(request, found, lambda row: EntryDocument.of(row, actor, ticket.assignee, called))


@router.get("/told", dependencies=[KNOW_WHO_WAS_TOLD], response_model_exclude_unset=True)
async def read_who_was_told(
    request: Request, ticket: ProjectedTicket, behind: Behind, asked: Annotated[Query, asks(Query)]
) -> Page[ToldDocument]:
    """Whom the ticket has told what, on which grounds, and who has read it; what was told last comes first."""
    found = await behind.ask(told, ticket.number, asked.window(instant_and_name))
    called = await behind.ask(names, (row.recipient for row in found.items))
    language = language_of(request)
    return listing(request, found, lambda row: ToldDocument.of(row, called, language))


@router.get("/obligations", dependencies=[READ_TICKETS], response_model_exclude_unset=True)
async def read_obligations(ticket: ProjectedTicket, actor: Caller, behind: Behind) -> ObligationsDocument:
    """Every promise on the ticket, with its clock, its alarms and the explanation of its due time."""
    rows = await behind.ask(obligations, ticket.number)
    return ObligationsDocument.of(ticket.seq, rows, actor, is_work=ticket.stage.is_work)

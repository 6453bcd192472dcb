"""Tickets: open one, list them, read one."""

import asyncio

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from starlette.requests import Request

from api.access.finding import find, find_projected, patience, wait_for_row
from api.access.identity import Caller
from api.access.permissions import OPEN_TICKETS, READ_TICKETS
from api.backend import Behind
from api.http.body import read_json
from api.http.documents import Page
from api.http.openapi import asks, takes
from api.http.pages import cursor_at, next_page, perhaps_instant_and_name
from api.http.queries import read_query
from api.http.validation import validated
from api.tickets.documents import CountsDocument, TicketDocument, TicketLine
from api.tickets.hashes import hash_of_body, hash_of_key
from api.tickets.queries import TicketQuery, asked_by
from api.tickets.reception import receive
from api.tickets.requests import IDEMPOTENCY_KEY, OpenTicket, idempotency_key
from store.queries import tickets
from store.queries.tickets import Key, Order, Place

router = APIRouter(prefix="/api", tags=["tickets"])


@router.post(
    "/tickets",
    dependencies=[OPEN_TICKETS],
    status_code=201,
    response_model=TicketDocument,
    openapi_extra=takes(OpenTicket, header=IDEMPOTENCY_KEY),
)
async def open_ticket(request: Request, actor: Caller, behind: Behind) -> JSONResponse:
    """Open a ticket: 201. The same request under the same Idempotency-Key again: 200 and the same ticket."""
    key = idempotency_key(request)
    given = await read_json(request)
    body = validated(OpenTicket, given)
    hashes, deadline = Key(hash_of_key(actor.id, key), hash_of_body(given)), patience()
    async with asyncio.timeout_at(deadline):
        number, is_new = await receive(behind, actor, hashes, body)
    found = await wait_for_row(behind, actor, number, deadline) or await find(behind, actor, number)
    location = {"Location": f"/api/tickets/{number}"}
    document = TicketDocument.of(found, actor).model_dump(mode="json", exclude_unset=True)
    return JSONResponse(document, 201 if is_new else 200, location)


@router.get(
    "/tickets",
    dependencies=[READ_TICKETS],
    response_model_exclude_unset=True,
    openapi_extra=asks(TicketQuery),
)
def list_tickets(request: Request, actor: Caller, behind: Behind) -> Page[TicketLine]:
    """The tickets that exist for the caller, a page at a time."""
    asked = asked_by(actor, read_query(request, TicketQuery))
    after = Place(*perhaps_instant_and_name(asked.cursor)) if asked.cursor else None
    order = Order(asked.sort)
    rows, last = tickets.page(behind.reads, actor, asked.wanted, order, after=after, limit=asked.limit)
    following = next_page(request, cursor_at(last.value, last.number)) if last else None
    return Page.of([TicketLine.of(row, actor) for row in rows], following)


@router.get("/counts", dependencies=[READ_TICKETS], response_model_exclude_unset=True)
def count_tickets(actor: Caller, behind: Behind) -> CountsDocument:
    """How many tickets exist for the caller."""
    stages, breached = tickets.counts(behind.reads, actor), tickets.breached(behind.reads, actor)
    return CountsDocument.of(actor, stages, breached)


@router.get("/tickets/{number}", dependencies=[READ_TICKETS], response_model_exclude_unset=True)
async def read_ticket(number: str, actor: Caller, behind: Behind) -> TicketDocument:
    """The ticket."""
    return TicketDocument.of(await find_projected(behind, actor, number), actor)

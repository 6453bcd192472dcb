"""Tickets: open one, list them, read one."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse
from starlette.requests import Request

from api.access.finding import ProjectedTicket, find, patience, wait_for_row
from api.access.identity import Acts, Caller
from api.access.permissions import OPEN_TICKETS, READ_TICKETS
from api.backend import Behind
from api.http.documents import Page
from api.http.hashes import hash_of_body, hash_of_key
from api.http.inputs import Sent, asks, takes
from api.http.keys import IDEMPOTENCY_KEY, idempotency_key
from api.http.openapi import described_header
from api.http.pages import listing, perhaps_instant_and_name
from api.tickets.documents import CountsDocument, TicketDocument, TicketLine
from api.tickets.history_documents import people_of
from api.tickets.legs import legs_of
from api.tickets.queries import TicketQuery, asked_by
from api.tickets.reception import receive
from api.tickets.requests import OpenTicket
from domain.audience.visibility import sees_all
from store.queries import tickets
from store.queries.history import of_legs
from store.queries.relations import relations
from store.queries.tickets import Key, Order
from store.registry.names import names
from store.watch.findings import standstills

router = APIRouter(prefix="/api", tags=["tickets"])


@router.post(
    "/tickets",
    dependencies=[OPEN_TICKETS],
    status_code=201,
    response_model=TicketDocument,
    openapi_extra=described_header(IDEMPOTENCY_KEY),
)
async def open_ticket(
    key: Annotated[str, Depends(idempotency_key)],
    sent: Sent,
    body: Annotated[OpenTicket, takes(OpenTicket)],
    act: Acts,
) -> JSONResponse:
    """Open a ticket: 201. The same request under the same Idempotency-Key again: 200 and the same ticket."""
    behind, actor = act.behind, act.by.actor
    hashes, deadline = Key(hash_of_key(actor.id, key), hash_of_body(sent)), patience()
    async with asyncio.timeout_at(deadline):
        number, is_new = await receive(act, hashes, body)
    found = await wait_for_row(behind, actor, number, deadline) or await find(behind, actor, number)
    called = await behind.ask(names, [found.assignee])
    document = TicketDocument.of(found, actor, called).model_dump(mode="json", exclude_unset=True)
    return JSONResponse(document, 201 if is_new else 200, {"Location": f"/api/tickets/{number}"})


@router.get("/tickets", dependencies=[READ_TICKETS], response_model_exclude_unset=True)
async def list_tickets(
    request: Request, actor: Caller, behind: Behind, given: Annotated[TicketQuery, asks(TicketQuery)]
) -> Page[TicketLine]:
    """The tickets that exist for the caller, a page at a time."""
    asked = asked_by(actor, given)
    window = asked.window(perhaps_instant_and_name)
    found = await behind.ask(tickets.page, actor, asked.wanted, Order(asked.sort), window)
    called = await behind.ask(names, [row.assignee for row in found.items])
    return listing(request, found, lambda row: TicketLine.of(row, actor, called))


@router.get("/counts", dependencies=[READ_TICKETS], response_model_exclude_unset=True)
async def count_tickets(actor: Caller, behind: Behind) -> CountsDocument:
    """Counts of the tickets that exist for the caller."""
    stages = await behind.ask(tickets.counts, actor)
    return CountsDocument.of(actor, stages, await behind.ask(tickets.breached, actor))


@router.get("/tickets/{number}", dependencies=[READ_TICKETS], response_model_exclude_unset=True)
async def read_ticket(ticket: ProjectedTicket, actor: Caller, behind: Behind) -> TicketDocument:
    """The ticket, with what goes on beside its stage and the tickets that belong to it."""
    belongs = await behind.ask(relations, actor, ticket)
    entries = await behind.ask(of_legs, actor, ticket.number)
    still = await behind.ask(standstills, ticket.number) if sees_all(actor) else []
    called = await behind.ask(names, [ticket.assignee, *people_of(entries)])
    legs = legs_of(entries, actor, ticket.assignee, called)
    return TicketDocument.whole(ticket, actor, called, belongs, legs, still)

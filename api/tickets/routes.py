"""Tickets: open one, list them, read one."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse
from starlette.requests import Request

from api.access.finding import ProjectedTicket, find, patience, wait_for_row
from api.access.identity import Acts, Caller
from api.access.permissions import OPEN_TICKETS, READ_TICKETS
from api.backend import Behind
from api.http.documents import CountedPage
from api.http.hashes import hash_of_body, hash_of_key
from api.http.inputs import Sent, asks, takes
from api.http.keys import IDEMPOTENCY_KEY, idempotency_key
from api.http.openapi import described_header
from api.http.pages import counted, number_and_instant_and_name, perhaps_instant_and_name
from api.tickets.documents import CountsDocument, TicketDocument, TicketLine, ViewCountsDocument
from api.tickets.history_documents import people_of
from api.tickets.legs import legs_of
from api.tickets.queries import CountsAsked, TicketQuery, asked_by
from api.tickets.reception import receive
from api.tickets.requests import OpenTicket
from domain.audience.visibility import sees_all
from store.queries import tickets
from store.queries.history import of_legs
from store.queries.relations import relations
from store.queries.tickets import Key, Order
from store.registry.names import names
from store.watch.findings import standstills
from store.watch.receipts import acknowledge

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
    if not found.seq:
        await behind.note(acknowledge, found)
    called = await behind.ask(names, [found.assignee, found.answered_by])
    document = TicketDocument.of(found, actor, called).model_dump(mode="json", exclude_unset=True)
    return JSONResponse(document, 201 if is_new else 200, {"Location": f"/api/tickets/{number}"})


@router.get("/tickets", dependencies=[READ_TICKETS], response_model_exclude_unset=True)
async def list_tickets(
    request: Request, actor: Caller, behind: Behind, asked: Annotated[TicketQuery, asks(TicketQuery)]
) -> CountedPage[TicketLine]:
    """The tickets that exist for the caller, a page at a time."""
    asked_by(actor, asked)
    order, wanted = Order(asked.sort), asked.wanted(actor, datetime.now(UTC))
    window = asked.window(number_and_instant_and_name if order is Order.GRAVITY else perhaps_instant_and_name)
    found = await behind.ask(tickets.page, actor, wanted, order, window)
    called = await behind.ask(names, [who for row in found.items for who in (row.assignee, row.answered_by)])
    total = None
    if window.after is None:
        total = len(found.items)
        if found.last is not None:
            (total,) = await behind.ask(tickets.how_many, actor, wanted)
    return counted(request, found, lambda row: TicketLine.of(row, actor, called), total, up_to=tickets.COUNTED)


@router.post("/counts", dependencies=[READ_TICKETS], response_model_exclude_unset=True)
async def count_views(
    actor: Caller, behind: Behind, body: Annotated[CountsAsked, takes(CountsAsked)]
) -> ViewCountsDocument:
    """How many tickets each of several lists holds for the caller; changes nothing."""
    now = datetime.now(UTC)
    for place, view in enumerate(body.views):
        asked_by(actor, view.query, f"views[{place}].query.")
    wanted = [view.query.wanted(actor, now) for view in body.views]
    found = await behind.ask(tickets.how_many, actor, *wanted)
    by_level = await behind.ask(tickets.open_by_level, actor)
    return ViewCountsDocument.of(actor, dict(zip([view.id for view in body.views], found, strict=True)), by_level)


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
    called = await behind.ask(names, [ticket.assignee, ticket.answered_by, *people_of(entries)])
    legs = legs_of(entries, actor, ticket.assignee, called)
    return TicketDocument.whole(ticket, actor, called, belongs, legs, still)

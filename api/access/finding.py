"""Finding a ticket: the read model first, then Temporal, for a ticket may be younger than its row."""

import asyncio
from typing import Annotated

from fastapi import Depends

from api.access.identity import Caller
from api.backend import Backend, Behind
from api.http.problems import not_found
from domain.audience.authority import concerns
from domain.people.actors import Actor
from domain.ticket.numbers import as_number, numbers_in
from gateway.tickets import PATIENCE_S
from store.models import TicketRow
from store.queries.tickets import opened_with, ticket
from store.reports import unprojected

#: How long it takes to find nothing, whatever is there for others: longer than any way of finding it.
NOTHING_TAKES_S = 0.05


async def find(behind: Behind, actor: Caller, number: str) -> TicketRow:
    """The ticket as it can be known at once, perhaps unprojected; 404 where it does not exist for the actor.

    Its number is found however it was typed; what is answered and asked from then on is the row's own.
    """
    asked_at = asyncio.get_running_loop().time()
    typed = number_in(number)
    found = await _found(behind, actor, typed) if typed else None
    if found is None:
        await asyncio.sleep(asked_at + NOTHING_TAKES_S - asyncio.get_running_loop().time())
        raise not_found()
    return found


def number_in(typed: str) -> str | None:
    """The number of a ticket that somebody typed; None where it can be nobody's."""
    return number if (number := as_number(typed)) in numbers_in(number) else None


async def _found(behind: Backend, actor: Actor, number: str) -> TicketRow | None:
    row = await behind.ask(ticket, actor, number)
    if row is not None:
        return row
    is_anothers = await behind.ask(opened_with, number) is not None
    async with asyncio.timeout_at(patience()):
        opening = await behind.tickets.opening(number)
    if is_anothers:
        # What is there and not theirs stays so, whoever it was taken for when it was opened; it was asked for all the
        # same, so that the answer takes as long. One of theirs came into the read model between the two questions.
        return await behind.ask(ticket, actor, number)
    if opening is None or not concerns(actor, opening.customer.id):
        return None
    return unprojected(opening)


async def find_projected(behind: Behind, actor: Caller, number: str) -> TicketRow:
    """The ticket as the read model has it, if that comes to know it within the patience of a caller."""
    found = await find(behind, actor, number)
    return found if found.seq else await wait_for_row(behind, actor, found.number, patience()) or found


async def wait_for_row(behind: Backend, actor: Actor, number: str, deadline: float) -> TicketRow | None:
    """The ticket as soon as the read model has it; None at the deadline."""
    with behind.feed.about(number) as announced:
        try:
            async with asyncio.timeout_at(deadline):
                while (row := await behind.ask(ticket, actor, number)) is None:
                    await announced.get()
                return row
        except TimeoutError:
            return None


def patience() -> float:
    """When, on the event loop's clock, a caller who asks now has waited long enough."""
    return asyncio.get_running_loop().time() + PATIENCE_S


#: The ticket that an address names.
TheTicket = Annotated[TicketRow, Depends(find)]
ProjectedTicket = Annotated[TicketRow, Depends(find_projected)]

"""Offering: how a ticket stands, and all that has to be known to say what somebody could do on it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from starlette.concurrency import run_in_threadpool

from api.access.finding import patience
from api.backend import Backend
from api.commands.knowing import beforehand
from api.commands.naming import offers_in_words
from api.commands.problems import nobody_answers
from domain.audience.visibility import sees_all
from domain.doable import Offer, offers, offers_at_the_end
from domain.people.actors import Actor
from domain.ticket.commands import CommandKind as C
from domain.ticket.stages import Stage
from domain.ticket.ticket import Ticket
from gateway.tickets import NotConnectedError, SilentError
from store.models import EntryRow, TicketRow
from store.queries.history import last_act, of_legs
from store.queries.visibility import seen
from store.registry.able import Able, Answers, Vendor, able, vendors, who_answer

#: What needs somebody to be named whom work can be given to, and what needs a vendor.
_TO_SOMEBODY, _TO_A_VENDOR = frozenset({C.REASSIGN, C.DISPATCH}), frozenset({C.OPEN_VENDOR_CASE})


@dataclass(frozen=True, slots=True)
class Desk:
    """What somebody could do, and what is to choose from.

    Attributes:
        ticket: as it stands; None: nothing looks after it any more.
        said: of its legs, what the viewer may read, oldest first.
        seq: the entry that it stands at.
        acted: the last entry that is more than an alarm.
    """

    viewer: Actor
    row: TicketRow
    now: datetime
    ticket: Ticket | None
    offers: tuple[Offer, ...]
    said: Sequence[tuple[EntryRow, dict[str, Any]]]
    people: Sequence[Able]
    vendors: Sequence[Vendor]
    answering: Sequence[Answers]
    seq: int
    acted: int


async def desk_of(behind: Backend, viewer: Actor, row: TicketRow) -> Desk:
    """What the viewer could do on the ticket now.

    How it stands is asked of its workflow: the read model is behind by whatever is on its way to it.
    """
    now = datetime.now(UTC)
    ticket = await _standing(behind, row)
    known = await beforehand(behind, row, viewer, now)
    if ticket is None:
        found = offers_at_the_end(viewer, known, row.merged_into)
    else:
        found = await offers_in_words(behind, await run_in_threadpool(offers, ticket, viewer, now, known))
    possible = {each.kind for each in found if each.refusal is None}
    ours = sees_all(viewer)
    legs = await behind.ask(of_legs, viewer, row.number)
    seq = ticket.seq if ticket else row.seq
    acted, last = await behind.ask(last_act, row.number)
    return Desk(
        viewer,
        row,
        now,
        ticket,
        found,
        said=[(each, seen(each, viewer)) for each in legs],
        people=await behind.ask(able, now) if ours and possible & _TO_SOMEBODY else (),
        vendors=await behind.ask(vendors) if ours and possible & _TO_A_VENDOR else (),
        answering=await behind.ask(who_answer, row.customer_id) if ours and C.HAND_LINK in possible else (),
        seq=seq,
        acted=acted if last >= seq else seq,
    )


async def _standing(behind: Backend, row: TicketRow) -> Ticket | None:
    """As its workflow has it; None: it is closed, and nothing looks after it."""
    closed = row.stage is Stage.CLOSED
    try:
        async with asyncio.timeout_at(patience()):
            ticket = await behind.tickets.standing(row.number, closed=closed)
    except (SilentError, NotConnectedError, TimeoutError):
        raise nobody_answers() from None
    if ticket is None and not closed:
        raise nobody_answers()  # its terms are being agreed
    return ticket

"""Presence: a page says that it is open, and hears who else has the same ticket open."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter

from api.access.finding import TheTicket
from api.access.identity import Acts
from api.access.permissions import MEET
from api.http.inputs import takes
from api.tickets.presence_documents import BePresent, PresenceDocument, PresentDocument
from domain.audience.presence import Doing
from store import presence

router = APIRouter(prefix="/api/tickets/{number}/presence", tags=["presence"])


@router.put("", dependencies=[MEET])
async def be_present(ticket: TheTicket, body: Annotated[BePresent, takes(BePresent)], act: Acts) -> PresenceDocument:
    """Say that one has the ticket open; said every 20 seconds, for after 45 one counts as gone. Who else has it open
    is the answer, and told on the event stream as it changes (`presence`).
    """
    now = datetime.now(UTC)
    await act.add(presence.be_present, act.by, ticket.number, Doing(body.doing), now)
    there = await act.behind.ask(presence.present, [ticket.number], now)
    others = [PresentDocument.of(one) for one in there[ticket.number] if one.id != act.by.actor.id]
    return PresenceDocument(items=others)

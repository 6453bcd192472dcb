"""Assignment: who is in charge, and the hand-over (002-04)."""

from dataclasses import replace
from datetime import datetime

from domain.contract.terms import GATES_COMPLETE
from domain.matters.matter import REASON, Matter, Row
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening

_TO = Field("to", Type.WORD)


def reassign(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """To another engineer, with a reason."""
    return put_in_charge(ticket, _TO.of(command))


def put_in_charge(ticket: Ticket, who: str) -> Ticket:
    """With somebody in charge, who counts as its handler from now on."""
    known = who in ticket.handlers or ticket.terms.edition < GATES_COMPLETE
    return replace(ticket, assignee=who, handlers=ticket.handlers if known else (*ticket.handlers, who))


MATTER = Matter(rows=(Row(C.REASSIGN, Happening.REASSIGNED, (_TO, REASON), does=reassign),))

"""Assignment: who is in charge, and the hand-over (002-04)."""

from dataclasses import replace
from datetime import datetime

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
    handlers = ticket.handlers if who in ticket.handlers else (*ticket.handlers, who)
    return replace(ticket, assignee=who, handlers=handlers)


MATTER = Matter(rows=(Row(C.REASSIGN, Happening.REASSIGNED, (_TO, REASON), does=reassign),))

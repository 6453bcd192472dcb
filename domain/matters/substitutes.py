"""Substitute devices: delivered to the customer, and fetched again (001-32, 002-05)."""

from dataclasses import replace
from datetime import datetime

from domain.contract.clauses import Kind
from domain.matters.matter import AFTERWARDS, TEXT, Matter, Row
from domain.ticket.commands import Command
from domain.ticket.commands import CommandKind as C
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label
from domain.words.refusals import Refusal

NONE_OUT = Refusal("no_substitute", Label("没有在外的代用设备。", "No substitute device is out."))


def deliver(ticket: Ticket, _: Command, __: datetime) -> Ticket:
    """A device is at the customer's."""
    return replace(ticket, substitute_out=True)


def fetch_back(ticket: Ticket, _: Command, __: datetime) -> Ticket:
    """It is back."""
    return replace(ticket, substitute_out=False)


def is_out(ticket: Ticket, _: Command) -> Refusal | None:
    """What comes back has been delivered."""
    return None if ticket.substitute_out else NONE_OUT


MATTER = Matter(
    rows=(
        Row(
            C.DELIVER_SUBSTITUTE,
            Happening.SUBSTITUTE_DELIVERED,
            (TEXT,),
            does=deliver,
            meets=frozenset({Kind.SUBSTITUTE}),
        ),
        Row(
            C.RETURN_SUBSTITUTE,
            Happening.SUBSTITUTE_RETURNED,
            (TEXT,),
            needs=is_out,
            does=fetch_back,
            during=AFTERWARDS,
        ),
    ),
)

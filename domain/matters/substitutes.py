"""Substitute devices: delivered to the customer, and fetched again (001-32, 002-05)."""

from dataclasses import replace
from datetime import datetime

from domain.contract.clauses import Kind
from domain.matters.matter import AFTERWARDS, TEXT, Matter, Row, Several
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.records import Substitute
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label
from domain.words.refusals import Refusal

NONE_OUT = Refusal("no_substitute", Label("没有在外的代用设备。", "No substitute device is out."))

_SUBSTITUTE = Field("substitute", Type.WORD, required=False)


def _may_return(device: Substitute, _: Command) -> Refusal | None:
    """A device comes back once."""
    return NONE_OUT if device.returned_at else None


_SEVERAL: Several[Substitute] = Several("substitutes", _SUBSTITUTE, NONE_OUT, steps={C.RETURN_SUBSTITUTE: _may_return})


def deliver(ticket: Ticket, _: Command, at: datetime) -> Ticket:
    """A device is at the customer's."""
    return replace(ticket, substitutes=(*ticket.substitutes, Substitute(f"S{len(ticket.substitutes) + 1}", at)))


def fetch_back(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """It is back."""
    return _SEVERAL.changed(ticket, command, lambda device: replace(device, returned_at=at))


MATTER = Matter(
    rows=(
        Row(
            C.DELIVER_SUBSTITUTE,
            Happening.SUBSTITUTE_DELIVERED,
            (TEXT,),
            does=deliver,
            says=_SEVERAL.newest,
            meets=frozenset({Kind.SUBSTITUTE}),
        ),
        Row(
            C.RETURN_SUBSTITUTE,
            Happening.SUBSTITUTE_RETURNED,
            (TEXT, _SUBSTITUTE),
            needs=_SEVERAL.fits,
            does=fetch_back,
            says=_SEVERAL.which,
            during=AFTERWARDS,
        ),
    ),
)

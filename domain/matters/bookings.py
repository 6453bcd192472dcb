"""Bookings: the appointment of a report that asks for a service at a time, made or moved by the customer (000-32)."""

from dataclasses import replace
from datetime import datetime, timedelta

from domain.contract.clauses import Origin
from domain.contract.terms import EDITION_4
from domain.matters.matter import TEXT, Matter, Row
from domain.matters.on_behalf import ON_BEHALF
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label
from domain.words.refusals import Refusal

NO_BOOKING = Refusal(
    "no_booking",
    Label(
        "只有预约服务才约时间；请先把性质改为预约（classify，nature=booking）。",
        "Only a booking has an appointment; classify it as one first (classify, nature=booking).",
    ),
)
IN_THE_PAST = Refusal(
    "appointment_in_the_past",
    Label("预约时间须在将来，请另选。", "An appointment lies in the future; take another time."),
)
TOO_FAR = Refusal(
    "appointment_too_far",
    Label("预约时间须在一年之内，请核对日期。", "An appointment lies within a year; check the day."),
)

#: So far ahead may it lie.
_YEAR = timedelta(days=366)
_AT = Field("at", Type.INSTANT)


def book(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """The appointment, or another one; what counts from it follows."""
    return replace(ticket, moments=ticket.moments | {Origin.BOOKED: _AT.of(command)})


def may_book(ticket: Ticket, command: Command) -> Refusal | None:
    """A booking has an appointment, in the future, within a year."""
    if (ticket.terms.fact_defaults | ticket.facts).get("nature") != "booking":
        return NO_BOOKING
    at = _AT.of(command)
    if at is None:
        return None
    far = at > command.accepted_at + _YEAR and ticket.terms.edition >= EDITION_4
    return TOO_FAR if far else (IN_THE_PAST if at <= command.accepted_at else None)


MATTER = Matter(rows=(Row(C.BOOK, Happening.BOOKED, (_AT, TEXT, ON_BEHALF), needs=may_book, does=book),))

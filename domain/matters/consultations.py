"""Consultations: experts confer, asked by somebody or by the clock (000-28, 001-35)."""

from dataclasses import replace
from datetime import datetime

from domain.matters.matter import TEXT, Matter, Row
from domain.ticket.commands import Command
from domain.ticket.commands import CommandKind as C
from domain.ticket.records import Consultation
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label
from domain.words.refusals import Refusal

NO_CONSULTATION = Refusal("no_consultation", Label("没有待结论的会诊。", "No consultation waits for a conclusion."))


def request(ticket: Ticket, _: Command, at: datetime) -> Ticket:
    """Experts are asked to confer."""
    return replace(ticket, consultations=(*ticket.consultations, Consultation(at)))


def conclude(ticket: Ticket, _: Command, at: datetime) -> Ticket:
    """They have come to a conclusion."""
    *before, last = ticket.consultations
    return replace(ticket, consultations=(*before, replace(last, concluded_at=at)))


def has_an_open_one(ticket: Ticket, _: Command) -> Refusal | None:
    """A conclusion needs a consultation that has none."""
    last = ticket.consultations[-1:]
    return None if last and last[0].concluded_at is None else NO_CONSULTATION


def open_by_itself(ticket: Ticket, at: datetime, now: datetime) -> Ticket:
    """A consultation opens unless one is open, at the levels that the contract names (000-28)."""
    is_open = any(each.concluded_at is None for each in ticket.consultations)
    if ticket.level not in ticket.terms.consultation_levels or is_open:
        return ticket
    return replace(ticket, consultations=(*ticket.consultations, Consultation(at))).write(
        Happening.CONSULTATION_REQUESTED,
        at=at,
        recorded_at=now,
        data={"reason": "000-28"},
    )


MATTER = Matter(
    rows=(
        Row(C.REQUEST_CONSULTATION, Happening.CONSULTATION_REQUESTED, (TEXT,), does=request),
        Row(C.CONCLUDE_CONSULTATION, Happening.CONSULTATION_CONCLUDED, (TEXT,), needs=has_an_open_one, does=conclude),
    ),
)

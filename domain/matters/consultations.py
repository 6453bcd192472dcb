"""Consultations: experts confer, asked by somebody or by the clock (000-28, 001-35)."""

from dataclasses import replace
from datetime import datetime

from domain.matters.matter import TEXT, Matter, Row, Several
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.records import Consultation
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label
from domain.words.refusals import Refusal

NO_CONSULTATION = Refusal("no_consultation", Label("没有待结论的会诊。", "No consultation waits for a conclusion."))

_CONSULTATION = Field("consultation", Type.WORD, required=False, among="consultations")


def _may_conclude(consultation: Consultation, _: Command) -> Refusal | None:
    """A consultation is concluded once."""
    return NO_CONSULTATION if consultation.concluded_at else None


_SEVERAL: Several[Consultation] = Several(
    "consultations", _CONSULTATION, NO_CONSULTATION, steps={C.CONCLUDE_CONSULTATION: _may_conclude}
)


def request(ticket: Ticket, _: Command, at: datetime) -> Ticket:
    """Experts are asked to confer."""
    return _with_another(ticket, at)


def conclude(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """They have come to a conclusion."""
    return _SEVERAL.changed(ticket, command, lambda consultation: replace(consultation, concluded_at=at))


def _with_another(ticket: Ticket, at: datetime) -> Ticket:
    new = Consultation(f"E{len(ticket.consultations) + 1}", at)
    return replace(ticket, consultations=(*ticket.consultations, new))


def open_by_itself(ticket: Ticket, at: datetime, now: datetime) -> Ticket:
    """A consultation opens unless one is open, at the levels that the contract names (000-28)."""
    return _opened(ticket, at, now) if ticket.level in ticket.terms.consultation_levels else ticket


def open_for_major(ticket: Ticket, at: datetime) -> Ticket:
    """For a major incident one opens whatever its level, where the contract has such consultations (000-28)."""
    return _opened(ticket, at, at) if ticket.terms.consultation_levels else ticket


def _opened(ticket: Ticket, at: datetime, now: datetime) -> Ticket:
    if any(each.concluded_at is None for each in ticket.consultations):
        return ticket
    ticket = _with_another(ticket, at)
    return ticket.write(
        Happening.CONSULTATION_REQUESTED,
        at=at,
        recorded_at=now,
        data={"reason": "000-28", "consultation": ticket.consultations[-1].id},
    )


MATTER = Matter(
    rows=(
        Row(C.REQUEST_CONSULTATION, Happening.CONSULTATION_REQUESTED, (TEXT,), does=request, says=_SEVERAL.newest),
        Row(
            C.CONCLUDE_CONSULTATION,
            Happening.CONSULTATION_CONCLUDED,
            (TEXT, _CONSULTATION),
            needs=_SEVERAL.fits,
            does=conclude,
            says=_SEVERAL.which,
        ),
    ),
)

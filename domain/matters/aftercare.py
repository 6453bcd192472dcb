"""Aftercare: what a ticket owes beyond its close: a report, the survey, a device to fetch (002-07, 004-12)."""

from enum import StrEnum

from domain.contract.clauses import Kind
from domain.matters.matter import AFTERWARDS, TEXT, Matter, Row
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.stages import Stage
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label
from domain.words.refusals import Refusal

OWN_WORK = Refusal(
    "own_work", Label("满意度回访不能由处理人自己进行。", "The survey is not made by who handled the ticket.")
)

#: What is promised beyond the close.
_OWED = frozenset({Kind.REPORT, Kind.SURVEY})


class Satisfaction(StrEnum):
    """How satisfied a customer may be. Stored in histories."""

    VERY_SATISFIED = "very_satisfied"
    SATISFIED = "satisfied"
    NEUTRAL = "neutral"
    DISSATISFIED = "dissatisfied"
    VERY_DISSATISFIED = "very_dissatisfied"


_SATISFACTION = Field("satisfaction", Type.WORD, required=False, choices=tuple(Satisfaction))


def owes(ticket: Ticket) -> bool:
    """Whether something is still to be done for a closed ticket: a report, the survey, a device to fetch."""
    return ticket.substitute_out or any(each.counts and each.kind in _OWED for each in ticket.obligations)


def is_not_the_handler(ticket: Ticket, command: Command) -> Refusal | None:
    """The survey is made by somebody who never was in charge of the ticket (004-12)."""
    return OWN_WORK if command.actor.accounts & {ticket.assignee, *ticket.handlers} else None


MATTER = Matter(
    rows=(
        Row(
            C.DELIVER_REPORT,
            Happening.REPORT_DELIVERED,
            (TEXT,),
            during=AFTERWARDS,
            meets=frozenset({Kind.REPORT}),
        ),
        Row(
            C.RECORD_SURVEY,
            Happening.SURVEY_RECORDED,
            (TEXT, _SATISFACTION),
            needs=is_not_the_handler,
            during=frozenset({Stage.CLOSED}),
            meets=frozenset({Kind.SURVEY}),
        ),
    ),
)

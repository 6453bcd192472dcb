"""Aftercare: what a ticket owes beyond its close: a report, the survey and what it brings, a device to fetch.

(001-30, 002-07, 004-12)
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from domain.contract.clauses import Kind
from domain.contract.ours import OURS
from domain.contract.terms import EDITION_7
from domain.matters.assignment import has_worked
from domain.matters.closing import next_morning, surveyed
from domain.matters.matter import AFTERWARDS, TEXT, Matter, Row
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.deadlines import Deadline, Event, lateness_ms, raise_alarm
from domain.ticket.records import Followups
from domain.ticket.stages import Stage
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label
from domain.words.refusals import Refusal

OWN_WORK = Refusal(
    "own_work", Label("满意度回访不能由处理人自己进行。", "The survey is not made by who handled the ticket.")
)

SURVEYED = Refusal(
    "surveyed_already",
    Label(
        "此单已经回访过，回访结果不再更改；客户不满意的，请记录后续跟进（record_followup）。",
        "It has been surveyed already, and that stands; follow up a customer who is not satisfied (record_followup).",
    ),
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


NO_FOLLOWUP = Refusal(
    "no_followup", Label("没有需要后续跟进的不满意回访。", "No survey that was not satisfied is followed up.")
)

_SATISFIED = frozenset({Satisfaction.VERY_SATISFIED, Satisfaction.SATISFIED})
_SATISFACTION = Field("satisfaction", Type.WORD, required=False, choices=tuple(Satisfaction))


#: What the customer says to a follow-up; absent: nobody answered.
_IS_SATISFIED = Field("satisfied", Type.FLAG, required=False)


def owes(ticket: Ticket) -> bool:
    """Whether something is still to be done for a closed ticket: a report, the survey, a device to fetch.

    What ended without a resolution owes nothing: in a ticket that it was merged into, that one does.
    """
    return ticket.ended_as is None and (
        ticket.substitute_out
        or _is_followed_up(ticket)
        or any(each.counts and each.kind in _OWED for each in ticket.obligations)
    )


def is_not_the_handler(ticket: Ticket, command: Command) -> Refusal | None:
    """The survey is made by somebody who never was in charge of the ticket, nor acted on it (004-12)."""
    return OWN_WORK if command.actor.accounts & has_worked(ticket) and surveyed(ticket) else None


def may_survey(ticket: Ticket, command: Command) -> Refusal | None:
    """A survey is made once (002-22), by somebody who never was in charge of the ticket, nor acted on it (004-12)."""
    is_made = any(each.kind is Kind.SURVEY and each.met_at for each in ticket.obligations)
    return SURVEYED if is_made and ticket.terms.edition >= EDITION_7 else is_not_the_handler(ticket, command)


def record_survey(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """A customer who is not satisfied is followed up until they are (001-30)."""
    said = _SATISFACTION.of(command)
    dissatisfied = said is not None and said not in _SATISFIED
    return replace(ticket, followups=Followups(at, at)) if dissatisfied else ticket


def record_followup(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """Satisfied in the end; or three documented contacts without answer."""
    known, satisfied = ticket.followups, _IS_SATISFIED.of(command)
    if known is None:
        return ticket
    unanswered = known.unanswered + 1 if satisfied is None else 0
    over = satisfied is True or unanswered >= OURS.followups
    return replace(ticket, followups=replace(known, last_at=at, unanswered=unanswered, over=over))


def may_follow_up(ticket: Ticket, command: Command) -> Refusal | None:
    """Somebody who never was in charge follows up a survey that was not satisfied."""
    return is_not_the_handler(ticket, command) if _is_followed_up(ticket) else NO_FOLLOWUP


def _is_followed_up(ticket: Ticket) -> bool:
    return ticket.followups is not None and not ticket.followups.over


def waits(ticket: Ticket) -> Iterator[Deadline]:
    """The next working day on which nobody has been in touch with a customer who is not satisfied (d)."""
    if ticket.followups and _is_followed_up(ticket):
        yield Deadline("followup", next_morning(ticket, ticket.followups.last_at), Event.FOLLOWUP)


def remind(ticket: Ticket, deadline: Deadline, now: datetime) -> Ticket:
    """The supervisor is reminded, each working day."""
    known = ticket.followups and replace(ticket.followups, last_at=deadline.at)
    return raise_alarm(
        replace(ticket, followups=known),
        deadline,
        now,
        clause="001-30",
        lateness_ms=lateness_ms(now, deadline.at),
    )


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
            needs=may_survey,
            does=record_survey,
            during=frozenset({Stage.CLOSED}),
            meets=frozenset({Kind.SURVEY}),
        ),
        Row(
            C.RECORD_FOLLOWUP,
            Happening.FOLLOWED_UP,
            (TEXT, _IS_SATISFIED),
            needs=may_follow_up,
            does=record_followup,
            during=frozenset({Stage.CLOSED}),
        ),
    ),
    waits=waits,
    brings={Event.FOLLOWUP: remind},
)

"""The resolution: the engineer's word, the customer's, or silence; rejected or reopened, clocks run on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.contract.clauses import Arming, Kind, Origin
from domain.contract.promises import working_days_later
from domain.matters import on_behalf, pauses, whereabouts
from domain.matters.closing import CONFIRMATION, close_if_complete
from domain.matters.matter import MAYBE_TEXT, NOT_CLASSIFIED, REASON, Asked, Matter, Question, Row
from domain.matters.on_behalf import ON_BEHALF
from domain.matters.progress import speaks_with_the_user
from domain.matters.service_log import SUBSTANCE, sums_up
from domain.people.actors import Role
from domain.ticket import clocks
from domain.ticket.commands import Command, Field
from domain.ticket.commands import CommandKind as C
from domain.ticket.deadlines import Deadline, Event
from domain.ticket.records import Resolution
from domain.ticket.stages import Stage
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label
from domain.words.refusals import Refusal

ALREADY_CONFIRMED = Refusal(
    "already_confirmed",
    Label(
        "客户已确认解决；如需继续处理，请项目经理或值班经理重新打开（reopen）。",
        "The resolution is confirmed already; a manager may reopen the ticket (reopen).",
    ),
)
_SUMMARY = Field("summary")
_MAY_REOPEN = frozenset({Role.PROJECT_MANAGER, Role.DUTY_MANAGER})
_WAITS = frozenset({Stage.RESOLVED})
#: What a resolution arms and a rejection undoes.
_UNDONE = frozenset({Arming.RESOLVED, Arming.VISIT_END})


def resolve(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """The engineer's word; from then on the working clocks wait for the customer's. Its summary is a log entry."""
    if ticket.resolution is not None:
        return _told_again(ticket, ticket.resolution, at)
    resolution = Resolution(
        at=at,
        stage=ticket.stage,
        silent_until=working_days_later(ticket.terms, command.accepted_at, ticket.terms.confirmation_days),
        by=command.actor.id,
    )
    ticket = replace(
        pauses.ended(ticket, command.accepted_at),
        stage=Stage.RESOLVED,
        resolution=resolution,
        log_written=True,
        on_way_since=None,
        on_site_since=None,
        visits=whereabouts.resolved(ticket, at),
        moments=ticket.moments | ({Origin.VISIT_END: at} if ticket.on_site_since else {}),
    )
    ticket = _report_owed(clocks.arm(ticket, Arming.RESOLVED, at, Origin.RESOLVED), at)
    return clocks.stop(clocks.cancel_pointless(ticket), clocks.WORKING, at, clocks.CONFIRMATION)


def _told_again(ticket: Ticket, known: Resolution, at: datetime) -> Ticket:
    """It took effect earlier than was said at first; the customer's window to object stays as it is."""
    if at >= known.at:
        return ticket
    left_at = ticket.moments.get(Origin.VISIT_END)
    stops = (
        replace(each, since=at) if each.reason == clocks.CONFIRMATION and each.until is None else each
        for each in ticket.stops
    )
    return replace(
        ticket,
        resolution=replace(known, at=at),
        moments=ticket.moments | {Origin.RESOLVED: at} | ({Origin.VISIT_END: at} if left_at and left_at > at else {}),
        armings=ticket.armings | {Arming.RESOLVED: at},
        stops=tuple(stops),
    )


def _report_owed(ticket: Ticket, at: datetime) -> Ticket:
    """A fault that was cleared on site owes the report of 002-07, counted from the end of the last visit."""
    return clocks.arm(ticket, Arming.VISIT_END, at) if Origin.VISIT_END in ticket.moments else ticket


def confirm(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """The customer agrees."""
    return on_behalf.noted(_confirmed(ticket), command, CONFIRMATION)


def _confirmed(ticket: Ticket) -> Ticket:
    resolution = ticket.resolution
    return ticket if resolution is None else replace(ticket, resolution=replace(resolution, confirmed=True))


def reopen(ticket: Ticket, _: Command, at: datetime) -> Ticket:
    """Back to where it was resolved from; clocks run on with what they had consumed then."""
    resolution = ticket.resolution
    ticket = clocks.go_on(clocks.take_up_again(ticket, at), clocks.CONFIRMATION, at)
    return replace(
        ticket,
        stage=resolution.stage if resolution else ticket.stage,
        resolution=None,
        recorders={what: who for what, who in ticket.recorders.items() if what != CONFIRMATION},
        heard_at=at,
        reopened_at=at,
        moments={origin: moment for origin, moment in ticket.moments.items() if origin is not Origin.RESOLVED},
        armings={arming: since for arming, since in ticket.armings.items() if arming not in _UNDONE},
    )


def _undone(before: Ticket, _: Ticket, __: Command) -> dict[str, Any]:
    """Whose resolution it was: they need not be who is in charge."""
    return {"resolved_by": before.resolution.by} if before.resolution and before.resolution.by else {}


def may_confirm(ticket: Ticket, command: Command) -> Refusal | None:
    """The customer confirms once, and whoever resolved it has no part in that."""
    if ticket.resolution and ticket.resolution.confirmed:
        return ALREADY_CONFIRMED
    return on_behalf.own_work(command, ticket.resolution.by) if ticket.resolution else None


def may_reject(ticket: Ticket, _: Command) -> Refusal | None:
    """What is confirmed is not rejected, unless one of us recorded the word: the customer takes that back."""
    confirmed = ticket.resolution is not None and ticket.resolution.confirmed
    return ALREADY_CONFIRMED if confirmed and CONFIRMATION not in ticket.recorders else None


def may_reopen(ticket: Ticket, command: Command) -> Refusal | None:
    """What is confirmed a manager alone reopens."""
    confirmed = ticket.resolution is not None and ticket.resolution.confirmed
    return ALREADY_CONFIRMED if confirmed and command.actor.role not in _MAY_REOPEN else None


def may_be_resolved(ticket: Ticket, command: Command) -> Refusal | None:
    """Nothing is resolved without a level, nor without saying what was done."""
    return NOT_CLASSIFIED if ticket.level is None else sums_up(ticket, _SUMMARY.of(command), command)


def waits(ticket: Ticket) -> Iterator[Deadline]:
    """The end of the window in which the customer may object."""
    if ticket.stage is Stage.RESOLVED and ticket.resolution and not ticket.resolution.confirmed:
        yield Deadline("confirmation", ticket.resolution.silent_until, Event.SILENCE_CONFIRMS)


def confirm_by_silence(ticket: Ticket, deadline: Deadline, now: datetime) -> Ticket:
    """Nobody objected within the window."""
    ticket = _confirmed(ticket).write(Happening.SILENCE_CONFIRMED, at=deadline.at, recorded_at=now)
    return close_if_complete(ticket, at=deadline.at, now=now)


def close_confirmed(ticket: Ticket, at: datetime) -> Ticket:
    """What is confirmed closes, where nothing else is missing."""
    return close_if_complete(ticket, at=at, now=at)


def questions(ticket: Ticket) -> Iterator[Question]:
    """Whether the customer confirms."""
    resolution = ticket.resolution
    if resolution is not None and not resolution.confirmed:
        yield Question(Asked.CONFIRMATION, Role.CUSTOMER_CONTACT, resolution.at)


MATTER = Matter(
    rows=(
        Row(
            C.RESOLVE,
            Happening.RESOLVED,
            (_SUMMARY, *SUBSTANCE),
            needs=may_be_resolved,
            does=resolve,
            meets=frozenset({Kind.RESPOND, Kind.RESTORE, Kind.RESOLVE}),
            meets_too=speaks_with_the_user,
        ),
        Row(
            C.CONFIRM,
            Happening.CONFIRMED,
            (MAYBE_TEXT, ON_BEHALF),
            needs=may_confirm,
            does=confirm,
            during=_WAITS,
            follows=close_confirmed,
        ),
        Row(
            C.REJECT,
            Happening.REJECTED,
            (REASON, ON_BEHALF),
            needs=may_reject,
            does=reopen,
            says=_undone,
            during=_WAITS,
        ),
        Row(C.REOPEN, Happening.REOPENED, (REASON,), needs=may_reopen, does=reopen, says=_undone, during=_WAITS),
    ),
    waits=waits,
    brings={Event.SILENCE_CONFIRMS: confirm_by_silence},
    asks=questions,
)

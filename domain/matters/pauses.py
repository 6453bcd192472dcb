"""Pauses: a person stops the fixing clocks for a reason that the contract knows; a cap ends what nobody ends."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from domain.contract.labels import PAUSES
from domain.contract.promises import working_days_later
from domain.matters.matter import TEXT, Matter, Row, Way
from domain.people.actors import MANAGERS
from domain.ticket import clocks
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.deadlines import Deadline, Event
from domain.ticket.records import Pause
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label
from domain.words.refusals import Refusal

ALREADY_PAUSED = Refusal("already_paused", Label("计时已暂停，请先恢复。", "A pause stands already; resume first."))
NOT_PAUSED = Refusal("not_paused", Label("计时没有暂停，无需恢复。", "There is no pause to end."))
REASON_NOT_ALLOWED = Refusal(
    "reason_not_allowed", Label("合同不允许以此原因暂停计时。", "The contract allows no pause for this reason.")
)

A_MANAGERS = Refusal(
    "second_pause",
    Label(
        "此单已因同一原因暂停过，再次暂停须由项目经理或值班经理操作。",
        "It has been paused for this reason before; a second time is for a project or duty manager.",
    ),
)


class PauseReason(StrEnum):
    """Why a clock may be stopped by a person. ``customer_approval`` is the system's alone (000-11).

    Stored in histories.
    """

    CUSTOMER = "customer"
    THIRD_PARTY = "third_party"
    PARTS = "parts"
    FORCE_MAJEURE = "force_majeure"


_REASON = Field("reason", Type.WORD, choices=tuple(PauseReason))


def pause(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """The fixing clocks stand still, up to the cap of the reason."""
    reason = _REASON.of(command)
    cap = ticket.terms.pause_caps[reason]
    until = None if cap is None else working_days_later(ticket.terms, at, cap)
    return clocks.stop(replace(ticket, pause=Pause(reason, at, until)), clocks.FIXING, at, reason)


def resume(ticket: Ticket, _: Command, at: datetime) -> Ticket:
    """The person's pause ends."""
    return ended(ticket, at)


def ended(ticket: Ticket, at: datetime) -> Ticket:
    """With the person's pause ended, where one stands."""
    if ticket.pause is None:
        return ticket
    return clocks.go_on(replace(ticket, pause=None), ticket.pause.reason, at)


def may_pause(ticket: Ticket, command: Command) -> Refusal | None:
    """One person's pause at a time, for a reason that the contract knows; a second for the same one is a manager's."""
    reason = _REASON.of(command)
    if reason is not None and reason not in ticket.terms.pause_reasons:
        return REASON_NOT_ALLOWED.adding(_allowed(ticket))
    if ticket.pause:
        return ALREADY_PAUSED
    again = any(each.reason == reason for each in ticket.stops)
    return A_MANAGERS if again and command.actor.role not in MANAGERS else None


def _allowed(ticket: Ticket) -> Label:
    """The reasons that the contract allows."""
    known = [PAUSES[reason] for reason in ticket.terms.pause_reasons]
    return Label("合同允许的原因：{reasons}。", "The contract allows: {reasons}.").filled(
        reasons=Label("、".join(each.zh for each in known), ", ".join(each.en for each in known))
    )


def is_paused(ticket: Ticket, _: Command) -> Refusal | None:
    """Resuming needs a pause."""
    return None if ticket.pause else NOT_PAUSED


def waits(ticket: Ticket) -> Iterator[Deadline]:
    """The cap of a pause."""
    if ticket.stage.is_work and ticket.pause and ticket.pause.until:
        yield Deadline("pause", ticket.pause.until, Event.PAUSE_CAP)


def end_at_cap(ticket: Ticket, deadline: Deadline, now: datetime) -> Ticket:
    """The cap of the pause is reached: clocks run on."""
    reason = ticket.pause.reason if ticket.pause else ""
    ticket = ended(ticket, deadline.at).write(
        Happening.PAUSE_CAPPED, at=deadline.at, recorded_at=now, data={"reason": reason}
    )
    return clocks.derive(ticket, deadline.at)


def _ways(ticket: Ticket, _: datetime) -> Iterator[Way]:
    """For each reason that the contract allows; where it allows none, for any."""
    allowed = [reason for reason in PauseReason if reason in ticket.terms.pause_reasons]
    yield from (Way({_REASON.name: reason.value}) for reason in allowed or list(PauseReason)[:1])


MATTER = Matter(
    rows=(
        Row(C.PAUSE, Happening.PAUSED, (_REASON, TEXT), needs=may_pause, does=pause, ways=_ways),
        Row(C.RESUME, Happening.RESUMED, needs=is_paused, does=resume),
    ),
    waits=waits,
    brings={Event.PAUSE_CAP: end_at_cap},
)

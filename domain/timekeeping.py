"""Timekeeping: what is next on a ticket's clocks, and what has happened by an instant. The one loop over time."""

from collections.abc import Callable
from datetime import datetime

from domain import waits
from domain.matters import escalation
from domain.ticket.deadlines import Deadline, Event
from domain.ticket.ticket import Ticket

_HAPPENS: dict[Event, Callable[[Ticket, Deadline, datetime], Ticket]] = {
    Event.RUNG: escalation.raise_rung,
    Event.HALF: escalation.spend_half,
    Event.SILENCE_CONFIRMS: waits.silence_confirms,
    Event.PAUSE_CAP: waits.end_pause,
    Event.REMOTE_SILENCE: waits.report_remote_silence,
    Event.REMOTE_EXPIRY: waits.end_grant,
    Event.APPROVAL_REMINDER: waits.remind_approvers,
    Event.HEARTBEAT: waits.miss_heartbeat,
    Event.PLAN_STARTS: waits.start_plan,
}


def deadlines(ticket: Ticket) -> dict[str, Deadline]:
    """The next deadline of every timer, by the timer's name."""
    following: dict[str, Deadline] = {}
    for each in sorted((*escalation.rungs(ticket), *waits.waits(ticket)), key=_order):
        following.setdefault(each.timer, each)
    return following


def catch_up(ticket: Ticket, *, upto: datetime, now: datetime) -> Ticket:
    """With everything that was due by ``upto`` happened, in order, and on record as learnt at ``now``."""
    while (first := _first(ticket)) is not None and first.at <= upto:
        ticket = _HAPPENS[first.event](ticket, first, now)
    return ticket


def _first(ticket: Ticket) -> Deadline | None:
    return min(deadlines(ticket).values(), key=_order, default=None)


def _order(deadline: Deadline) -> tuple[datetime, int]:
    return deadline.at, deadline.rung

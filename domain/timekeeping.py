"""Timekeeping: what is next on a ticket's clocks, and what has happened by an instant. The one loop over time."""

from collections.abc import Callable
from datetime import datetime

from domain.matters import index
from domain.ticket.deadlines import Deadline, Event
from domain.ticket.ticket import Ticket


def deadlines(ticket: Ticket) -> dict[str, Deadline]:
    """The next deadline of every timer, by the timer's name."""
    following: dict[str, Deadline] = {}
    for each in sorted(index.waits(ticket), key=_order):
        following.setdefault(each.timer, each)
    return following


def catch_up(
    ticket: Ticket,
    *,
    upto: datetime,
    now: datetime,
    seen: Callable[[Ticket, Deadline], None] = lambda _ticket, _deadline: None,
) -> Ticket:
    """With everything that was due by ``upto`` happened, in order, and on record as learnt at ``now``.

    Args:
        seen: shown each thing that happens, and the ticket as it stands before.
    """
    while (first := soonest(ticket)) is not None and first.at <= upto:
        seen(ticket, first)
        ticket = index.BRINGS[first.event](ticket, first, now)
    return ticket


def soonest(ticket: Ticket) -> Deadline | None:
    """What is due next; None: nothing is."""
    return min(deadlines(ticket).values(), key=_order, default=None)


def _order(deadline: Deadline) -> tuple[datetime, int, int]:
    """At one instant: what has no rung first, in the order of the events."""
    return deadline.at, deadline.rung, _PLACES[deadline.event]


_PLACES = {event: place for place, event in enumerate(Event)}

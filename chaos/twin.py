"""The twin: the same ticket, lived again without a server, a clock or a crash, from what people asked of it.

Whatever time alone had to bring, it brings to the twin; what the real ticket lacks of that was lost.
"""

from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import Any

from chaos.histories import History
from domain.decisions import decide
from domain.intake import open_ticket
from domain.ticket.timeline import Entry, Happening
from domain.timekeeping import catch_up

#: How an alarm is known: what raised it, on which obligation, at which rung, due when.
Alarm = tuple[Any, Any, Any, datetime]


def relived(history: History, horizon: datetime) -> tuple[Entry, ...]:
    """The timeline as it had to become, until the horizon or until the ticket's life was over.

    Commands are decided in the order in which they were, and time reaches before each at least as far as it then did.
    What was accepted long before it came, as all of the demo's week is, the ticket learns when it comes.
    """
    if history.terms is None:
        return ()
    ticket, taken = open_ticket(history.opening, history.terms), history.taken
    reached = history.opening.accepted_at
    for entry in history.entries:
        signal = taken.get(entry.command_id or "")
        if signal is None:
            reached = max(reached, entry.at)
            continue
        accepted_at = entry.recorded_at
        ticket = catch_up(ticket, upto=max(reached, accepted_at), now=max(signal.at, accepted_at))
        ticket = decide(ticket, replace(signal.command, accepted_at=accepted_at)).ticket
    if history.over_at is None:
        ticket = catch_up(ticket, upto=max(reached, horizon), now=horizon)
    return ticket.fresh


def alarms(entries: tuple[Entry, ...]) -> Counter[Alarm]:
    """The alarms of a timeline, and how often each was raised."""
    raised = (entry for entry in entries if entry.happening is Happening.ALARM_RAISED)
    return Counter(alarm_of(entry) for entry in raised)


def alarm_of(entry: Entry) -> Alarm:
    """Which alarm an entry raises."""
    return entry.data.get("alarm"), entry.data.get("obligation"), entry.data.get("rung"), entry.at

"""Closing: what must be there before a ticket goes to the archive (design, one ticket's life)."""

from dataclasses import replace
from datetime import datetime

from domain.contract.clauses import Arming, Kind, Origin
from domain.people.actors import SYSTEM, Actor
from domain.ticket import clocks
from domain.ticket.commands import STEPS, Command
from domain.ticket.stages import Stage
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening

#: What is promised beyond the close.
_OWED = frozenset({Kind.REPORT, Kind.SURVEY})


def missing(ticket: Ticket) -> tuple[str, ...]:
    """What closing still waits for, in the words of the refusal codes; empty when nothing."""
    lacks = {
        "not_confirmed": ticket.resolution is None or not ticket.resolution.confirmed,
        "no_service_log": not ticket.log_written,
        "steps_open": ticket.terms.follow_up and set(ticket.steps) != set(STEPS),
    }
    return tuple(reason for reason, lacking in lacks.items() if lacking)


def is_complete(ticket: Ticket, _: Command) -> str | None:
    """Closing needs all that the archive needs."""
    return next(iter(missing(ticket)), None)


def owes(ticket: Ticket) -> bool:
    """Whether something is still to be done for a closed ticket: a report, the survey, a device to fetch."""
    return ticket.substitute_out or any(each.counts and each.kind in _OWED for each in ticket.obligations)


def close_if_complete(ticket: Ticket, *, at: datetime, now: datetime) -> Ticket:
    """Closed by the system when nothing is missing, else as it is."""
    return ticket if missing(ticket) else close(ticket, at=at, now=now)


def close(
    ticket: Ticket,
    *,
    at: datetime,
    now: datetime,
    actor: Actor = SYSTEM,
    command_id: str | None = None,
    data: dict[str, object] | None = None,
) -> Ticket:
    """Closed; what counts from the close is armed."""
    ticket = replace(ticket, stage=Stage.CLOSED, closed_at=at)
    ticket = clocks.derive(clocks.arm(ticket, Arming.CLOSED, at, Origin.CLOSED), at)
    return ticket.write(Happening.CLOSED, at=at, recorded_at=now, actor=actor, command_id=command_id, data=data)

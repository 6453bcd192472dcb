"""The ending: pause and resume, the engineer's resolution, the customer's word, the close."""

from dataclasses import replace

from domain.acts.effect import effective_at
from domain.contract.clauses import Arming, Kind, Origin
from domain.contract.promises import working_days_later
from domain.ticket import clocks
from domain.ticket.commands import Command
from domain.ticket.records import Pause, Resolution
from domain.ticket.stages import Stage
from domain.ticket.ticket import Ticket

_CONFIRMATION = "confirmation"


def pause(ticket: Ticket, command: Command) -> Ticket:
    """The fixing clocks stand still, up to the cap of the reason."""
    reason, since = command.data["reason"], command.accepted_at
    cap = ticket.terms.pause_caps[reason]
    until = None if cap is None else working_days_later(ticket.terms, since, cap)
    return clocks.stop(replace(ticket, pause=Pause(reason, since, until)), clocks.FIXING, since, reason)


def resume(ticket: Ticket, command: Command) -> Ticket:
    """The person's pause ends, where one stands."""
    if ticket.pause is None:
        return ticket
    return clocks.go_on(replace(ticket, pause=None), ticket.pause.reason, command.accepted_at)


def resolve(ticket: Ticket, command: Command) -> Ticket:
    """The engineer's word; from then on the working clocks wait for the customer's. Its summary is a log entry."""
    at = effective_at(ticket, command)
    resolution = Resolution(
        at=at,
        stage=ticket.stage,
        kinds=tuple(kind for kind in (Kind.RESTORE, Kind.RESOLVE) if kind not in ticket.acts),
        silent_until=working_days_later(ticket.terms, command.accepted_at, ticket.terms.confirmation_days),
    )
    ticket = replace(
        resume(ticket, command), stage=Stage.RESOLVED, resolution=resolution, log_written=True, remote=None
    )
    ticket = clocks.arm(ticket, Arming.RESOLVED, at, Origin.RESOLVED)
    return clocks.stop(clocks.cancel_pointless(ticket), clocks.WORKING, at, _CONFIRMATION)


def confirm(ticket: Ticket, _: Command) -> Ticket:
    """The customer agrees."""
    return confirmed(ticket)


def confirmed(ticket: Ticket) -> Ticket:
    """With its resolution confirmed."""
    resolution = ticket.resolution
    return ticket if resolution is None else replace(ticket, resolution=replace(resolution, confirmed=True))


def reopen(ticket: Ticket, command: Command) -> Ticket:
    """Back to where it was resolved from; clocks run on with what they had consumed then."""
    at, resolution = command.accepted_at, ticket.resolution
    ticket = clocks.go_on(clocks.take_up_again(ticket, at), _CONFIRMATION, at)
    return replace(
        ticket,
        stage=resolution.stage if resolution else ticket.stage,
        resolution=None,
        heard_at=at,
        moments={origin: moment for origin, moment in ticket.moments.items() if origin is not Origin.RESOLVED},
        armings={arming: since for arming, since in ticket.armings.items() if arming is not Arming.RESOLVED},
    )

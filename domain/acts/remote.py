"""Remote work: asked for, granted by the customer, begun and ended, revoked (000-24, 001-27, 003-04, 004-05)."""

from dataclasses import replace
from datetime import datetime, timedelta

from domain.ticket.commands import Command
from domain.ticket.records import RemoteAccess
from domain.ticket.ticket import Ticket

#: How long a grant lives that names no end.
GRANT_LIVES = timedelta(hours=8)


def request(ticket: Ticket, command: Command) -> Ticket:
    """The customer is asked; another request takes the place of one that waits."""
    return replace(ticket, remote=RemoteAccess(command.data["scope"], asked_at=command.accepted_at))


def grant(ticket: Ticket, command: Command) -> Ticket:
    """The customer agrees, for a scope and until an instant; a session that runs goes on under it."""
    granted = RemoteAccess(
        command.data["scope"],
        granted_until=grant_ends(command),
        session_since=ticket.remote.session_since if ticket.remote else None,
        granted_by=command.actor.id,
    )
    return replace(ticket, remote=granted)


def grant_ends(command: Command) -> datetime:
    """When the grant that this command gives ends."""
    stated = command.data.get("expires_at")
    return command.accepted_at + GRANT_LIVES if stated is None else datetime.fromisoformat(stated)


def end(ticket: Ticket, _: Command) -> Ticket:
    """Refused or revoked: no grant, and no session goes on."""
    return replace(ticket, remote=None)


def start_session(ticket: Ticket, command: Command) -> Ticket:
    """Somebody begins to work remotely."""
    remote = ticket.remote
    return ticket if remote is None else replace(ticket, remote=replace(remote, session_since=command.accepted_at))


def end_session(ticket: Ticket, _: Command) -> Ticket:
    """He ends; the grant lives on."""
    remote = ticket.remote
    return ticket if remote is None else replace(ticket, remote=replace(remote, session_since=None))

"""Changes and upgrades: proposed with documents, agreed, made behind a backup, accepted (002-13, 002-14)."""

from collections.abc import Callable
from dataclasses import replace

from domain.ticket.commands import Command
from domain.ticket.records import Change
from domain.ticket.ticket import Ticket


def propose(ticket: Ticket, command: Command) -> Ticket:
    """What is to change is described, with its documents."""
    large = command.data["size"] == "large"
    change = Change(f"C{len(ticket.changes) + 1}", command.accepted_at, large)
    return replace(ticket, changes=(*ticket.changes, change))


def agree(ticket: Ticket, command: Command) -> Ticket:
    """The customer consents to it."""
    return _with_change(ticket, command, lambda change: replace(change, agreed=True))


def refuse(ticket: Ticket, command: Command) -> Ticket:
    """The customer will not have it, or not as it was made."""
    return _with_change(ticket, command, lambda change: replace(change, refused=True))


def make(ticket: Ticket, command: Command) -> Ticket:
    """It is made."""
    nth = sum(1 for change in ticket.changes if change.made) + 1
    return _with_change(ticket, command, lambda change: replace(change, made=nth))


def accept(ticket: Ticket, command: Command) -> Ticket:
    """The customer's technicians accept what it did."""
    return _with_change(ticket, command, lambda change: replace(change, accepted=True))


def change_meant(ticket: Ticket, command: Command) -> Change | None:
    """The change that the command names, or the latest."""
    named = command.data.get("change")
    changes = [change for change in ticket.changes if named in {None, change.id}]
    return changes[-1] if changes else None


def _with_change(ticket: Ticket, command: Command, changed: Callable[[Change], Change]) -> Ticket:
    meant = change_meant(ticket, command)
    return replace(ticket, changes=tuple(changed(each) if each is meant else each for each in ticket.changes))

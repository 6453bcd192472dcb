"""Consents: what a customer agrees to by its subject, a gate or a clause, and takes back."""

from dataclasses import replace
from datetime import datetime

from domain.ticket.commands import Command
from domain.ticket.ticket import Ticket


def consent(ticket: Ticket, command: Command) -> Ticket:
    """The customer consents, or no longer does; with ``until``, to wait so long for what a clause promises."""
    subject, until = command.data["subject"], command.data.get("until")
    others = tuple(each for each in ticket.consents if each != subject)
    extensions = {clause: at for clause, at in ticket.extensions.items() if clause != subject}
    if command.data.get("agreed") is False:
        return replace(ticket, consents=others, extensions=extensions)
    if until is not None:
        extensions[subject] = datetime.fromisoformat(until)
    known = ticket.consents if subject in ticket.consents else (*others, subject)
    return replace(ticket, consents=known, extensions=extensions if until is not None else ticket.extensions)

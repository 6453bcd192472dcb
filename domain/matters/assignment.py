"""Assignment: who is in charge, and the hand-over (002-04)."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.contract.clauses import Kind
from domain.matters.matter import REASON, Matter, Row
from domain.people.actors import Role
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening

#: What the registry knows of the person whom a command names: their role.
TO_ROLE = "to_role"

_TO = Field("to", Type.WORD)
#: Who solves faults: whoever else has a report has not been handed it over.
_TAKE_OVER = frozenset({Role.ENGINEER, Role.EXPERT})


def reassign(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """To another engineer, with a reason."""
    return put_in_charge(ticket, _TO.of(command))


def put_in_charge(ticket: Ticket, who: str) -> Ticket:
    """With somebody in charge, who counts as its handler from now on."""
    handlers = ticket.handlers if who in ticket.handlers else (*ticket.handlers, who)
    return replace(ticket, assignee=who, handlers=handlers)


def hands_over(_: Ticket, command: Command) -> frozenset[Kind]:
    """The report is handed over once an engineer or expert has it, by whatever command (004-07)."""
    return frozenset({Kind.HANDOVER}) if command.known.get(TO_ROLE) in _TAKE_OVER else frozenset()


def _who_before(before: Ticket, _: Ticket, __: Command) -> dict[str, Any]:
    """Who was in charge until then."""
    return {"from": before.assignee} if before.assignee else {}


MATTER = Matter(
    rows=(
        Row(
            C.REASSIGN,
            Happening.REASSIGNED,
            (_TO, REASON),
            does=reassign,
            says=_who_before,
            meets_too=hands_over,
            as_stated=True,
        ),
    )
)

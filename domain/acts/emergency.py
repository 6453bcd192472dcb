"""Emergency plans: started by a manager or by time, objected to, ended (004-10, 004-17)."""

from dataclasses import replace

from domain.ticket.commands import Command
from domain.ticket.records import Plan
from domain.ticket.ticket import Ticket


def start_plan(ticket: Ticket, command: Command) -> Ticket:
    """A manager starts a plan; one that waits for objections gives way to it."""
    return replace(ticket, plan=Plan(command.data.get("plan", "one"), started_at=command.accepted_at))


def object_plan(ticket: Ticket, _: Command) -> Ticket:
    """Somebody objects in time: the plan does not start by itself."""
    plan = ticket.plan
    return ticket if plan is None else replace(ticket, plan=replace(plan, starts_at=None))


def end_plan(ticket: Ticket, command: Command) -> Ticket:
    """The emergency is over."""
    plan = ticket.plan
    return ticket if plan is None else replace(ticket, plan=replace(plan, ended_at=command.accepted_at))

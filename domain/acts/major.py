"""The major incident: formal report, application, two departments (000-09, 000-10, 000-11)."""

from dataclasses import replace

from domain import clocks
from domain.clauses import Kind
from domain.commands import Command
from domain.standing import Application
from domain.ticket import Ticket

#: The customer's departments that must all agree.
DEPARTMENTS = ("technical", "business")

APPROVAL = "customer_approval"


def submit_formal_report(ticket: Ticket, _: Command) -> Ticket:
    """The formal report to the customer's leaders; one serves all versions of the application."""
    return replace(ticket, formal_report=True)


def apply(ticket: Ticket, command: Command) -> Ticket:
    """A new version of the application; while it waits, the clock to resolve stands still."""
    at = command.accepted_at
    application = Application(len(ticket.applications) + 1, command.actor.id, at)
    ticket = replace(ticket, applications=(*ticket.applications, application), facts=ticket.facts | {"major": True})
    return clocks.stop(ticket, frozenset({Kind.RESOLVE}), at, APPROVAL) if ticket.terms.approval_pauses else ticket


def approve(ticket: Ticket, command: Command) -> Ticket:
    """One department agrees; the last one opens the gate."""
    application = ticket.applications[-1]
    department = command.actor.department or ""
    approvals = (*application.approvals, (department, command.actor.id))
    complete = {name for name, _ in approvals} >= set(DEPARTMENTS)
    return _decided(ticket, replace(application, approvals=approvals), "approved" if complete else None, command)


def refuse(ticket: Ticket, command: Command) -> Ticket:
    """Any refusal refuses."""
    return _decided(ticket, ticket.applications[-1], "refused", command)


def _decided(ticket: Ticket, application: Application, decision: str | None, command: Command) -> Ticket:
    ticket = replace(ticket, applications=(*ticket.applications[:-1], replace(application, decision=decision)))
    return clocks.go_on(ticket, APPROVAL, command.accepted_at) if decision else ticket

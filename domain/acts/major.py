"""The major incident: formal report, application, two departments (000-09, 000-10, 000-11)."""

from dataclasses import replace
from datetime import datetime

from domain.contract.clauses import Kind
from domain.people.actors import Role
from domain.ticket import clocks
from domain.ticket.commands import Command
from domain.ticket.records import Application
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening

APPROVAL = "customer_approval"


def propose_by_level(ticket: Ticket, at: datetime) -> Ticket:
    """A report of the gravest levels is a candidate for a major incident; the project manager decides (000-08)."""
    candidate = ticket.level in ticket.terms.major_levels and not ticket.facts.get("major")
    if not candidate or ticket.major_proposed:
        return ticket
    about = {"level": ticket.level, "clause": "000-08", "roles": [Role.PROJECT_MANAGER], "people": []}
    return replace(ticket, major_proposed=True).write(Happening.MAJOR_PROPOSED, at=at, recorded_at=at, data=about)


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
    complete = {name for name, _ in approvals} >= set(ticket.terms.departments)
    return _decided(ticket, replace(application, approvals=approvals), "approved" if complete else None, command)


def refuse(ticket: Ticket, command: Command) -> Ticket:
    """Any refusal refuses."""
    return _decided(ticket, ticket.applications[-1], "refused", command)


def _decided(ticket: Ticket, application: Application, decision: str | None, command: Command) -> Ticket:
    if decision:
        application = replace(
            application, decision=decision, decided_by=command.actor.id, decided_at=command.accepted_at
        )
    ticket = replace(ticket, applications=(*ticket.applications[:-1], application))
    return clocks.go_on(ticket, APPROVAL, command.accepted_at) if decision else ticket

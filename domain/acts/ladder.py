"""The ladder: triage, the stages, and who goes where."""

from dataclasses import replace
from datetime import datetime, timedelta

from domain.acts.effect import effective_at
from domain.contract.clauses import Arming, Origin
from domain.contract.terms import GATES_COMPLETE
from domain.ticket import clocks
from domain.ticket.commands import Command
from domain.ticket.records import Plan, VendorCase
from domain.ticket.stages import Stage
from domain.ticket.ticket import Ticket

#: Facts whose revision opens the way back to an earlier stage (003-03).
_REVISABLE = ("cause", "asset")


def classify(ticket: Ticket, command: Command) -> Ticket:
    """Another level, or facts known better; due times follow, consumed time stays."""
    facts = ticket.facts | command.data.get("facts", {})
    revised = any(ticket.facts.get(name) != facts.get(name) for name in _REVISABLE)
    level = command.data.get("level") or ticket.level
    return replace(ticket, level=level, facts=facts, revised=ticket.revised or revised)


def advance(ticket: Ticket, command: Command) -> Ticket:
    """Onto another stage, at somebody's request."""
    return enter(ticket, Stage(command.data["stage"]), command.accepted_at)


def enter(ticket: Ticket, stage: Stage, at: datetime) -> Ticket:
    """Into a stage, with what begins there. Naming the present one changes nothing."""
    if stage is ticket.stage:
        return ticket
    ticket = replace(ticket, stage=stage, heard_at=at)
    if stage is Stage.ONSITE:
        ticket = clocks.arm(ticket, Arming.ONSITE, at, Origin.ONSITE)
    if _needs_a_vendor(ticket) and all(case.closed_at for case in ticket.vendor_cases):
        ticket = replace(ticket, vendor_cases=(*ticket.vendor_cases, VendorCase(at)))
    wait = ticket.terms.plan_one_after_min
    if stage is Stage.EMERGENCY and wait is not None and ticket.plan is None:
        ticket = replace(ticket, plan=Plan("one", starts_at=at + timedelta(minutes=wait)))
    return ticket


def reassign(ticket: Ticket, command: Command) -> Ticket:
    """To another engineer, with a reason (002-04)."""
    return _in_charge(ticket, command.data["to"])


def dispatch(ticket: Ticket, command: Command) -> Ticket:
    """Somebody is sent; whoever goes first is in charge. Sending the division declares that necessary."""
    at = effective_at(ticket, command)
    ticket = clocks.arm(ticket, Arming.DISPATCHED, at, Origin.DISPATCHED)
    if command.data.get("unit") == "division":
        ticket = clocks.arm(ticket, Arming.DECLARED, at)
    return ticket if ticket.assignee else _in_charge(ticket, command.data["to"])


def end_visit(ticket: Ticket, command: Command) -> Ticket:
    """The visit is over; a report on it may be owed (002-07)."""
    return clocks.arm(ticket, Arming.VISIT_END, effective_at(ticket, command), Origin.VISIT_END)


def apply_onsite(ticket: Ticket, _: Command) -> Ticket:
    """The internal application for a visit after remote work (000-24)."""
    return replace(ticket, onsite_applied=True)


def write_log(ticket: Ticket, command: Command) -> Ticket:
    """An entry of the service log, which may be one of the five steps (004-04), done or waived."""
    step = command.data.get("step")
    steps = ticket.steps if step is None or step in ticket.steps else (*ticket.steps, step)
    return replace(ticket, log_written=True, steps=steps)


def _in_charge(ticket: Ticket, who: str) -> Ticket:
    known = who in ticket.handlers or ticket.terms.edition < GATES_COMPLETE
    return replace(ticket, assignee=who, handlers=ticket.handlers if known else (*ticket.handlers, who))


def _needs_a_vendor(ticket: Ticket) -> bool:
    """Whether this stage opens a vendor's case by itself (003-06, 003-07)."""
    if not ticket.terms.vendor_leg:
        return False
    unknown = ticket.stage is Stage.ONSITE and ticket.facts.get("cause") == "unknown"
    return ticket.stage is Stage.VENDOR or unknown

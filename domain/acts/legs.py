"""Legs: work beside the stage, of vendors, experts and the stock, and the substitute device."""

from collections.abc import Callable
from dataclasses import replace

from domain.people.actors import Role
from domain.ticket.commands import Command
from domain.ticket.records import Consultation, PartOrder, VendorCase
from domain.ticket.ticket import Ticket


def open_vendor_case(ticket: Ticket, command: Command) -> Ticket:
    """A vendor is asked; a case that still has none gets this one as its vendor."""
    vendor, cases = command.data["vendor"], ticket.vendor_cases
    for case in cases:
        if case.vendor is None and case.closed_at is None:
            named = replace(case, vendor=vendor)
            return replace(ticket, vendor_cases=tuple(named if each is case else each for each in cases))
    return replace(ticket, vendor_cases=(*cases, VendorCase(command.accepted_at, vendor)))


def close_vendor_case(ticket: Ticket, command: Command) -> Ticket:
    """A vendor closes his own case, anybody else the one that was opened last."""
    case = case_to_close(ticket, command)
    cases = (replace(each, closed_at=command.accepted_at) if each is case else each for each in ticket.vendor_cases)
    return replace(ticket, vendor_cases=tuple(cases))


def case_to_close(ticket: Ticket, command: Command) -> VendorCase | None:
    """The open case that the command means."""
    own = command.actor.role is Role.VENDOR
    still_open = [case for case in ticket.vendor_cases if case.closed_at is None]
    meant = [case for case in still_open if not own or case.vendor == command.actor.id]
    return meant[-1] if meant else None


def request_consultation(ticket: Ticket, command: Command) -> Ticket:
    """Experts are asked to confer."""
    return replace(ticket, consultations=(*ticket.consultations, Consultation(command.accepted_at)))


def conclude_consultation(ticket: Ticket, command: Command) -> Ticket:
    """They have come to a conclusion."""
    *before, last = ticket.consultations
    return replace(ticket, consultations=(*before, replace(last, concluded_at=command.accepted_at)))


def request_part(ticket: Ticket, command: Command) -> Ticket:
    """A part is needed."""
    part = PartOrder(f"P{len(ticket.parts) + 1}", command.accepted_at)
    return replace(ticket, parts=(*ticket.parts, part))


def agree_part(ticket: Ticket, command: Command) -> Ticket:
    """The customer agrees to it."""
    return _with_part(ticket, command, lambda part: replace(part, agreed=True))


def verify_part(ticket: Ticket, command: Command) -> Ticket:
    """Its model is checked, once by the engineer's side and once by the stock keeper (001-29)."""
    by = "stock" if command.actor.role is Role.STOCK_KEEPER else "engineer"

    def checked(part: PartOrder) -> PartOrder:
        if by in part.verified or command.actor.id in part.verified_by:
            return part
        return replace(part, verified=(*part.verified, by), verified_by=(*part.verified_by, command.actor.id))

    return _with_part(ticket, command, checked)


def reserve_part(ticket: Ticket, command: Command) -> Ticket:
    """The stock keeper puts it aside."""
    return _with_part(ticket, command, lambda part: replace(part, reserved=True))


def part_arrived(ticket: Ticket, command: Command) -> Ticket:
    """It is there."""
    return _with_part(ticket, command, lambda part: replace(part, arrived=True))


def part_meant(ticket: Ticket, command: Command) -> PartOrder | None:
    """The part that the command names, or the latest."""
    named = command.data.get("part")
    parts = [part for part in ticket.parts if named in {None, part.id}]
    return parts[-1] if parts else None


def deliver_substitute(ticket: Ticket, _: Command) -> Ticket:
    """A substitute device is at the customer's (001-32, 002-05)."""
    return replace(ticket, substitute_out=True)


def return_substitute(ticket: Ticket, _: Command) -> Ticket:
    """It is back."""
    return replace(ticket, substitute_out=False)


def _with_part(ticket: Ticket, command: Command, changed: Callable[[PartOrder], PartOrder]) -> Ticket:
    meant = part_meant(ticket, command)
    parts = (changed(part) if part is meant else part for part in ticket.parts)
    return replace(ticket, parts=tuple(parts))

"""Vendor cases: work of a vendor beside ours, in the customer's name where the customer allows it (003-06, 004-05)."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.matters import on_behalf
from domain.matters.matter import TEXT, UNTIL_CLOSED, Gate, Matter, Row
from domain.people.actors import Role
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.records import VendorCase
from domain.ticket.stages import Stage
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label
from domain.words.refusals import Refusal

NO_CASE = Refusal(
    "no_vendor_case", Label("没有您可以关闭的厂家支线。", "There is no vendor case that you could close.")
)
NOT_AUTHORISED = Refusal(
    "no_standing_authorisation",
    Label(
        "以客户名义联系原厂须有有效的常设授权。",
        "Calling a vendor in the customer's name needs a standing authorisation that is still valid.",
    ),
)

#: What the customer consents to where vendors are called for one ticket, by its subject or its clause.
_AUTHORISING = frozenset({"standing_authorisation", "004-05"})

_VENDOR = Field("vendor", Type.WORD)


def open_case(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """A vendor is asked; a case that still has none gets this one as its vendor."""
    vendor, cases = _VENDOR.of(command), ticket.vendor_cases
    unnamed = next((case for case in cases if case.vendor is None and case.closed_at is None), None)
    if unnamed is None:
        return replace(ticket, vendor_cases=(*cases, VendorCase(at, vendor)))
    named = replace(unnamed, vendor=vendor)
    return replace(ticket, vendor_cases=tuple(named if each is unnamed else each for each in cases))


def open_by_stage(ticket: Ticket, at: datetime) -> Ticket:
    """With a case whose vendor is still to be named, where the stage opens one and none is open (003-06, 003-07)."""
    if not _is_opened_by_stage(ticket) or any(case.closed_at is None for case in ticket.vendor_cases):
        return ticket
    return replace(ticket, vendor_cases=(*ticket.vendor_cases, VendorCase(at)))


def _is_opened_by_stage(ticket: Ticket) -> bool:
    unknown = ticket.stage is Stage.ONSITE and ticket.facts.get("cause") == "unknown"
    return ticket.terms.vendor_leg and (ticket.stage is Stage.VENDOR or unknown)


def close_case(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """A vendor closes a case of their own, anybody else the one that was opened last."""
    case = _to_close(ticket, command)
    cases = (replace(each, closed_at=at) if each is case else each for each in ticket.vendor_cases)
    return replace(ticket, vendor_cases=tuple(cases))


def has_one_to_close(ticket: Ticket, command: Command) -> Refusal | None:
    """Closing a case needs an open one; a vendor closes their own alone."""
    return None if _to_close(ticket, command) else NO_CASE


def _to_close(ticket: Ticket, command: Command) -> VendorCase | None:
    """The open case that the command means."""
    own = command.actor.role is Role.VENDOR
    still_open = [case for case in ticket.vendor_cases if case.closed_at is None]
    meant = [case for case in still_open if not own or case.vendor == command.actor.id]
    return meant[-1] if meant else None


def is_authorised(ticket: Ticket, command: Command) -> Refusal | None:
    """Vendors are called in the customer's name only with the customer's standing authorisation (004-05)."""
    terms = ticket.terms
    alive = terms.authorised_until is not None and terms.authorised_until > command.accepted_at
    if not terms.vendor_needs_authorisation or alive:
        return None
    given = _AUTHORISING & set(ticket.consents)
    return on_behalf.own_record(ticket, command, *given) if given else NOT_AUTHORISED


def _which(before: Ticket, after: Ticket, _: Command) -> dict[str, Any]:
    """Which of the ticket's cases the entry is about: ``V1``, ``V2`` ... within the ticket."""
    known, cases = before.vendor_cases, enumerate(after.vendor_cases, start=1)
    place = next(place for place, case in cases if known[place - 1 : place] != (case,))
    return {"case": f"V{place}"}


MATTER = Matter(
    rows=(
        Row(C.OPEN_VENDOR_CASE, Happening.VENDOR_CASE_OPENED, (_VENDOR, TEXT), does=open_case, says=_which),
        Row(
            C.CLOSE_VENDOR_CASE,
            Happening.VENDOR_CASE_CLOSED,
            (TEXT,),
            needs=has_one_to_close,
            does=close_case,
            says=_which,
            during=UNTIL_CLOSED,
        ),
    ),
    gates=(
        Gate(
            id="standing_authorisation",
            clauses=("004-05",),
            name=Label("常设授权", "standing authorisation"),
            asked=Label("以客户名义协调原厂", "calling vendors in the customer's name"),
            of=Label("客户，登记在合同上", "the customer, on record with the contract"),
            evidence=Label("范围、渠道、凭据", "scope, channel, evidence"),
            ends=Label("自己的到期日；与远程授权无关", "at an expiry of its own; no grant of remote access"),
            refusal=Label("由客户自己联系原厂", "the customer calls the vendor"),
            given_by=(C.CONSENT,),
            blocks=frozenset({C.OPEN_VENDOR_CASE}),
            before=is_authorised,
            switch="vendor_needs_authorisation",
        ),
    ),
)

"""Vendor cases: work of a vendor beside ours, in the customer's name where the customer allows it (003-06, 004-05)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from domain.contract.terms import EDITION_6
from domain.matters import on_behalf
from domain.matters.closing import next_morning
from domain.matters.matter import REASON, TEXT, UNTIL_CLOSED, Gate, Matter, Row, Several
from domain.matters.pauses import PauseReason
from domain.people.actors import Role
from domain.ticket import clocks
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.deadlines import Deadline, Event, lateness_ms, raise_alarm
from domain.ticket.records import VendorCase
from domain.ticket.stages import Stage
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label
from domain.words.refusals import Refusal

NO_CASE = Refusal(
    "no_vendor_case", Label("没有您可以关闭的厂家协办。", "There is no vendor case that you could close.")
)
CLOSED = Refusal("vendor_case_closed", Label("这项厂家协办已经关闭。", "This vendor case is closed already."))
NOT_NAMED = Refusal(
    "vendor_not_named",
    Label(
        "这项厂家协办尚未指定厂家；请先指定（open_vendor_case）。",
        "This case has no vendor yet; name one first (open_vendor_case).",
    ),
)
NAMED = Refusal(
    "vendor_named",
    Label(
        "这项厂家协办已有厂家；如需另一厂家，请另开一项，不填「哪一次协办」（case）。",
        "This case has its vendor; for another vendor open another one, and leave “Which vendor's case” empty (case).",
    ),
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

_VENDOR, _CASE = Field("vendor", Type.WORD), Field("case", Type.WORD, required=False, among="vendor_cases")
#: Who takes the case over; absent: nobody yet.
_HEIR = Field("vendor", Type.WORD, required=False)

#: Why a stage or a plan opens a case by itself: a vendor is asked, the cause is unknown, plan one (004-18).
_REASONS = {Stage.VENDOR: "003-06", Stage.ONSITE: "003-07", Stage.EMERGENCY: "004-18"}


def _may_be_named(case: VendorCase, _: Command) -> Refusal | None:
    """A case that a stage opened is given its vendor once."""
    if case.closed_at:
        return CLOSED
    return NAMED if case.vendor else None


def _may_be_closed(case: VendorCase, command: Command) -> Refusal | None:
    """A case that has its vendor is closed once; a vendor closes their own alone."""
    if command.actor.role is Role.VENDOR and case.vendor != command.actor.id:
        return NO_CASE
    if case.closed_at:
        return CLOSED
    return None if case.vendor else NOT_NAMED


def _may_be_handed(case: VendorCase, command: Command) -> Refusal | None:
    """An open case goes from the vendor's person who has it to another."""
    if case.closed_at:
        return CLOSED
    return NOT_NAMED if case.vendor in {None, _HEIR.of(command)} else None


_SEVERAL: Several[VendorCase] = Several(
    "vendor_cases",
    _CASE,
    NO_CASE,
    steps={
        C.OPEN_VENDOR_CASE: _may_be_named,
        C.CLOSE_VENDOR_CASE: _may_be_closed,
        C.HAND_VENDOR_CASE: _may_be_handed,
    },
)


def open_case(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """A vendor is asked; a case that still has none gets this one as its vendor."""
    vendor: str = _VENDOR.of(command)
    if _waits_for_a_vendor(ticket) or _CASE.of(command):
        return _SEVERAL.changed(ticket, command, lambda case: _asked(case, vendor, at))
    return _with_another(ticket, at, vendor)


def _asked(case: VendorCase, vendor: str | None, at: datetime) -> VendorCase:
    """With somebody of a vendor from whom word is awaited; None: it is to be named."""
    return replace(case, vendor=vendor, silent_since=at if vendor else None, reminders=0, reminded_at=None)


def _waits_for_a_vendor(ticket: Ticket) -> bool:
    return any(case.vendor is None and case.closed_at is None for case in ticket.vendor_cases)


def _with_another(ticket: Ticket, at: datetime, vendor: str | None = None) -> Ticket:
    new = _asked(VendorCase(f"V{len(ticket.vendor_cases) + 1}", at), vendor, at)
    return replace(ticket, vendor_cases=(*ticket.vendor_cases, new))


def open_by_stage(ticket: Ticket, at: datetime) -> Ticket:
    """With a case whose vendor is still to be named, where the stage opens one and none is open (003-06, 003-07)."""
    return open_unless_open(ticket, at) if _is_opened_by_stage(ticket) else ticket


def open_unless_open(ticket: Ticket, at: datetime) -> Ticket:
    """With a case whose vendor is still to be named, unless one is open."""
    is_open = any(case.closed_at is None for case in ticket.vendor_cases)
    return ticket if is_open else _with_another(ticket, at)


def _is_opened_by_stage(ticket: Ticket) -> bool:
    unknown = ticket.stage is Stage.ONSITE and ticket.facts.get("cause") == "unknown"
    return ticket.terms.vendor_leg and (ticket.stage is Stage.VENDOR or unknown)


def tell_opened(before: Ticket, after: Ticket, at: datetime, now: datetime) -> Ticket:
    """With an entry on each case that a stage or a plan has opened by itself meanwhile; its vendor is to be named."""
    for case in after.vendor_cases[len(before.vendor_cases) :]:
        if case.vendor is None:
            about = {"case": case.id, "reason": _REASONS.get(after.stage, "")}
            after = after.write(Happening.VENDOR_CASE_OPENED, at=at, recorded_at=now, data=about)
    return after


def close_case(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """The vendor's work is done."""
    return _SEVERAL.changed(ticket, command, lambda case: replace(case, closed_at=at))


def hand_over(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """The vendor's person has left: another of theirs has the case, or its vendor is to be named again."""
    return _SEVERAL.changed(ticket, command, lambda case: _asked(case, _HEIR.of(command), at))


def heard(ticket: Ticket, command: Command) -> Ticket:
    """With a word of a vendor's on the cases that they have: their silence begins anew."""
    at, who = command.accepted_at, command.actor
    if who.role is not Role.VENDOR:
        return ticket
    cases = (_asked(each, who.id, at) if _is_awaited(each, who.id) else each for each in ticket.vendor_cases)
    return replace(ticket, vendor_cases=tuple(cases))


def _is_awaited(case: VendorCase, who: str | None = None) -> bool:
    """Whether word is awaited from the vendor who has it."""
    return case.closed_at is None and case.silent_since is not None and who in {None, case.vendor}


def waits(ticket: Ticket) -> Iterator[Deadline]:
    """The next reminder of each vendor who says nothing, counted as respond is; later each working day's morning."""
    if ticket.terms.edition < EDITION_6 or not ticket.stage.is_work:
        return
    for case in filter(_is_awaited, ticket.vendor_cases):
        yield Deadline(f"vendor {case.id}", _reminded_next(ticket, case), Event.VENDOR_SILENT, key=case.id)


def _reminded_next(ticket: Ticket, case: VendorCase) -> datetime:
    minutes, nothing = ticket.terms.vendor_reminders_min, ticket.opening.accepted_at
    since = max(case.silent_since or nothing, ticket.reopened_at or nothing)
    if case.reminders < len(minutes):
        return clocks.counted_as_respond(ticket, since, timedelta(minutes=minutes[case.reminders]))
    return next_morning(ticket, max(since, case.reminded_at or nothing))


def remind_vendor(ticket: Ticket, deadline: Deadline, now: datetime) -> Ticket:
    """Who has the case has said nothing for so long; after the last of the contract's reminders it goes on."""
    case = next(each for each in ticket.vendor_cases if each.id == deadline.key)
    reminded = replace(case, reminders=case.reminders + 1, reminded_at=deadline.at)
    cases = tuple(reminded if each is case else each for each in ticket.vendor_cases)
    return raise_alarm(
        replace(ticket, vendor_cases=cases),
        deadline,
        now,
        case=case.id,
        vendor=case.vendor,
        silent_since=case.silent_since and case.silent_since.isoformat(),
        again=case.reminders > 0,
        goes_on=reminded.reminders >= len(ticket.terms.vendor_reminders_min),
        lateness_ms=lateness_ms(now, deadline.at),
    )


def may_open(ticket: Ticket, command: Command) -> Refusal | None:
    """A case that is named is one that still has no vendor; else there may always be another."""
    return _SEVERAL.fits(ticket, command) if _CASE.of(command) else None


def is_authorised(ticket: Ticket, command: Command) -> Refusal | None:
    """Vendors are called in the customer's name only with the customer's standing authorisation (004-05)."""
    terms = ticket.terms
    alive = terms.authorised_until is not None and terms.authorised_until > command.accepted_at
    if not terms.vendor_needs_authorisation or alive:
        return None
    given = _AUTHORISING & set(ticket.consents)
    return on_behalf.own_record(ticket, command, *given) if given else NOT_AUTHORISED


def _opened(before: Ticket, after: Ticket, command: Command) -> dict[str, Any]:
    """Which case the entry is about: one that waited for its vendor, or a new one."""
    known = len(before.vendor_cases) == len(after.vendor_cases)
    return _SEVERAL.which(before, after, command) if known else _SEVERAL.newest(before, after, command)


def _closed(before: Ticket, after: Ticket, command: Command) -> dict[str, Any]:
    """Which case, whose, and the pause for third parties that may end now that nobody else is waited for."""
    case = _SEVERAL.meant(before, command)
    told = _SEVERAL.which(before, after, command) | ({"vendor": case.vendor} if case else {})
    waits = any(each.closed_at is None for each in after.vendor_cases)
    paused = after.pause is not None and after.pause.reason == PauseReason.THIRD_PARTY
    return told | ({"paused": PauseReason.THIRD_PARTY} if paused and not waits else {})


def _handed(before: Ticket, after: Ticket, command: Command) -> dict[str, Any]:
    """Which case, and who had it."""
    case = _SEVERAL.meant(before, command)
    return _SEVERAL.which(before, after, command) | ({"from": case.vendor} if case else {})


MATTER = Matter(
    rows=(
        Row(
            C.OPEN_VENDOR_CASE,
            Happening.VENDOR_CASE_OPENED,
            (_VENDOR, TEXT, _CASE),
            needs=may_open,
            does=open_case,
            says=_opened,
        ),
        Row(
            C.CLOSE_VENDOR_CASE,
            Happening.VENDOR_CASE_CLOSED,
            (TEXT, _CASE),
            needs=_SEVERAL.fits,
            does=close_case,
            says=_closed,
            during=UNTIL_CLOSED,
        ),
        Row(
            C.HAND_VENDOR_CASE,
            Happening.VENDOR_CASE_HANDED,
            (_HEIR, _CASE, REASON),
            needs=_SEVERAL.fits,
            does=hand_over,
            says=_handed,
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
    waits=waits,
    brings={Event.VENDOR_SILENT: remind_vendor},
)

"""Visibility: what of a ticket is for whom, one table for every way out. What stands in no row is the company's own.

Whose tickets exist for somebody at all is ``domain.audience.authority``'s. Here: which fields of them; which lines of
their timelines, and which fields of those, stands in ``domain.audience.sights``.
"""

from enum import StrEnum
from typing import Any

from domain.audience.sights import HAPPENINGS, HIDDEN, Sight, Whose
from domain.people.actors import CUSTOMER_SIDE, Actor, Role
from domain.ticket.timeline import Happening


class Audience(StrEnum):
    """Whose eyes: the service company and its auditor, the customer's people, the vendor of a case."""

    SERVICE = "service"
    CUSTOMER = "customer"
    VENDOR = "vendor"


#: Role by role; who may read no ticket is no audience.
AUDIENCES: dict[Role, Audience] = {
    Role.HOTLINE: Audience.SERVICE,
    Role.ENGINEER: Audience.SERVICE,
    Role.PROJECT_MANAGER: Audience.SERVICE,
    Role.DUTY_MANAGER: Audience.SERVICE,
    Role.EXPERT: Audience.SERVICE,
    Role.SUPERVISOR: Audience.SERVICE,
    Role.LEADER: Audience.SERVICE,
    Role.COMMERCIAL: Audience.SERVICE,
    Role.STOCK_KEEPER: Audience.SERVICE,
    Role.AUDITOR: Audience.SERVICE,
    Role.CUSTOMER_CONTACT: Audience.CUSTOMER,
    Role.CUSTOMER_APPROVER: Audience.CUSTOMER,
    Role.VENDOR: Audience.VENDOR,
}

Fields = dict[str, frozenset[Audience]]

_NOBODY: frozenset[Audience] = frozenset()
_CUSTOMER = frozenset({Audience.CUSTOMER})
_BOTH = frozenset({Audience.CUSTOMER, Audience.VENDOR})

#: A ticket's fields, and who gets them beside the service company. A vendor gets what the work needs, the contact
#: included, and nothing of the contract; nobody outside learns who opened the ticket and what is planned next.
TICKET: Fields = {
    "number": _BOTH,
    "seq": _BOTH,
    "projected": _BOTH,
    "stage": _BOTH,
    "level": _BOTH,
    "title": _BOTH,
    "description": _BOTH,
    "customer": _BOTH,
    "contact": _BOTH,
    "other_contacts": _BOTH,
    "asset": _BOTH,
    "site": _BOTH,
    "assignee": _BOTH,
    "assignee_name": _BOTH,
    "drill": _BOTH,
    "received_at": _BOTH,
    "fault_occurred_at": _BOTH,
    "booked_at": _BOTH,
    "resolved_at": _BOTH,
    "closed_at": _BOTH,
    "ended_as": _BOTH,
    "updated_at": _BOTH,
    "service": _CUSTOMER,
    "category": _CUSTOMER,
    "follows": _BOTH,
    "followed_by": _BOTH,
    "merged_into": _BOTH,
    "merged_from": _BOTH,
    "proposed_engineer": _NOBODY,
    "legs": _BOTH,
    "contract": _CUSTOMER,
    "pack": _CUSTOMER,
    "agreed_contract": _CUSTOMER,
    "channel": _CUSTOMER,
    "accepted_at": _CUSTOMER,
    "facts": _CUSTOMER,
    "paused": _CUSTOMER,
    "waits_for": _CUSTOMER,
    "next_due": _CUSTOMER,
    "late": _CUSTOMER,
    "paused_until": _CUSTOMER,
    "waits_since": _CUSTOMER,
    "work": _NOBODY,
    "call": _NOBODY,
    "proposed": _NOBODY,
    "standing_still": _NOBODY,
    "opener": _NOBODY,
}

#: An obligation's fields: the customer's own promises, without what rings at whom; they are no business of a vendor.
OBLIGATION: Fields = {
    "key": _CUSTOMER,
    "kind": _CUSTOMER,
    "clause": _CUSTOMER,
    "superseded": _CUSTOMER,
    "state": _CUSTOMER,
    "open": _CUSTOMER,
    "reason": _CUSTOMER,
    "due_at": _CUSTOMER,
    "budget": _CUSTOMER,
    "counting": _CUSTOMER,
    "calendar": _CUSTOMER,
    "origin": _CUSTOMER,
    "armed": _CUSTOMER,
    "provisional": _CUSTOMER,
    "default": _CUSTOMER,
    "met_at": _CUSTOMER,
    "reported_late": _CUSTOMER,
    "segments": _CUSTOMER,
    "explanation": _CUSTOMER,
    "alarms": _NOBODY,
    "next_rung_at": _NOBODY,
}

#: A decision's fields, for the one whose command it was.
DECISION: Fields = {
    "number": _BOTH,
    "command_id": _BOTH,
    "decision": _BOTH,
    "seq": _BOTH,
    "happening": _BOTH,
    "at": _BOTH,
    "claimed_at": _BOTH,
    "clock_off_s": _BOTH,
    "reason": _BOTH,
    "detail": _BOTH,
    "allowed": _NOBODY,
}

#: What somebody could do, command by command: each has their own. What it would meet is no business of a vendor.
OFFER: Fields = {
    "kind": _BOTH,
    "possible": _BOTH,
    "reason": _BOTH,
    "detail": _BOTH,
    "opened_by": _BOTH,
    "of": _BOTH,
    "seen_by_customer": _BOTH,
    "seen_fields": _BOTH,
    "recorded": _BOTH,
    "stated_by": _BOTH,
    "meets": _CUSTOMER,
    "needs": _BOTH,
}

#: What a form chooses between, and what it is filled in about.
NEEDS: Fields = {
    "choices": _BOTH,
    "contacts": _CUSTOMER,
    "application": _CUSTOMER,
    "remote": _CUSTOMER,
    "pause": _CUSTOMER,
    "missing": _NOBODY,
}

#: A choice; of people outside nobody learns who of ours has how much to do.
CHOICE: Fields = {
    "value": _BOTH,
    "label": _BOTH,
    "possible": _BOTH,
    "reason": _BOTH,
    "detail": _BOTH,
    "current": _BOTH,
    "text": _BOTH,
    "at": _BOTH,
    "states": _BOTH,
    "days": _CUSTOMER,
    "agree": _CUSTOMER,
    "kinds": _CUSTOMER,
    "withdraw": _CUSTOMER,
    "role": _NOBODY,
    "grade": _NOBODY,
    "on_duty": _NOBODY,
    "load": _NOBODY,
}

#: Figures.
COUNTS: Fields = {"stages": _BOTH, "breached": _CUSTOMER, "views": _BOTH, "open": _CUSTOMER}

#: What a list can be asked for, and the field that an answer would tell of; an order tells of what it sorts by.
ASKED: dict[str, tuple[Fields, str]] = {
    "number": (TICKET, "number"),
    "title": (TICKET, "title"),
    "description": (TICKET, "description"),
    "customer": (TICKET, "customer"),
    "contact": (TICKET, "contact"),
    "site": (TICKET, "site"),
    "contract": (TICKET, "contract"),
    "level": (TICKET, "level"),
    "stage": (TICKET, "stage"),
    "assignee": (TICKET, "assignee"),
    "unassigned": (TICKET, "assignee"),
    "mine": (TICKET, "assignee"),
    "phone": (TICKET, "contact"),
    "pack": (TICKET, "pack"),
    "open": (TICKET, "stage"),
    "paused": (TICKET, "paused"),
    "waits_for": (TICKET, "waits_for"),
    "work": (TICKET, "work"),
    "received_from": (TICKET, "received_at"),
    "received_to": (TICKET, "received_at"),
    "closed_from": (TICKET, "closed_at"),
    "closed_to": (TICKET, "closed_at"),
    "drill": (TICKET, "drill"),
    "received_at": (TICKET, "received_at"),
    "updated_at": (TICKET, "updated_at"),
    "due_before": (TICKET, "next_due"),
    "due_within": (TICKET, "next_due"),
    "overdue": (TICKET, "next_due"),
    "next_due_at": (TICKET, "next_due"),
    "gravity": (TICKET, "next_due"),
    "breached": (TICKET, "late"),
    "state": (OBLIGATION, "state"),
}


def audience(viewer: Actor) -> Audience | None:
    """Whose eyes somebody looks with; None: they may see no ticket."""
    return AUDIENCES.get(viewer.role)


def sees_all(viewer: Actor) -> bool:
    """Whether nothing is kept from them."""
    return audience(viewer) is Audience.SERVICE


def may_see(viewer: Actor, table: Fields, field: str) -> bool:
    """Whether a field of a document is for them."""
    return sees_all(viewer) or audience(viewer) in table.get(field, _NOBODY)


def only(viewer: Actor, table: Fields, values: dict[str, Any]) -> dict[str, Any]:
    """Of a document's values those that are for them."""
    return {field: value for field, value in values.items() if may_see(viewer, table, field)}


def may_ask(viewer: Actor, by: str) -> bool:
    """Whether they may be told what lists can be asked by; what is hidden is no filter, no order and no match."""
    return sees_all(viewer) or (by in ASKED and may_see(viewer, *ASKED[by]))


def sight(viewer: Actor, happening: Happening) -> Sight:
    """What somebody outside the service company sees of a happening."""
    to_customer, to_vendor = HAPPENINGS.get(happening, (HIDDEN, HIDDEN))
    match audience(viewer):
        case Audience.CUSTOMER:
            return to_customer
        case Audience.VENDOR:
            return to_vendor
    return HIDDEN


def entry(viewer: Actor, happening: Happening, actor: Actor, data: dict[str, Any]) -> dict[str, Any] | None:
    """What they see of an entry's data; None: not even that it is there."""
    if sees_all(viewer):
        return data
    seen, own = sight(viewer, happening), is_own(viewer, actor, data)
    there = {
        Whose.NOBODYS: False,
        Whose.ONES_OWN: actor.id == viewer.id,
        Whose.OWN_SIDES: own,
        Whose.EVERYBODYS: True,
    }
    return _picked(data, seen.fields | seen.own if own else seen.fields) if there[seen.whose] else None


def message(viewer: Actor, happening: Happening | None, data: dict[str, Any]) -> dict[str, Any]:
    """What they see of what an entry told them; it was sent to them, so it counts as their own."""
    seen = sight(viewer, happening) if happening else HIDDEN
    return data if sees_all(viewer) else _picked(data, seen.fields | seen.own)


def is_own(viewer: Actor, actor: Actor, data: dict[str, Any]) -> bool:
    """Whether an entry is of one's own side: all people of a customer are one side, each vendor is one alone."""
    if viewer.role in CUSTOMER_SIDE:
        return actor.role in CUSTOMER_SIDE
    return viewer.id in {actor.id, data.get("vendor")}


def may_name(viewer: Actor, actor: Actor, assignee: str | None) -> bool:
    """Whether they are told who did it: people outside know their own, and of ours the one who is in charge."""
    return sees_all(viewer) or actor.role is Role.SYSTEM or actor.id == assignee or is_own(viewer, actor, {})


def may_know_decision(viewer: Actor, sender: str) -> bool:
    """Whether they may know what was decided on somebody's command: outside, on their own alone."""
    return sees_all(viewer) or viewer.id == sender


def _picked(data: dict[str, Any], fields: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name in fields}

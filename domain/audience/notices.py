"""Notices: who hears of an entry. One table, beside who may and who sees."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from domain.matters.matter import Asked
from domain.people.actors import CUSTOMER_SIDE, Actor, Role
from domain.ticket.deadlines import Event
from domain.ticket.stages import Stage
from domain.ticket.timeline import Entry, Happening


@dataclass(frozen=True, slots=True)
class Addressees:
    """Whom an entry is for.

    Attributes:
        assignee: who is in charge of the ticket, too.
        departments: of the customer's approvers, those of these departments; None: of any.
        waiting: only while the ticket waits for this answer of the customer.
        settled: only once the ticket no longer waits for this answer.
    """

    roles: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    assignee: bool = False
    departments: frozenset[str] | None = None
    waiting: Asked | None = None
    settled: Asked | None = None

    def apply(self, waits_for: tuple[str, ...]) -> bool:
        """Whether anybody is told, as the ticket stands."""
        return self.waiting in {None, *waits_for} and self.settled not in waits_for

    def include(self, person: Actor, assignee: str | None) -> bool:
        """Whether somebody is among them. An approver of no department is asked nothing."""
        if person.id in self.people or (self.assignee and person.id == assignee):
            return True
        if person.role is not Role.CUSTOMER_APPROVER:
            return person.role in self.roles
        return person.role in self.roles and person.department in (self.departments or {person.department} - {None})


_CONTACTS = Addressees(frozenset({Role.CUSTOMER_CONTACT}))
_IN_CHARGE = Addressees(frozenset({Role.PROJECT_MANAGER}), assignee=True)

#: What the customer is asked, and what the answer means for those who wait for it.
NOTICES: dict[Happening, Addressees] = {
    Happening.MAJOR_PROPOSED: Addressees(frozenset({Role.PROJECT_MANAGER})),
    Happening.MAJOR_APPLIED: Addressees(frozenset({Role.CUSTOMER_APPROVER})),
    Happening.APPROVED: Addressees(frozenset({Role.PROJECT_MANAGER}), assignee=True, settled=Asked.APPROVAL),
    Happening.REFUSED: _IN_CHARGE,
    Happening.REMOTE_REQUESTED: _CONTACTS,
    Happening.REMOTE_GRANTED: _IN_CHARGE,
    Happening.REMOTE_REFUSED: _IN_CHARGE,
    Happening.REMOTE_REVOKED: _IN_CHARGE,
    Happening.PART_REQUESTED: _CONTACTS,
    Happening.CHANGE_PROPOSED: _CONTACTS,
    Happening.CHANGE_AGREED: _IN_CHARGE,
    Happening.CHANGE_REFUSED: _IN_CHARGE,
    Happening.CHANGE_MADE: _CONTACTS,
    Happening.CHANGE_ACCEPTED: _IN_CHARGE,
    Happening.CONSENTED: _IN_CHARGE,
    Happening.RESOLVED: _CONTACTS,
}

#: Entries that send work to the person whom one of their fields names.
HANDED_OVER = {
    Happening.REASSIGNED: "to",
    Happening.DISPATCHED: "to",
    Happening.VENDOR_CASE_OPENED: "vendor",
}

#: A plan that starts by itself unless somebody objects (004-10).
_PLAN_WAITS = Addressees(_CONTACTS.roles, waiting=Asked.PLAN_OBJECTION)

#: Of several in one batch only the last can be what settled an application.
_OF_APPLICATIONS = frozenset({Happening.MAJOR_APPLIED, Happening.APPROVED, Happening.REFUSED})


def addressed(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Addressees]]:
    """The entries of a batch that are for somebody, each with whom it is for."""
    last = max((entry.seq for entry in entries if entry.happening in _OF_APPLICATIONS), default=0)
    for entry in entries:
        if entry.happening is not Happening.APPROVED or entry.seq == last:
            yield from ((entry, whom) for whom in _addressees(entry) if whom != Addressees())


def _addressees(entry: Entry) -> Iterator[Addressees]:
    if entry.happening is Happening.ALARM_RAISED:
        yield from _of_alarm(entry.data)
    elif entry.happening in HANDED_OVER:
        person = entry.data.get(HANDED_OVER[entry.happening])
        yield Addressees(people=frozenset({person} if person else ()))
    elif entry.happening in NOTICES:
        yield NOTICES[entry.happening]
    elif entry.happening is Happening.ADVANCED and entry.data.get("stage") == Stage.EMERGENCY:
        yield _PLAN_WAITS


def _of_alarm(data: dict[str, Any]) -> Iterator[Addressees]:
    """The roles and persons that it names. Of the customer's people it is for silent approvers alone (000-11)."""
    yield Addressees(frozenset(data.get("roles", ())) - CUSTOMER_SIDE, frozenset(data.get("people", ())))
    if data.get("alarm") == Event.APPROVAL_REMINDER:
        silent = frozenset(data.get("departments", ()))
        yield Addressees(frozenset({Role.CUSTOMER_APPROVER}), departments=silent)

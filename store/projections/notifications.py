"""Who is told of an entry: rows for the sender and the inbox, in the transaction of the entry itself."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, or_, select
from sqlalchemy.dialects.postgresql import insert

from domain.audience.authority import MAY_READ, concerns
from domain.audience.visibility import message
from domain.people.actors import CUSTOMER_SIDE, Actor, Role
from domain.ticket.deadlines import Event
from domain.ticket.stages import Stage
from domain.ticket.timeline import Entry, Happening
from store.models import NotificationRow, PersonRow, TicketRow


@dataclass(frozen=True, slots=True)
class _Addressees:
    """Whom an entry is for.

    Attributes:
        assignee: who is in charge of the ticket, too.
        departments: of the customer's approvers, those of these departments; None: of any.
        waiting: only while the ticket waits for this answer of the customer (``Summary.waits_for``).
        settled: only once the ticket no longer waits for this answer.
    """

    roles: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    assignee: bool = False
    departments: frozenset[str] | None = None
    waiting: str | None = None
    settled: str | None = None

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


_CONTACTS = _Addressees(frozenset({Role.CUSTOMER_CONTACT}))
_IN_CHARGE = _Addressees(frozenset({Role.PROJECT_MANAGER}), assignee=True)

#: What the customer is asked, and what the answer means for those who wait for it.
_TOLD: dict[Happening, _Addressees] = {
    Happening.MAJOR_PROPOSED: _Addressees(frozenset({Role.PROJECT_MANAGER})),
    Happening.MAJOR_APPLIED: _Addressees(frozenset({Role.CUSTOMER_APPROVER})),
    Happening.APPROVED: _Addressees(frozenset({Role.PROJECT_MANAGER}), assignee=True, settled="approval"),
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
_HANDED_OVER = {
    Happening.REASSIGNED: "to",
    Happening.DISPATCHED: "to",
    Happening.VENDOR_CASE_OPENED: "vendor",
}

#: A plan that starts by itself unless somebody objects (004-10).
_PLAN_WAITS = _Addressees(_CONTACTS.roles, waiting="plan_objection")

#: Of several in one batch only the last can be what settled an application.
_OF_APPLICATIONS = frozenset({Happening.MAJOR_APPLIED, Happening.APPROVED, Happening.REFUSED})


@dataclass(frozen=True, slots=True)
class _Ticket:
    """What of a ticket decides who is told."""

    customer: str | None
    vendors: tuple[str, ...]
    assignee: str | None
    waits_for: tuple[str, ...]


def add_notifications(connection: Connection, number: str, entries: Sequence[Entry]) -> None:
    """Tell the people whom the entries are for, each once an entry. Entries for nobody cost no question."""
    addressed = list(_addressed(entries))
    if not addressed:
        return
    ticket = _ticket(connection, number)
    addressed = [(entry, whom) for entry, whom in addressed if whom.apply(ticket.waits_for)]
    known = _people(connection, ticket, [whom for _, whom in addressed])
    rows = [
        _row(number, entry, person)
        for entry, whom in addressed
        for person in known
        if whom.include(person, ticket.assignee)
    ]
    if rows:
        connection.execute(insert(NotificationRow).on_conflict_do_nothing(index_elements=["id"]), rows)


def _addressed(entries: Sequence[Entry]) -> Iterator[tuple[Entry, _Addressees]]:
    last = max((entry.seq for entry in entries if entry.happening in _OF_APPLICATIONS), default=0)
    for entry in entries:
        if entry.happening is not Happening.APPROVED or entry.seq == last:
            yield from ((entry, whom) for whom in _addressees(entry) if whom != _Addressees())


def _addressees(entry: Entry) -> Iterator[_Addressees]:
    if entry.happening is Happening.ALARM_RAISED:
        yield from _of_alarm(entry.data)
    elif entry.happening in _HANDED_OVER:
        person = entry.data.get(_HANDED_OVER[entry.happening])
        yield _Addressees(people=frozenset({person} if person else ()))
    elif entry.happening in _TOLD:
        yield _TOLD[entry.happening]
    elif entry.happening is Happening.ADVANCED and entry.data.get("stage") == Stage.EMERGENCY:
        yield _PLAN_WAITS


def _of_alarm(data: dict[str, Any]) -> Iterator[_Addressees]:
    """The roles and persons that it names. Of the customer's people it is for silent approvers alone (000-11)."""
    yield _Addressees(frozenset(data.get("roles", ())) - CUSTOMER_SIDE, frozenset(data.get("people", ())))
    if data.get("alarm") == Event.APPROVAL_REMINDER:
        silent = frozenset(data.get("departments", ()))
        yield _Addressees(frozenset({Role.CUSTOMER_APPROVER}), departments=silent)


def _ticket(connection: Connection, number: str) -> _Ticket:
    columns = (TicketRow.customer_id, TicketRow.vendors, TicketRow.assignee, TicketRow.waits_for)
    row = connection.execute(select(*columns).where(TicketRow.number == number)).one()
    return _Ticket(*row)


def _people(connection: Connection, ticket: _Ticket, addressees: Sequence[_Addressees]) -> list[Actor]:
    """Those who may be meant and whom the ticket concerns at all, in a fixed order."""
    roles = {Role(role) for whom in addressees for role in whom.roles}
    people = {person for whom in addressees for person in whom.people}
    if ticket.assignee and any(whom.assignee for whom in addressees):
        people.add(ticket.assignee)
    if not roles and not people:
        return []
    named = or_(PersonRow.role.in_(roles), PersonRow.id.in_(people))
    columns = (PersonRow.id, PersonRow.role, PersonRow.customers, PersonRow.department)
    rows = connection.execute(select(*columns).where(named, PersonRow.active).order_by(PersonRow.id))
    actors = [Actor(row.id, row.role, row.customers, row.department) for row in rows]
    return [actor for actor in actors if actor.role in MAY_READ and concerns(actor, ticket.customer, ticket.vendors)]


def _row(number: str, entry: Entry, recipient: Actor) -> dict[str, Any]:
    """A message. People outside get of the entry's data what is for them; who else is told, nobody gets."""
    told = message(recipient, entry.happening, entry.data)
    return {
        "id": notification_id(number, entry.seq, recipient.id),
        "ticket": number,
        "seq": entry.seq,
        "recipient": recipient.id,
        "happening": entry.happening,
        "data": {name: value for name, value in told.items() if name not in {"roles", "people"}},
        "created_at": entry.recorded_at,
    }


def notification_id(number: str, seq: int, recipient: str) -> str:
    """The same for the same message, so that a receiver can drop a repeat."""
    return hashlib.sha256(f"{number}\n{seq}\n{recipient}".encode()).hexdigest()[:32]

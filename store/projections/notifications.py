"""Who is told of an entry: rows for the sender and the inbox, in the transaction of the entry itself."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, or_, select
from sqlalchemy.dialects.postgresql import insert

from domain.authority import MAY_READ, concerns
from domain.people import CUSTOMER_SIDE, Actor, Role
from domain.record import Entry, Happening
from store.models import NotificationRow, PersonRow, TicketRow

#: Entries that send work to the person whom one of their fields names.
_HANDED_OVER = {
    Happening.REASSIGNED: "to",
    Happening.DISPATCHED: "to",
    Happening.VENDOR_CASE_OPENED: "vendor",
}


def add_notifications(connection: Connection, number: str, entries: Sequence[Entry]) -> None:
    """Tell the people that the entries name, each once an entry."""
    addressed = [(entry, *_addressees(entry)) for entry in entries]
    roles = {role for _, named, _ in addressed for role in named}
    people = {person for _, _, named in addressed for person in named}
    if not roles and not people:
        return
    known = _people(connection, number, roles, people)
    rows = [
        _row(number, entry, person.id)
        for entry, entry_roles, entry_people in addressed
        for person in known
        if person.role in entry_roles or person.id in entry_people
    ]
    if rows:
        connection.execute(insert(NotificationRow).on_conflict_do_nothing(index_elements=["id"]), rows)


def _addressees(entry: Entry) -> tuple[frozenset[str], frozenset[str]]:
    """The roles and the persons that an entry is for."""
    if entry.happening is Happening.ALARM_RAISED:
        roles = frozenset(entry.data.get("roles", ())) - CUSTOMER_SIDE
        return roles, frozenset(entry.data.get("people", ()))
    person = entry.data.get(_HANDED_OVER.get(entry.happening, ""))
    return frozenset(), frozenset({person} if person else ())


def _people(connection: Connection, number: str, roles: Iterable[str], people: Iterable[str]) -> list[Actor]:
    """Those whom the ticket concerns at all, in a fixed order."""
    ticket = select(TicketRow.customer_id, TicketRow.vendors).where(TicketRow.number == number)
    customer, vendors = connection.execute(ticket).one()
    named = or_(PersonRow.role.in_([Role(role) for role in roles]), PersonRow.id.in_(list(people)))
    columns = (PersonRow.id, PersonRow.role, PersonRow.customers, PersonRow.department)
    rows = connection.execute(select(*columns).where(named).order_by(PersonRow.id))
    actors = [Actor(row.id, row.role, row.customers, row.department) for row in rows]
    return [actor for actor in actors if actor.role in MAY_READ and concerns(actor, customer, vendors)]


def _row(number: str, entry: Entry, recipient: str) -> dict[str, Any]:
    return {
        "id": notification_id(number, entry.seq, recipient),
        "ticket": number,
        "seq": entry.seq,
        "recipient": recipient,
        "happening": entry.happening,
        "data": {name: value for name, value in entry.data.items() if name not in {"roles", "people"}},
        "created_at": entry.recorded_at,
    }


def notification_id(number: str, seq: int, recipient: str) -> str:
    """The same for the same message, so that a receiver can drop a repeat."""
    return hashlib.sha256(f"{number}\n{seq}\n{recipient}".encode()).hexdigest()[:32]

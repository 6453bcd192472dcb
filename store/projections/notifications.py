"""Who is told of an entry: rows for the sender and the inbox, in the transaction of the entry itself."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, or_, select
from sqlalchemy.dialects.postgresql import insert

from domain.audience.authority import MAY_READ, concerns
from domain.audience.notices import Addressees, addressed
from domain.audience.visibility import message
from domain.people.actors import Actor, Role
from domain.ticket.timeline import Entry
from store.models import NotificationRow, PersonRow, TicketRow


@dataclass(frozen=True, slots=True)
class _Ticket:
    """What of a ticket decides who is told."""

    customer: str | None
    vendors: tuple[str, ...]
    assignee: str | None
    waits_for: tuple[str, ...]


def add_notifications(connection: Connection, number: str, entries: Sequence[Entry]) -> None:
    """Tell the people whom the entries are for, each once an entry. Entries for nobody cost no question."""
    told = list(addressed(entries))
    if not told:
        return
    ticket = _ticket(connection, number)
    told = [(entry, whom) for entry, whom in told if whom.apply(ticket.waits_for)]
    known = _people(connection, ticket, [whom for _, whom in told])
    rows = [
        _row(number, entry, person) for entry, whom in told for person in known if whom.include(person, ticket.assignee)
    ]
    if rows:
        connection.execute(insert(NotificationRow).on_conflict_do_nothing(index_elements=["id"]), rows)


def _ticket(connection: Connection, number: str) -> _Ticket:
    columns = (TicketRow.customer_id, TicketRow.vendors, TicketRow.assignee, TicketRow.waits_for)
    row = connection.execute(select(*columns).where(TicketRow.number == number)).one()
    return _Ticket(*row)


def _people(connection: Connection, ticket: _Ticket, addressees: Sequence[Addressees]) -> list[Actor]:
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

"""The timeline's rows."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from domain.ticket.timeline import Entry, Happening
from store.models import EntryRow, TicketRow
from store.models.base import table_of

_TICKET = table_of(TicketRow)
_CUSTOMER = select(_TICKET.c.customer_id).where(_TICKET.c.number == bindparam("number"))
_ADD = insert(table_of(EntryRow)).on_conflict_do_nothing(index_elements=["ticket", "seq"])


def add_entries(connection: Connection, number: str, entries: Sequence[Entry]) -> None:
    """Add the lines that the timeline does not have yet, to the row of their ticket as it stood before them."""
    whose = connection.scalar(_CUSTOMER, {"number": number})
    rows = [
        {
            "ticket": number,
            "seq": entry.seq,
            "happening": entry.happening,
            "at": entry.at,
            "recorded_at": entry.recorded_at,
            "claimed_at": entry.claimed_at,
            "actor_id": entry.actor.id,
            "actor_role": entry.actor.role,
            "actor_department": entry.actor.department,
            "customer": customer,
            "command_id": entry.command_id,
            "digest": entry.digest,
            "data": entry.data,
        }
        for entry, customer in _with_customers(entries, whose)
    ]
    connection.execute(_ADD, rows)


def _with_customers(entries: Sequence[Entry], whose: str | None) -> Iterator[tuple[Entry, str | None]]:
    """Each with whose report it was by then."""
    for entry in entries:
        if entry.happening is Happening.IDENTIFIED:
            whose = entry.data.get("customer", whose)
        yield entry, whose

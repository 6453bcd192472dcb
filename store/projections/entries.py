"""The timeline's rows."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from domain.ticket.timeline import Entry, Happening
from store.models import EntryRow, TicketRow
from store.models.base import table_of

_TICKET, _ENTRY = table_of(TicketRow), table_of(EntryRow)
_CUSTOMER = select(_TICKET.c.customer_id).where(_TICKET.c.number == bindparam("number"))
_ADD = insert(_ENTRY).on_conflict_do_nothing(index_elements=["ticket", "seq"])
#: The same, of entries among which nobody finds out whose report it is: the database looks whose it is while it adds.
_OF_TICKET = select(_TICKET.c.customer_id).where(_TICKET.c.number == bindparam("ticket"))
_COLUMNS = {each.name: bindparam(each.name, type_=each.type) for each in _ENTRY.c if each.name != "customer"}
_ADD_AS_IT_STANDS = _ADD.values(_COLUMNS | {"customer": _OF_TICKET.scalar_subquery()})


def add_entries(connection: Connection, number: str, entries: Sequence[Entry]) -> None:
    """Add the lines that the timeline does not have yet, to the row of their ticket as it stood before them."""
    if all(entry.happening is not Happening.IDENTIFIED for entry in entries):
        connection.execute(_ADD_AS_IT_STANDS, [_row(number, entry) for entry in entries])
        return
    whose = connection.scalar(_CUSTOMER, {"number": number})
    found = _with_customers(entries, whose)
    connection.execute(_ADD, [_row(number, entry) | {"customer": customer} for entry, customer in found])


def _row(number: str, entry: Entry) -> dict[str, Any]:
    return {
        "ticket": number,
        "seq": entry.seq,
        "happening": entry.happening,
        "at": entry.at,
        "recorded_at": entry.recorded_at,
        "claimed_at": entry.claimed_at,
        "actor_id": entry.actor.id,
        "actor_role": entry.actor.role,
        "actor_department": entry.actor.department,
        "command_id": entry.command_id,
        "digest": entry.digest,
        "data": entry.data,
    }


def _with_customers(entries: Sequence[Entry], whose: str | None) -> Iterator[tuple[Entry, str | None]]:
    """Each with whose report it was by then."""
    for entry in entries:
        if entry.happening is Happening.IDENTIFIED:
            whose = entry.data.get("customer", whose)
        yield entry, whose

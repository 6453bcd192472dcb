"""What the read model has of a ticket, row by row, for a bundle of evidence. Who may see it is asked of nobody here."""

from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Engine, select

from store.models import AttachmentRow, Base, EntryRow, NotificationRow, ObligationRow, PersonRow, TicketRow

#: What serves lists and searches, and hashes that are keys; none of it says anything of the ticket.
_LEFT_OUT = frozenset({"searched", "searched_pairs", "changed_in", "key_hash", "body_hash", "digest", "routed_at"})

Rows = dict[str, list[dict[str, Any]]]


def rows_of(engine: Engine, number: str) -> Rows:
    """Its own row, timeline, promises, messages and attachments, and the names of the people in them."""
    asked: dict[str, tuple[type[Base], ColumnElement[bool], tuple[Any, ...]]] = {
        "ticket": (TicketRow, TicketRow.number == number, ()),
        "timeline": (EntryRow, EntryRow.ticket == number, (EntryRow.seq,)),
        "promises": (ObligationRow, ObligationRow.ticket == number, (ObligationRow.position, ObligationRow.key)),
        "told": (NotificationRow, NotificationRow.ticket == number, (NotificationRow.created_at, NotificationRow.id)),
        "attachments": (AttachmentRow, AttachmentRow.ticket == number, (AttachmentRow.uploaded_at, AttachmentRow.id)),
    }
    found: Rows = {}
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        for name, (table, which, order) in asked.items():
            columns = [column for column in table.__table__.columns if column.name not in _LEFT_OUT]
            read = connection.execute(select(*columns).where(which).order_by(*order))
            found[name] = [told(row) for row in read.mappings()]
        people = select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_(_people(found))).order_by(PersonRow.id)
        found["people"] = [told(row) for row in connection.execute(people).mappings()]
    return found


def _people(rows: Rows) -> set[str]:
    fields = {"timeline": "actor_id", "told": "recipient", "attachments": "uploaded_by", "ticket": "assignee"}
    return {row[field] for name, field in fields.items() for row in rows[name] if row[field]}


def told(row: Any) -> dict[str, Any]:  # noqa: ANN401  # whatever a driver answers
    """A row as JSON has it."""
    return {name: _as_json(value) for name, value in row.items()}


def _as_json(value: Any) -> Any:  # noqa: ANN401  # whatever a column holds
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value

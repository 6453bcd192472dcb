"""What the read model has of a ticket, row by row, for a bundle of evidence. Who may see it is asked of nobody here."""

from collections.abc import Collection
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Column, Engine, select
from sqlalchemy.orm import InstrumentedAttribute

from store.models import (
    AttachmentRow,
    Base,
    EntryRow,
    ErasureRow,
    NotificationRow,
    ObligationRow,
    PersonRow,
    TicketRow,
)
from store.models.base import table_of

#: What serves lists and searches, and hashes that are keys; none of it says anything of the ticket.
_LEFT_OUT = frozenset({"searched", "searched_pairs", "changed_in", "key_hash", "body_hash", "digest", "routed_at"})

Rows = dict[str, list[dict[str, Any]]]
_Asked = tuple[str, type[Base], InstrumentedAttribute[Any], tuple[Any, ...]]

#: What the read model was told: where it stands, by what a ticket's rows are found, and in which order.
_SHOWN: tuple[_Asked, ...] = (
    ("ticket", TicketRow, TicketRow.number, ()),
    ("timeline", EntryRow, EntryRow.ticket, (EntryRow.seq,)),
    ("promises", ObligationRow, ObligationRow.ticket, (ObligationRow.position, ObligationRow.key)),
)
#: What of it, and of the attachments, was erased since.
_ERASED: _Asked = (
    "erased",
    ErasureRow,
    ErasureRow.ticket,
    (ErasureRow.erased_at, ErasureRow.what, ErasureRow.about),
)
#: And what stands beside it.
_BESIDE: tuple[_Asked, ...] = (
    ("told", NotificationRow, NotificationRow.ticket, (NotificationRow.created_at, NotificationRow.id)),
    ("attachments", AttachmentRow, AttachmentRow.ticket, (AttachmentRow.uploaded_at, AttachmentRow.id)),
)


def rows_of(engine: Engine, number: str) -> Rows:
    """Its own row, timeline, promises, messages, attachments and what was erased, and the names of people in them."""
    found: Rows = {}
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        for name, table, whose, order in (*_SHOWN, *_BESIDE, _ERASED):
            read = connection.execute(select(*_columns(table)).where(whose == number).order_by(*order))
            found[name] = [told(row) for row in read.mappings()]
        people = select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_(_people(found))).order_by(PersonRow.id)
        found["people"] = [told(row) for row in connection.execute(people).mappings()]
    return found


def shown_of(engine: Engine, numbers: Collection[str]) -> dict[str, Rows]:
    """Of each of these tickets that is there its own row, timeline and promises, and what of them was erased.

    As a driver answers, for there are many.
    """
    found: dict[str, Rows] = {}
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        for name, table, whose, order in (*_SHOWN, _ERASED):
            columns = [column.name for column in _columns(table)]
            read = connection.execute(select(*_columns(table)).where(whose.in_(numbers)).order_by(*order))
            for values in read:
                row = dict(zip(columns, values, strict=True))
                if table is TicketRow:
                    found[row[whose.key]] = {each: [] for each, *_ in (*_SHOWN, _ERASED)}
                if row[whose.key] in found:
                    found[row[whose.key]][name].append(row)
    return found


def _columns(table: type[Base]) -> list[Column[Any]]:
    return [column for column in table_of(table).columns if column.name not in _LEFT_OUT]


def _people(rows: Rows) -> set[str]:
    fields = {"timeline": "actor_id", "told": "recipient", "attachments": "uploaded_by", "ticket": "assignee"}
    return {row[field] for name, field in fields.items() for row in rows[name] if row[field]}


def told(row: Any) -> dict[str, Any]:  # noqa: ANN401  # whatever a driver answers
    """A row as JSON has it; bytes in base64."""
    return {name: _as_json(value) for name, value in row.items()}


def _as_json(value: Any) -> Any:  # noqa: ANN401  # whatever a column holds
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")  # a mail that nobody has read yet
    return list(value) if isinstance(value, tuple) else value

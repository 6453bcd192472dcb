"""What of the registry the log of the archive speaks of: each change on its record, each attachment, by hash."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, exists, select, tuple_

from evidence import canonical
from evidence.leaves import ChangeLeaf, FileLeaf
from store.models import AttachmentRow, RegistryChangeRow, TicketRow
from store.registry.record import Change, Kind

#: Of a row, in the order of the table; what is added to the table later is no part of what was hashed.
_OF_CHANGE = tuple(getattr(RegistryChangeRow, one.name) for one in fields(Change))
_OF_FILE = (AttachmentRow.id, AttachmentRow.ticket, AttachmentRow.uploaded_by, AttachmentRow.sha256, AttachmentRow.size)


@dataclass(frozen=True, slots=True)
class Noted:
    """A change, as far as one must know it to archive it. ``file``: the attachment that was brought by it."""

    at: datetime
    leaf: ChangeLeaf
    file: str | None


def changes_after(engine: Engine, id_: int, most: int) -> list[Noted]:
    """The next changes on the record after that one."""
    asked = select(*_OF_CHANGE).where(RegistryChangeRow.id > id_).order_by(RegistryChangeRow.id).limit(most)
    with engine.connect() as connection:
        rows = connection.execute(asked).mappings().all()
    return [Noted(row["at"], change_leaf(row), row["about"] if _brings(row) else None) for row in rows]


def changes(engine: Engine, ids: Collection[int]) -> dict[int, ChangeLeaf]:
    """What the log is to say of these changes, as they are now; those that are on no record any more lack."""
    with engine.connect() as connection:
        rows = connection.execute(select(*_OF_CHANGE).where(RegistryChangeRow.id.in_(ids))).mappings()
        return {row["id"]: change_leaf(row) for row in rows}


def files_after(engine: Engine, id_: str, most: int) -> list[FileLeaf]:
    """The next attachments after that one, in the order of their ids."""
    asked = select(*_OF_FILE).where(AttachmentRow.id > id_).order_by(AttachmentRow.id).limit(most)
    with engine.connect() as connection:
        return [file_leaf(row) for row in connection.execute(asked).mappings()]


def files(engine: Engine, ids: Collection[str]) -> dict[str, FileLeaf]:
    """What the log is to say of these attachments, as they are now; those that are gone lack."""
    with engine.connect() as connection:
        rows = connection.execute(select(*_OF_FILE).where(AttachmentRow.id.in_(ids))).mappings()
        return {row["id"]: file_leaf(row) for row in rows}


def removed_with_their_tickets(engine: Engine, files: Collection[FileLeaf]) -> set[str]:
    """Those of the attachments whose tickets were removed whole, as those of the demo are, and that is on record.

    The ticket is the leaf's own: a row can be moved to one that never was before it is removed.
    """
    record, theirs = RegistryChangeRow, [(each.id, each.number) for each in files]
    there = exists().where(TicketRow.number == record.whom)
    asked = select(record.about).where(record.kind == Kind.ATTACHMENT, record.action == "removed", ~there)
    with engine.connect() as connection:
        return set(connection.scalars(asked.where(tuple_(record.about, record.whom).in_(theirs))))


def change_leaf(row: Mapping[Any, Any]) -> ChangeLeaf:
    """Of a row of the record; its instant in UTC, whatever zone the session has."""
    written = canonical.written(dict(row) | {"at": row["at"].astimezone(UTC).isoformat()})
    return ChangeLeaf(row["id"], hashlib.sha256(written).hexdigest(), len(written))


def file_leaf(row: Mapping[Any, Any]) -> FileLeaf:
    """Of an attachment's row."""
    return FileLeaf(row["id"], row["ticket"], row["uploaded_by"], row["sha256"], row["size"])


def _brings(row: Mapping[Any, Any]) -> bool:
    return (row["kind"], row["action"]) == (Kind.ATTACHMENT, "added")

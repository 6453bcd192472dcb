"""Attachments: what was brought to a ticket as evidence, and who may see it."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, Engine, and_, exists, func, or_, select, true
from sqlalchemy.orm import Session

from domain.audience.visibility import sees_all, sight
from domain.people.actors import CUSTOMER_SIDE, Actor, Role
from domain.ticket.timeline import Happening
from store.access.digests import new_id
from store.models import AttachmentRow, EntryRow, TicketRow
from store.models.attachment import ATTACHMENTS
from store.paging import Found, Window, page_of, windowed
from store.queries.visibility import readable

#: What comes from outside; by mail, too, which the system takes in.
_OUTSIDE = CUSTOMER_SIDE | {Role.VENDOR, Role.SYSTEM}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that is safe on disk.

    Attributes:
        name: as people are shown it.
        key_hash: of who brings it and the key that they bring it under.
    """

    sha256: str
    size: int
    media_type: str
    name: str
    path: Path
    key_hash: str | None = None

    def is_what(self, number: str, row: AttachmentRow) -> bool:
        """Whether it was this that somebody brought to that ticket."""
        own = (number, self.sha256, self.name, self.media_type)
        return own == (row.ticket, row.sha256, row.name, row.media_type)


@dataclass(frozen=True, slots=True)
class Room:
    """What a ticket takes, in files and in bytes; of all people outside together half, that ours find room."""

    files: int
    size: int


class FullError(Exception):
    """The ticket takes no more files of theirs."""


class AnotherError(Exception):
    """Something else was brought under this key."""


class LostError(Exception):
    """The file was of nobody just now, and is gone; the same upload may be repeated."""


def require_room(engine: Engine, actor: Actor, number: str, size: int, room: Room) -> None:
    """See that the ticket takes so many bytes more.

    Raises:
        FullError: it does not, of the actor.
    """
    with Session(engine) as session:
        _require_room(session, actor, number, size, room)


def brought_under(engine: Engine, key_hash: str) -> AttachmentRow | None:
    """What was brought under a key."""
    with Session(engine) as session:
        return _under(session, key_hash)


def _under(session: Session, key_hash: str) -> AttachmentRow | None:
    return session.scalar(select(AttachmentRow).where(AttachmentRow.key_hash == key_hash))


def add(
    engine: Engine, actor: Actor, number: str, file: StoredFile, room: Room, now: datetime
) -> tuple[AttachmentRow, bool]:
    """Note that somebody brought a file to a ticket, once a key; and whether it was noted just now.

    Nobody can guess the row's id.

    Raises:
        AnotherError: under this key something else was brought.
        FullError: the ticket takes no more.
        LostError: the file is gone.
    """
    with Session(engine, expire_on_commit=False) as session, session.begin():
        if file.key_hash is not None:
            _hold(session, f"attachment {file.key_hash}")
            if before := _under(session, file.key_hash):
                if not file.is_what(number, before):
                    raise AnotherError
                return before, False
        row = _row(actor, number, file, now)
        _hold(session, f"attachments {number}")
        _require_room(session, actor, number, file.size, room)
        _hold(session, f"file {file.sha256}")
        if not file.path.exists():
            raise LostError
        row.customer = session.scalar(select(TicketRow.customer_id).where(TicketRow.number == number))
        session.add(row)
    return row, True


def _row(actor: Actor, number: str, file: StoredFile, now: datetime) -> AttachmentRow:
    return AttachmentRow(
        id=new_id(),
        ticket=number,
        sha256=file.sha256,
        size=file.size,
        media_type=file.media_type,
        name=file.name,
        uploaded_by=actor.id,
        role=actor.role,
        uploaded_at=now,
        key_hash=file.key_hash,
    )


def forget(engine: Engine, file: StoredFile) -> None:
    """Remove a file that came to nothing, unless somebody else has brought the same."""
    with Session(engine) as session, session.begin():
        _hold(session, f"file {file.sha256}")
        if session.scalar(select(AttachmentRow.id).where(AttachmentRow.sha256 == file.sha256).limit(1)) is None:
            file.path.unlink(missing_ok=True)


def _require_room(session: Session, actor: Actor, number: str, size: int, room: Room) -> None:
    brought = select(func.count(), func.coalesce(func.sum(AttachmentRow.size), 0)).where(AttachmentRow.ticket == number)
    share = 1
    if actor.role in _OUTSIDE or not sees_all(actor):
        brought, share = brought.where(AttachmentRow.role.in_(_OUTSIDE)), 2
    files, taken = session.execute(brought).one()
    if files >= room.files // share or taken + size > room.size // share:
        raise FullError


def hold_file(connection: Connection, sha256: str) -> None:
    """Nobody brings, or removes, that file until the transaction ends."""
    _hold(connection, f"file {sha256}")


def _hold(session: Session | Connection, name: str) -> None:
    """Nobody else decides on it until the transaction ends."""
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


def one(engine: Engine, actor: Actor, number: str, id_: str) -> AttachmentRow | None:
    """The attachment, if it is of this ticket and for the actor. Whether they may see the ticket was asked before."""
    statement = select(AttachmentRow).where(AttachmentRow.ticket == number, AttachmentRow.id == id_, _visible(actor))
    with Session(engine) as session:
        return session.scalar(statement)


def page(engine: Engine, actor: Actor, number: str, window: Window) -> Found[AttachmentRow]:
    """Those of the ticket's attachments that the actor may see, oldest first."""
    statement = select(AttachmentRow).where(AttachmentRow.ticket == number, _visible(actor))
    with Session(engine) as session:
        rows = session.scalars(windowed(statement, window, AttachmentRow.uploaded_at, AttachmentRow.id)).all()
    return page_of(rows, window, lambda row: (row.uploaded_at, row.id))


def seen_by_customer(engine: Engine, number: str, customer: str | None, ids: Collection[str]) -> set[str]:
    """Those of a ticket's attachments that its customer's people see."""
    theirs = Actor("", Role.CUSTOMER_CONTACT, () if customer is None else (customer,))
    statement = select(AttachmentRow.id).where(AttachmentRow.ticket == number, AttachmentRow.id.in_(ids))
    with engine.connect() as connection:
        return set(connection.scalars(statement.where(_visible(theirs))))


def unknown(engine: Engine, actor: Actor, number: str, ids: Collection[str]) -> list[str]:
    """Those of the ids that are no attachment of this ticket which the actor may see."""
    if not ids:
        return []
    statement = select(AttachmentRow.id).where(
        AttachmentRow.ticket == number, AttachmentRow.id.in_(ids), _visible(actor)
    )
    with engine.connect() as connection:
        known = set(connection.scalars(statement))
    return [id_ for id_ in ids if id_ not in known]


def is_id(text: str) -> bool:
    """Whether a text has the form of an attachment's id; other texts are words."""
    return re.fullmatch("[0-9a-f]{32}", text) is not None


def evidence_unknown(engine: Engine, actor: Actor, number: str, customer: str | None, ids: Collection[str]) -> set[str]:
    """Those of the ids that are no attachment of this ticket, or of another one of its customer, for the actor."""
    if not ids:
        return set()
    of_customer = exists().where(TicketRow.number == AttachmentRow.ticket, TicketRow.customer_id == customer)
    concerned = or_(AttachmentRow.ticket == number, of_customer)
    statement = select(AttachmentRow.id).where(AttachmentRow.id.in_(ids), concerned, _visible(actor))
    with engine.connect() as connection:
        return set(ids) - set(connection.scalars(statement))


def is_of_customer(engine: Engine, customer: str, id_: str) -> bool:
    """Whether the attachment was brought to a ticket of this customer."""
    of_customer = select(AttachmentRow.id).join(TicketRow, TicketRow.number == AttachmentRow.ticket)
    with engine.connect() as connection:
        found = of_customer.where(AttachmentRow.id == id_, TicketRow.customer_id == customer)
        return connection.scalar(found) is not None


def _visible(actor: Actor) -> ColumnElement[bool]:
    """The service company sees all; others what their own side brought, and what an entry shows them."""
    return true() if sees_all(actor) else or_(_own(actor), _referred_to(actor))


def _own(actor: Actor) -> ColumnElement[bool]:
    if actor.role in CUSTOMER_SIDE:
        theirs = or_(AttachmentRow.customer.is_(None), AttachmentRow.customer.in_(actor.customers))
        return and_(AttachmentRow.role.in_(CUSTOMER_SIDE), theirs)
    return AttachmentRow.uploaded_by == actor.id


def _referred_to(actor: Actor) -> ColumnElement[bool]:
    showing = [happening for happening in Happening if ATTACHMENTS in sight(actor, happening).fields]
    refers = and_(EntryRow.ticket == AttachmentRow.ticket, EntryRow.data[ATTACHMENTS].has_key(AttachmentRow.id))
    return exists().where(refers, EntryRow.happening.in_(showing), readable(actor))

"""Attachments: what was brought to a ticket as evidence, and who may see it."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Engine, and_, exists, or_, select, true, tuple_
from sqlalchemy.orm import Session

from domain.audience.visibility import sees_all, sight
from domain.people.actors import CUSTOMER_SIDE, Actor
from domain.ticket.timeline import Happening
from store.models import AttachmentRow, EntryRow
from store.models.attachment import ATTACHMENTS
from store.queries.visibility import readable


@dataclass(frozen=True, slots=True)
class Spot:
    """The last attachment of a page: where the next one goes on."""

    uploaded_at: datetime
    id: str


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that is safe on disk. ``name``: as people are shown it."""

    sha256: str
    size: int
    media_type: str
    name: str


def add(engine: Engine, actor: Actor, number: str, file: StoredFile, now: datetime) -> AttachmentRow:
    """Note that somebody brought a file to a ticket; nobody can guess the row's id."""
    row = AttachmentRow(
        id=secrets.token_hex(16),
        ticket=number,
        sha256=file.sha256,
        size=file.size,
        media_type=file.media_type,
        name=file.name,
        uploaded_by=actor.id,
        role=actor.role,
        uploaded_at=now,
    )
    with Session(engine, expire_on_commit=False) as session, session.begin():
        session.add(row)
    return row


def one(engine: Engine, actor: Actor, number: str, id_: str) -> AttachmentRow | None:
    """The attachment, if it is of this ticket and for the actor. Whether they may see the ticket was asked before."""
    statement = select(AttachmentRow).where(AttachmentRow.ticket == number, AttachmentRow.id == id_, _visible(actor))
    with Session(engine) as session:
        return session.scalar(statement)


def page(
    engine: Engine, actor: Actor, number: str, *, after: Spot | None, limit: int
) -> tuple[Sequence[AttachmentRow], Spot | None]:
    """A page of the ticket's attachments that the actor may see, oldest first, and where the next one goes on."""
    statement = select(AttachmentRow).where(AttachmentRow.ticket == number, _visible(actor))
    key = tuple_(AttachmentRow.uploaded_at, AttachmentRow.id)
    if after is not None:
        statement = statement.where(key > tuple_(after.uploaded_at, after.id))
    with Session(engine) as session:
        rows = session.scalars(statement.order_by(AttachmentRow.uploaded_at, AttachmentRow.id).limit(limit + 1)).all()
    if len(rows) <= limit:
        return rows, None
    last = rows[limit - 1]
    return rows[:limit], Spot(last.uploaded_at, last.id)


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


def _visible(actor: Actor) -> ColumnElement[bool]:
    """The service company sees all; others what their own side brought, and what an entry shows them."""
    return true() if sees_all(actor) else or_(_own(actor), _referred_to(actor))


def _own(actor: Actor) -> ColumnElement[bool]:
    if actor.role in CUSTOMER_SIDE:
        return AttachmentRow.role.in_(CUSTOMER_SIDE)
    return AttachmentRow.uploaded_by == actor.id


def _referred_to(actor: Actor) -> ColumnElement[bool]:
    showing = [happening for happening in Happening if ATTACHMENTS in sight(actor, happening).fields]
    refers = and_(EntryRow.ticket == AttachmentRow.ticket, EntryRow.data[ATTACHMENTS].has_key(AttachmentRow.id))
    return exists().where(refers, EntryRow.happening.in_(showing), readable(actor))

"""Uploads: what was brought to a ticket as evidence, and who may see it."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Engine, and_, exists, or_, select, true, tuple_
from sqlalchemy.orm import Session

from domain.audience.visibility import sees_all, sight
from domain.people.actors import CUSTOMER_SIDE, Actor
from domain.ticket.timeline import Happening
from store.models import EntryRow, UploadRow
from store.models.upload import ATTACHMENTS
from store.queries.visibility import readable


@dataclass(frozen=True, slots=True)
class Spot:
    """The last upload of a page: where the next one goes on."""

    uploaded_at: datetime
    id: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that is safe on disk. ``name``: as people are shown it."""

    sha256: str
    size: int
    media_type: str
    name: str


def add_upload(engine: Engine, actor: Actor, number: str, evidence: Evidence, now: datetime) -> UploadRow:
    """Note that somebody brought a file to a ticket; nobody can guess the row's id."""
    row = UploadRow(
        id=secrets.token_hex(16),
        ticket=number,
        sha256=evidence.sha256,
        size=evidence.size,
        media_type=evidence.media_type,
        name=evidence.name,
        uploaded_by=actor.id,
        role=actor.role,
        uploaded_at=now,
    )
    with Session(engine, expire_on_commit=False) as session, session.begin():
        session.add(row)
    return row


def upload(engine: Engine, actor: Actor, number: str, id_: str) -> UploadRow | None:
    """The upload, if it is of this ticket and the actor may see it. Whether he may see the ticket was asked before."""
    statement = select(UploadRow).where(UploadRow.ticket == number, UploadRow.id == id_, _visible(actor))
    with Session(engine) as session:
        return session.scalar(statement)


def uploads(
    engine: Engine, actor: Actor, number: str, *, after: Spot | None, limit: int
) -> tuple[Sequence[UploadRow], Spot | None]:
    """A page of the ticket's uploads that the actor may see, oldest first, and where the next one goes on."""
    statement = select(UploadRow).where(UploadRow.ticket == number, _visible(actor))
    key = tuple_(UploadRow.uploaded_at, UploadRow.id)
    if after is not None:
        statement = statement.where(key > tuple_(after.uploaded_at, after.id))
    with Session(engine) as session:
        rows = session.scalars(statement.order_by(UploadRow.uploaded_at, UploadRow.id).limit(limit + 1)).all()
    if len(rows) <= limit:
        return rows, None
    last = rows[limit - 1]
    return rows[:limit], Spot(last.uploaded_at, last.id)


def unknown(engine: Engine, actor: Actor, number: str, ids: Collection[str]) -> list[str]:
    """Those of the ids that are no upload of this ticket which the actor may see."""
    if not ids:
        return []
    statement = select(UploadRow.id).where(UploadRow.ticket == number, UploadRow.id.in_(ids), _visible(actor))
    with engine.connect() as connection:
        known = set(connection.scalars(statement))
    return [id_ for id_ in ids if id_ not in known]


def _visible(actor: Actor) -> ColumnElement[bool]:
    """The service company sees all; others what their own side brought, and what an entry shows them."""
    return true() if sees_all(actor) else or_(_own(actor), _referred_to(actor))


def _own(actor: Actor) -> ColumnElement[bool]:
    if actor.role in CUSTOMER_SIDE:
        return UploadRow.role.in_(CUSTOMER_SIDE)
    return UploadRow.uploaded_by == actor.id


def _referred_to(actor: Actor) -> ColumnElement[bool]:
    showing = [happening for happening in Happening if ATTACHMENTS in sight(actor, happening).fields]
    refers = and_(EntryRow.ticket == UploadRow.ticket, EntryRow.data[ATTACHMENTS].has_key(UploadRow.id))
    return exists().where(refers, EntryRow.happening.in_(showing), readable(actor))

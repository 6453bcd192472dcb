"""The inbox: what somebody was told, newest first."""

from datetime import datetime

from sqlalchemy import ColumnElement, Engine, func, literal, select, tuple_, update
from sqlalchemy.orm import Session, undefer

from domain.people.actors import Actor
from store.models import NotificationRow
from store.paging import Found, Window, page_of, windowed
from store.queries.visibility import tellable
from store.telling import tell_inboxes

_AS_THE_TICKET_STANDS = (NotificationRow.overtaken, NotificationRow.calls, NotificationRow.answered_by)
#: So far unread messages are counted one by one.
COUNTED = 999


def inbox(engine: Engine, actor: Actor, window: Window, *, unread: bool = False) -> Found[NotificationRow]:
    """Messages, newest first; with ``unread`` those alone that they have not read."""
    wanted = _unread(actor) if unread else _own(actor)
    statement = select(NotificationRow).options(*(undefer(each) for each in _AS_THE_TICKET_STANDS)).where(*wanted)
    statement = windowed(statement, window, NotificationRow.created_at, NotificationRow.id, falling=True)
    with Session(engine) as session:
        rows = session.scalars(statement).all()
    return page_of(rows, window, lambda row: (row.created_at, row.id))


def told(engine: Engine, number: str, window: Window) -> Found[NotificationRow]:
    """Whom a ticket has told what; what was told last comes first."""
    statement = select(NotificationRow).where(NotificationRow.ticket == number)
    statement = windowed(statement, window, NotificationRow.created_at, NotificationRow.id, falling=True)
    with Session(engine) as session:
        rows = session.scalars(statement).all()
    return page_of(rows, window, lambda row: (row.created_at, row.id))


def calls_of(engine: Engine, actor: Actor, number: str) -> list[int]:
    """The calls of a ticket by which somebody was called to answer for it, under any of their accounts."""
    theirs = (NotificationRow.ticket == number, NotificationRow.recipient.in_(actor.accounts))
    statement = select(NotificationRow.call).where(*theirs, NotificationRow.call.is_not(None)).distinct()
    with engine.connect() as connection:
        return sorted(call for call in connection.scalars(statement) if call is not None)


def unread(engine: Engine, actor: Actor) -> int:
    """How many messages somebody has not read; of more than `COUNTED` one more than that."""
    found = select(literal(1)).select_from(NotificationRow).where(*_unread(actor)).limit(COUNTED + 1)
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(found.subquery())) or 0


def mark_all_read(engine: Engine, actor: Actor, up_to: str, now: datetime) -> bool:
    """Note that somebody has read a message of theirs and all before it; False: they have none of that id."""
    with engine.begin() as connection:
        newest = select(NotificationRow.created_at, NotificationRow.id).where(NotificationRow.id == up_to, *_own(actor))
        place = connection.execute(newest).one_or_none()
        if place is None:
            return False
        seen = tuple_(NotificationRow.created_at, NotificationRow.id) <= tuple_(*place)
        connection.execute(update(NotificationRow).where(*_unread(actor), seen).values(read_at=now))
        tell_inboxes(connection, [actor.id])
        return True


def mark_read(engine: Engine, actor: Actor, message: str, now: datetime) -> bool:
    """Note that somebody has read a message of theirs, the first time; False: they have none of that id."""
    mine = (NotificationRow.id == message, *_own(actor))
    with engine.begin() as connection:
        if connection.scalar(select(NotificationRow.id).where(*mine)) is None:
            return False
        connection.execute(update(NotificationRow).where(*mine, NotificationRow.read_at.is_(None)).values(read_at=now))
        tell_inboxes(connection, [actor.id])
        return True


def _own(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return NotificationRow.recipient == actor.id, tellable(actor)


def _unread(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return *_own(actor), NotificationRow.read_at.is_(None)

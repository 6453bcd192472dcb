"""The inbox: what somebody was told, newest first."""

from datetime import datetime

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from domain.people.actors import Actor
from store.models import NotificationRow
from store.paging import Found, Window, page_of, windowed
from store.queries.visibility import tellable


def inbox(engine: Engine, actor: Actor, window: Window) -> Found[NotificationRow]:
    """Messages, newest first."""
    statement = select(NotificationRow).where(NotificationRow.recipient == actor.id, tellable(actor))
    statement = windowed(statement, window, NotificationRow.created_at, NotificationRow.id, falling=True)
    with Session(engine) as session:
        rows = session.scalars(statement).all()
    return page_of(rows, window, lambda row: (row.created_at, row.id))


def mark_read(engine: Engine, actor: Actor, message: str, now: datetime) -> bool:
    """Note that somebody has read a message of theirs, the first time; False: they have none of that id."""
    mine = (NotificationRow.id == message, NotificationRow.recipient == actor.id, tellable(actor))
    with engine.begin() as connection:
        if connection.scalar(select(NotificationRow.id).where(*mine)) is None:
            return False
        unread = update(NotificationRow).where(*mine, NotificationRow.read_at.is_(None))
        connection.execute(unread.values(read_at=now))
        return True

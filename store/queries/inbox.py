"""The inbox: what somebody was told, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, Row, select, tuple_, update
from sqlalchemy.orm import Session

from domain.people.actors import Actor
from store.models import NotificationRow, TicketRow
from store.queries.visibility import tellable, visible


@dataclass(frozen=True, slots=True)
class Spot:
    """The last message of a page: where the next one goes on."""

    created_at: datetime
    id: str


def inbox(
    engine: Engine, actor: Actor, *, after: Spot | None, limit: int
) -> tuple[Sequence[Row[NotificationRow, str]], Spot | None]:
    """A page of messages, each with its ticket's title, and where the next page goes on."""
    key = tuple_(NotificationRow.created_at, NotificationRow.id)
    statement = select(NotificationRow, TicketRow.title).join(TicketRow, TicketRow.number == NotificationRow.ticket)
    statement = statement.where(NotificationRow.recipient == actor.id, visible(actor), tellable(actor))
    if after is not None:
        statement = statement.where(key < tuple_(after.created_at, after.id))
    statement = statement.order_by(NotificationRow.created_at.desc(), NotificationRow.id.desc())
    with Session(engine) as session:
        rows = session.execute(statement.limit(limit + 1)).all()
    if len(rows) <= limit:
        return rows, None
    last = rows[limit - 1][0]
    return rows[:limit], Spot(last.created_at, last.id)


def mark_read(engine: Engine, actor: Actor, message: str, now: datetime) -> bool:
    """Note that somebody has read a message of his, the first time; False: he has none of that id."""
    tickets = select(TicketRow.number).where(visible(actor))
    mine = (
        NotificationRow.id == message,
        NotificationRow.recipient == actor.id,
        NotificationRow.ticket.in_(tickets),
        tellable(actor),
    )
    with engine.begin() as connection:
        if connection.scalar(select(NotificationRow.id).where(*mine)) is None:
            return False
        unread = update(NotificationRow).where(*mine, NotificationRow.read_at.is_(None))
        connection.execute(unread.values(read_at=now))
        return True

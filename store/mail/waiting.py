"""Waiting: mails that nobody has taken yet, and who is told of them meanwhile."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Engine, and_, select
from sqlalchemy.orm import Session, defer

from domain.audience.mail import FLOOD, FLOOD_TOLD, RUNGS, Come, Waiting, said
from domain.people.actors import Actor
from store.models import TO_BE_TAKEN, MailRow, TicketRow
from store.models.mail import acted_on
from store.projections.roles import News, tell_roles
from store.telling import tell_of_calls

#: What nobody has taken is shown for so long; and for so long a clock that could not be started is started late.
_SHOWN, _LATELY = timedelta(days=7), timedelta(days=1)
_MOST = 200


def waits() -> ColumnElement[bool]:
    """That nobody has taken it: nobody has said so, nor has done anything on its ticket."""
    return and_(MailRow.became.in_(TO_BE_TAKEN), MailRow.taken_at.is_(None), ~acted_on())


def waiting(engine: Engine, now: datetime) -> Sequence[MailRow]:
    """Those that nobody has taken, oldest first; without what they hold."""
    asked = select(MailRow).where(waits(), MailRow.came_at > now - _SHOWN).order_by(MailRow.came_at, MailRow.id)
    with Session(engine) as session:
        return session.scalars(asked.limit(_MOST).options(defer(MailRow.raw))).all()


def without_a_clock(engine: Engine, now: datetime) -> list[tuple[str, datetime]]:
    """Those of the last day that nobody has taken, and when they came: each has a clock, or needs one."""
    asked = select(MailRow.id, MailRow.came_at).where(waits(), MailRow.done_at > now - _LATELY)
    with engine.connect() as connection:
        return [(row.id, row.came_at) for row in connection.execute(asked)]


def take(engine: Engine, actor: Actor, id_: str, now: datetime) -> MailRow | None:
    """The mail, which somebody has taken or seen to; the first one's word stays. None: there is no such mail."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        found = session.get(MailRow, id_, with_for_update=True, options=[defer(MailRow.raw)])
        if found is None or found.became not in TO_BE_TAKEN:
            return None
        found.taken_at, found.taken_by = found.taken_at or now, found.taken_by or actor.id
        tell_of_calls(session.connection())
        return found


def remind(engine: Engine, mail: Waiting, rung: int, now: datetime) -> bool:
    """Tell whoever answers for a mail on that rung, each once; whether it still waits."""
    columns = (
        MailRow.sender,
        MailRow.name,
        MailRow.subject,
        MailRow.came_at,
        MailRow.due_at,
        MailRow.ticket,
        MailRow.mailbox,
    )
    with engine.begin() as connection:
        asked = select(*columns).where(MailRow.id == mail.id, waits()).with_for_update()
        if (found := connection.execute(asked).one_or_none()) is None:
            return False
        known = connection.scalar(select(TicketRow.number).where(TicketRow.number == found.ticket))
        writer = found.name or found.sender
        come = Come(writer, found.subject, found.came_at, found.due_at, found.ticket, found.mailbox)
        news = News(f"mail {mail.id} {rung}", said(rung, come), {"mail": mail.id}, known)
        tell_roles(connection, RUNGS[rung].roles, [news], now)
    return True


def tell_of_flood(engine: Engine, now: datetime) -> None:
    """Tell that mail waits because so much of it comes, each once an hour."""
    news = News(f"mail flood {now.astimezone(UTC):%Y-%m-%dT%H}", FLOOD, {"mail": ""})
    with engine.begin() as connection:
        tell_roles(connection, FLOOD_TOLD, [news], now)

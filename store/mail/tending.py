"""Tending: what came is seen to one by one, the oldest first; what fails is tried again, and holds nothing up."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Engine, Text, and_, cast, func, select, update

from store.models import Became, MailRow
from store.telling import tell_of_calls

#: Seen to so often without an end, it cannot be read.
MOST_TRIES = 5
_FIRST_S, _LONGEST_S = 20, 900
_WEEK = timedelta(days=7)
#: So many that are new wait to be seen to, or so many bytes in all, before more are fetched; and so many are at once.
_MOST_NEW, _MOST_BYTES, _AT_ONCE = 300, 4 * 2**30, 50
#: Nothing has been tried or put off.
_IS_NEW = and_(MailRow.tries == 0, MailRow.why.is_(None))


class Waits(StrEnum):
    """What a mail waits for, through no fault of its own."""

    FLOOD = "flood"  # as many tickets were opened of mails as may be
    AWAITED = "awaited"  # something has yet to become of the mail that it answers


@dataclass(frozen=True, slots=True)
class Undone:
    """A mail of which nothing has become yet."""

    id: str
    raw: bytes
    cut: bool
    came_at: datetime
    uid: int
    tries: int
    mailbox: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of it. ``due_at``: by when somebody takes it."""

    became: Became
    sender: str = ""
    name: str = ""
    message_id: str = ""
    subject: str = ""
    why: str | None = None
    ticket: str | None = None
    due_at: datetime | None = None
    vouched: bool = False


def due(engine: Engine, now: datetime, most: int = 10) -> list[tuple[str, bool]]:
    """The mails to see to, oldest first, and whether each is new: what failed or was put off comes after."""
    waits = (MailRow.became.is_(None), MailRow.next_at <= now)
    asked = select(MailRow.id, _IS_NEW).where(*waits)
    with engine.connect() as connection:
        rows = connection.execute(asked.order_by(~_IS_NEW, MailRow.came_at, MailRow.uid).limit(most))
        return [(id_, is_new) for id_, is_new in rows]


def room(engine: Engine) -> int:
    """How many more may be fetched now. What was looked at and waits leaves room for what is new behind it."""
    kept = func.coalesce(func.sum(func.octet_length(MailRow.raw)), 0)
    asked = select(func.count().filter(_IS_NEW), kept).where(MailRow.became.is_(None))
    with engine.connect() as connection:
        many, size = connection.execute(asked).one()
    return min(_AT_ONCE, max(_MOST_NEW - many, 0)) if size < _MOST_BYTES else 0


def begin(engine: Engine, id_: str, now: datetime) -> Undone | None:
    """Begin to see to one, which is noted first: whoever dies of it dies of it a few times. None: it is done."""
    wait = timedelta(seconds=1) * func.least(_LONGEST_S, _FIRST_S * func.power(3, MailRow.tries))
    begun = update(MailRow).where(MailRow.id == id_, MailRow.became.is_(None))
    begun = begun.values(tries=MailRow.tries + 1, next_at=now + wait)
    columns = (MailRow.id, MailRow.raw, MailRow.cut, MailRow.came_at, MailRow.uid, MailRow.tries, MailRow.mailbox)
    with engine.begin() as connection:
        row = connection.execute(begun.returning(*columns)).one_or_none()
        return Undone(row.id, row.raw or b"", row.cut, row.came_at, row.uid, row.tries, row.mailbox) if row else None


def later(engine: Engine, id_: str, at: datetime, waits: Waits | None = None) -> None:
    """It is none's fault that it is not seen to: try it again then, and do not count that.

    What waits for a flood waits together: one that is tried tells of all.
    """
    with engine.begin() as connection:
        untried = {"tries": func.greatest(MailRow.tries - 1, 0), "next_at": at}
        untried |= {"why": waits} if waits else {}
        connection.execute(update(MailRow).where(MailRow.id == id_).values(untried))
        if waits is Waits.FLOOD:
            others = update(MailRow).where(MailRow.became.is_(None), MailRow.why == waits)
            connection.execute(others.values(next_at=at))


def settle(engine: Engine, id_: str, done: Done, now: datetime) -> None:
    """Note what became of it; what nobody can read is kept as it came."""
    columns = {name: getattr(done, name) for name in Done.__slots__} | {"done_at": now}
    raw = {} if done.became is Became.UNREADABLE else {"raw": None}
    with engine.begin() as connection:
        connection.execute(update(MailRow).where(MailRow.id == id_).values(columns | raw))
        tell_of_calls(connection)


def lately(engine: Engine, now: datetime) -> dict[str, int]:
    """What became of the mails of a week, how many of each; of noise, of which kind."""
    what = func.coalesce(MailRow.why, cast(MailRow.became, Text), "waiting")
    asked = select(what, func.count()).where(MailRow.came_at > now - _WEEK).group_by(what).order_by(what)
    with engine.connect() as connection:
        return {str(word): int(many) for word, many in connection.execute(asked)}

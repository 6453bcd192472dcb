"""Tending: what came is seen to one by one, the oldest first; what fails is tried again, and holds nothing up."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, Text, cast, func, select, update

from store.models import Became, MailRow
from store.telling import tell_of_calls

#: Seen to so often without an end, it cannot be read.
MOST_TRIES = 5
_FIRST_S, _LONGEST_S = 20, 900
_WEEK = timedelta(days=7)


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


def due(engine: Engine, now: datetime, most: int = 10) -> list[tuple[str, bool]]:
    """The mails to see to, oldest first, and whether each is new: one that failed comes after what is."""
    waits = (MailRow.became.is_(None), MailRow.next_at <= now)
    asked = select(MailRow.id, MailRow.tries == 0).where(*waits)
    with engine.connect() as connection:
        rows = connection.execute(asked.order_by(MailRow.tries > 0, MailRow.came_at, MailRow.uid).limit(most))
        return [(id_, is_new) for id_, is_new in rows]


def undone(engine: Engine) -> int:
    """How many are to be seen to, now or later."""
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).where(MailRow.became.is_(None))) or 0


def begin(engine: Engine, id_: str, now: datetime) -> Undone | None:
    """Begin to see to one, which is noted first: whoever dies of it dies of it a few times. None: it is done."""
    wait = timedelta(seconds=1) * func.least(_LONGEST_S, _FIRST_S * func.power(3, MailRow.tries))
    begun = update(MailRow).where(MailRow.id == id_, MailRow.became.is_(None))
    begun = begun.values(tries=MailRow.tries + 1, next_at=now + wait)
    columns = (MailRow.id, MailRow.raw, MailRow.cut, MailRow.came_at, MailRow.uid, MailRow.tries, MailRow.mailbox)
    with engine.begin() as connection:
        row = connection.execute(begun.returning(*columns)).one_or_none()
        return Undone(row.id, row.raw or b"", row.cut, row.came_at, row.uid, row.tries, row.mailbox) if row else None


def later(engine: Engine, id_: str, at: datetime) -> None:
    """It is none's fault that it is not seen to: try it again then, and do not count that."""
    with engine.begin() as connection:
        untried = {"tries": func.greatest(MailRow.tries - 1, 0), "next_at": at}
        connection.execute(update(MailRow).where(MailRow.id == id_).values(untried))


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

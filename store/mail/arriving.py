"""Arriving: each mail of a mailbox is kept once, whatever dies meanwhile, and however its server numbers it."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, func, select, update
from sqlalchemy.dialects.postgresql import insert

from store.models import MailboxRow, MailRow
from store.models.base import table_of

#: So long before a mailbox was set up what came to it is taken, for its clock and ours may differ.
_BEFORE = timedelta(minutes=5)
#: What a mail says of itself, and no server on its way.
_OWN = re.compile(rb"^(message-id|date|from|subject):[^\n]*(\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE)
_ID = re.compile(rb"^message-id:\s*<([^<>\x00-\x20\x7f-\xff]{1,250})>", re.IGNORECASE | re.MULTILINE)
_LONGEST_FAILURE = 300
#: No server's number of a mailbox's numbers.
_NEVER_READ = 0
#: So long a mailbox may be out of reach before anybody is told.
LATE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Place:
    """How far a mailbox was read: mails from this number on are new. ``since``: when it was set up."""

    validity: int
    next_uid: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Fetched:
    """A mail as its server has it. ``raw``: empty where the server cannot give it; ``cut``: its beginning alone."""

    uid: int
    came_at: datetime
    raw: bytes
    cut: bool = False


def place(engine: Engine, name: str, validity: int, next_uid: int, now: datetime) -> Place:
    """How far it was read. At first nothing is new; where the server numbers anew, all is looked at again."""
    table = table_of(MailboxRow)
    first = {"validity": validity, "next_uid": next_uid, "since": now}
    begun = insert(table).values(name=name, **first)
    begun = begun.on_conflict_do_update(index_elements=["name"], set_=first, where=table.c.validity == _NEVER_READ)
    anew = update(table).where(table.c.name == name, table.c.validity != validity).values(validity=validity, next_uid=1)
    with engine.begin() as connection:
        connection.execute(begun)
        connection.execute(anew)
        asked = select(table.c.validity, table.c.next_uid, table.c.since).where(table.c.name == name)
        return Place(*connection.execute(asked).one())


def keep(engine: Engine, name: str, at: Place, mail: Fetched, now: datetime) -> bool:
    """Keep a mail, and that it was read; whether it is one that nobody has seen yet."""
    came_at = min(mail.came_at, now)
    columns = {"mailbox": name, "validity": at.validity, "uid": mail.uid, "came_at": came_at, "raw": mail.raw}
    id_ = identity(mail.raw) if mail.raw else _unseen(name, at, mail)
    new = insert(table_of(MailRow)).values(id=id_, cut=mail.cut, tries=0, next_at=now, sender="", name="", **columns)
    new = new.values(message_id=_called(mail.raw), subject="").on_conflict_do_nothing()
    read = update(MailboxRow).where(MailboxRow.name == name, MailboxRow.validity == at.validity)
    with engine.begin() as connection:
        is_new = came_at >= at.since - _BEFORE and connection.execute(new).rowcount == 1
        connection.execute(read.values(next_uid=func.greatest(MailboxRow.next_uid, mail.uid + 1)))
    return is_new


def identity(raw: bytes) -> str:
    """By which the same mail is known again, whichever way it came: nobody else's has its words."""
    head, _, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    own = sorted(found[0] for found in _OWN.finditer(head))
    return hashlib.sha256(b"\0".join([*own, body])).hexdigest()[:32]


def _called(raw: bytes) -> str:
    """Its id of its own, as its answers will refer to it, also while nothing has become of it."""
    found = _ID.search(raw.partition(b"\r\n\r\n")[0])
    return found[1].decode("ascii") if found else ""


def _unseen(name: str, at: Place, mail: Fetched) -> str:
    return hashlib.sha256(f"{name} {at.validity} {mail.uid}".encode()).hexdigest()[:32]


def was_read(engine: Engine, name: str, now: datetime) -> None:
    """Say that the mailbox could be read."""
    done = {"read_at": now, "failing_since": None, "failure": None}
    with engine.begin() as connection:
        connection.execute(update(MailboxRow).where(MailboxRow.name == name).values(done))


def fails(engine: Engine, name: str, why: str, now: datetime) -> None:
    """Say that, and why, it cannot be read; since when stays."""
    failing = {"failing_since": now, "failure": why[:_LONGEST_FAILURE]}
    new = insert(table_of(MailboxRow)).values(name=name, validity=_NEVER_READ, next_uid=0, since=now, **failing)
    failing["failing_since"] = func.coalesce(MailboxRow.failing_since, now)
    with engine.begin() as connection:
        connection.execute(new.on_conflict_do_update(index_elements=["name"], set_=failing))


def unread(engine: Engine, name: str | None, now: datetime) -> dict[str, str]:
    """The mailbox that is set up, if there is one, where nothing has been fetched of it for ten minutes, and why."""
    asked = select(MailboxRow.name, MailboxRow.failure)
    asked = asked.where(MailboxRow.name == name, MailboxRow.failing_since < now - LATE)
    with engine.connect() as connection:
        return {name: failure or "" for name, failure in connection.execute(asked)}


def mailboxes(engine: Engine) -> list[MailboxRow]:
    """Those that were ever read, or tried in vain."""
    with engine.connect() as connection:
        return [MailboxRow(**row) for row in connection.execute(select(table_of(MailboxRow))).mappings()]

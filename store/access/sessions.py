"""Sessions of browsers: begun by a sign-in, carried by a secret that changes, ended by hand or by time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import ColumnElement, Engine, Insert, Row, Update, delete, insert, or_, select, update
from sqlalchemy.orm import Session, joinedload

from domain.people.actors import Actor
from runtime.sign_in_settings import Way
from store.access.digests import digest, new_id, new_secret
from store.access.leaving import end_streams, end_what_came_from, shut_out
from store.models import SessionRow, SessionSecretRow

log = structlog.get_logger()

#: How exactly the last use is known; a write for every request would be waste.
_USE_NOTED_EVERY = timedelta(minutes=1)
#: Sessions that are over are kept for so long, then forgotten.
_KEPT = timedelta(days=30)
_SHOWN = (
    SessionRow.id, SessionRow.way, SessionRow.agent, SessionRow.address, SessionRow.created_at,
    SessionRow.expires_at, SessionRow.last_used_at, SessionRow.kept,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lives:
    """How long things last.

    Attributes:
        session: from the sign-in, used or not.
        idle: without any use, unless the session is kept.
        secret: until the browser gets another one.
        grace: how long a secret stays good once its successor has been shown, for requests under way.
    """

    session: timedelta = timedelta(hours=12)
    idle: timedelta = timedelta(hours=2)
    secret: timedelta = timedelta(minutes=15)
    grace: timedelta = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser as it describes itself, and how somebody signed in with it.

    Attributes:
        keeps: it is carried to where no network is: not to use the session for a while ends nothing.
    """

    agent: str
    address: str
    way: Way
    keeps: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """A live session.

    Attributes:
        renewed: the secret that the browser has to show from now on.
        to_change: it was begun by a password that was handed out, and is good for choosing another.
    """

    actor: Actor
    id: str
    csrf: str
    expires_at: datetime
    renewed: str | None = None
    to_change: bool = False


def begin(engine: Engine, actor: Actor, browser: Browser, lives: Lives, now: datetime) -> Opened:
    """A new session, whatever the browser showed before; its first secret is in ``renewed``."""
    opened = Opened(actor, new_id(), new_secret(), now + lives.session, new_secret())
    row = {
        "id": opened.id, "person_id": actor.id, "way": browser.way, "csrf": opened.csrf, "agent": browser.agent[:200],
        "address": browser.address, "created_at": now, "expires_at": opened.expires_at, "last_used_at": now,
        "kept": browser.keeps,
    }  # fmt: skip
    with engine.begin() as connection:
        connection.execute(delete(SessionRow).where(SessionRow.expires_at < now - _KEPT))
        connection.execute(insert(SessionRow).values(row))
        connection.execute(_issue(opened.id, str(opened.renewed), now))
    return opened


def session_of(reads: Engine, changes: Engine, secret: str, lives: Lives, now: datetime) -> Opened | None:
    """The session that the secret opens; None where it is unknown or over.

    A secret that is shown long after its successor was means that two have it: the session ends for both.
    """
    with Session(reads) as session:
        way = joinedload(SessionSecretRow.session).joinedload(SessionRow.person)
        shown = session.get(SessionSecretRow, digest(secret), options=[way])
    if shown is None or _is_over(shown.session, lives, now):
        return None
    if shown.superseded_at is not None and shown.superseded_at + lives.grace <= now:
        _end(changes, SessionRow.id == shown.session_id, now=now, with_all=True)
        log.warning("a secret was shown again: its session ends", person=shown.session.person_id)
        return None
    _note_use(reads, shown, now)
    row = shown.session
    to_change = row.way == Way.PASSWORD and row.person.password_to_change
    return Opened(row.person.actor, row.id, row.csrf, row.expires_at, _renewed(changes, shown, lives, now), to_change)


def _is_over(row: SessionRow, lives: Lives, now: datetime) -> bool:
    ended = row.revoked_at is not None or not row.person.enters
    return ended or row.expires_at <= now or (not row.kept and row.last_used_at + lives.idle <= now)


def _note_use(engine: Engine, shown: SessionSecretRow, now: datetime) -> None:
    """The first use of a secret shows that the browser has it, so that the ones before it have served."""
    changes: list[Update] = []
    if shown.used_at is None:
        older = (SessionSecretRow.session_id == shown.session_id, SessionSecretRow.issued_at < shown.issued_at)
        unsuperseded = SessionSecretRow.superseded_at.is_(None)
        changes.append(update(SessionSecretRow).where(SessionSecretRow.hash == shown.hash).values(used_at=now))
        changes.append(update(SessionSecretRow).where(*older, unsuperseded).values(superseded_at=now))
    if now - shown.session.last_used_at >= _USE_NOTED_EVERY:
        changes.append(update(SessionRow).where(SessionRow.id == shown.session_id).values(last_used_at=now))
    if changes:
        with engine.begin() as connection:
            for change in changes:
                connection.execute(change)


def _renewed(engine: Engine, shown: SessionSecretRow, lives: Lives, now: datetime) -> str | None:
    """A successor, where one is due: for one of several requests at once, and again when that answer was lost."""
    if shown.superseded_at is not None or now - shown.issued_at < lives.secret:
        return None
    secret = new_secret()
    lost = or_(SessionSecretRow.renewed_at.is_(None), SessionSecretRow.renewed_at <= now - lives.grace)
    with engine.begin() as connection:
        claim = update(SessionSecretRow).where(SessionSecretRow.hash == shown.hash, lost).values(renewed_at=now)
        if connection.execute(claim).rowcount == 0:
            return None
        connection.execute(_issue(shown.session_id, secret, now))
    return secret


def _issue(session: str, secret: str, now: datetime) -> Insert:
    return insert(SessionSecretRow).values(hash=digest(secret), session_id=session, issued_at=now)


def sessions_of(engine: Engine, person: str, lives: Lives, now: datetime) -> list[Row[Any]]:
    """The sessions of somebody that are not over, last used first."""
    live = (
        SessionRow.person_id == person, SessionRow.revoked_at.is_(None), SessionRow.expires_at > now,
        or_(SessionRow.kept, SessionRow.last_used_at > now - lives.idle),
    )  # fmt: skip
    with engine.connect() as connection:
        order = (SessionRow.last_used_at.desc(), SessionRow.id)
        return list(connection.execute(select(*_SHOWN).where(*live).order_by(*order)))


def end(engine: Engine, person: str, id_: str, now: datetime) -> bool:
    """From now on the session opens nothing; False: the person has no such session."""
    return _end(engine, SessionRow.person_id == person, SessionRow.id == id_, now=now)


def revoke(engine: Engine, person: str, id_: str, now: datetime) -> bool:
    """The same, and for what was made in it: somebody else may have it."""
    return _end(engine, SessionRow.person_id == person, SessionRow.id == id_, now=now, with_all=True)


def end_shown(engine: Engine, secret: str, now: datetime) -> None:
    """The same for the session that the secret belongs to, if any."""
    its = select(SessionSecretRow.session_id).where(SessionSecretRow.hash == digest(secret))
    _end(engine, SessionRow.id.in_(its), now=now)


def end_all(engine: Engine, person: str, *, session: str | None = None, token: str | None = None) -> None:
    """End all of a person's sessions, tokens and links, but perhaps what they ask with."""
    with engine.begin() as connection:
        shut_out(connection, person, session=session, token=token)


def _end(engine: Engine, *which: ColumnElement[bool], now: datetime, with_all: bool = False) -> bool:
    with engine.begin() as connection:
        live = update(SessionRow).where(*which, SessionRow.revoked_at.is_(None))
        ended = connection.execute(live.values(revoked_at=now).returning(SessionRow.id, SessionRow.person_id)).all()
        if with_all:
            end_what_came_from(connection, sessions=[row.id for row in ended])
        for person in {row.person_id for row in ended}:
            end_streams(connection, person)
        return bool(ended)

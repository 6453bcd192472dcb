"""Tokens: issued once in clear, kept as hashes, looked up by them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, Row, bindparam, select, update
from sqlalchemy.orm import Session

from domain.people.actors import Actor
from store.access.digests import digest, new_id, new_secret
from store.access.leaving import end_streams, end_what_came_from
from store.access.scopes import Scope
from store.acting import change_alone
from store.models import PersonRow, TokenRow
from store.models.person import actor_of, may_enter

#: No token is valid for longer than this.
LONGEST = timedelta(days=366)
#: How exactly the last use is known; a write for every request would be waste.
_USE_NOTED_EVERY = timedelta(minutes=1)
_SHOWN = (
    TokenRow.id, TokenRow.name, TokenRow.scopes, TokenRow.created_at, TokenRow.expires_at, TokenRow.last_used_at,
)  # fmt: skip
#: Asked at every request: the few columns that it needs, without making an object of the rest.
_SHOWN_BY = (
    select(
        TokenRow.hash, TokenRow.id.label("token"), TokenRow.scopes, TokenRow.expires_at, TokenRow.revoked_at,
        TokenRow.last_used_at, PersonRow.id, PersonRow.role, PersonRow.also, PersonRow.department, PersonRow.active,
        PersonRow.customers, PersonRow.live_customers,
    )
    .join(PersonRow, TokenRow.person_id == PersonRow.id)
    .where(TokenRow.hash == bindparam("shown"))
)  # fmt: skip


class UnknownPersonError(LookupError):
    """Nobody signs in under that name. ``valid``: those who do."""

    def __init__(self, person: str, valid: tuple[str, ...]) -> None:
        super().__init__(f"no user {person!r}; valid are {', '.join(valid) or 'none'}")


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who shows a token, and what it is good for."""

    actor: Actor
    id: str
    scopes: tuple[str, ...]
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a token is for, what it may do and until when.

    Attributes:
        parent: the token that it is made with, whose end is its end too.
        session: the browser's session in which it is made; where that is revoked it ends too.
    """

    name: str
    scopes: Sequence[str]
    expires_at: datetime
    parent: str | None = None
    session: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A new token; ``token`` is in clear, this once."""

    id: str
    token: str


def issue(
    engine: Engine,
    person: str,
    *,
    name: str,
    lasts: timedelta,
    now: datetime,
    scopes: Sequence[str] = (Scope.ALL,),
) -> str:
    """A new token for somebody; nobody can show it again.

    Raises:
        UnknownPersonError: nobody has that name.
    """
    return make(engine, person, Purpose(name, scopes, now + lasts), now).token


def make(engine: Engine, person: str, purpose: Purpose, now: datetime) -> Made:
    """The same for this purpose.

    Raises:
        UnknownPersonError: nobody has that name.
    """
    made = Made(new_id(), new_secret())
    with Session(engine) as session, session.begin():
        if session.get(PersonRow, person) is None:
            known = session.scalars(select(PersonRow.id).order_by(PersonRow.id))
            raise UnknownPersonError(person, tuple(known))
        row = TokenRow(
            hash=digest(made.token), id=made.id, parent_id=purpose.parent, session_id=purpose.session,
            person_id=person, name=purpose.name,
            scopes=tuple(str(scope) for scope in purpose.scopes), created_at=now, expires_at=purpose.expires_at,
        )  # fmt: skip
        session.add(row)
    return made


def bearer(engine: Engine, token: str, now: datetime) -> Bearer | None:
    """Who shows the token; None where it is unknown, expired or revoked, or its person may not enter any more."""
    with engine.connect() as connection:
        row = connection.execute(_SHOWN_BY, {"shown": digest(token)}).one_or_none()
    if row is None or row.revoked_at is not None or row.expires_at <= now:
        return None
    actor = actor_of(row)
    if not may_enter(actor.role, actor.customers, active=row.active):
        return None
    if row.last_used_at is None or now - row.last_used_at >= _USE_NOTED_EVERY:
        with engine.begin() as connection:
            connection.execute(update(TokenRow).where(TokenRow.hash == row.hash).values(last_used_at=now))
    return Bearer(actor, row.token, row.scopes, row.expires_at)


def tokens_of(engine: Engine, person: str, now: datetime) -> list[Row[Any]]:
    """The tokens of somebody that still open something, newest first."""
    live = (TokenRow.person_id == person, TokenRow.revoked_at.is_(None), TokenRow.expires_at > now)
    with engine.connect() as connection:
        return list(connection.execute(select(*_SHOWN).where(*live).order_by(TokenRow.created_at.desc(), TokenRow.id)))


def revoke(engine: Engine, person: str, id_: str, now: datetime) -> bool:
    """From now on the token, and all that was made with it, opens nothing; False: the person has no such token."""
    with engine.begin() as connection:
        change_alone(connection)
        live = (TokenRow.id == id_, TokenRow.person_id == person, TokenRow.revoked_at.is_(None))
        if connection.execute(update(TokenRow).where(*live).values(revoked_at=now)).rowcount == 0:
            return False
        end_what_came_from(connection, tokens=[id_])
        end_streams(connection, person)
    return True

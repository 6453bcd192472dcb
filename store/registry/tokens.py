"""Tokens: issued once in clear, kept as hashes, looked up by them."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session, joinedload

from domain.people import Actor
from store.models import PersonRow, TokenRow

#: How exactly the last use is known; a write for every request would be waste.
_USE_NOTED_EVERY = timedelta(minutes=1)


class UnknownPersonError(LookupError):
    """Nobody signs in under that name. ``valid``: those who do."""

    def __init__(self, person: str, valid: tuple[str, ...]) -> None:
        super().__init__(f"no user {person!r}; valid are {', '.join(valid) or 'none'}")


def issue(engine: Engine, person: str, *, name: str, lasts: timedelta, now: datetime) -> str:
    """A new token for somebody; nobody can show it again.

    Raises:
        UnknownPersonError: nobody has that name.
    """
    token = secrets.token_urlsafe(32)
    with Session(engine) as session, session.begin():
        if session.get(PersonRow, person) is None:
            known = session.scalars(select(PersonRow.id).order_by(PersonRow.id))
            raise UnknownPersonError(person, tuple(known))
        row = TokenRow(hash=_hash(token), person_id=person, name=name, created_at=now, expires_at=now + lasts)
        session.add(row)
    return token


def bearer(engine: Engine, token: str, now: datetime) -> Actor | None:
    """Who shows the token; None where it is unknown, expired or revoked."""
    with Session(engine) as session:
        row = session.get(TokenRow, _hash(token), options=[joinedload(TokenRow.person)])
    if row is None or row.revoked_at is not None or row.expires_at <= now:
        return None
    if row.last_used_at is None or now - row.last_used_at >= _USE_NOTED_EVERY:
        with engine.begin() as connection:
            connection.execute(update(TokenRow).where(TokenRow.hash == row.hash).values(last_used_at=now))
    return row.person.actor


def revoke(engine: Engine, token: str, now: datetime) -> None:
    """From now on the token opens nothing."""
    with engine.begin() as connection:
        connection.execute(update(TokenRow).where(TokenRow.hash == _hash(token)).values(revoked_at=now))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

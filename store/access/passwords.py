"""Passwords: hashed with Argon2id, checked in the same time whether or not the user exists."""

import secrets
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, Engine, select, update
from sqlalchemy.orm import Session

from domain.people.actors import Actor
from store.access.leaving import shut_out
from store.access.tokens import UnknownPersonError
from store.models import PersonRow

SHORTEST = 12
#: Parts of long passwords that are tried first; digits and case around them add next to nothing.
_COMMON = (
    "password", "passw0rd", "qwerty", "asdfgh", "zxcvbn", "1qaz2wsx", "letmein", "iloveyou", "welcome", "admin",
    "changeme", "woaini", "123456", "654321", "abcdef", "zhishou", "secret",
)  # fmt: skip
#: What has to be left of a password without them.
_OWN = 8

_hasher = PasswordHasher()


class Weakness(StrEnum):
    """Why a password is too easy to guess."""

    SHORT = "short"
    NAME = "name"
    COMMON = "common"


def weakness(password: str, person: str, name: str) -> Weakness | None:
    """Why the password is too easy to guess; None: it is not."""
    plain = password.casefold()
    if len(password) < SHORTEST:
        return Weakness.SHORT
    if any(len(word) > 1 and word.casefold() in plain for word in (person, name)):
        return Weakness.NAME
    for word in _COMMON:
        plain = plain.replace(word, "")
    return Weakness.COMMON if len(plain) < _OWN or len(set(plain)) < _OWN // 2 else None


def new_password() -> tuple[str, str]:
    """A random password and its hash."""
    password = secrets.token_urlsafe(12)
    return password, _hasher.hash(password)


@dataclass(frozen=True, slots=True)
class Halves:
    """A new random password of which two people are told a half each, 72 bits; only its owner is told both."""

    first: str
    second: str
    hashed: str


def new_halves() -> Halves:
    """For who asks for it, and for who says yes."""
    first, second = secrets.token_urlsafe(9), secrets.token_urlsafe(9)
    return Halves(first, second, _hasher.hash(first + second))


def reset_password(engine: Engine, person: str, *, to_change: bool = False) -> str:
    """Give somebody a new random password.

    Raises:
        UnknownPersonError: nobody has that name.
    """
    with engine.begin() as connection:
        return hand_out_password(connection, person, to_change=to_change)


def hand_out_password(connection: Connection, person: str, *, to_change: bool) -> str:
    """A new random password for somebody.

    Raises:
        UnknownPersonError: nobody has that name.
    """
    password, hashed = new_password()
    put_password(connection, person, hashed, to_change=to_change)
    return password


def put_password(
    connection: Connection, person: str, hashed: str, *, to_change: bool = True, session: str | None = None
) -> None:
    """Somebody's password from now on; all else by which they entered until now ends, but for the ``session``.

    ``to_change``: it is good for nothing but choosing another.

    Raises:
        UnknownPersonError: nobody has that name.
    """
    its = {"password_hash": hashed, "password_to_change": to_change}
    if connection.execute(update(PersonRow).where(PersonRow.id == person).values(its)).rowcount == 0:
        known = connection.scalars(select(PersonRow.id).order_by(PersonRow.id))
        raise UnknownPersonError(person, tuple(known))
    shut_out(connection, person, session=session)


def set_password(engine: Engine, person: str, password: str, *, session: str) -> None:
    """The person's own choice, from now on; of all by which they entered the session is left in which they chose it."""
    hashed = _hasher.hash(password)
    with engine.begin() as connection:
        put_password(connection, person, hashed, to_change=False, session=session)


def _hash_anew(engine: Engine, person: str, password: str, before: str) -> str:
    """The same password at today's cost, unless it is another by now."""
    hashed = _hasher.hash(password)
    with engine.begin() as connection:
        same = (PersonRow.id == person, PersonRow.password_hash == before)
        connection.execute(update(PersonRow).where(*same).values(password_hash=hashed))
    return hashed


@dataclass(frozen=True, slots=True)
class Proven:
    """Who proved to know their password, and its hash: what they do with that is undone by another password.

    ``to_change``: it was handed out, and they have to choose another.
    """

    actor: Actor
    hashed: str
    to_change: bool = False


@cache
def _nobodys() -> str:
    """Checked for a user who does not exist, so that the answer takes as long."""
    return _hasher.hash(secrets.token_urlsafe(12))


def signs_in(engine: Engine, person: str, password: str) -> Proven | None:
    """Who it is, if the password is right and the person may enter. An old hash is made anew."""
    with Session(engine) as session:
        row = session.get(PersonRow, person)
    hashed = row.password_hash if row and row.enters and row.password_hash else None
    nobodys = _nobodys()  # whoever is the first: that it is made now says nothing of them
    try:
        _hasher.verify(hashed or nobodys, password)
    except (VerificationError, InvalidHashError):
        return None
    if row is None or hashed is None:
        return None
    if _hasher.check_needs_rehash(hashed):
        hashed = _hash_anew(engine, person, password, hashed)
    return Proven(row.actor, hashed, row.password_to_change)


def person_name(engine: Engine, person: str) -> str:
    """What somebody is called."""
    with engine.connect() as connection:
        return connection.scalars(select(PersonRow.name).where(PersonRow.id == person)).one()

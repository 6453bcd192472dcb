"""Passwords: hashed with Argon2id, checked in the same time whether or not the user exists."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Engine, select, update

from domain.people import Actor
from store.models import PersonRow
from store.registry.tokens import UnknownPersonError

_hasher = PasswordHasher()
#: Checked for a user who does not exist, so that the answer takes as long.
_NOBODY = _hasher.hash(secrets.token_urlsafe(12))


def new_password() -> tuple[str, str]:
    """A random password and its hash."""
    password = secrets.token_urlsafe(12)
    return password, _hasher.hash(password)


def reset_password(engine: Engine, person: str) -> str:
    """Give somebody a new random password.

    Raises:
        UnknownPersonError: nobody has that name.
    """
    password, hashed = new_password()
    with engine.begin() as connection:
        statement = update(PersonRow).where(PersonRow.id == person).values(password_hash=hashed)
        if connection.execute(statement).rowcount == 0:
            known = connection.scalars(select(PersonRow.id).order_by(PersonRow.id))
            raise UnknownPersonError(person, tuple(known))
    return password


def signs_in(engine: Engine, person: str, password: str) -> Actor | None:
    """Who it is, if the password is right."""
    columns = (PersonRow.role, PersonRow.customers, PersonRow.department, PersonRow.password_hash)
    with engine.connect() as connection:
        row = connection.execute(select(*columns).where(PersonRow.id == person)).one_or_none()
    try:
        _hasher.verify(row.password_hash if row and row.password_hash else _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return None
    return Actor(person, row.role, row.customers, row.department) if row else None

"""Identities: which person of ours a provider's word stands for. Administrators bind them; nobody is made from one."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Engine, Row, delete, exists, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from domain.people.actors import Actor
from store.access.leaving import end_begun_by
from store.models import IdentityRow, PersonRow


def owner(connection: Connection, provider: str, subject: str) -> str | None:
    """Whom the provider's word stands for."""
    return connection.scalar(select(IdentityRow.person_id).where(*_its(provider, subject)))


def keep(connection: Connection, person: str, word: tuple[str, str], *, by: str, now: datetime) -> None:
    """What the provider calls the person stands for them, unless it does for somebody already."""
    values = {"provider": word[0], "subject": word[1], "person_id": person, "bound_by": by, "created_at": now}
    connection.execute(insert(IdentityRow).values(values).on_conflict_do_nothing())


def drop(connection: Connection, person: str, word: tuple[str, str]) -> bool:
    """What the provider calls the person stands for nobody any more; False: it did not stand for them."""
    which = (*_its(*word), IdentityRow.person_id == person)
    if connection.execute(delete(IdentityRow).where(*which)).rowcount == 0:
        return False
    end_begun_by(connection, person, word[0])
    return True


def identities_of(engine: Engine, person: str) -> list[Row[tuple[str, str, str, datetime]]]:
    """What stands for the person."""
    columns = (IdentityRow.provider, IdentityRow.subject, IdentityRow.bound_by, IdentityRow.created_at)
    with engine.connect() as connection:
        order = (IdentityRow.provider, IdentityRow.subject)
        return list(connection.execute(select(*columns).where(IdentityRow.person_id == person).order_by(*order)))


def person_behind(engine: Engine, provider: str, subject: str) -> Actor | None:
    """Whom the provider's word stands for; None: nobody, or somebody who may not enter."""
    with Session(engine) as session:
        row = session.get(IdentityRow, (provider, subject))
        found = row and session.get(PersonRow, row.person_id)
        return found.actor if found and found.enters else None


def person_with_email(engine: Engine, provider: str, email: str) -> Actor | None:
    """The one active person with that address, for which two stand, and for whom no other word of the provider stands.

    None: nobody, or several. Small and capital letters are the same in ASCII and nowhere else: K is not the sign of
    Kelvin, which `lower` makes a k.
    """
    if not email.isascii():
        return None
    is_bound = exists().where(IdentityRow.person_id == PersonRow.id, IdentityRow.provider == provider)
    same = (
        func.lower(PersonRow.email.collate("C")) == email.lower(),
        PersonRow.active,
        PersonRow.email_by.is_(None),
        ~is_bound,
    )
    with Session(engine) as session:
        found = session.scalars(select(PersonRow).where(*same).limit(2)).all()
        return found[0].actor if len(found) == 1 and found[0].enters else None


def _its(provider: str, subject: str) -> tuple[ColumnElement[bool], ...]:
    return (IdentityRow.provider == provider, IdentityRow.subject == subject)

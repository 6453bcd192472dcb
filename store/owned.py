"""What people keep for themselves and share with colleagues, whatever it is. Only its owner changes one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Engine, and_, case, delete, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from domain.audience.visibility import sees_all
from domain.people.actors import CUSTOMER_SIDE, Actor, Role
from store.access.digests import new_id
from store.models import PersonRow, PhraseRow, ViewRow

#: So many of a kind somebody keeps, and so many of colleagues are shown.
MOST, SHOWN = 50, 200

#: Everything of the kind.
T = TypeVar("T", PhraseRow, ViewRow)

_OUTSIDE = (*CUSTOMER_SIDE, Role.VENDOR)


class TooManyError(Exception):
    """Somebody keeps as many as they may."""


class StaleError(Exception):
    """It has been changed since the sender saw it."""


def listed(engine: Engine, table: type[T], actor: Actor, *order: InstrumentedAttribute[Any]) -> list[tuple[T, str]]:
    """Their own in an order; then, of people of ours for people of ours, what colleagues share, by the last of it.

    Each with its owner's name.
    """
    own = table.owner == actor.id
    of_colleagues = and_(table.shared, PersonRow.active, PersonRow.role.not_in(_OUTSIDE))
    there = or_(own, of_colleagues) if sees_all(actor) else own
    statement = select(table, PersonRow.name).join(PersonRow, PersonRow.id == table.owner).where(there)
    places = (case((own, each), else_=None).nulls_last() for each in order[:-1])
    statement = statement.order_by(~own, *places, order[-1], table.id)
    with Session(engine) as session:
        return [(row, name) for row, name in session.execute(statement.limit(MOST + SHOWN))]


def keeps(engine: Engine, table: type[T], actor: Actor, id_: str) -> bool:
    """Whether it is one of theirs."""
    with engine.connect() as connection:
        own = select(table.id).where(table.id == id_, table.owner == actor.id)
        return connection.scalar(own) is not None


def add(engine: Engine, table: type[T], actor: Actor, given: Mapping[str, Any], now: datetime) -> tuple[T, str]:
    """Keep another one; with its owner's name.

    Raises:
        TooManyError: they keep as many as they may.
    """
    with Session(engine, expire_on_commit=False) as session, session.begin():
        kept = session.scalar(select(func.count()).where(table.owner == actor.id)) or 0
        if kept >= MOST:
            raise TooManyError
        row = table(id=new_id(), owner=actor.id, version=1, updated_at=now, **given)
        session.add(row)
        session.flush()
        return row, _name(session, actor)


def change(
    engine: Engine, table: type[T], actor: Actor, id_: str, changes: Mapping[str, Any], now: datetime
) -> tuple[T, str] | None:
    """The changed one, with its owner's name; None: they keep none of that id.

    Args:
        changes: with the ``version`` that whoever changes it saw.

    Raises:
        StaleError: it has been changed since.
    """
    with Session(engine, expire_on_commit=False) as session, session.begin():
        row = session.get(table, id_, with_for_update=True)
        if row is None or row.owner != actor.id:
            return None
        if row.version != changes["version"]:
            raise StaleError
        for name, value in (dict(changes) | {"version": row.version + 1, "updated_at": now}).items():
            setattr(row, name, value)
        session.flush()
        return row, _name(session, actor)


def remove(engine: Engine, table: type[T], actor: Actor, id_: str) -> bool:
    """Keep it no longer; False: they keep none of that id."""
    statement = delete(table).where(table.id == id_, table.owner == actor.id).returning(table.id)
    with engine.begin() as connection:
        return connection.scalar(statement) is not None


def _name(session: Session, actor: Actor) -> str:
    return session.scalars(select(PersonRow.name).where(PersonRow.id == actor.id)).one()

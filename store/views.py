"""Views: what somebody keeps of lists of tickets, and what colleagues share with them. Only its owner changes one."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, and_, case, delete, func, or_, select
from sqlalchemy.orm import Session

from domain.audience.visibility import sees_all
from domain.people.actors import CUSTOMER_SIDE, Actor, Role
from store.access.digests import new_id
from store.models import PersonRow, ViewRow

#: So many somebody keeps, and so many of colleagues are shown.
MOST, SHOWN = 50, 200

_OUTSIDE = (*CUSTOMER_SIDE, Role.VENDOR)


class TooManyViewsError(Exception):
    """Somebody keeps as many as they may."""


class StaleViewError(Exception):
    """It has been changed since the sender saw it."""


@dataclass(frozen=True, slots=True)
class View:
    """A view, as somebody has it. ``owner_name``: whose it is."""

    id: str
    owner: str
    owner_name: str
    name: str
    query: dict[str, Any]
    columns: tuple[str, ...]
    shared: bool
    position: int
    version: int


def views(engine: Engine, actor: Actor) -> list[View]:
    """Their own in their order; then, of people of ours for people of ours, what colleagues share, by name."""
    own = ViewRow.owner == actor.id
    of_colleagues = and_(ViewRow.shared, PersonRow.active, PersonRow.role.not_in(_OUTSIDE))
    there = or_(own, of_colleagues) if sees_all(actor) else own
    statement = select(ViewRow, PersonRow.name).join(PersonRow, PersonRow.id == ViewRow.owner).where(there)
    place = case((own, ViewRow.position), else_=None).nulls_last()
    statement = statement.order_by(~own, place, ViewRow.name, ViewRow.id).limit(MOST + SHOWN)
    with Session(engine) as session:
        return [_view(row, name) for row, name in session.execute(statement)]


def keeps(engine: Engine, actor: Actor, id_: str) -> bool:
    """Whether it is a view of theirs."""
    with engine.connect() as connection:
        own = select(ViewRow.id).where(ViewRow.id == id_, ViewRow.owner == actor.id)
        return connection.scalar(own) is not None


def add_view(engine: Engine, actor: Actor, given: Mapping[str, Any], now: datetime) -> View:
    """Keep another one.

    Raises:
        TooManyViewsError: they keep as many as they may.
    """
    with Session(engine) as session, session.begin():
        kept = session.scalar(select(func.count()).where(ViewRow.owner == actor.id)) or 0
        if kept >= MOST:
            raise TooManyViewsError
        row = ViewRow(id=new_id(), owner=actor.id, version=1, updated_at=now, **given)
        session.add(row)
        session.flush()
        return _view(row, _name(session, actor))


def change_view(
    engine: Engine, actor: Actor, id_: str, version: int, changes: Mapping[str, Any], now: datetime
) -> View | None:
    """The changed view; None: they keep none of that id.

    Args:
        version: as whoever changes it saw it.

    Raises:
        StaleViewError: it has been changed since.
    """
    with Session(engine) as session, session.begin():
        row = session.get(ViewRow, id_, with_for_update=True)
        if row is None or row.owner != actor.id:
            return None
        if row.version != version:
            raise StaleViewError
        for name, value in ({"version": version + 1, "updated_at": now} | dict(changes)).items():
            setattr(row, name, value)
        session.flush()
        return _view(row, _name(session, actor))


def remove_view(engine: Engine, actor: Actor, id_: str) -> bool:
    """Keep it no longer; False: they keep none of that id."""
    statement = delete(ViewRow).where(ViewRow.id == id_, ViewRow.owner == actor.id).returning(ViewRow.id)
    with engine.begin() as connection:
        return connection.scalar(statement) is not None


def _name(session: Session, actor: Actor) -> str:
    return session.scalars(select(PersonRow.name).where(PersonRow.id == actor.id)).one()


def _view(row: ViewRow, name: str) -> View:
    said = {each.name: getattr(row, each.name) for each in fields(View) if each.name != "owner_name"}
    return View(**said, owner_name=name)

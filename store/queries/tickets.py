"""Tickets: one, a page of them, how many there are."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Engine,
    Select,
    Text,
    UnaryExpression,
    and_,
    cast,
    func,
    literal,
    or_,
    select,
    text,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, defer

from domain.people.actors import Actor
from domain.ticket.stages import Stage
from domain.ticket.timeline import Happening
from store.models import EntryRow, TicketRow
from store.paging import Found, Place, Window, page_of
from store.queries.filters import Wanted, those
from store.queries.visibility import visible

#: So far tickets are counted one by one.
COUNTED = 10_000
#: What is searched by is as long as all that was said, and no list shows it.
_LISTED = select(TicketRow).options(*map(defer, (TicketRow.searched, TicketRow.searched_pairs, TicketRow.description)))


class Order(StrEnum):
    """How a list is sorted; a minus sign: the largest first."""

    NEWEST = "-received_at"
    OLDEST = "received_at"
    DUE = "next_due_at"
    CHANGED = "-updated_at"
    GRAVITY = "gravity"


Columns = tuple[InstrumentedAttribute[Any], ...]
#: By what comes first; by gravity the gravest, of them what is due first.
_SORTED_BY: dict[Order, Columns] = {
    Order.NEWEST: (TicketRow.received_at,),
    Order.OLDEST: (TicketRow.received_at,),
    Order.DUE: (TicketRow.next_due_at,),
    Order.CHANGED: (TicketRow.updated_at,),
    Order.GRAVITY: (TicketRow.gravity, TicketRow.next_due_at),
}


class OfLevel(NamedTuple):
    """So many tickets of a level; None: no contract, or nobody has classified them."""

    pack: str | None
    level: str | None
    tickets: int


@dataclass(frozen=True, slots=True)
class Key:
    """What a ticket was opened with: the hashes of opener and idempotency key, and of the request's body."""

    key: str
    body: str


#: The oldest change that may still be under way; of a transaction's id, which Postgres has no number type for.
HORIZON = select(cast(cast(func.pg_snapshot_xmin(func.pg_current_snapshot()), Text), BigInteger))


def ticket(engine: Engine, actor: Actor, number: str) -> TicketRow | None:
    """The ticket, if it exists for this actor."""
    with Session(engine) as session:
        return session.scalar(select(TicketRow).where(TicketRow.number == number, visible(actor)))


def horizon(engine: Engine) -> int:
    """The oldest change that may still be under way: whoever asks later for changes since then misses none."""
    with engine.connect() as connection:
        return connection.scalar(HORIZON) or 0


def changed_since(engine: Engine, actor: Actor, since: int, *, limit: int) -> dict[str, int]:
    """Where the tickets stand that changed since a horizon, and perhaps some that changed just before it."""
    statement = select(TicketRow.number, TicketRow.seq).where(TicketRow.changed_in >= since, visible(actor))
    with engine.connect() as connection:
        return dict(connection.execute(statement.limit(limit)).all())


def left_since(engine: Engine, actor: Actor, since: int) -> bool:
    """Whether a ticket of their customer's was found to be another's since a horizon, or just before it."""
    was_theirs = EntryRow.data["before"]["customer"].astext.in_(actor.customers)
    identified = (EntryRow.happening == Happening.IDENTIFIED, was_theirs)
    statement = select(TicketRow.number).join(EntryRow, EntryRow.ticket == TicketRow.number)
    statement = statement.where(TicketRow.changed_in >= since, *identified, ~visible(actor)).limit(1)
    with engine.connect() as connection:
        return connection.scalar(statement) is not None


def sequences(engine: Engine, actor: Actor, numbers: Collection[str]) -> dict[str, int]:
    """Where those of the tickets stand that exist for this actor."""
    statement = select(TicketRow.number, TicketRow.seq).where(TicketRow.number.in_(numbers), visible(actor))
    with engine.connect() as connection:
        return dict(connection.execute(statement).all())


def opened_with(engine: Engine, number: str) -> Key | None:
    """What the ticket that has this number was opened with; None: there is no such row."""
    with engine.connect() as connection:
        columns = select(TicketRow.key_hash, TicketRow.body_hash)
        row = connection.execute(columns.where(TicketRow.number == number)).one_or_none()
    return Key(row.key_hash, row.body_hash) if row else None


def page(engine: Engine, actor: Actor, wanted: Wanted, order: Order, window: Window) -> Found[TicketRow]:
    """The tickets that exist for the actor."""
    columns, falling = _SORTED_BY[order], order.startswith("-")
    statement = _LISTED.where(*those(actor, wanted))
    if window.after is not None:
        statement = statement.where(_behind(columns, window.after, falling=falling))
    statement = statement.order_by(*_sorting(columns, falling=falling)).limit(window.fetched)
    with Session(engine) as session:
        rows = session.scalars(statement).all()
    return page_of(rows, window, lambda row: (*(getattr(row, column.key) for column in columns), row.number))


def how_many(engine: Engine, actor: Actor, *wanted: Wanted, up_to: int = COUNTED) -> list[int]:
    """How many tickets each filter lets through that exist for the actor; of more than ``up_to`` one more than that."""
    with engine.connect() as connection:
        return [connection.scalar(_number_of(actor, each, up_to)) or 0 for each in wanted]


def _number_of(actor: Actor, wanted: Wanted, up_to: int) -> Select[int]:
    found = select(literal(1)).select_from(TicketRow).where(*those(actor, wanted)).limit(up_to + 1)
    return select(func.count()).select_from(found.subquery())


def open_by_level(engine: Engine, actor: Actor) -> list[OfLevel]:
    """How many tickets are open, by pack and level, the gravest first."""
    row = TicketRow
    kind = (row.pack, row.level, func.min(row.gravity).label("gravity"), func.count())
    statement = select(*kind).where(*those(actor, Wanted(open=True))).group_by(row.pack, row.level)
    with engine.connect() as connection:
        found = connection.execute(statement.order_by(row.pack.nulls_last(), text("gravity"), row.level)).all()
    return [OfLevel(pack, level, count) for pack, level, _, count in found]


def counts(engine: Engine, actor: Actor) -> dict[Stage, int]:
    """How many tickets stand in each stage; one that was discarded or merged is no ticket of its own."""
    counted = (visible(actor), ~TicketRow.drill, TicketRow.ended_as.is_(None))
    statement = select(TicketRow.stage, func.count()).where(*counted).group_by(TicketRow.stage)
    with engine.connect() as connection:
        found = dict(connection.execute(statement).all())
    return {stage: found.get(stage, 0) for stage in Stage}


def breached(engine: Engine, actor: Actor) -> int:
    """How many tickets that are not closed have a broken promise."""
    statement = select(func.count()).select_from(TicketRow).where(*those(actor, Wanted(open=True, breached=True)))
    with engine.connect() as connection:
        return connection.scalar(statement) or 0


def _sorting(columns: Columns, *, falling: bool) -> list[UnaryExpression[Any]]:
    """What has no such value stands last."""
    if falling:
        return [column.desc() for column in (*columns, TicketRow.number)]
    return [*(column.asc().nulls_last() for column in columns), TicketRow.number.asc()]


def _behind(columns: Columns, place: Place, *, falling: bool) -> ColumnElement[bool]:
    """The rows that sort after the place."""
    *values, last = place
    behind: ColumnElement[bool] = TicketRow.number < last if falling else TicketRow.number > last
    for column, value in reversed([*zip(columns, values, strict=True)]):
        if value is None:
            behind = and_(column.is_(None), behind)
            continue
        beyond = or_(column < value if falling else column > value, and_(column == value, behind))
        behind = beyond if falling else or_(beyond, column.is_(None))
    return behind

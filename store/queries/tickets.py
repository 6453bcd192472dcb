"""Tickets: one, a page of them, how many there are."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Engine,
    Text,
    UnaryExpression,
    and_,
    cast,
    exists,
    false,
    func,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from domain.audience.visibility import may_ask
from domain.people.actors import Actor
from domain.people.phones import LOCAL, phone
from domain.ticket.obligations import State
from domain.ticket.stages import Stage
from domain.ticket.timeline import Happening
from store.models import EntryRow, ObligationRow, TicketRow
from store.paging import Found, Place, Window, page_of
from store.queries.visibility import visible
from store.searching import pairs, searchable


class Order(StrEnum):
    """How a list is sorted; a minus sign: the largest first."""

    NEWEST = "-received_at"
    OLDEST = "received_at"
    DUE = "next_due_at"
    CHANGED = "-updated_at"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is to hold; an empty filter lets everything through.

    Attributes:
        contract: a contract's id, or a pack's for all contracts under it.
        state: some obligation of the ticket stands so.
        due_before: the next open promise is due before.
        customer: whose report it is, by id.
        unassigned: nobody is in charge.
        drill: rehearsals, and nothing else; production figures never hold one.
        text: occurs in the number, the title, the description, the customer, the contact or the site.
    """

    contract: str | None = None
    level: tuple[str, ...] = ()
    stage: tuple[Stage, ...] = ()
    state: tuple[State, ...] = ()
    due_before: datetime | None = None
    text: str | None = None
    assignee: str | None = None
    customer: str | None = None
    unassigned: bool = False
    drill: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """What a ticket was opened with: the hashes of opener and idempotency key, and of the request's body."""

    key: str
    body: str


def ticket(engine: Engine, actor: Actor, number: str) -> TicketRow | None:
    """The ticket, if it exists for this actor."""
    with Session(engine) as session:
        return session.scalar(select(TicketRow).where(TicketRow.number == number, visible(actor)))


def horizon(engine: Engine) -> int:
    """The oldest change that may still be under way: whoever asks later for changes since then misses none."""
    with engine.connect() as connection:
        return connection.scalar(select(_as_number(func.pg_snapshot_xmin(func.pg_current_snapshot())))) or 0


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
    column, falling = _sorted_by(order)
    statement = select(TicketRow).where(visible(actor), *_filters(actor, wanted))
    if window.after is not None:
        statement = statement.where(_behind(column, window.after, falling=falling))
    statement = statement.order_by(*_sorting(column, falling=falling)).limit(window.fetched)
    with Session(engine) as session:
        rows = session.scalars(statement).all()
    return page_of(rows, window, lambda row: (getattr(row, column.key), row.number))


def counts(engine: Engine, actor: Actor) -> dict[Stage, int]:
    """How many tickets stand in each stage; one that was discarded or merged is no ticket of its own."""
    counted = (visible(actor), ~TicketRow.drill, TicketRow.ended_as.is_(None))
    statement = select(TicketRow.stage, func.count()).where(*counted).group_by(TicketRow.stage)
    with engine.connect() as connection:
        found = dict(connection.execute(statement).all())
    return {stage: found.get(stage, 0) for stage in Stage}


def breached(engine: Engine, actor: Actor) -> int:
    """How many tickets that are not closed have a broken promise."""
    broken = exists().where(ObligationRow.ticket == TicketRow.number, ObligationRow.state == State.BREACHED)
    statement = select(func.count()).select_from(TicketRow)
    statement = statement.where(visible(actor), ~TicketRow.drill, TicketRow.stage != Stage.CLOSED, broken)
    with engine.connect() as connection:
        return connection.scalar(statement) or 0


def _as_number(transaction: ColumnElement[object]) -> ColumnElement[int]:
    """A transaction's id, which Postgres has no number type for."""
    return cast(cast(transaction, Text), BigInteger)


def _filters(actor: Actor, wanted: Wanted) -> list[ColumnElement[bool]]:
    filters: list[ColumnElement[bool]] = [TicketRow.drill == wanted.drill]
    if wanted.contract is not None:
        called = (TicketRow.agreed_contract, TicketRow.pack, TicketRow.contract)
        filters.append(or_(*(column == wanted.contract for column in called)))
    if wanted.level:
        filters.append(TicketRow.level.in_(wanted.level))
    if wanted.stage:
        filters.append(TicketRow.stage.in_(wanted.stage))
    if wanted.state:
        stands = ObligationRow.state.in_(wanted.state)
        filters.append(exists().where(ObligationRow.ticket == TicketRow.number, stands))
    if wanted.due_before is not None:
        filters.append(TicketRow.next_due_at < wanted.due_before)
    if wanted.assignee is not None:
        filters.append(TicketRow.assignee == wanted.assignee)
    if wanted.customer is not None:
        filters.append(TicketRow.customer_id == wanted.customer)
    if wanted.unassigned:
        filters.append(TicketRow.assignee.is_(None))
    if wanted.text is not None:
        filters.append(_contains(actor, wanted.text))
    return filters


#: What people remember of a ticket: a match tells of these.
_SEARCHED = ("number", "title", "description", "customer", "contact", "site")


def _contains(actor: Actor, text: str) -> ColumnElement[bool]:
    """Whether the text occurs, however it is typed, in what the actor may see: no character is a wildcard."""
    if not all(may_ask(actor, field) for field in _SEARCHED):
        return false()
    wanted, number = searchable(text), phone(text).digits
    found = and_(TicketRow.searched_pairs.contains(pairs(wanted)), TicketRow.searched.contains(wanted, autoescape=True))
    # With the country before it, say, which whoever took the report left out.
    is_theirs = and_(func.right(TicketRow.contact_number, LOCAL) == number[-LOCAL:], TicketRow.contact_number == number)
    return or_(found, is_theirs) if len(number) >= LOCAL else found


def _sorted_by(order: Order) -> tuple[InstrumentedAttribute[datetime | None], bool]:
    column: InstrumentedAttribute[datetime | None] = getattr(TicketRow, order.removeprefix("-"))
    return column, order.startswith("-")


def _sorting(
    column: InstrumentedAttribute[datetime | None], *, falling: bool
) -> tuple[UnaryExpression[datetime | None], UnaryExpression[str]]:
    """What has no such instant stands last."""
    if falling:
        return column.desc(), TicketRow.number.desc()
    return column.asc().nulls_last(), TicketRow.number.asc()


def _behind(column: InstrumentedAttribute[datetime | None], place: Place, *, falling: bool) -> ColumnElement[bool]:
    """The rows that sort after the place."""
    instant, last = place
    number = TicketRow.number < last if falling else TicketRow.number > last
    if instant is None:
        return and_(column.is_(None), number)
    later = column < instant if falling else column > instant
    beyond = or_(later, and_(column == instant, number))
    return beyond if falling else or_(beyond, column.is_(None))

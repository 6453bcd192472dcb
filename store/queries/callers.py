"""Callers: whose number it is, by the registry and by the reports that came from it; and customers, to choose one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection, Engine, func, or_, select
from sqlalchemy.orm import Session

from domain.people.actors import CUSTOMER_SIDE, Actor, Role
from domain.people.phones import LOCAL, is_same, phone
from domain.ticket.stages import Stage
from store.models import ContractRow, CustomerRow, PersonRow, StandingAuthorisationRow, TicketRow
from store.queries.visibility import visible
from store.searching import holding, searchable

#: So many customers are offered, and so many reports of one number looked at.
OFFERED = 20
_REPORTS = 200
#: A number of fewer digits is nobody's yet.
_FEWEST = 3

#: Of numbers of the registry none is read twice while somebody types.
_phone = lru_cache(maxsize=20_000)(phone)


#: A name, a number, a customer's id and its name.
Match = tuple[str, str, str | None, str]


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody whose number it is, or may be.

    Attributes:
        exact: the whole number is theirs, and not only its end.
        customer: its id; None: a caller not known yet, or a customer from whom we take no report.
        open: their tickets that are not closed, newest first.
    """

    exact: bool
    name: str
    phone: str
    customer: str | None
    customer_name: str
    open: tuple[TicketRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """A customer from whom we take reports. ``open``: how many of its tickets are not closed."""

    id: str
    name: str
    contracts: Sequence[ContractRow]
    contacts: Sequence[PersonRow]
    open: int
    authorisations: Sequence[StandingAuthorisationRow] = ()


def callers(engine: Engine, actor: Actor, said: str) -> list[Caller]:
    """Who may be calling from the number: first whose it is exactly, of those customers', and who has open tickets.

    Anybody can write a mail with any number in it, and so have a ticket that is open.
    """
    wanted = phone(said)
    if len(wanted.digits) < _FEWEST:
        return []
    with Session(engine) as session:
        theirs = func.right(TicketRow.contact_number, LOCAL) == wanted.digits[-LOCAL:]
        statement = select(TicketRow).where(visible(actor), ~TicketRow.drill, theirs)
        found = session.scalars(statement.order_by(TicketRow.received_at.desc()).limit(_REPORTS)).all()
        reports = [row for row in found if is_same(_phone(row.contact_phone), wanted) is not False]
        ended_in = {row.merged_into for row in reports if row.merged_into}
        others = session.scalars(select(TicketRow).where(visible(actor), TicketRow.number.in_(ended_in))).all()
        active = dict(session.execute(select(CustomerRow.id, CustomerRow.name).where(CustomerRow.active)).all())
        registered = [
            row for row in _people(session.connection()) if is_same(_phone(row.phone or ""), wanted) is not False
        ]
    matches: list[Match] = [
        (row.name, row.phone or "", id_, active[id_]) for row in registered for id_ in row.customers if id_ in active
    ]
    matches += [(row.contact_name, row.contact_phone, row.customer_id, row.customer_name) for row in reports]
    return _told(matches, [*reports, *others], active, said)[:OFFERED]


def _people(connection: Connection) -> Iterable[PersonRow]:
    """Of customers, who may enter and has a telephone."""
    row = PersonRow
    there = (row.active, row.role.in_(CUSTOMER_SIDE), row.phone.is_not(None))
    with Session(connection) as session:
        return session.scalars(select(row).where(*there).order_by(row.name, row.id)).all()


def _told(matches: Iterable[Match], rows: Sequence[TicketRow], active: dict[str, str], said: str) -> list[Caller]:
    """Each of them once; what was said of the number last counts."""
    once: dict[tuple[str, str], Caller] = {}
    for name, number, customer, customer_name in matches:
        exact = bool(is_same(_phone(number), phone(said)))
        whose = (searchable(name), customer or customer_name)
        before = once.get(whose)
        if before is None or (exact and not before.exact):
            open_ = tuple(row for row in rows if _is_open(row) and _is_of(row, customer, customer_name))
            known = customer if customer in active else None
            once[whose] = Caller(exact, name, number, known, customer_name, open_)
    return sorted(once.values(), key=lambda one: (not one.exact, one.customer is None, not one.open))


def _is_open(row: TicketRow) -> bool:
    return row.stage is not Stage.CLOSED


def _is_of(row: TicketRow, customer: str | None, name: str) -> bool:
    return row.customer_id == customer if customer else row.customer_id is None and row.customer_name == name


def customers(engine: Engine, actor: Actor, text: str | None) -> list[Known]:
    """Customers in whose name or id the text occurs, however it is typed; whose name begins with it first."""
    row = CustomerRow
    statement = select(row.id, row.name).where(row.active)
    if text:
        begins = row.searched.contains(f"\n{searchable(text)}", autoescape=True)
        statement = statement.where(holding(row.searched, row.searched_pairs, text)).order_by(begins.desc())
    with engine.connect() as connection:
        found = dict(connection.execute(statement.order_by(row.name, row.id).limit(OFFERED)).all())
    return _known(engine, actor, found)


def customer(engine: Engine, actor: Actor, id_: str, now: datetime) -> Known | None:
    """One from whom we take reports, with what it lets us do in its name now; None: there is none."""
    with Session(engine) as session:
        name = session.scalar(select(CustomerRow.name).where(CustomerRow.id == id_, CustomerRow.active))
        row = StandingAuthorisationRow
        lives = (row.granted_at <= now, now < row.expires_at, or_(row.revoked_at.is_(None), row.revoked_at > now))
        granted = session.scalars(select(row).where(row.customer == id_, *lives).order_by(row.expires_at)).all()
    if name is None:
        return None
    (known,) = _known(engine, actor, {id_: name})
    return Known(known.id, known.name, known.contracts, known.contacts, known.open, granted)


def _known(engine: Engine, actor: Actor, named: dict[str, str]) -> list[Known]:
    """With their contracts, whom to call, and how many of their tickets are open, in the order given."""
    counted = (visible(actor), ~TicketRow.drill, TicketRow.stage != Stage.CLOSED, TicketRow.customer_id.in_(named))
    called = (PersonRow.active, PersonRow.role == Role.CUSTOMER_CONTACT, PersonRow.customers.overlap(list(named)))
    agreed = select(ContractRow).where(ContractRow.customer.in_(named)).order_by(ContractRow.id)
    with Session(engine) as session:
        contracts = session.scalars(agreed).all()
        contacts = session.scalars(select(PersonRow).where(*called).order_by(PersonRow.name, PersonRow.id)).all()
        number = select(TicketRow.customer_id, func.count()).where(*counted).group_by(TicketRow.customer_id)
        open_ = dict(session.execute(number).all())
    return [
        Known(
            id_,
            name,
            [one for one in contracts if one.customer == id_],
            [one for one in contacts if id_ in one.customers],
            open_.get(id_, 0),
        )
        for id_, name in named.items()
    ]

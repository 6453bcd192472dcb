"""News of agreements and of people: noted with the change, told to or of the customer's open tickets, as they stand."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Engine,
    Select,
    cast,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from domain.contract.terms import which_counts
from domain.people.actors import CUSTOMER_SIDE, Role
from domain.ticket.stages import Stage
from store.models import (
    Agreement,
    AgreementNewsRow,
    ContractRow,
    CustomerRow,
    PersonRow,
    StandingAuthorisationRow,
    TicketRow,
)

#: A ticket that was being opened when the change came may not have been in sight the first time.
AGAIN = timedelta(minutes=1)
#: Before it is decided whose a ticket is, the API has looked.
_LOOKED = timedelta(minutes=1)
_TIMES = 2


@dataclass(frozen=True, slots=True)
class News:
    """A change, and how often the open tickets have been told of it."""

    id: str
    customer: str
    kind: Agreement
    about: str
    told: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How an agreement stands, as of an instant of the database's clock. Instants and days as they travel."""

    as_of: str
    until: str | None = None
    begins_on: str | None = None
    ends_on: str | None = None
    active: bool | None = None


def note(connection: Connection, customer: str, kind: Agreement, about: str, *, begins: datetime | None = None) -> None:
    """A change that the customer's open tickets are to be told of; ``begins``: no earlier than then."""
    row = {"id": str(uuid.uuid4()), "customer": customer, "kind": kind, "about": about, "told": 0}
    at = func.clock_timestamp() if begins is None else func.greatest(func.clock_timestamp(), begins)
    connection.execute(insert(AgreementNewsRow).values(created_at=at, **row))


def note_person(connection: Connection, person: str, role: Role, customers: Iterable[str]) -> None:
    """Somebody answers for customers who did not before: what their tickets wait for is told to them, too."""
    for customer in customers if role in CUSTOMER_SIDE else ():
        note(connection, customer, Agreement.PERSON, person)


def note_people_of(connection: Connection, customer: str) -> None:
    """A ticket that asks something already has become the customer's: its people are told of what waits for them."""
    theirs = (PersonRow.active, PersonRow.role.in_(CUSTOMER_SIDE), PersonRow.customers.contains([customer]))
    for person in connection.scalars(select(PersonRow.id).where(*theirs).order_by(PersonRow.id)).all():
        note(connection, customer, Agreement.PERSON, person)


def untold(engine: Engine) -> Sequence[News]:
    """What is to be told now, oldest first."""
    row = AgreementNewsRow
    fresh = (row.told == 0) & (row.created_at <= func.now())
    due = or_(fresh, (row.told < _TIMES) & (row.created_at < func.now() - AGAIN))
    statement = select(row.id, row.customer, row.kind, row.about, row.told).where(due).order_by(row.created_at)
    with engine.connect() as connection:
        return [News(*found) for found in connection.execute(statement)]


def note_told(engine: Engine, news: News) -> None:
    """All open tickets have been told, unless one has come into sight meanwhile."""
    as_read = (AgreementNewsRow.id == news.id, AgreementNewsRow.told == news.told)
    with engine.begin() as connection:
        connection.execute(update(AgreementNewsRow).where(*as_read).values(told=news.told + 1))


def tell_anew(connection: Connection, customer: str, since: datetime) -> None:
    """A ticket is in sight as the customer's, as things stood at that instant: what has changed since it is to hear.

    However long its way into sight was. The others have heard it, and take it once. Of whoever came to answer for the
    customer it need not hear: when it comes into sight they are asked like everybody else.
    """
    row = AgreementNewsRow
    later = (row.customer == customer, row.kind != Agreement.PERSON, row.created_at > since - _LOOKED)
    connection.execute(update(row).where(*later).values(told=0))


def open_tickets(engine: Engine, news: News) -> Sequence[tuple[str, str]]:
    """The customer's tickets that are not closed, and what each is told about.

    Of a contract those that were opened under it, or under one of its pack that is not in force: it follows that one.
    """
    row = TicketRow
    theirs = [row.customer_id == news.customer, row.stage != Stage.CLOSED]
    about = func.coalesce(row.agreed_contract, news.about) if news.kind is Agreement.CONTRACT else literal(news.about)
    if news.kind is Agreement.CONTRACT:
        theirs.append(or_(row.agreed_contract == news.about, row.agreed_contract.in_(_followed_by(news.about))))
    with engine.connect() as connection:
        found = connection.execute(select(row.number, about).where(*theirs).order_by(row.number))
        return [(number, contract) for number, contract in found]


def _followed_by(contract: str) -> Select[str]:
    """The customer's contracts under the same pack that are not in force today."""
    its = aliased(ContractRow)
    same = (its.id == contract, its.pack == ContractRow.pack, its.customer == ContractRow.customer)
    return select(ContractRow.id).where(exists().where(*same), _lapsed())


def _lapsed() -> ColumnElement[bool]:
    """Whether a contract is not in force today, China's."""
    today = cast(func.timezone("Asia/Shanghai", func.now()), Date)
    return or_(ContractRow.ends_on < today, ContractRow.starts_on > today)


def standing(engine: Engine, news: News) -> Standing:
    """How it stands now."""
    with engine.connect() as connection:
        as_of: datetime = connection.scalars(select(func.clock_timestamp())).one()
        if news.kind is Agreement.AUTHORISATION:
            return Standing(as_of.isoformat(), until=_text(connection.scalar(_until(news.customer))))
        if news.kind is Agreement.CUSTOMER:
            is_active = select(CustomerRow.active).where(CustomerRow.id == news.customer)
            return Standing(as_of.isoformat(), active=connection.scalars(is_active).one())
        begins, ends = _days(connection, news.about, as_of)
    return Standing(as_of.isoformat(), begins_on=_text(begins), ends_on=_text(ends))


def _days(connection: Connection, contract: str, now: datetime) -> tuple[date | None, date | None]:
    """From when until when there is a contract: by this one, else by what follows it under its pack."""
    columns = (ContractRow.id, ContractRow.starts_on, ContractRow.ends_on)
    this = select(ContractRow.customer, ContractRow.pack).where(ContractRow.id == contract).subquery()
    same = (ContractRow.customer == this.c.customer, ContractRow.pack == this.c.pack)
    lives = or_(ContractRow.id == contract, ContractRow.active)
    found = connection.execute(select(*columns).where(*same, lives)).all()
    return which_counts([(row.id == contract, row.starts_on, row.ends_on) for row in found], now)


def _text(when: date | None) -> str | None:
    return when.isoformat() if when else None


def _until(customer: str) -> Select[Any]:
    row = StandingAuthorisationRow
    live = (row.customer == customer, row.expires_at > func.now(), row.revoked_at.is_(None))
    return select(row.expires_at).where(*live).order_by(row.expires_at.desc()).limit(1)

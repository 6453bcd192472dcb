"""Threads: which ticket a mail is about, who seems to have written it, and how much they write."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    and_,
    any_,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)

from domain.people.actors import CUSTOMER_SIDE, Role
from domain.ticket.numbers import ALPHABET, LENGTH, numbers_in
from domain.ticket.stages import Stage
from store.mail.tending import Undone
from store.models import Became, CustomerRow, DeliveryRow, MailRow, NotificationRow, PersonRow, TicketRow
from store.projections.merged import goes_on
from store.registry.contracts import only_contract

#: Who sees their own tickets alone.
_OUTSIDE = CUSTOMER_SIDE | {Role.VENDOR}
#: So long a ticket that was opened may take to be in sight.
_COMES_WITHIN = timedelta(minutes=5)
#: What our mails call the conversation about a ticket.
_OF_TICKET = re.compile(rf"^ticket\.([{ALPHABET}]{{{LENGTH}}})@")


@dataclass(frozen=True, slots=True)
class About:
    """The ticket that a mail is about. ``is_open``: it takes what is said of it."""

    number: str
    is_open: bool
    customer: str | None


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody with that address. ``customer``, ``contract``: of a customer's people, where there is but one."""

    id: str
    name: str
    phone: str | None
    customer: str | None
    contract: str | None


def about(engine: Engine, refers: Sequence[str], subject: str, sender: str) -> About | None:
    """The ticket, by what it answers; by a number that anybody could write only where its sender is known there."""
    local = [each.partition("@")[0] for each in refers]
    named = [found[1] for each in refers if (found := _OF_TICKET.match(each))]
    with engine.connect() as connection:
        number = _answered(connection, refers, local, sender) or _known_there(
            connection, [*named, *numbers_in(subject)], sender
        )
        return _standing(connection, number) if number else None


def is_coming() -> ColumnElement[bool]:
    """Whether nothing has become of a mail yet, or its ticket is not in sight: for a while, should it never be."""
    in_sight = select(TicketRow.number).where(TicketRow.number == MailRow.ticket).exists()
    just = MailRow.done_at > func.now() - _COMES_WITHIN
    return or_(MailRow.became.is_(None), and_(MailRow.became == Became.OPENED, just, ~in_sight))


def is_awaited(engine: Engine, refers: Sequence[str], mail: Undone) -> bool:
    """Whether a mail that it answers, and that came before it, still comes to something: none waits in a circle."""
    before = tuple_(MailRow.came_at, MailRow.uid) < tuple_(mail.came_at, mail.uid)
    undone = (is_coming(), before, MailRow.message_id != "")
    with engine.connect() as connection:
        found = connection.scalar(select(MailRow.id).where(MailRow.message_id.in_(refers), *undone).limit(1))
    return found is not None


def _answered(connection: Connection, refers: Sequence[str], local: Sequence[str], sender: str) -> str | None:
    """The ticket of a mail of ours that it answers, or of one that came before.

    Whoever writes a mail chooses its id: of several that are called the same it is its sender's own, then the first.
    """
    ours = select(NotificationRow.ticket, literal(0)).where(NotificationRow.id.in_(local))
    several = (
        select(func.min(DeliveryRow.ticket), literal(1))
        .where(DeliveryRow.letter.in_(local))
        .group_by(DeliveryRow.letter)
        .having(func.count(DeliveryRow.ticket.distinct()) == 1)
    )
    found = connection.execute(union_all(ours, several)).all()
    if of_ours := next((row[0] for row in sorted(found, key=lambda row: int(row[1])) if row[0]), None):
        return str(of_ours)
    theirs = select(MailRow.ticket).where(
        MailRow.message_id.in_(refers), MailRow.message_id != "", MailRow.ticket.is_not(None)
    )
    order = (MailRow.sender != sender, MailRow.came_at, MailRow.uid)
    return connection.scalar(theirs.order_by(*order).limit(1))


def _known_there(connection: Connection, numbers: Iterable[str], sender: str) -> str | None:
    """The first of these tickets on which its sender has written before, or which are theirs or of all of us."""
    for number in dict.fromkeys(numbers):
        wrote = select(MailRow.id).where(MailRow.ticket == number, MailRow.sender == sender, MailRow.sender != "")
        theirs = (
            select(PersonRow.id)
            .join(TicketRow, TicketRow.number == number)
            .where(func.lower(PersonRow.email) == sender, PersonRow.active)
            .where(or_(*_whose(), PersonRow.role.not_in(_OUTSIDE)))
        )
        if connection.scalar(union_all(wrote, theirs).limit(1)):
            return number
    return None


def _whose() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Whose a ticket is among people outside: its customer's, and theirs who have a case on it."""
    return TicketRow.customer_id == any_(PersonRow.customers), PersonRow.id == any_(TicketRow.vendors)


def _standing(connection: Connection, number: str) -> About | None:
    """What it goes on as, where it was merged."""
    at = goes_on(connection, number).number
    asked = select(TicketRow.number, TicketRow.stage, TicketRow.customer_id).where(TicketRow.number == at)
    row = connection.execute(asked).one_or_none()
    return About(row.number, row.stage is not Stage.CLOSED, row.customer_id) if row else None


def as_it_stands(engine: Engine, number: str) -> About | None:
    """A ticket that is named, or what it goes on as."""
    with engine.connect() as connection:
        return _standing(connection, number)


def writer(engine: Engine, sender: str, at: datetime, person: str | None = None) -> Writer | None:
    """The person, or the one active one with that address; None: nobody, or several. ``at``: when they report."""
    columns = (PersonRow.id, PersonRow.name, PersonRow.phone, PersonRow.role, PersonRow.customers)
    which = PersonRow.id == person if person else func.lower(PersonRow.email) == sender
    asked = select(*columns).where(which, PersonRow.active)
    with engine.connect() as connection:
        found = connection.execute(asked.limit(2)).all() if sender else []
        if len(found) != 1:
            return None
        row = found[0]
        mine = row.customers if row.role in CUSTOMER_SIDE else ()
        customer = _only(connection, select(CustomerRow.id).where(CustomerRow.id.in_(mine), CustomerRow.active))
    contract = only_contract(engine, customer, at) if customer else None
    return Writer(row.id, row.name, row.phone, customer, contract)


def _only(connection: Connection, asked: Select[str]) -> str | None:
    found = connection.scalars(asked.limit(2)).all()
    return found[0] if len(found) == 1 else None


def opened_lately(
    engine: Engine, sender: str | None, since: datetime, *, vouched: bool = False
) -> tuple[int, str | None]:
    """How many tickets were opened of mails since then, of a sender's or in all; and the last of them that is open.

    Of a sender's either what somebody vouches for, or the rest: others write in their name, and neither ends on the
    other's. A mail without a sender is of nobody's others.
    """
    mails = select(MailRow.ticket).where(MailRow.became == Became.OPENED, MailRow.done_at > since)
    if sender is not None:
        mails = mails.where(MailRow.sender == sender, MailRow.sender != "", MailRow.vouched == vouched)
    with engine.connect() as connection:
        numbers = connection.scalars(mails.order_by(MailRow.done_at.desc())).all()
        there = select(TicketRow.number).where(TicketRow.number.in_(numbers), TicketRow.stage != Stage.CLOSED)
        open_ = set(connection.scalars(there))
    return len(numbers), next((number for number in numbers if number in open_), None)

"""Accounts of one person: linked by an administrator, so that a law about two people compares persons."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from domain.audience.desk import How
from domain.audience.registry_news import CONCERNED, accounts_linked, accounts_parted
from domain.audience.saying import Sentence
from domain.words.label import Label, listed
from store.models import PersonRow
from store.registry.faults import ConflictError, Fault, InvalidError
from store.registry.records import Person
from store.searching import searched_of
from store.telling import tell

_ASK = Label(
    "{others} 已登记相同的电话或邮箱：是同一人的，请登记为同一人（same_as）；不是的，请标明是不同的人（told_apart）",
    "is also that of {others}: say with same_as whose other account this is, or with told_apart that it is nobody's",
)
#: Digits of a number by which people are reached, without what a country or an outside line puts before them.
_DIGITS = 11
_NO_DIGIT = "[^0-9]"


def link(connection: Connection, id_: str, other: str) -> None:
    """From now on both accounts are one person's, with all that are linked to either.

    Raises:
        InvalidError: there is no such other account.
    """
    if other == id_ or not _linked(connection, [other]):
        raise InvalidError(Fault("same_as", Label(f"没有另一个账号 {other}", f"there is no other account {other}")))
    _keep(connection, _linked(connection, [id_, other]))


def are_one(connection: Connection, one: str, other: str) -> bool:
    """Whether both accounts are the same person's."""
    return one == other or other in _linked(connection, [one])


def unlink(connection: Connection, id_: str) -> None:
    """The account is a person's of its own again."""
    _keep(connection, _linked(connection, [id_]) - {id_})
    _keep(connection, {id_})


def require_told(connection: Connection, person: Person) -> None:
    """Refuse a phone or mail that another account has, until the two are linked or told apart.

    Raises:
        ConflictError: naming the field, and whose it is too.
    """
    if faults := [fault for _, fault in untold(connection, [person])]:
        raise ConflictError(*faults)


def untold(connection: Connection, people: Sequence[Person]) -> Iterator[tuple[str, Fault]]:
    """Of these accounts, as they are kept: whose phone or mail another has without being linked or told apart."""
    for field, column, key in (("phone", _digits_of(PersonRow.phone), _digits), ("email", _LOWER, str.lower)):
        keys = {one.id: key(said) for one in people if (said := getattr(one, field)) is not None}
        holders: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        same = select(column, PersonRow.id, PersonRow.told_apart).where(column.in_(set(keys.values())))
        for shared, id_, apart in connection.execute(same) if keys else ():
            holders.setdefault(shared, []).append((id_, apart))
        for one in people:
            settled = {one.id, *one.also, *one.told_apart}
            others = (each for each in holders.get(keys.get(one.id, ""), ()) if each[0] not in settled)
            if unsettled := sorted(id_ for id_, apart in others if one.id not in apart):
                yield one.id, Fault(field, _ASK.filled(others=listed(unsettled)))


def rewrite(connection: Connection, after: Person, **more: object) -> None:
    """Keep somebody as they are from now on, to be found by that."""
    row = asdict(after)
    row |= searched_of(row, PersonRow.FOUND_BY) | more
    connection.execute(update(PersonRow).where(PersonRow.id == after.id).values(row))


_LOWER: ColumnElement[str] = func.lower(PersonRow.email)


def _digits(phone: str) -> str:
    return re.sub(_NO_DIGIT, "", phone)[-_DIGITS:]


def _digits_of(phone: InstrumentedAttribute[str | None]) -> ColumnElement[str]:
    return func.right(func.regexp_replace(phone, _NO_DIGIT, "", "g"), _DIGITS)


def _linked(connection: Connection, ids: Iterable[str]) -> set[str]:
    """These accounts, and all that are linked to them."""
    rows = connection.execute(select(PersonRow.id, PersonRow.also).where(or_(*(PersonRow.id == id_ for id_ in ids))))
    return {account for id_, also in rows for account in (id_, *also)}


def _keep(connection: Connection, accounts: set[str]) -> None:
    """One person's from now on; whoever has one of them is told what is new."""
    its = select(PersonRow.id, PersonRow.also).where(PersonRow.id.in_(accounts))
    rows = connection.execute(its).all()
    for id_, also in rows:
        connection.execute(update(PersonRow).where(PersonRow.id == id_).values(also=tuple(sorted(accounts - {id_}))))
        _tell(connection, id_, accounts - {id_, *also}, accounts_linked)
        _tell(connection, id_, {*also} - accounts, accounts_parted)


def _tell(connection: Connection, id_: str, others: set[str], said: Callable[[str, Sequence[str]], Sentence]) -> None:
    if others:
        names = select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_(others)).order_by(PersonRow.id)
        called = [f"{name} ({other})" for other, name in connection.execute(names)]
        tell(connection, [id_], said(id_, called), datetime.now(UTC), whom=CONCERNED, how=How.BY_NAME)

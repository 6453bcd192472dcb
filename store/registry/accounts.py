"""Accounts of one person: linked by an administrator, so that a law about two people compares persons."""

import re
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from domain.words.label import Label, listed
from store.models import PersonRow
from store.registry.faults import ConflictError, Fault, InvalidError
from store.registry.records import Person

_ASK = Label(
    "{others} 已登记相同的电话或邮箱：是同一人的，填 same_as；不是的，填 told_apart",
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


def unlink(connection: Connection, id_: str) -> None:
    """The account is a person's of its own again."""
    _keep(connection, _linked(connection, [id_]) - {id_})
    _keep(connection, {id_})


def require_told(connection: Connection, person: Person) -> None:
    """Refuse a phone or mail that another account has, until the two are linked or told apart.

    Raises:
        ConflictError: naming the field, and whose it is too.
    """
    for field, same in _shared(person):
        rows = connection.execute(select(PersonRow.id, PersonRow.told_apart).where(PersonRow.id != person.id, same))
        settled = {person.id, *person.also, *person.told_apart}
        others = sorted(id_ for id_, apart in rows if id_ not in settled and person.id not in apart)
        if others:
            raise ConflictError(Fault(field, _ASK.filled(others=listed(others))))


def _shared(person: Person) -> Iterable[tuple[str, ColumnElement[bool]]]:
    if person.phone is not None:
        yield (
            "phone",
            func.right(_digits_of(PersonRow.phone), _DIGITS) == re.sub(_NO_DIGIT, "", person.phone)[-_DIGITS:],
        )
    if person.email is not None:
        yield "email", func.lower(PersonRow.email) == person.email.lower()


def _digits_of(phone: InstrumentedAttribute[str | None]) -> ColumnElement[str]:
    return func.regexp_replace(phone, _NO_DIGIT, "", "g")


def _linked(connection: Connection, ids: Iterable[str]) -> set[str]:
    """These accounts, and all that are linked to them."""
    rows = connection.execute(select(PersonRow.id, PersonRow.also).where(or_(*(PersonRow.id == id_ for id_ in ids))))
    return {account for id_, also in rows for account in (id_, *also)}


def _keep(connection: Connection, accounts: set[str]) -> None:
    for id_ in accounts:
        also = tuple(sorted(accounts - {id_}))
        connection.execute(update(PersonRow).where(PersonRow.id == id_).values(also=also))

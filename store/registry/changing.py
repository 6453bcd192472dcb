"""Changing the registry: one administration at a time, so that what must hold between rows holds when it ends."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import Connection, Engine, func, select

#: Held by whoever changes people, customers, contracts or the roster, until the end of the transaction.
_LOCK = 0x7A68_7265

Item = TypeVar("Item")


@contextmanager
def administration(engine: Engine) -> Iterator[Connection]:
    """A transaction that no other administration runs beside; a fault undoes all of it."""
    with engine.begin() as connection:
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
        yield connection


def page_of(found: Sequence[Item], limit: int) -> tuple[Sequence[Item], Item | None]:
    """Of one more than a page can hold: the page, and its last item if another page follows."""
    return (found[:limit], found[limit - 1]) if len(found) > limit else (found, None)

"""Changing the registry: one administration at a time, so that what must hold between rows holds when it ends."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, func, select

#: Held by whoever changes people, customers, contracts or the roster, until the end of the transaction.
_LOCK = 0x7A68_7265


@contextmanager
def administration(engine: Engine) -> Iterator[Connection]:
    """A transaction that no other administration runs beside; a fault undoes all of it."""
    with engine.begin() as connection:
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
        yield connection

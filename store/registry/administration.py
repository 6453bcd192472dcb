"""Changing the registry: one administration at a time, so that what must hold between rows holds when it ends."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from store.acting import change_alone


@contextmanager
def administration(engine: Engine) -> Iterator[Connection]:
    """A transaction that no other administration runs beside; a fault undoes all of it."""
    with engine.begin() as connection:
        change_alone(connection)
        yield connection

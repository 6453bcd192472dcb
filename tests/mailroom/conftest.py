"""A served API with a worker, a Dovecot, and the receiver as a process of its own."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session, defer

from store.models import MailboxRow, MailRow, PersonRow
from tests.api.conftest import desk, settings  # noqa: F401  # fixtures
from tests.mailroom.dovecot import Dovecot, dovecot
from tests.mailroom.writing import SENDER
from tests.patience import PATIENCE_S, eventually
from tests.served import Served

Receiving = Callable[..., AbstractContextManager["subprocess.Popen[bytes]"]]


@pytest.fixture(scope="module")
def post() -> Iterator[Dovecot]:
    with dovecot() as running:
        yield running


@pytest.fixture
def receiver(desk: Served, post: Dovecot) -> Receiving:  # noqa: F811  # the fixture above
    """Begins one that reads that mailbox; it ends with the block, unless it has died before."""

    @contextmanager
    def begin(**more: str) -> Iterator["subprocess.Popen[bytes]"]:
        environment = os.environ | desk.settings.as_environment() | post.environment() | more
        process = subprocess.Popen((sys.executable, "-m", "receiver"), env=environment)
        try:
            yield process
        finally:
            process.terminate()
            process.wait(PATIENCE_S)

    return begin


@pytest.fixture
def reading(desk: Served, receiver: Receiving) -> Iterator[Served]:  # noqa: F811  # the fixture above
    """While it reads; what lay in the mailbox before it was set up is nobody's."""
    with desk.engine.begin() as connection:
        connection.execute(
            update(PersonRow).where(PersonRow.id == "customer").values(email=SENDER, customers=("demo-sitech",))
        )
    with receiver():
        eventually(lambda: is_read(desk), "the mailbox is read")
        yield desk


def is_read(desk: Served) -> bool:  # noqa: F811  # the fixture above
    with desk.engine.connect() as connection:
        return connection.scalar(select(MailboxRow.read_at)) is not None


def ledger(desk: Served) -> dict[str, MailRow]:  # noqa: F811  # the fixture above
    """What has become of each mail, by its id of its own."""
    with Session(desk.engine) as session:
        rows: Sequence[MailRow] = session.scalars(select(MailRow).options(defer(MailRow.raw))).all()
        return {row.message_id or row.id: row for row in rows}


def becomes(desk: Served, id_: str) -> MailRow:  # noqa: F811  # the fixture above
    """The mail of that id, once something has become of it."""
    eventually(lambda: id_ in ledger(desk) and ledger(desk)[id_].became is not None, f"{id_} is seen to")
    return ledger(desk)[id_]

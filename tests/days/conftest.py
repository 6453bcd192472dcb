"""A served API on a day on which everybody is on duty, one for all the documents: each has a customer of its own."""

import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete
from temporalio.client import Client

from demo.people import PEOPLE
from demo.seed import seed
from domain.people.duty import DUTIES
from runtime.settings import Settings
from store.models import ShiftRow
from store.registry.records import Shift
from store.registry.roster import add_shift
from tests.conftest import NAMESPACE
from tests.served import Served, served


@pytest.fixture(scope="package")
def settings(
    client: Client, temporal_address: str, new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    database_url = new_database()
    seed(database_url)
    return Settings(
        home=Path(tmp_path_factory.mktemp("home")),
        temporal_address=temporal_address,
        database_url=database_url,
        namespace=NAMESPACE,
        task_queue=f"days-{uuid.uuid4().hex}",
    )


@pytest.fixture(scope="package")
def desk(settings: Settings) -> Iterator[Served]:
    """Whatever the hour at which the tests run."""
    with served(settings) as running:
        begins = datetime.now(UTC) - timedelta(days=1)
        with running.engine.begin() as connection:
            connection.execute(delete(ShiftRow))
        for id_, person in PEOPLE.items():
            if person.role in DUTIES:
                add_shift(running.engine, Shift(person.role, id_, begins, begins + timedelta(days=2)))
        yield running

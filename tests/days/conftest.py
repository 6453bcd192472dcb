"""A served API on a day on which everybody is on duty, one for all the documents: each has a customer of its own."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from temporalio.client import Client

from runtime.settings import Settings
from tests.conftest import NAMESPACE
from tests.duty import everybody_on_duty
from tests.served import Served, served


@pytest.fixture(scope="package")
def settings(
    client: Client,
    temporal_address: str,
    new_demo_database: Callable[[], str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Settings:
    return Settings(
        home=Path(tmp_path_factory.mktemp("home")),
        temporal_address=temporal_address,
        database_url=new_demo_database(),
        namespace=NAMESPACE,
        task_queue=f"days-{uuid.uuid4().hex}",
    )


@pytest.fixture(scope="package")
def desk(settings: Settings) -> Iterator[Served]:
    """Whatever the hour at which the tests run."""
    with served(settings) as running:
        everybody_on_duty(running.engine)
        yield running

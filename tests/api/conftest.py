"""A served API with the demo's people and customers, one for each module of tests."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from temporalio.client import Client

from runtime.settings import Settings
from tests.conftest import NAMESPACE
from tests.served import Served, served


@pytest.fixture(scope="module")
def settings(
    client: Client, temporal_address: str, demo_database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    return Settings(
        home=Path(tmp_path_factory.mktemp("home")),
        temporal_address=temporal_address,
        database_url=demo_database_url,
        namespace=NAMESPACE,
        task_queue=f"api-{uuid.uuid4().hex}",
    )


@pytest.fixture(scope="module")
def desk(settings: Settings) -> Iterator[Served]:
    with served(settings) as running:
        yield running

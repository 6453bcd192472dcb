"""A desk for stories: a real worker on the time-skipping server, and a database of the module's own."""

import uuid
from collections.abc import AsyncIterator

import pytest
from temporalio.client import Client
from temporalio.testing import TimeSkipper

from store.database import connect
from store.demo import seed
from tests.desk import Desk
from worker import worker


@pytest.fixture(scope="module")
async def desk(client: Client, database_url: str) -> AsyncIterator[Desk]:
    seed(database_url)
    engine = connect(database_url)
    task_queue = f"stories-{uuid.uuid4().hex[:8]}"
    async with worker(client, engine, task_queue):
        yield Desk(client, engine, task_queue, TimeSkipper(client))
    engine.dispose()

"""A migrated database with the demo's people, and an engine on it, one for each module of tests."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from demo.seed import seed
from store.database import connect


@pytest.fixture(scope="module")
def engine(database_url: str) -> Iterator[Engine]:
    seed(database_url)
    engine = connect(database_url)
    yield engine
    engine.dispose()

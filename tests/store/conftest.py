"""A migrated database with the demo's people, and an engine on it, one for each module of tests."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from store.database import connect


@pytest.fixture(scope="module")
def database_url(demo_database_url: str) -> str:
    """With the demo."""
    return demo_database_url


@pytest.fixture(scope="module")
def engine(database_url: str) -> Iterator[Engine]:
    engine = connect(database_url)
    yield engine
    engine.dispose()

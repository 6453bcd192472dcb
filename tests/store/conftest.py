"""A migrated database with the demo's people, and an engine on it, one for each module of tests."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, delete

from store.database import connect
from store.models import FindingRow, NotificationRow


@pytest.fixture(scope="module")
def database_url(demo_database_url: str) -> str:
    """With the demo."""
    return demo_database_url


@pytest.fixture(scope="module")
def engine(database_url: str) -> Iterator[Engine]:
    engine = connect(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def findings_forgotten(engine: Engine) -> Iterator[None]:
    """What a test finds, and what is told of it, is gone after it."""
    yield
    with engine.begin() as connection:
        connection.execute(delete(FindingRow))
        connection.execute(delete(NotificationRow).where(NotificationRow.happening.is_(None)))

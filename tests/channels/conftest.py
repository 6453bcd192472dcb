"""A database with people who have addresses, and a post office."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from store.database import connect
from store.deliveries.routing import open_channels
from store.models import PersonRow, Way
from store.projections import project
from tests.channels.post import Post, post_office
from tests.store.samples import first_batch, spoken

NOW = datetime(2027, 3, 1, 8, tzinfo=UTC)
TICKETS = ("SENT2222", "SENT3333")
Say = Callable[..., str]
ACTS = {"zh": "请接单", "en": "Take it"}


@pytest.fixture
def engine(new_demo_database: Callable[[], str]) -> Iterator[Engine]:
    """With two tickets of one customer, and a channel since before anything is told."""
    engine = connect(new_demo_database())
    for number in TICKETS:
        project(engine, first_batch(number))
    with engine.begin() as connection:
        connection.execute(update(PersonRow).values(email=PersonRow.id + "@example.com"))
        connection.execute(update(PersonRow).where(PersonRow.id == "auditor").values(email=None))
    open_channels(engine, [Way.MAIL], NOW - timedelta(days=30))
    yield engine
    engine.dispose()


@pytest.fixture
def group(engine: Engine) -> Engine:
    open_channels(engine, [Way.WECOM, Way.WEBHOOK], NOW - timedelta(days=1))
    return engine


@pytest.fixture
def say(engine: Engine) -> Say:
    """Tell somebody something; the id of the message."""
    told = 0

    def say(title: str, /, *, to: str = "duty", ticket: str | None = TICKETS[0], **fields: Any) -> str:
        nonlocal told
        told += 1
        given: dict[str, Any] = {"id": f"told-{told}", "created_at": NOW + timedelta(seconds=told), "seq": told + 100}
        given |= fields
        words = {"zh": title, "en": title}
        with Session(engine) as session, session.begin():
            session.add(spoken(ticket=ticket, recipient=to, title=words, **given))
        return str(given["id"])

    return say


@pytest.fixture
def post() -> Iterator[Post]:
    with post_office() as post:
        yield post

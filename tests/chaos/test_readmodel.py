"""The read model rebuilt beside the living one: every row that differs is found, on whichever side it is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, text

from chaos.histories import History, Told
from chaos.readmodel import GRACE, differences, snapshot
from domain.ticket.timeline import Happening
from store.database import connect
from store.projections import project
from tests.chaos.samples import a_run
from tests.store.samples import entry, first_batch, next_batch

NUMBER = "TESTTEST"


@pytest.fixture(scope="module")
def engine(demo_database_url: str) -> Iterator[Engine]:
    engine = connect(demo_database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def history(engine: Engine) -> History:
    """A ticket, the only one, that the read model was told of twice, with a message to somebody."""
    spoil(engine, "TRUNCATE ticket CASCADE")
    alarm = entry(3, Happening.ALARM_RAISED, data={"alarm": "unowned"})
    batches = (first_batch(NUMBER, alarm), next_batch(NUMBER, entry(4)))
    for batch in batches:
        project(engine, batch)
    now = datetime.now(UTC)
    return replace(a_run().history, told=tuple(Told(now, batch) for batch in batches))


def spoil(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


def found(engine: Engine, history: History) -> list[str]:
    return sorted(differences(engine, snapshot(engine), [history]))


def test_the_same_rows_do_not_differ(engine: Engine, history: History):
    assert found(engine, history) == []
    assert found(engine, history) == [], "nor does a second look"


def test_what_people_do_to_their_messages_is_no_difference(engine: Engine, history: History):
    spoil(engine, "UPDATE notification SET read_at = now(), routed_at = now()")
    assert found(engine, history) == []


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("UPDATE ticket SET stage = 'closed'", "ticket"),
        ("UPDATE entry SET data = '{}' WHERE seq = 3", "entry"),
        ("UPDATE obligation SET due_at = due_at + interval '1 second'", "obligation"),
        (
            "UPDATE notification SET recipient = 'engineer' WHERE id = (SELECT min(id) FROM notification)",
            "notification",
        ),
    ],
)
def test_a_changed_row_differs_on_both_sides(engine: Engine, history: History, statement: str, table: str):
    spoil(engine, statement)
    (rebuilt, live) = reversed(found(engine, history))
    assert live.startswith(f"only in chaos_live: {table} ")
    assert rebuilt.startswith(f"only in chaos_rebuilt: {table} ")


def test_a_row_that_is_gone_differs(engine: Engine, history: History):
    spoil(engine, "DELETE FROM entry WHERE seq = 4")
    assert found(engine, history) == [f"only in chaos_rebuilt: entry {NUMBER} 4 noted"]


def test_a_row_that_no_history_gives_differs(engine: Engine, history: History):
    project(engine, first_batch("PHANTOM2"))
    assert len(found(engine, history)) >= 3


def test_what_was_told_long_ago_and_never_written_differs(engine: Engine, history: History):
    batch = next_batch(NUMBER, entry(5))
    just_now = Told(datetime.now(UTC), batch)
    assert found(engine, replace(history, told=(*history.told, just_now))) == []
    long_ago = replace(just_now, at=just_now.at - GRACE - timedelta(seconds=1))
    assert found(engine, replace(history, told=(*history.told, long_ago))) != []

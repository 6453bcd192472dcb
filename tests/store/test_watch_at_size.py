"""The watchdog among 100,000 open tickets: a look ends, whatever stands still, and all of it is found."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from unittest.mock import AsyncMock

import pytest
from sqlalchemy import Engine, func, select, text
from temporalio.client import Client

from domain.audience.watch import Trouble
from gateway import runs, watching
from gateway.runs import Run
from gateway.watching import ASKED, IN_TURN, SUSPECTED, Watch
from store.models import NotificationRow
from store.projections import project
from store.watch.findings import health
from tests.store.samples import first_batch

MANY = 100_000
BEGAN = datetime(2026, 1, 5, tzinfo=UTC)
#: Copies of one ticket and its promise, which was due long ago, but for what only a search reads.
_TICKETS = """
INSERT INTO ticket SELECT made.* FROM ticket, generate_series(2, :many) AS each,
    LATERAL jsonb_populate_record(ticket, jsonb_build_object('number', 'M' || lpad(each::text, 7, '0'),
        'searched_pairs', '{}'::text[])) AS made
WHERE ticket.number = 'M0000001'
"""
_PROMISES = """
INSERT INTO obligation SELECT made.* FROM obligation, generate_series(2, :many) AS each,
    LATERAL jsonb_populate_record(obligation, jsonb_build_object('ticket', 'M' || lpad(each::text, 7, '0'))) AS made
WHERE obligation.ticket = 'M0000001'
"""


@pytest.fixture(scope="module")
def numbers(engine: Engine) -> list[str]:
    """Of the open tickets, in their order."""
    project(engine, first_batch("M0000001"))
    with engine.begin() as connection:
        for statement in (_TICKETS, _PROMISES):
            connection.execute(text(statement), {"many": MANY})
    return [f"M{each:07}" for each in range(1, MANY + 1)]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each workflow was asked for; all run, and none of them can tell the read model."""
    counted = Counter[str]()

    async def run(_: Client, id_: str) -> Run:
        counted[id_] += 1
        return Run(is_running=True, untold="project, attempt 3")

    monkeypatch.setattr(runs, "run", run)
    monkeypatch.setattr(runs, "reported", AsyncMock(return_value=set()))
    monkeypatch.setattr(watching, "standing_back", AsyncMock(return_value={}))
    return counted


@pytest.fixture
def watch(engine: Engine, findings_forgotten: None) -> Watch:
    return Watch(engine, AsyncMock(), "none")


def listed(monkeypatch: pytest.MonkeyPatch, numbers: list[str]) -> None:
    """These are in Temporal's list."""
    monkeypatch.setattr(runs, "running", AsyncMock(return_value=dict.fromkeys(numbers, BEGAN)))


def looks(times: int, look: Callable[[], Awaitable[None]]) -> None:
    async def all_of_them() -> None:
        for _ in range(times):
            await look()

    asyncio.run(all_of_them())


def told(engine: Engine) -> int:
    """How many messages the manager on duty got."""
    to_duty = (NotificationRow.happening.is_(None), NotificationRow.recipient == "duty")
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(NotificationRow).where(*to_duty)) or 0


class TestALookAtRuns:
    def test_finds_all_that_are_gone_by_asking_for_some(
        self, engine: Engine, watch: Watch, numbers: list[str], monkeypatch: pytest.MonkeyPatch
    ):
        """Where the server's database is lost each ticket lacks its run; a flood is told in few words."""
        absent = AsyncMock(return_value=Run(is_running=False))
        listed(monkeypatch, [])
        monkeypatch.setattr(runs, "run", absent)
        monkeypatch.setattr(runs, "reported", AsyncMock(return_value=set()))
        looks(1, watch.look_at_runs)
        assert absent.await_count == 2 * ASKED
        assert health(engine).findings == {Trouble.NO_RUN: ASKED}
        looks(1, watch.look_at_runs)
        assert absent.await_count <= 4 * ASKED
        assert health(engine).findings == {Trouble.NO_RUN: MANY}
        assert told(engine) == 2 * 21

    def test_takes_no_list_for_right_that_lags_behind(
        self, engine: Engine, watch: Watch, numbers: list[str], asked: Counter[str], monkeypatch: pytest.MonkeyPatch
    ):
        """What it lacks runs, as is seen by asking for some of it."""
        listed(monkeypatch, [])
        looks(2, watch.look_at_runs)
        assert (len(asked), health(engine).findings) == (2 * ASKED, {})

    def test_describes_as_many_as_it_can_and_the_others_later(
        self, engine: Engine, watch: Watch, numbers: list[str], asked: Counter[str], monkeypatch: pytest.MonkeyPatch
    ):
        """Where no ticket can tell the read model, what was found is looked at once more and told, then come others."""
        listed(monkeypatch, numbers)
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO suspect SELECT number, clock_timestamp() FROM ticket"))
        for twice in range(1, 4):
            looks(2, watch.look_at_runs)
            assert asked.total() <= twice * 2 * (SUSPECTED + IN_TURN)
            assert health(engine).findings[Trouble.NOT_PROJECTED] >= twice * SUSPECTED


class TestALookAtRows:
    def test_finds_every_promise_without_its_alarm(self, engine: Engine, watch: Watch, numbers: list[str]):
        """Also where the worker was away for so long that all of them are late; then come the rest of the looks."""
        looks(2, watch.look_at_rows)
        assert health(engine).findings[Trouble.OVERDUE] == MANY
        assert told(engine) <= 2 * 21

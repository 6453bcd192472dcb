"""Two builds of the worker on one queue, as in an upgrade: one decides, and it can replay what it takes over."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
import structlog
from sqlalchemy import Engine
from temporalio import workflow
from temporalio.client import Client
from temporalio.testing import TimeSkipper
from typer.testing import CliRunner, Result

from cli.main import application
from gateway import succession
from gateway.succession import NO_BUILD, give, standing_back, succeed, take_over, versioned
from store.database import connect
from tests.desk import Case, Desk
from tests.patience import PATIENCE_S
from tests.trust import KEYS
from worker import worker


@workflow.defn(name="TicketWorkflow", sandboxed=False)
class Changed:
    """What a ticket would be if its first step were another."""

    @workflow.run
    async def run(self, _: Any) -> None:
        await workflow.sleep(1)


@pytest.fixture
async def desk(client: Client, database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    """A queue and a deployment of its own, without a worker."""
    own = uuid.uuid4().hex[:8]
    monkeypatch.setattr(succession, "DEPLOYMENT", f"zhishou-{own}")
    monkeypatch.setattr(succession, "_TOLD_S", PATIENCE_S)  # a busy server tells its queues late
    engine: Engine = connect(database_url)
    yield Desk(client, engine, f"builds-{own}", TimeSkipper(client))
    engine.dispose()


@asynccontextmanager
async def working(desk: Desk, build: str, *, succeeds: bool = True) -> AsyncIterator[None]:
    """A worker of this build; ``succeeds``: it takes the tickets over before anything else."""
    async with worker(desk.client, desk.engine, desk.task_queue, KEYS, versioned(build)):
        if succeeds:
            await asyncio.wait_for(succeed(desk.client, desk.task_queue, build), PATIENCE_S)
        yield


async def decided_by(case: Case) -> list[str]:
    """Which builds completed the ticket's steps, in their order."""
    history = await case.handle.fetch_history()
    steps = (each.workflow_task_completed_event_attributes for each in history.events)
    return [each.deployment_version.build_id for each in steps if each.HasField("deployment_version")]


@pytest.fixture
def zhishou(client: Client, database_url: str, temporal_address: str, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """The command line of an installation that runs on these servers."""
    told = {"TEMPORAL_ADDRESS": temporal_address, "ZHISHOU_DATABASE_URL": database_url}
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    for name in ("TEMPORAL_NAMESPACE", "ZHISHOU_DRILL_NAMESPACE"):
        monkeypatch.setenv(name, client.namespace)
    return CliRunner()


class TestAnOperator:
    async def test_sees_the_builds_and_says_which_one_decides(self, desk: Desk, zhishou: CliRunner):
        """Whatever came after it; one whose workers nobody knows is refused."""

        async def workers(*arguments: str) -> Result:
            said = ["workers", *arguments]
            return await asyncio.to_thread(lambda: zhishou.invoke(application(said), said))

        async with working(desk, "older"), working(desk, "newer"):
            (line,) = {line for line in (await workers()).stdout.splitlines() if line.endswith(" decides")}
            assert line.split()[0] == "newer"
            assert (await workers("--use", "older")).exit_code == 0
            case = await desk.open("sitech", "B")
            assert set(await decided_by(case)) == {"older"}
            assert "nobodys cannot decide" in str((await workers("--use", "nobodys")).exception)


class TestTheNewestBuild:
    async def test_takes_over_the_tickets_of_the_one_before(self, desk: Desk):
        """At their next step, though the older one still works; none is lost when that ends."""
        async with working(desk, "older"):
            case = await desk.open("sitech", "B")
            await case.does("engineer", "respond", text="收到")
            assert set(await decided_by(case)) == {"older"}
            async with working(desk, "newer"):
                before = len(await decided_by(case))
                await case.does("engineer", "note", text="进展")
                another = await desk.open("sitech", "C")
                assert set((await decided_by(case))[before:]) == {"newer"}
                assert set(await decided_by(another)) == {"newer"}
        async with working(desk, "newer"):
            await case.does("engineer", "note", text="又一进展")

    async def test_stands_back_where_it_cannot_replay_a_ticket(self, desk: Desk, monkeypatch: pytest.MonkeyPatch):
        """The one before goes on; what cannot be replayed is found by the real replayer."""
        async with working(desk, "older"):
            case = await desk.open("sitech", "B")
            monkeypatch.setattr(succession, "WORKFLOWS", [Changed])
            assert await succession.cannot_replay(desk.client, desk.task_queue) == [case.number]
            async with working(desk, "changed"):
                await case.does("engineer", "respond", text="收到")
                assert set(await decided_by(case)) == {"older"}

    async def test_tries_the_oldest_first_and_says_what_it_did_not_come_to(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ):
        """The server names the newest first, and it is the oldest that older code began."""
        async with working(desk, "older"):
            cases = [await desk.open("sitech", "B") for _ in range(3)]
            numbers = [each.number for each in cases]
            async with asyncio.timeout(PATIENCE_S):
                while len(await succession._running(desk.client, desk.task_queue)) < len(cases):
                    await asyncio.sleep(0.1)
            monkeypatch.setattr(succession, "TRIED_S", -1)
            monkeypatch.setattr(succession, "WORKFLOWS", [Changed])
            with structlog.testing.capture_logs() as said:
                assert await succession.cannot_replay(desk.client, desk.task_queue) == numbers[:1]
        assert [(each["tried"], each["untried"]) for each in said] == [(1, 2)]

    async def test_is_told_of_while_it_stands_back(self, desk: Desk, monkeypatch: pytest.MonkeyPatch):
        """An operator looks into no log of a worker without a reason."""
        monkeypatch.setattr(succession, "TRIED_S", 0)
        async with working(desk, "older"):
            await desk.open("sitech", "B")
            assert await standing_back(desk.client, desk.task_queue) == {}
            with monkeypatch.context() as changed:
                changed.setattr(succession, "WORKFLOWS", [Changed])
                async with working(desk, "changed"):
                    async with asyncio.timeout(PATIENCE_S):
                        while not (told := await standing_back(desk.client, desk.task_queue)):
                            await asyncio.sleep(0.1)
                    assert told == {"changed": "older decides; the log of its worker says why"}
                    await give(desk.client, "changed")
                    assert await standing_back(desk.client, desk.task_queue) == {}  # an operator has said so

    async def test_that_the_server_does_not_know_says_so(self, desk: Desk, monkeypatch: pytest.MonkeyPatch):
        """And goes on trying."""
        monkeypatch.setattr(succession, "_TOLD_S", 0.1)
        with structlog.testing.capture_logs() as said, suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_S):
                going_on = asyncio.create_task(succeed(desk.client, desk.task_queue, "nobodys"))
                while not said:
                    await asyncio.sleep(0.05)
        assert not going_on.done()
        going_on.cancel()
        assert "does not know this build" in said[0]["error"]

    async def test_takes_over_at_the_next_try_whatever_went_wrong(self, desk: Desk, monkeypatch: pytest.MonkeyPatch):
        """Else no ticket had a worker, and nothing said so."""
        wrong = iter([RuntimeError("whatever it is")])

        async def cannot_replay(*_: object) -> list[str]:
            for failure in wrong:
                raise failure
            return []

        monkeypatch.setattr(succession, "cannot_replay", cannot_replay)
        monkeypatch.setattr(succession, "_LATER_S", 0.1)
        async with working(desk, "newer"):
            case = await desk.open("sitech", "B")
            assert set(await decided_by(case)) == {"newer"}

    async def test_gives_the_tickets_back_to_workers_of_no_build(self, desk: Desk):
        """Which is how the versions are turned off, and on again."""
        async with working(desk, "older"):
            case = await desk.open("sitech", "B")
        async with worker(desk.client, desk.engine, desk.task_queue, KEYS):
            await succeed(desk.client, desk.task_queue, NO_BUILD)
            await case.does("engineer", "respond", text="收到")
        async with working(desk, "older"):
            await case.does("engineer", "note", text="进展")

    async def test_is_not_put_aside_by_an_older_one_that_starts_again(self, desk: Desk):
        """Who was there before takes nothing back of itself: an operator says so."""
        async with working(desk, "older"):
            pass
        async with working(desk, "newer"):
            async with working(desk, "older", succeeds=False):
                assert not await take_over(desk.client, desk.task_queue, "older")
                case = await desk.open("sitech", "B")
                assert set(await decided_by(case)) == {"newer"}
            assert await take_over(desk.client, desk.task_queue, "newer")

"""The worker of the release before and today's on one queue, as in an upgrade and back: no ticket comes to harm.

The older one is a process of its own, from its own tree. Where a clone does not reach back to it: not run.
"""

import asyncio
import subprocess
import sys
import tarfile
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client
from temporalio.testing import TimeSkipper

from domain.ticket.commands import Command, CommandKind
from domain.ticket.obligations import State
from gateway.histories import batches
from gateway.succession import builds, give, succeed, versioned
from runtime.processes import Program, inherited, start, stop, what_went_wrong
from runtime.settings import Settings
from runtime.temporal import connect_to, ensure_namespaces
from store.database import connect
from store.rebuilding import Rebuilt, rebuild, scratch
from tests.desk import Case, Desk
from tests.patience import PATIENCE_S
from tests.people import PEOPLE
from tests.replay.replaying import replay
from tests.trust import KEYS
from worker import worker

#: The release before. Nothing has been released: the last commit before edition 8, which decides otherwise.
BEFORE = "ebfe553e8f45247e53147e1d89f2a1a8a10801c8^"
PROJECT = Path(__file__).parents[2]
TODAY = "today"


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources of the release before."""
    packed = subprocess.run(["git", "archive", BEFORE], cwd=PROJECT, capture_output=True, check=False)
    if packed.returncode:
        pytest.skip(f"not run: this clone does not reach back to {BEFORE}")
    folder = tmp_path_factory.mktemp("before")
    with tarfile.open(fileobj=BytesIO(packed.stdout)) as tar:
        tar.extractall(folder, filter="data")
    return folder


@pytest.fixture
async def desk(temporal_address: str, database_url: str) -> AsyncIterator[Desk]:
    """In a namespace of its own, for there builds of one name succeed each other; without a worker."""
    own = uuid.uuid4().hex[:8]
    client = await connect_to(temporal_address, f"zhishou-{own}")
    await ensure_namespaces(client, client.namespace)
    engine = connect(database_url)
    yield Desk(client, engine, f"releases-{own}", TimeSkipper(client))
    engine.dispose()


@contextmanager
def before(tree: Path, desk: Desk, address: str, log: Path) -> Iterator[None]:
    """The older worker is at work until the block ends."""
    told = {
        "home": log.parent,
        "keys": KEYS,
        "temporal_address": address,
        "namespace": desk.client.namespace,
        "drill_namespace": desk.client.namespace,
        "task_queue": desk.task_queue,
        "database_url": desk.engine.url.render_as_string(hide_password=False),
        "worker_versions": True,
    }
    environment = inherited() | Settings.model_validate(told).as_environment()
    command = Program("before", (sys.executable, "-m", "worker"), environment, folder=tree)
    process = start(command, log)
    try:
        yield
        assert process.poll() is None, what_went_wrong(command, log)
    finally:
        stop(process, command)


async def decides(client: Client, log: Path) -> str:
    """The name of the build that has the tickets, once one has."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            while not (found := [each.name for each in await builds(client) if each.decides]):
                await asyncio.sleep(2)  # whoever asks too often is refused
    except TimeoutError:
        raise AssertionError(log.read_text()) from None
    return found[0]


async def said(case: Case) -> str:
    """Somebody says something, whoever is there to hear it; what it is known by."""
    command = Command(str(uuid.uuid4()), CommandKind.NOTE, PEOPLE["engineer"], case.now(), data={"text": "进展"})
    await case.sends(command)
    return command.command_id


async def failures(case: Case) -> list[str]:
    """Why steps of it failed, but for those that a busy machine was too slow for."""
    history = await case.handle.fetch_history()
    await replay(history)
    return [why for event in history.events if (why := _failure(event)) and "deadlock" not in why]


def _failure(event: HistoryEvent) -> str:
    return event.workflow_task_failed_event_attributes.failure.message


async def decided_by(case: Case) -> list[str]:
    """Which builds completed its steps, in their order."""
    history = await case.handle.fetch_history()
    steps = (each.workflow_task_completed_event_attributes for each in history.events)
    return [each.deployment_version.build_id for each in steps if each.HasField("deployment_version")]


async def is_rebuilt(case: Case) -> bool:
    """Whether the read model, of which both releases wrote, is what the history tells."""
    await case.timeline()
    with scratch(case.desk.engine) as aside:
        told = await batches(case.desk.client, case.number)
        return rebuild(case.desk.engine, aside, case.number, told, repair=False) == Rebuilt(0)


class TestTheReleaseBeforeAndTodays:
    async def test_pass_tickets_on_and_back_and_none_comes_to_harm(
        self, tree: Path, desk: Desk, temporal_address: str, tmp_path: Path
    ):
        """Today's takes over what the older one began; the older one, given them back, at worst waits."""
        log = tmp_path / "before.log"
        with before(tree, desk, temporal_address, log):
            older = await decides(desk.client, log)
            first = await desk.open("nuobida", "I")
            await first.does("engineer", "respond", text="已联系")
            await first.expect("respond", State.MET)
            assert set(await decided_by(first)) == {older}
            async with worker(desk.client, desk.engine, desk.task_queue, KEYS, versioned(TODAY)):
                await asyncio.wait_for(succeed(desk.client, desk.task_queue, TODAY), PATIENCE_S)
                await first.does("engineer", "note", text="进展")
                second = await desk.open("nuobida", "I")
                await second.does("engineer", "respond", text="已联系")
                assert set(await decided_by(second)) == {TODAY}
                assert [await failures(case) for case in (first, second)] == [[], []]
                await give(desk.client, older)
                asked = [(case, await said(case)) for case in (first, second)]
                await asyncio.sleep(3)  # time for the older one to try what it may not be able to
                await give(desk.client, TODAY)
                for case, command_id in asked:
                    assert (await case._entry(command_id)).happening == "noted"
                    await case.does("engineer", "note", text="又一进展")
                    assert await is_rebuilt(case)
                    await replay(await case.handle.fetch_history())
                assert TODAY in await decided_by(first)

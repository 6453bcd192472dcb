"""A desk for stories: a real worker on the time-skipping server, and a database of the module's own.

After each story the histories of its tickets are replayed on today's code. ``--record-histories FOLDER`` keeps
them, for the corpus of a release; a file that is there is never written again.
"""

import json
import re
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from temporalio.client import Client, WorkflowHistory
from temporalio.service import RPCError
from temporalio.testing import TimeSkipper

from store.database import connect
from tests.desk import Desk
from tests.replay.replaying import replay
from tests.trust import KEYS
from worker import worker
from workflows.aftercare import aftercare_id


@pytest.fixture(scope="module")
def database_url(demo_database_url: str) -> str:
    """With the demo."""
    return demo_database_url


@pytest.fixture(scope="module")
async def open_desk(client: Client, database_url: str) -> AsyncIterator[Desk]:
    """One desk for all stories of a module."""
    engine = connect(database_url)
    task_queue = f"stories-{uuid.uuid4().hex[:8]}"
    async with worker(client, engine, task_queue, KEYS):
        yield Desk(client, engine, task_queue, TimeSkipper(client))
    engine.dispose()


@pytest.fixture
async def desk(open_desk: Desk, request: pytest.FixtureRequest) -> AsyncIterator[Desk]:
    """The desk for one story, whose histories replay when it is told."""
    open_desk.numbers.clear()
    yield open_desk
    folder = request.config.getoption("--record-histories")
    for nth, number in enumerate(open_desk.numbers, 1):
        for workflow_id in (number, aftercare_id(number)):
            history = await _history(open_desk.client, workflow_id)
            if history is None:
                continue
            await replay(history)
            if folder:
                part = "aftercare" if workflow_id != number else "ticket"
                _keep(Path(folder) / f"{_slug(request.node.name)}-{nth}-{part}.json", history)


async def _history(client: Client, workflow_id: str) -> WorkflowHistory | None:
    try:
        return await client.get_workflow_handle(workflow_id).fetch_history()
    except RPCError:
        return None  # nothing was owed, or the ticket is still open


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.removeprefix("test_").lower())[:60].strip("-")


def _keep(path: Path, history: WorkflowHistory) -> None:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(history.to_json_dict(), ensure_ascii=False, indent=1, sort_keys=True) + "\n")

"""A change of running workflows: made right it replays what ran before, made wrong it is found here."""

import json
import uuid
from pathlib import Path

import pytest
from temporalio.client import Client, WorkflowHistory
from temporalio.worker import Replayer, UnsandboxedWorkflowRunner, Worker
from temporalio.workflow import NondeterminismError

from runtime.payloads import DATA_CONVERTER
from tests.replay.changing.loan import EDITION, Loan, LoanAtFirst, Terms, Unedited, Unpatched, check_device

HISTORIES = Path(__file__).parent / "histories"


async def replay(history: WorkflowHistory, code: type) -> None:
    replayer = Replayer(workflows=[code], workflow_runner=UnsandboxedWorkflowRunner(), data_converter=DATA_CONVERTER)
    await replayer.replay_workflow(history)


def recorded(name: str) -> WorkflowHistory:
    return WorkflowHistory.from_json(name, json.loads((HISTORIES / f"{name}.json").read_text()))


async def history_of(client: Client, code: type, terms: Terms, bearer: str) -> WorkflowHistory:
    """A loan from beginning to end, on the real server."""
    task_queue = f"loans-{uuid.uuid4().hex}"
    worker = Worker(
        client,
        task_queue=task_queue,
        workflows=[code],
        activities=[check_device],
        workflow_runner=UnsandboxedWorkflowRunner(),
        build_id="changing",
    )
    async with worker:
        handle = await client.start_workflow("Loan", terms, id=f"loan-{uuid.uuid4().hex}", task_queue=task_queue)
        await handle.signal("bring_back", bearer)
        await handle.result()
        return await handle.fetch_history()


def keep(name: str, history: WorkflowHistory) -> None:
    """Once: what is there is never written again."""
    path = HISTORIES / f"{name}.json"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(history.to_json_dict(), ensure_ascii=False, indent=1, sort_keys=True) + "\n")


async def test_both_ways_run_on_a_real_server(client: Client, request: pytest.FixtureRequest):
    """The first code with nobody named, today's with the name and the check; each replays on today's code."""
    before = await history_of(client, LoanAtFirst, Terms(edition=1), "")
    today = await history_of(client, Loan, Terms(EDITION), "王工")
    if request.config.getoption("--record-histories"):
        keep("at-first", before)
        keep("today", today)
    await replay(before, Loan)
    await replay(today, Loan)


@pytest.mark.parametrize("name", ["at-first", "today"])
async def test_what_was_recorded_replays_on_todays_code(name: str):
    """A run that began before keeps the rule of its edition, and has no step that its history does not have."""
    await replay(recorded(name), Loan)


@pytest.mark.parametrize("wrong", [Unpatched, Unedited])
async def test_a_change_that_forgets_the_runs_of_before_is_found(wrong: type):
    with pytest.raises(NondeterminismError):
        await replay(recorded("at-first"), wrong)


async def test_without_the_check_today_is_found_too():
    """The way back is a change as well."""
    with pytest.raises(NondeterminismError):
        await replay(recorded("today"), LoanAtFirst)

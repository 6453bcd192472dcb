"""A workflow that is asked something beside a step, while its worker looks: what it does replays, and it answers.

The moment is forced: the worker looks until it was asked, and answers no sooner than it has looked. Whether the server
hands the question over with the step is the server's to say, and so it is tried until it did.
"""

import asyncio
import threading
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from temporalio import activity, workflow
from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.client import Client, WorkflowHandle
from temporalio.worker import Replayer, Worker, WorkflowInstance
from temporalio.worker._workflow_instance import WorkflowInstanceDetails

from tests.patience import PATIENCE_S
from workflows.kinds import RUNNER
from workflows.steps import InWholeSteps

_TRIES = 10
_MOMENT_S = 1.0
_PATIENCE = timedelta(seconds=PATIENCE_S)


@workflow.defn
class Looks:
    """Looks at all that it hears, and tells what it saw; ends when it has seen all that was announced."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.seen: list[str] = []

    @workflow.run
    async def run(self, until: int) -> list[str]:
        while len(self.seen) < until:
            await workflow.wait_condition(lambda: bool(self.heard))
            look = workflow.execute_local_activity("look", self.heard.pop(0), start_to_close_timeout=_PATIENCE)
            self.seen.append(await look)
            await workflow.execute_activity("tell", start_to_close_timeout=_PATIENCE)
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self.seen

    @workflow.signal
    async def hear(self, what: str) -> None:
        self.heard.append(what)
        await workflow.execute_activity("hear", start_to_close_timeout=_PATIENCE)

    @workflow.query
    def how(self) -> list[str]:
        return self.seen


@dataclass
class Watching(InWholeSteps):
    """Knows of a question beside a step, and lets it through no sooner than the worker has looked."""

    was_beside: bool = False
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    looked: threading.Event = field(default_factory=threading.Event)

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        loop, instance = asyncio.get_running_loop(), super().create_instance(det)
        activate = instance.activate

        def watched(act: WorkflowActivation) -> WorkflowActivationCompletion:
            done = activate(act)
            if any(job.query_workflow.query_id not in {"", "legacy_query"} for job in act.jobs):
                loop.call_soon_threadsafe(self.asked.set)
                self.looked.wait(PATIENCE_S)
            return done

        instance.activate = watched  # type: ignore[method-assign]
        return instance


@activity.defn
async def hear() -> None:
    pass


@activity.defn
async def tell() -> None:
    pass


async def _asked(client: Client, queue: str, watching: Watching) -> tuple[WorkflowHandle[Looks, list[str]], list[str]]:
    """A workflow that has ended, which was asked before there was a worker, and what it answered."""
    looks: WorkflowHandle[Looks, list[str]] = await client.start_workflow(
        Looks.run, 2, id=uuid.uuid4().hex, task_queue=queue
    )

    @activity.defn
    async def look(what: str) -> str:
        if what == "first":
            with suppress(TimeoutError):
                watching.was_beside = await asyncio.wait_for(watching.asked.wait(), _MOMENT_S)
            await looks.signal(Looks.hear, "second")
            asyncio.get_running_loop().call_later(_MOMENT_S, watching.looked.set)  # so long the worker is told of it
        return what

    await looks.signal(Looks.hear, "first")
    asked = asyncio.create_task(looks.query(Looks.how, rpc_timeout=_PATIENCE))
    await asyncio.sleep(_MOMENT_S)  # so long it is on its way to the server
    async with Worker(
        client, task_queue=queue, workflows=[Looks], activities=[look, hear, tell], workflow_runner=watching
    ):
        async with asyncio.timeout(PATIENCE_S):
            assert await looks.result() == ["first", "second"]
            return looks, await asked


async def test_what_is_asked_while_a_worker_looks_changes_no_step_and_is_answered(client: Client):
    for _ in range(_TRIES):
        watching = Watching()
        looks, answer = await _asked(client, f"beside-{uuid.uuid4().hex[:8]}", watching)
        assert answer in ([], ["first"], ["first", "second"])
        await Replayer(workflows=[Looks], workflow_runner=RUNNER).replay_workflow(await looks.fetch_history())
        if watching.was_beside:
            return
    pytest.fail("it was never asked beside a step")

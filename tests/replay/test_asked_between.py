"""A workflow that is asked something between two steps: what it does replays all the same.

The moment is forced: the worker's pollers wait at a door until the question and the step lie side by side. Which of
them comes first through the door is the server's to say, and so it is tried until it was the question.
"""

import asyncio
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from temporalio import activity, workflow
from temporalio.client import Client, WorkflowHandle, WorkflowQueryFailedError
from temporalio.service import RPCError
from temporalio.worker import (
    CustomSlotSupplier,
    FixedSizeSlotSupplier,
    Replayer,
    SlotMarkUsedContext,
    SlotPermit,
    SlotReleaseContext,
    SlotReserveContext,
    Worker,
    WorkerTuner,
    WorkflowSlotInfo,
)

from tests.patience import PATIENCE_S
from workflows.kinds import RUNNER
from workflows.steps import ASK_AGAIN, InWholeSteps

_TRIES = 30
_MOMENT = timedelta(seconds=1)


@workflow.defn
class Told:
    """Is answered by an activity, and tells of it by another; whoever signals begins a timer and ends it."""

    ended = False

    @workflow.run
    async def run(self) -> None:
        await workflow.execute_activity("answer", start_to_close_timeout=timedelta(seconds=PATIENCE_S))
        await workflow.execute_activity("tell", start_to_close_timeout=timedelta(seconds=PATIENCE_S))
        await workflow.wait_condition(lambda: self.ended)

    @workflow.signal
    async def end(self) -> None:
        await workflow.sleep(0.1)
        self.ended = True

    @workflow.query
    def how(self) -> bool:
        return self.ended


@workflow.defn
class Idle:
    """Is there to be polled."""

    @workflow.run
    async def run(self) -> None:
        await workflow.wait_condition(lambda: False)

    @workflow.query
    def how(self) -> bool:
        return True


@dataclass
class Door(CustomSlotSupplier):
    """Lets pollers through, or one by one those of the queue that all workers share.

    Attributes:
        inside: pollers that are through and have found nothing yet.
        found: the kinds of workflows whose tasks were found, in order.
    """

    is_open: bool = True
    passes: int = 0
    inside: int = 0
    found: list[str] = field(default_factory=list)

    async def reserve_slot(self, ctx: SlotReserveContext) -> SlotPermit:
        while not self.is_open:
            if self.passes and not ctx.is_sticky:
                self.passes -= 1
                break
            await asyncio.sleep(0.01)
        self.inside += 1
        return SlotPermit()

    def try_reserve_slot(self, ctx: SlotReserveContext) -> None:
        return None

    def mark_slot_used(self, ctx: SlotMarkUsedContext) -> None:
        assert isinstance(ctx.slot_info, WorkflowSlotInfo)
        self.inside -= 1
        self.found.append(ctx.slot_info.workflow_type)

    def release_slot(self, ctx: SlotReleaseContext) -> None:
        if ctx.slot_info is None:  # a poll that has ended without a task
            self.inside -= 1


class Answers:
    """What the workflow waits for, once it may be answered."""

    def __init__(self) -> None:
        self.wanted, self.may_be = asyncio.Event(), asyncio.Event()

    @activity.defn
    async def answer(self) -> None:
        self.wanted.set()
        await self.may_be.wait()

    @activity.defn
    async def tell(self) -> None:
        pass


@dataclass
class Place:
    client: Client
    queue: str
    door: Door
    answers: Answers

    async def start(self, kind: type) -> WorkflowHandle[Told, None]:
        return await self.client.start_workflow(kind.__name__, id=uuid.uuid4().hex, task_queue=self.queue)

    async def close(self) -> None:
        """Nobody polls any more: whoever did has found something."""
        idle = await self.start(Idle)
        with suppress(RPCError):
            await idle.query("how", rpc_timeout=_MOMENT)
        self.door.is_open = False
        while self.door.inside:
            idle = await self.start(Idle)
            with suppress(RPCError, WorkflowQueryFailedError):
                await idle.query("how", rpc_timeout=_MOMENT)

    async def let_through(self, kind: type) -> None:
        """One poller after the other, until one has found a task of such a workflow."""
        self.door.found.clear()
        while kind.__name__ not in self.door.found:
            self.door.passes = 1
            while self.door.passes or self.door.inside:
                await asyncio.sleep(0.01)


async def _asked(place: Place) -> tuple[WorkflowHandle[Told, None], bool]:
    """A workflow that has ended, and whether it was asked before it took the step that was due, and did not answer."""
    told = await place.start(Told)
    await place.answers.wanted.wait()
    await place.close()
    asked = asyncio.create_task(told.query(Told.how))
    await asyncio.sleep(2 * _MOMENT.total_seconds())  # so long it is kept for the worker that knows the workflow
    place.answers.may_be.set()
    while not (await told.describe()).raw_description.pending_workflow_task.attempt:
        await asyncio.sleep(0.01)
    await place.let_through(Told)
    await asyncio.wait([asked], timeout=_MOMENT.total_seconds())
    await told.signal(Told.end)
    place.door.is_open = True
    async with asyncio.timeout(PATIENCE_S):
        await told.result()
        await asyncio.wait([asked])
    failed = asked.exception()
    assert failed is None or str(failed) == ASK_AGAIN
    return told, failed is not None


async def test_what_is_asked_between_two_steps_changes_none_of_them(client: Client):
    door, queue = Door(), f"asked-{uuid.uuid4().hex[:8]}"
    slots = FixedSizeSlotSupplier(5)
    tuner = WorkerTuner.create_composite(
        workflow_supplier=door, activity_supplier=slots, local_activity_supplier=slots, nexus_supplier=slots
    )
    for _ in range(_TRIES):
        answers = Answers()
        async with Worker(
            client,
            task_queue=queue,
            workflows=[Told, Idle],
            activities=[answers.answer, answers.tell],
            tuner=tuner,
            workflow_runner=InWholeSteps(),
            max_concurrent_workflow_task_polls=2,
            sticky_queue_schedule_to_start_timeout=_MOMENT,
        ):
            told, was_between = await _asked(Place(client, queue, door, answers))
        await Replayer(workflows=[Told], workflow_runner=RUNNER).replay_workflow(await told.fetch_history())
        if was_between:
            return
    pytest.fail("it was never asked before its step was taken")

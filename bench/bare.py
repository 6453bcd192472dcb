"""The bare references: workflows that do nothing, on a worker with the settings of ours."""

import asyncio
import signal
from datetime import datetime, timedelta

from temporalio import workflow
from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker


@workflow.defn(name="bare-waiting")
class Waiting:
    """Waits for ever, counting how often it was touched."""

    def __init__(self) -> None:
        self._touches = 0

    @workflow.run
    async def run(self) -> None:
        await workflow.wait_condition(lambda: False)

    @workflow.signal
    def touch(self) -> None:
        self._touches += 1

    @workflow.query
    def touches(self) -> int:
        return self._touches


@workflow.defn(name="bare-sleeping")
class Sleeping:
    """Sleeps until each instant in turn; answers by how many milliseconds it was late."""

    @workflow.run
    async def run(self, instants: list[datetime]) -> list[float]:
        late: list[float] = []
        for instant in instants:
            await workflow.sleep(max(timedelta(0), instant - workflow.now()))
            late.append((workflow.now() - instant) / timedelta(milliseconds=1))
        return late


def bare_worker(client: Client, task_queue: str) -> Worker:
    """As ``worker.worker``."""
    return Worker(
        client,
        task_queue=task_queue,
        workflows=[Waiting, Sleeping],
        workflow_runner=UnsandboxedWorkflowRunner(),
        sticky_queue_schedule_to_start_timeout=timedelta(seconds=1),
        graceful_shutdown_timeout=timedelta(seconds=5),
    )


async def main() -> None:
    """Work until somebody says stop."""
    from runtime.settings import Settings  # noqa: PLC0415  # not for the workflows
    from runtime.temporal import connect  # noqa: PLC0415

    settings = Settings()
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with bare_worker(await connect(settings), settings.task_queue):
        await stopped.wait()


if __name__ == "__main__":
    asyncio.run(main())

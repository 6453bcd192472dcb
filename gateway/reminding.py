"""The way to the clocks of what somebody is to see to, and that is no ticket."""

from contextlib import suppress
from typing import Any

from temporalio.client import Client
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.types import MethodAsyncSingleParam

from workflows.options import TASK_TIMEOUT


async def start_once(
    client: Client, task_queue: str, clock: MethodAsyncSingleParam[Any, Any, bool], given: object, id_: str
) -> None:
    """Start a clock, once, however often that is asked."""
    with suppress(WorkflowAlreadyStartedError):
        await client.start_workflow(
            clock,
            given,
            id=id_,
            task_queue=task_queue,
            task_timeout=TASK_TIMEOUT,
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
        )

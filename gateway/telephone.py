"""The way to the clock of a call that nobody took."""

from contextlib import suppress

from temporalio.client import Client
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

from domain.audience.telephone import Missed
from workflows.callback import CallbackWorkflow
from workflows.options import TASK_TIMEOUT


def callback_id(call: str) -> str:
    """The id of the clock of a call. No ticket is called so."""
    return f"call {call}"


async def see_that_it_is_returned(client: Client, task_queue: str, missed: Missed) -> None:
    """Start the clock of a missed call, once, however often that is asked."""
    with suppress(WorkflowAlreadyStartedError):
        await client.start_workflow(
            CallbackWorkflow.run,
            missed,
            id=callback_id(missed.id),
            task_queue=task_queue,
            task_timeout=TASK_TIMEOUT,
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
        )

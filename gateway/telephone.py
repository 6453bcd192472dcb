"""The way to the clock of a call that nobody took."""

from temporalio.client import Client

from domain.audience.telephone import Missed
from gateway.reminding import start_once
from workflows.callback import CallbackWorkflow


def callback_id(call: str) -> str:
    """The id of the clock of a call. No ticket is called so."""
    return f"call {call}"


async def see_that_it_is_returned(client: Client, task_queue: str, missed: Missed) -> None:
    """Start the clock of a missed call, once, however often that is asked."""
    await start_once(client, task_queue, CallbackWorkflow.run, missed, callback_id(missed.id))

"""The way to the clock of a mail."""

from temporalio.client import Client

from domain.audience.mail import Waiting
from gateway.reminding import start_once
from workflows.mail import MailWorkflow


def mail_clock_id(mail: str) -> str:
    """The id of the clock of a mail. No ticket is called so."""
    return f"mail {mail}"


async def see_that_it_is_taken(client: Client, task_queue: str, waiting: Waiting) -> None:
    """Start the clock of a mail, once, however often that is asked."""
    await start_once(client, task_queue, MailWorkflow.run, waiting, mail_clock_id(waiting.id))

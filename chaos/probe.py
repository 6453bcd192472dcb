"""The probe: whether every ticket is still alive when nothing is killed any more."""

import asyncio
import uuid
from collections.abc import Coroutine, Iterable
from dataclasses import dataclass
from typing import Any

from temporalio.api.workflowservice.v1 import DescribeWorkflowExecutionResponse
from temporalio.client import Client
from temporalio.exceptions import TemporalError
from temporalio.service import RPCError, RPCStatusCode

from chaos.clients import Clients
from chaos.scripts import DECIDED
from gateway.tickets import TicketHandle, settled
from workflows.aftercare import aftercare_id
from workflows.ticket import TicketWorkflow

WITHIN_S = 30.0
_AT_ONCE = 12


@dataclass(frozen=True, slots=True)
class Pulse:
    """What a ticket did when it was asked to show that it lives.

    Attributes:
        answers: its workflow answered a query.
        decides: it decided on a command.
        failing: a task of a workflow of it is being tried again.
    """

    number: str
    answers: bool
    decides: bool
    failing: bool


async def pulses(client: Client, clients: Clients, numbers: Iterable[str]) -> list[Pulse]:
    """Ask every ticket, some at a time."""
    door = asyncio.Semaphore(_AT_ONCE)

    async def through(number: str) -> Pulse:
        async with door:
            decides = await _within(_decides(clients, number))
            answers = await _within(_answers(client, number))
            return Pulse(number, answers, decides, await _within(_fails(client, number)))

    return await asyncio.gather(*(through(number) for number in numbers))


async def wait_at_rest(client: Client, numbers: Iterable[str], within_s: float) -> bool:
    """Wait until no ticket has anything under way."""
    waiting = set(numbers)
    try:
        async with asyncio.timeout(within_s):
            while waiting:
                busy = await asyncio.gather(*(_is_busy(client, number) for number in sorted(waiting)))
                waiting = {number for number, is_busy in zip(sorted(waiting), busy, strict=True) if is_busy}
                await asyncio.sleep(0.5)
    except TimeoutError:
        return False
    return True


async def _within(question: Coroutine[Any, Any, bool]) -> bool:
    try:
        async with asyncio.timeout(WITHIN_S):
            return await question
    except (TimeoutError, TemporalError, RPCError):
        return False


async def _decides(clients: Clients, number: str) -> bool:
    data = {"text": "还在吗"}
    answer = await clients.command(number, str(uuid.uuid4()), "duty", "note", data, DECIDED)
    return answer is not None and answer.status in DECIDED


async def _answers(client: Client, number: str) -> bool:
    handle: TicketHandle = client.get_workflow_handle_for(TicketWorkflow.run, number)
    return await settled(handle) is not None


async def _fails(client: Client, number: str) -> bool:
    tasks = [described.pending_workflow_task for described in await _described(client, number)]
    return any(task.attempt > 1 for task in tasks)


async def _is_busy(client: Client, number: str) -> bool:
    known = await _described(client, number)
    return any(described.pending_activities or described.pending_workflow_task.attempt for described in known)


async def _described(client: Client, number: str) -> list[DescribeWorkflowExecutionResponse]:
    """What the server says of the ticket's workflow and its aftercare's, where there is one."""
    found = []
    for workflow_id in (number, aftercare_id(number)):
        try:
            description = await client.get_workflow_handle(workflow_id).describe()
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
        else:
            found.append(description.raw_description)
    return found

"""The way to the tickets' workflows: open one, signal one, ask what one has taken."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from temporalio.api.enums.v1 import PendingWorkflowTaskState
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowHandle, WorkflowQueryFailedError
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.service import RPCError, RPCStatusCode

from activities.signals import SUBMIT, command_in
from domain.ticket.commands import Command
from domain.ticket.opening import Opening
from domain.ticket.ticket import Ticket
from runtime.failpoints import reached
from runtime.settings import Settings
from runtime.signing import Signer
from runtime.temporal import connect
from store.queries.tickets import Key
from workflows.aftercare import aftercare_id
from workflows.carried import Carried, Kept
from workflows.options import TASK_TIMEOUT
from workflows.outcome import Outcome
from workflows.ticket import TicketWorkflow

#: What an answer may take, the SDK's own retries included.
PATIENCE_S = 2.0
_RETRY_S = 1.0
_GLANCE_S = 0.02
#: How often a question is put that came between two steps of the workflow, or that the worker cannot answer.
_TRIES = 3

TicketHandle = WorkflowHandle[TicketWorkflow, Outcome]


class NotConnectedError(Exception):
    """There is no way to the workflows yet; the same may be asked again."""


class SilentError(Exception):
    """The workflow is there, and nobody answers for it: its worker is away."""


class EndedError(Exception):
    """No workflow of that number takes signals any more."""


@dataclass(frozen=True, slots=True)
class Tickets:
    """The tickets of one queue, as a client reaches them: the one place that starts one, or sends a command to one.

    Attributes:
        signer: vouches for who took the report, and for who sent the command.
    """

    client: Client
    task_queue: str
    signer: Signer

    async def start(self, opening: Opening, *, delay: timedelta | None = None) -> TicketHandle:
        """Start the ticket's workflow; with a delay it takes what is sent at once and begins to run later.

        Raises:
            WorkflowAlreadyStartedError: the number is taken.
        """
        return await self.client.start_workflow(
            TicketWorkflow.run,
            self.signer.signed(opening.number, opening),
            id=opening.number,
            task_queue=self.task_queue,
            task_timeout=TASK_TIMEOUT,
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
            memo={"key": opening.key_hash, "body": opening.body_hash},
            start_delay=delay,
        )

    async def send(self, number: str, command: Command) -> None:
        """Put the command into the history of the ticket, or of its aftercare where that is all that is left.

        Raises:
            EndedError: neither takes any more.
        """
        signed = self.signer.signed(number, command)
        for workflow_id in (number, aftercare_id(number)):
            try:
                await self.handle(workflow_id).signal(SUBMIT, signed)
            except RPCError as error:
                if error.status is not RPCStatusCode.NOT_FOUND:
                    raise
            else:
                return
        raise EndedError

    def handle(self, workflow_id: str) -> TicketHandle:
        """The workflow of a ticket, or of its aftercare, which answers the same."""
        return self.client.get_workflow_handle_for(TicketWorkflow.run, workflow_id)


async def _kept(ticket: TicketHandle) -> Kept[Ticket]:
    """How the ticket stands. What came between two steps (``workflows.steps``) is answered with the next one."""
    for _ in range(_TRIES - 1):
        with suppress(WorkflowQueryFailedError):
            return await ticket.query(TicketWorkflow.kept)
        await asyncio.sleep(_GLANCE_S)
    return await ticket.query(TicketWorkflow.kept)


async def settled(ticket: TicketHandle) -> Ticket | None:
    """The ticket once all that has been sent to it is decided on; None: its terms are not agreed yet."""
    while (kept := await _kept(ticket)).unproven:  # noqa: ASYNC110  # another process decides
        await asyncio.sleep(_GLANCE_S)
    return kept.ticket


class Gateway:
    """The Temporal client, connected as soon as there is a server, and what the API asks of it.

    Errors of the connection pass through; the map of errors makes 503 of them.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._signer = Signer.of(settings.key_folder)
        self._reached: Tickets | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Connect in the background: an API that starts first says that Temporal is out of reach."""
        connecting = asyncio.create_task(self._connect())
        try:
            yield
        finally:
            connecting.cancel()
            with suppress(asyncio.CancelledError):
                await connecting
            self._reached = None

    async def _connect(self) -> None:
        while self._reached is None:
            with suppress(ConnectionError):
                self._reached = Tickets(await connect(self._settings), self._settings.task_queue, self._signer)
                return
            await asyncio.sleep(_RETRY_S)

    @property
    def _tickets(self) -> Tickets:
        if self._reached is None:
            raise NotConnectedError
        return self._reached

    @property
    def client(self) -> Client:
        """What it is connected by.

        Raises:
            NotConnectedError: it is not yet.
        """
        return self._tickets.client

    async def answers(self) -> bool:
        """Whether Temporal can be reached now."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                return self._reached is not None and await self._reached.client.service_client.check_health()
        except (RPCError, TimeoutError):
            return False

    async def open(self, opening: Opening) -> None:
        """Start the ticket's workflow.

        Raises:
            WorkflowAlreadyStartedError: the number is taken.
        """
        await self._tickets.start(opening)
        reached("opened")

    async def opened_with(self, number: str) -> Key:
        """What the ticket that has this number was opened with."""
        description = await self._tickets.handle(number).describe()
        memo = await description.memo()
        return Key(memo["key"], memo["body"])

    async def opening(self, number: str) -> Opening | None:
        """The report that a ticket was opened with; None: there is no such ticket."""
        try:
            history = self._tickets.handle(number).fetch_history_events(page_size=1)
            first = await anext(aiter(history))
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return None
            raise
        payloads = first.workflow_execution_started_event_attributes.input.payloads
        begun_as: Any = Opening | Carried[Ticket]  # the decoder takes a union, its type does not say so
        (decoded,) = await self._tickets.client.data_converter.decode(payloads, [begun_as])
        begin: Opening | Carried[Ticket] = decoded
        return begin.ticket.opening if isinstance(begin, Carried) else begin

    async def submit(self, number: str, command: Command) -> None:
        """Put the command into the history of the ticket, or of its aftercare where that is all that is left.

        Raises:
            EndedError: neither takes any more.
        """
        await self._tickets.send(number, command)
        reached("signalled")

    def signed(self, number: str, command: Command) -> Command:
        """The command as the ticket of that number believes it, for another to bring it there."""
        return self._signer.signed(number, command)

    async def standing(self, number: str, *, closed: bool) -> Ticket | None:
        """The ticket as its workflow has it now; None: it has none yet, or nothing looks after it any more.

        What has been sent to it before is decided on. While the worker does not say who sent it, this does not answer.

        Args:
            closed: it was closed before; what is left of it, if anything, is its aftercare.

        Raises:
            SilentError: no worker answers.
        """
        try:
            ticket = None if closed else await settled(self._tickets.handle(number))
            if (closed or (ticket and ticket.closed)) and await self.is_looked_after(number):
                return await settled(self._tickets.handle(aftercare_id(number)))
        except (RPCError, WorkflowQueryFailedError) as error:
            raise SilentError from error
        return ticket

    async def is_deciding(self, number: str) -> bool:
        """Whether a task of the ticket is under way; what it takes meanwhile is safe and not in history yet."""
        for workflow_id in (number, aftercare_id(number)):
            try:
                task = (await self._tickets.handle(workflow_id).describe()).raw_description.pending_workflow_task
            except RPCError as error:
                if error.status is not RPCStatusCode.NOT_FOUND:
                    raise
            else:
                if task.state == PendingWorkflowTaskState.PENDING_WORKFLOW_TASK_STATE_STARTED:
                    return True
        return False

    async def is_looked_after(self, number: str) -> bool:
        """Whether the aftercare of a closed ticket still runs."""
        try:
            found = await self._tickets.handle(aftercare_id(number)).describe()
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return False
            raise
        return found.status is WorkflowExecutionStatus.RUNNING

    async def taken_from(self, number: str, command_id: str) -> str | None:
        """Who sent a command that stands in the history of the ticket's present run, or of its aftercare's."""
        for workflow_id in (number, aftercare_id(number)):
            if sender := await self._sender_in(workflow_id, command_id):
                return sender
        return None

    async def _sender_in(self, workflow_id: str, command_id: str) -> str | None:
        try:
            async for event in self._tickets.handle(workflow_id).fetch_history_events():
                signal = event.workflow_execution_signaled_event_attributes
                command = command_in(signal.signal_name, signal.input.payloads) if signal.signal_name else None
                if command and command.command_id == command_id:
                    return command.actor.id
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
        return None

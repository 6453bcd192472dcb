"""Histories: what Temporal holds of every ticket, its aftercare and its earlier runs included. The truth."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from temporalio.api.common.v1 import Payloads
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client

from activities.projection import Projection
from activities.signals import command_in
from activities.terms import Agreement
from domain.contract.terms import Terms
from domain.read_model import Batch
from domain.ticket.commands import Command
from domain.ticket.opening import Opening
from domain.ticket.timeline import Entry
from gateway.histories import runs
from workflows.aftercare import aftercare_id
from workflows.ticket import TicketWorkflow

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Signal:
    """A command as it came into history."""

    at: datetime
    command: Command


@dataclass(frozen=True, slots=True)
class Told:
    """What the ticket told the read model."""

    at: datetime
    batch: Batch


@dataclass(frozen=True, slots=True)
class History:
    """All that is known of one ticket.

    Attributes:
        over: its last run has ended as it should.
        broken: ends that are none: failed, terminated, timed out.
        failures: workflow tasks that failed, with their causes.
    """

    number: str
    opened_at: datetime
    opening: Opening
    terms: Terms | None = None
    signals: tuple[Signal, ...] = ()
    told: tuple[Told, ...] = ()
    over_at: datetime | None = None
    broken: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The timeline, as it was told."""
        return tuple(entry for told in self.told for entry in told.batch.entries)

    @property
    def taken(self) -> dict[str, Signal]:
        """The commands, each as it first came, by their ids."""
        return {signal.command.command_id: signal for signal in reversed(self.signals)}


@dataclass
class _Reading:
    """A history while it is read, event by event."""

    client: Client
    history: History | None = None
    agreeing: int = 0

    async def take(self, event: HistoryEvent) -> None:
        at = event.event_time.ToDatetime(tzinfo=UTC)
        match event.event_type:
            case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED:
                await self._started(event, at)
            case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED:
                signal = event.workflow_execution_signaled_event_attributes
                if command := command_in(signal.signal_name, signal.input.payloads):
                    self._know(signals=(*self._known.signals, Signal(at, command)))
            case EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED:
                await self._scheduled(event, at)
            case EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED:
                completed = event.activity_task_completed_event_attributes
                if completed.scheduled_event_id == self.agreeing:
                    self._know(terms=await self._decoded(completed.result, Terms))
            case EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED:
                failed = event.workflow_task_failed_event_attributes
                self._know(failures=(*self._known.failures, f"cause {failed.cause}: {failed.failure.message}"))
            case kind:
                self._ended(kind, at)

    @property
    def _known(self) -> History:
        assert self.history is not None
        return self.history

    def _know(self, **more: Any) -> None:  # noqa: ANN401  # fields of a history
        self.history = replace(self._known, **more)

    async def _started(self, event: HistoryEvent, at: datetime) -> None:
        self.agreeing = 0
        if self.history is None:
            begin = event.workflow_execution_started_event_attributes.input
            opening = await self._decoded(begin, Opening)
            self.history = History(opening.number, at, opening)
        self._know(over_at=None)

    async def _scheduled(self, event: HistoryEvent, at: datetime) -> None:
        scheduled = event.activity_task_scheduled_event_attributes
        if scheduled.activity_type.name == Agreement.agree_terms.__name__:
            self.agreeing = event.event_id
        elif scheduled.activity_type.name == Projection.project.__name__:
            self._know(told=(*self._known.told, Told(at, await self._decoded(scheduled.input, Batch))))

    def _ended(self, kind: EventType.ValueType, at: datetime) -> None:
        if kind == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED:
            self._know(over_at=at)
        elif kind in _BROKEN:
            self._know(broken=(*self._known.broken, EventType.Name(kind)))

    async def _decoded(self, payloads: Payloads, type_: type[T]) -> T:
        (value,) = await self.client.data_converter.decode(payloads.payloads, [type_])
        found: T = value
        return found


_BROKEN = frozenset(
    {
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED,
    }
)


async def read_history(client: Client, number: str) -> History | None:
    """Everything that Temporal holds of a ticket; None: there is no such ticket."""
    reading = _Reading(client)
    for workflow_id in (number, aftercare_id(number)):
        latest_first = [history async for history in runs(client, workflow_id)]
        for run in reversed(latest_first):
            for event in run.events:
                await reading.take(event)
        if reading.history is None:
            return None
    return reading.history


async def all_numbers(client: Client) -> AsyncIterator[str]:
    """The numbers of all tickets that Temporal knows, whoever opened them."""
    async for execution in client.list_workflows(f'WorkflowType = "{TicketWorkflow.__name__}"'):
        yield execution.id

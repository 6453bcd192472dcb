"""A run that is replayed under the eyes of whoever judges it: what it asks for, and what time does to its ticket."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import wraps
from typing import Any, Protocol

from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_commands import WorkflowCommand
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer, WorkflowInstance, WorkflowRunner
from temporalio.worker._workflow_instance import WorkflowInstanceDetails
from temporalio.workflow import _Definition

from domain.ticket.ticket import Ticket
from runtime.payloads import DATA_CONVERTER
from workflows.keeper import Keeper
from workflows.kinds import RUNNER, WORKFLOWS


class Onlooker(Protocol):
    """Looks on while a run is replayed.

    Attributes:
        event: of the history, up to which the replay has come.
    """

    event: int

    def watch(self, keeper: Keeper[Ticket]) -> None:
        """Shown the run's keeper before it does anything."""

    def ends(self, event: int, at: datetime) -> None:
        """The history goes no further than this event."""


@dataclass
class Watched(WorkflowRunner):
    """Runs one history as a worker does, and keeps what it asks for."""

    onlooker: Onlooker
    commands: list[WorkflowCommand] = field(default_factory=list)

    async def replay(self, history: WorkflowHistory) -> None:
        """Once, from its first event to its last. Whatever goes wrong is raised."""
        replayer = Replayer(workflows=WORKFLOWS, workflow_runner=self, data_converter=DATA_CONVERTER)
        await replayer.replay_workflow(history)
        last = history.events[-1]
        self.onlooker.ends(last.event_id, last.event_time.ToDatetime(UTC))

    def prepare_workflow(self, defn: _Definition) -> None:
        RUNNER.prepare_workflow(defn)

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        kept = replace(det.defn, cls=_with_its_keeper_shown(det.defn.cls, self.onlooker.watch))
        instance = RUNNER.create_instance(replace(det, defn=kept))
        activate = instance.activate

        def watched(act: WorkflowActivation) -> WorkflowActivationCompletion:
            self.onlooker.event = act.history_length
            completion = activate(act)
            self.commands.extend(completion.successful.commands)
            return completion

        instance.activate = watched  # type: ignore[method-assign]  # there is no other way to hear of it
        return instance


def _with_its_keeper_shown(kind: type, show: Callable[[Keeper[Ticket]], None]) -> type:
    """The same workflow, whose keeper is shown before it does anything."""

    @wraps(kind.__init__)  # type: ignore[misc]  # that of exactly this class
    def begun(self: Any, *begin: Any) -> None:  # noqa: ANN401  # whichever of ours it is, as it begins
        kind.__init__(self, *begin)  # type: ignore[misc]  # the same
        show(self.keeper)

    return type(kind.__name__, (kind,), {"__init__": begun})

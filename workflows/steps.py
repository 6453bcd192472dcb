"""Steps: a worker takes what came to a workflow as the history has it, and so as a replay will, however it was asked.

Who asks a workflow something (``query``: our API, an operator's Temporal pages) may have the worker shown what came
since its last step and belongs to its next. The SDK takes that at once, and the rest of the step by itself; a replay
takes both together, signals first, and has other commands in another order. From then on no worker could go on with
that workflow, at the latest when the one that remembers it ends.

The same comes of a question that lies beside a step in which the worker looks into something of its own (a local
activity). The SDK answers it while the worker looks, and ends the step with that: what was seen stands in the history,
but reaches the workflow with its next step, behind what that brings. A replay has it before.
"""

from collections.abc import Callable
from dataclasses import dataclass

from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.worker import UnsandboxedWorkflowRunner, WorkflowInstance
from temporalio.worker._workflow_instance import WorkflowInstanceDetails

_Activate = Callable[[WorkflowActivation], WorkflowActivationCompletion]

#: Commands behind which there is no step.
_ENDS = {f"{ends}_workflow_execution" for ends in ("complete", "fail", "cancel", "continue_as_new")}

#: What the SDK calls a question that came by itself, and not beside a step.
_ALONE = "legacy_query"

ASK_AGAIN = "asked between two steps of the workflow; the question is to be put again"


@dataclass(frozen=True, slots=True)
class _Step:
    """What a workflow is told of the step that it takes: the same in all parts of one, other in every next one."""

    bytes: int
    events: int

    @classmethod
    def of(cls, act: WorkflowActivation) -> "_Step":
        return cls(act.history_size_bytes, act.history_length)

    def has_grown_without(self, next_: "_Step") -> bool:
        """Whether more of the history is there, and no next step has begun that would take it."""
        return next_.events > self.events and next_.bytes == self.bytes > 0


class _Whole:
    """What an instance of a workflow is told, in whole steps."""

    def __init__(self, activate: _Activate) -> None:
        self._activate = activate
        self._last: _Step | None = None
        self._looks: set[int] = set()

    def activate(self, act: WorkflowActivation) -> WorkflowActivationCompletion:
        """What it does of it; or nothing, where that would be another thing than a replay's."""
        step, asked = _Step.of(act), [job.query_workflow.query_id for job in act.jobs if job.HasField("query_workflow")]
        between = self._last and not act.is_replaying and self._last.has_grown_without(step)
        if between or (self._looks and _ALONE in asked):
            return _refused()
        self._last = step
        if self._looks and asked:
            return _unanswered()
        return self._seen(act, self._activate(act))

    def _seen(self, act: WorkflowActivation, done: WorkflowActivationCompletion) -> WorkflowActivationCompletion:
        """That, and which looks are under way: none behind the end of the workflow."""
        self._looks -= {job.resolve_activity.seq for job in act.jobs if job.HasField("resolve_activity")}
        for command in done.successful.commands:
            if command.HasField("schedule_local_activity"):
                self._looks.add(command.schedule_local_activity.seq)
            elif command.WhichOneof("variant") in _ENDS:
                self._looks.clear()
        return done


class InWholeSteps(UnsandboxedWorkflowRunner):
    """Runs workflows for a worker. Of who asks between two steps the question fails, and nothing else is lost.

    The worker forgets the workflow, and takes it up again from its history. Who asks while it looks is answered behind
    the step: the server has such a question put again.
    """

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        instance = super().create_instance(det)
        instance.activate = _Whole(instance.activate).activate  # type: ignore[method-assign]  # there is no other place
        return instance


def _refused() -> WorkflowActivationCompletion:
    refused = WorkflowActivationCompletion()
    refused.failed.failure.message = ASK_AGAIN
    return refused


def _unanswered() -> WorkflowActivationCompletion:
    nothing = WorkflowActivationCompletion()
    nothing.successful.SetInParent()
    return nothing

"""Steps: a worker takes what came to a workflow as the history has it, and so as a replay will, however it was asked.

Who asks a workflow something (``query``: our API, an operator's Temporal pages) may have the worker shown what came
since its last step and belongs to its next. The SDK takes that at once, and the rest of the step by itself; a replay
takes both together, signals first, and has other commands in another order. From then on no worker could go on with
that workflow, at the latest when the one that remembers it ends.
"""

from dataclasses import dataclass

from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.worker import UnsandboxedWorkflowRunner, WorkflowInstance
from temporalio.worker._workflow_instance import WorkflowInstanceDetails

ASK_AGAIN = "asked between two steps of the workflow; the question is to be put again"


@dataclass(frozen=True, slots=True)
class _Step:
    """What a workflow is told of the step that it takes: the same in all parts of one, other in every next one."""

    begun_at: tuple[int, int]  # s, ns
    bytes: int
    events: int

    @classmethod
    def of(cls, act: WorkflowActivation) -> "_Step":
        at = act.timestamp
        return cls((at.seconds, at.nanos), act.history_size_bytes, act.history_length)

    def has_grown_without(self, next_: "_Step") -> bool:
        """Whether more of the history is there, and no next step has begun that would take it."""
        began = (self.begun_at, self.bytes) != (next_.begun_at, next_.bytes)
        return next_.events > self.events and not began


class InWholeSteps(UnsandboxedWorkflowRunner):
    """Runs workflows for a worker. Of who asks between two steps the question fails, and nothing else is lost.

    The worker forgets the workflow, and takes it up again from its history.
    """

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        instance = super().create_instance(det)
        activate, last = instance.activate, None

        def whole(act: WorkflowActivation) -> WorkflowActivationCompletion:
            nonlocal last
            step = _Step.of(act)
            if last and not act.is_replaying and last.has_grown_without(step):
                refused = WorkflowActivationCompletion()
                refused.failed.failure.message = ASK_AGAIN
                return refused
            last = step
            return activate(act)

        instance.activate = whole  # type: ignore[method-assign]  # there is no other place before the workflow's code
        return instance

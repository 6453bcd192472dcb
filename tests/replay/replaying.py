"""Replaying a history through today's workflow code, as the worker would."""

from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer

from runtime.payloads import DATA_CONVERTER
from workflows.kinds import RUNNER, WORKFLOWS


async def replay(history: WorkflowHistory) -> None:
    """Fails where today's code would have decided otherwise."""
    replayer = Replayer(workflows=WORKFLOWS, workflow_runner=RUNNER, data_converter=DATA_CONVERTER)
    started = history.events[0].workflow_execution_started_event_attributes
    await replayer.replay_workflow(WorkflowHistory(started.workflow_id, history.events))

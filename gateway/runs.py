"""Runs: what Temporal itself says of the workflows, asked by nobody but the watchdog."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from temporalio.api.enums.v1 import WorkflowExecutionStatus
from temporalio.api.workflow.v1 import PendingActivityInfo, WorkflowExecutionInfo
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from workflows.kinds import OF_TICKETS

#: Attempts of one step after which it is not by chance that it fails.
AGAIN_AND_AGAIN = 3
_PAGE = 1_000
PROJECT = "project"


@dataclass(frozen=True, slots=True)
class Run:
    """How a workflow does.

    Attributes:
        fails: what of it fails again and again; None: nothing.
        untold: why the read model is not told; None: it is, or nothing is to be told.
    """

    is_running: bool
    fails: str | None = None
    untold: str | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """A run that has ended."""

    workflow: str
    run: str
    at: datetime


async def running(client: Client, task_queue: str) -> dict[str, datetime]:
    """When each of the queue's workflows of tickets that run was started, by their ids."""
    query = f"{OF_TICKETS} AND ExecutionStatus = 'Running' AND TaskQueue = '{task_queue}'"
    return {each.id: each.start_time async for each in client.list_workflows(query, page_size=_PAGE)}


async def closed(client: Client, task_queue: str, since: datetime | None) -> list[Closed]:
    """The queue's runs of tickets that have ended, of those that Temporal still has; ``since``: after that alone."""
    query = f"{OF_TICKETS} AND ExecutionStatus != 'Running' AND TaskQueue = '{task_queue}'"
    query += f" AND CloseTime >= '{since.isoformat()}'" if since else ""
    found = [each async for each in client.list_workflows(query, page_size=_PAGE)]
    return [Closed(each.id, each.run_id, each.close_time) for each in found if each.close_time]


async def reported(client: Client, task_queue: str) -> set[str]:
    """Those whose tasks fail, as far as the server notices it by itself."""
    query = f"ExecutionStatus = 'Running' AND TaskQueue = '{task_queue}' AND TemporalReportedProblems IS NOT NULL"
    return {each.id async for each in client.list_workflows(query, page_size=_PAGE)}


async def run(client: Client, workflow_id: str) -> Run:
    """How it does now; a workflow that Temporal does not have does not run."""
    try:
        described = (await client.get_workflow_handle(workflow_id).describe()).raw_description
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return Run(is_running=False)
        raise
    if not _is_running(described.workflow_execution_info):
        return Run(is_running=False)
    attempt = described.pending_workflow_task.attempt
    failing = [each for each in described.pending_activities if each.attempt >= AGAIN_AND_AGAIN]
    untold = _said(each for each in failing if each.activity_type.name == PROJECT)
    fails = f"workflow task, attempt {attempt}" if attempt >= AGAIN_AND_AGAIN else None
    return Run(True, fails or _said(each for each in failing if each.activity_type.name != PROJECT), untold)


def _is_running(info: WorkflowExecutionInfo) -> bool:
    return info.status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING


def _said(failing: Iterable[PendingActivityInfo]) -> str | None:
    for each in failing:
        kind = each.last_failure.application_failure_info.type or each.last_failure.WhichOneof("failure_info") or ""
        return f"{each.activity_type.name}, attempt {each.attempt}, {kind}".rstrip(", ")
    return None

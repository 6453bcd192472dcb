"""Histories: what the tickets' workflows told the read model, as it stands in Temporal, or in the archive by now."""

import asyncio
from collections.abc import AsyncIterator

from temporalio.api.enums.v1 import EventType
from temporalio.client import Client, WorkflowHistory
from temporalio.service import RPCError, RPCStatusCode

from domain.read_model import Batch
from gateway.runs import PROJECT
from runtime.archive import Archive
from runtime.payloads import DATA_CONVERTER
from workflows.aftercare import aftercare_id


async def tickets_of(client: Client) -> set[str]:
    """The numbers of the tickets that Temporal has; those that somebody ended by force are left out."""
    query = "WorkflowType = 'TicketWorkflow' AND ExecutionStatus IN ('Running', 'Completed')"
    return {execution.id async for execution in client.list_workflows(query)}


async def batches(client: Client, number: str, archive: Archive | None = None) -> list[Batch]:
    """Every batch that the ticket's runs, its aftercare's included, have sent to the read model or are about to.

    Args:
        archive: of an installation that has one: what the server has forgotten is there.
    """
    told = await _told(client, number)
    if archive is None or any(batch.after_seq == 0 for batch in told):
        return told
    return [*await archived(archive, number), *told]


async def archived(archive: Archive, number: str) -> list[Batch]:
    """What the histories in the archive have told the read model.

    Raises:
        EvidenceError: one of them is not what the log says.
    """
    histories = await asyncio.to_thread(kept, archive, number)
    return [batch for history in histories for batch in await _batches_in(history)]


def kept(archive: Archive, number: str) -> list[WorkflowHistory]:
    """The histories that the archive has of a ticket's runs; none where they were erased.

    Raises:
        EvidenceError: one of them is not what the log says.
    """
    erased = archive.erased(number)
    leaves = [leaf for _, leaf in archive.latest(number) if leaf.sha256 not in erased]
    return [WorkflowHistory.from_json(leaf.workflow, archive.history(leaf).decode()) for leaf in leaves]


async def _told(client: Client, number: str) -> list[Batch]:
    aftercare = [history async for history in runs(client, aftercare_id(number))]
    histories = [history async for history in runs(client, number)]
    histories += aftercare if aftercare and _began(aftercare[-1], by=number) else []
    return [batch for history in histories for batch in await _batches_in(history)]


def _began(first: WorkflowHistory, *, by: str) -> bool:
    """Whether that workflow started the one whose first run this is; else somebody else has its id."""
    started = first.events[0].workflow_execution_started_event_attributes
    return started.parent_workflow_execution.workflow_id == by


async def runs(client: Client, workflow_id: str) -> AsyncIterator[WorkflowHistory]:
    """The histories of a workflow's runs, the latest first; none where Temporal has it no more."""
    run_id = None
    while run_id != "":
        try:
            history = await client.get_workflow_handle(workflow_id, run_id=run_id).fetch_history()
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return
            raise
        yield history
        run_id = history.events[0].workflow_execution_started_event_attributes.continued_execution_run_id


async def _batches_in(history: WorkflowHistory) -> list[Batch]:
    scheduled = (
        event.activity_task_scheduled_event_attributes
        for event in history.events
        if event.event_type == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED
    )
    payloads = [attributes.input.payloads for attributes in scheduled if attributes.activity_type.name == PROJECT]
    return [(await DATA_CONVERTER.decode(each, [Batch]))[0] for each in payloads]

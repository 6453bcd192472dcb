"""Forgetting: a ticket's histories go for good, from Temporal and from the archive, and the log says that they did."""

import asyncio
from datetime import UTC, datetime

from sqlalchemy import Engine
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import DeleteWorkflowExecutionRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from evidence.leaves import Leaf
from gateway.archiving import keep
from gateway.exporting import histories_of, namespace_of
from runtime.archive import Archive
from runtime.settings import Settings
from runtime.temporal import connect


async def forget(settings: Settings, engine: Engine, number: str) -> int:
    """As below, of this installation."""
    namespace = await asyncio.to_thread(namespace_of, settings, engine, number)
    client = await connect(settings.model_copy(update={"namespace": namespace}))
    return await forgotten(await asyncio.to_thread(Archive.of, settings), client, number)


async def forgotten(archive: Archive, client: Client, number: str) -> int:
    """Erase the histories of a ticket that is over, of which it is on record that they go; answers how many they were.

    First the log has all of them, so that no sweep takes one for missing. Again is no harm, and finishes what was cut
    off.
    """
    there, now = await histories_of(client, number), datetime.now(UTC)
    await asyncio.to_thread(keep, archive, there, now)
    erased = await asyncio.to_thread(archive.erase, number, now)
    for leaf, _ in there:
        await _delete(client, leaf)
    return erased


async def _delete(client: Client, leaf: Leaf) -> None:
    """From Temporal, which does it within seconds."""
    run = WorkflowExecution(workflow_id=leaf.workflow, run_id=leaf.run)
    try:
        await client.workflow_service.delete_workflow_execution(
            DeleteWorkflowExecutionRequest(namespace=client.namespace, workflow_execution=run)
        )
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise

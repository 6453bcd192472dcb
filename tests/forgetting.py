"""A server that forgets a workflow, as it does when its retention is over."""

import asyncio
import contextlib

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import DeleteWorkflowExecutionRequest
from temporalio.client import Client
from temporalio.service import RPCError

from gateway.histories import runs
from tests.patience import PATIENCE_S


async def forgotten(client: Client, workflow_id: str) -> None:
    """Every run of it."""
    whole = WorkflowExecution(workflow_id=workflow_id)
    asked = DeleteWorkflowExecutionRequest(namespace=client.namespace, workflow_execution=whole)
    async with asyncio.timeout(PATIENCE_S):
        while [history async for history in runs(client, workflow_id)]:
            with contextlib.suppress(RPCError):
                await client.workflow_service.delete_workflow_execution(asked)
            await asyncio.sleep(0.1)

"""The one way to a Temporal client, and to the namespaces that an installation works in."""

import asyncio
import time
from datetime import timedelta

from google.protobuf.duration_pb2 import Duration
from temporalio.api.workflowservice.v1 import RegisterNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from runtime.payloads import DATA_CONVERTER
from runtime.settings import Settings

RETENTION = timedelta(days=30)  # archived long before that; see the sweep


async def connect(settings: Settings, *, within: timedelta = timedelta(seconds=30)) -> Client:
    return await connect_to(settings.temporal_address, settings.namespace, within=within)


async def connect_to(address: str, namespace: str, *, within: timedelta = timedelta(seconds=30)) -> Client:
    """Waits for a server that is still starting, up to the deadline; then the reason is raised."""
    deadline = time.monotonic() + within.total_seconds()
    while True:
        try:
            return await Client.connect(address, namespace=namespace, data_converter=DATA_CONVERTER)
        except RuntimeError as unreachable:
            if time.monotonic() > deadline:
                raise ConnectionError(f"no Temporal server answers at {address}: {unreachable}") from None
            await asyncio.sleep(0.1)


async def ensure_namespaces(client: Client, *names: str) -> None:
    """Registers those that are missing."""
    retention = Duration()
    retention.FromTimedelta(RETENTION)
    for name in names:
        request = RegisterNamespaceRequest(namespace=name, workflow_execution_retention_period=retention)
        try:
            await client.workflow_service.register_namespace(request)
        except RPCError as refusal:
            if refusal.status is not RPCStatusCode.ALREADY_EXISTS:
                raise

"""The one way to a Temporal client, and to the namespaces that an installation works in."""

import asyncio
import time
from collections.abc import Mapping
from datetime import timedelta

from google.protobuf.duration_pb2 import Duration
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest, RegisterNamespaceRequest
from temporalio.client import Client, GrpcCompression
from temporalio.service import RPCError, RPCStatusCode

from runtime.payloads import DATA_CONVERTER
from runtime.settings import Settings
from runtime.temporal_settings import connection, ways_in

#: What is large is packed already, by `runtime.payloads`: to pack each call again costs both sides and saves nothing.
PLAIN = GrpcCompression.NONE
RETENTION = timedelta(days=30)  # archived long before that; see the sweep


async def connect(settings: Settings, *, within: timedelta = timedelta(seconds=30)) -> Client:
    return await connect_to(settings.temporal_address, settings.namespace, settings.temporal, within=within)


async def connect_to(
    address: str,
    namespace: str,
    variables: Mapping[str, str] | None = None,
    *,
    within: timedelta = timedelta(seconds=30),
) -> Client:
    """Waits for a server that is still starting, up to the deadline; then the reason is raised.

    Args:
        variables: how to get in, in Temporal's words; default: as the environment says.
    """
    deadline = time.monotonic() + within.total_seconds()
    how = connection(address, namespace, ways_in() if variables is None else variables)
    while True:
        try:
            return await Client.connect(**how, data_converter=DATA_CONVERTER, grpc_compression=PLAIN)
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
            if refusal.status is not RPCStatusCode.ALREADY_EXISTS and not await _is_there(client, name):
                raise


async def _is_there(client: Client, namespace: str) -> bool:
    """Where others make the namespaces, ours are there and may not be made."""
    try:
        await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace=namespace))
    except RPCError:
        return False
    return True

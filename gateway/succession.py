"""Which build of the worker has the tickets: the newest that can replay them, and no other decides beside it.

Temporal's worker versioning: of a deployment one version is current, and gets every task. Without it two builds on one
queue, as in an upgrade, take turns with a ticket, and the older one meets what it never decided.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from typing import NamedTuple, Self

import structlog
from temporalio.api.deployment.v1 import WorkerDeploymentInfo
from temporalio.api.enums.v1 import RoutingConfigUpdateState, TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import (
    DescribeTaskQueueRequest,
    DescribeWorkerDeploymentRequest,
    SetWorkerDeploymentCurrentVersionRequest,
)
from temporalio.client import Client, WorkflowHistory
from temporalio.common import VersioningBehavior, WorkerDeploymentVersion
from temporalio.service import RPCError, RPCStatusCode
from temporalio.worker import Replayer, WorkerDeploymentConfig

from runtime.payloads import DATA_CONVERTER
from workflows.kinds import RUNNER, WORKFLOWS

#: The name of all builds together.
DEPLOYMENT = "zhishou"
#: In the place of a build: every worker that shows itself as none.
NO_BUILD = ""
#: How long open tickets are tried at most: meanwhile the build before decides, or nobody.
TRIED_S = 60.0
_AGAIN_S, _LATER_S = 0.5, 5.0
#: So long the server may take to know a build whose worker polls, or to tell every queue who decides.
_TOLD_S = 30.0
#: How a server answers that has no builds, or is of before there were any.
_NONE = frozenset({RPCStatusCode.NOT_FOUND, RPCStatusCode.UNIMPLEMENTED})
_UNDER_WAY = RoutingConfigUpdateState.ROUTING_CONFIG_UPDATE_STATE_IN_PROGRESS

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Build:
    """One build of the worker, as the server knows it.

    Attributes:
        since: when its first worker was there.
        decides: every task goes to it.
        decided_until: another came in its place then.
    """

    name: str
    since: datetime
    decides: bool
    decided_until: datetime | None

    @classmethod
    def of(cls, told: WorkerDeploymentInfo.WorkerDeploymentVersionSummary, current: str) -> Self:
        """As the server tells of it."""
        name = told.deployment_version.build_id
        until = told.last_deactivation_time.ToDatetime(UTC) if told.HasField("last_deactivation_time") else None
        return cls(name, told.create_time.ToDatetime(UTC), name == current, until)


class _Run(NamedTuple):
    """A run that goes on, without all that the server says of it: there may be a hundred thousand."""

    since: datetime
    workflow_id: str
    run_id: str


def versioned(build: str) -> WorkerDeploymentConfig:
    """How a worker of this build shows itself. Tickets follow from build to build."""
    return WorkerDeploymentConfig(
        version=WorkerDeploymentVersion(DEPLOYMENT, build),
        use_worker_versioning=True,
        default_versioning_behavior=VersioningBehavior.AUTO_UPGRADE,
    )


async def succeed(client: Client, task_queue: str, build: str) -> None:
    """Take over as soon as the server can be asked; tickets have no worker before."""
    while True:
        try:
            await take_over(client, task_queue, build)
        except Exception as error:  # noqa: BLE001  # whatever it is, it is tried again: else no ticket had a worker
            log.warning("the tickets cannot be taken over yet", build=build, error=str(error) or type(error).__name__)
            await asyncio.sleep(_LATER_S)
        else:
            return


async def take_over(client: Client, task_queue: str, build: str) -> bool:
    """Have this build decide on the tickets from now on, where it can; it is known to the server once its worker polls.

    It stands back, and says why, where another build came after it, or where it cannot replay a ticket that is open: an
    operator then says who decides. Workers that are of no build (``NO_BUILD``) would get nothing where one decides, and
    do the same.

    Raises:
        TimeoutError: the server does not know this build, or has not told every queue of it.
    """
    mine, known = await _known(client, build)
    if mine.decides:
        return True
    before = next((each.name for each in known if each.decides), NO_BUILD)
    if before and mine.decided_until:
        log.error("another build has the tickets", build=build, current=before)
        return False
    if stuck := await cannot_replay(client, task_queue):
        log.error("this build cannot replay open tickets", build=build, current=before, tickets=stuck)
        return False
    await give(client, build)
    log.info("this build has the tickets", build=build, before=before)
    return True


async def builds(client: Client) -> list[Build]:
    """All that the server knows, the newest first."""
    try:
        found = await _deployment(client)
    except RPCError as error:
        if error.status in _NONE:
            return []
        raise
    current = found.routing_config.current_deployment_version.build_id
    known = [Build.of(each, current) for each in found.version_summaries]
    return sorted(known, key=lambda each: each.since, reverse=True)


async def give(client: Client, build: str) -> None:
    """Have this build decide from now on; every queue knows it when this returns.

    Raises:
        RPCError: the server does not know it, or none of its workers has polled yet.
        TimeoutError: it decides, and not every queue has been told so.
    """
    await client.workflow_service.set_worker_deployment_current_version(
        SetWorkerDeploymentCurrentVersionRequest(
            namespace=client.namespace, deployment_name=DEPLOYMENT, build_id=build, identity=client.identity
        )
    )
    async with _told("not every queue knows yet that it decides"):
        while (await _deployment(client)).routing_config_update_state == _UNDER_WAY:  # noqa: ASYNC110  # nobody tells
            await asyncio.sleep(_AGAIN_S)


async def standing_back(client: Client, task_queue: str) -> dict[str, str]:
    """Builds whose workers wait for tasks and that have never decided, though there was time to: each with the reason.

    An older one that still runs in an upgrade has decided, and one that an operator has put aside, too.
    """
    known = await builds(client)
    polling = await _polling(client, task_queue) if known else set()
    before = next((each.name for each in known if each.decides), "none")
    in_time = datetime.now(UTC) - timedelta(seconds=2 * TRIED_S)
    return {
        each.name: f"{before} decides; the log of its worker says why"
        for each in known
        if each.name in polling and each.since < in_time and not (each.decides or each.decided_until)
    }


async def _polling(client: Client, task_queue: str) -> set[str]:
    """The builds whose workers asked for tasks of that queue within the last minutes."""
    asked = DescribeTaskQueueRequest(
        namespace=client.namespace,
        task_queue=TaskQueue(name=task_queue),
        task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    )
    pollers = (await client.workflow_service.describe_task_queue(asked)).pollers
    return {
        each.deployment_options.build_id for each in pollers if each.deployment_options.deployment_name == DEPLOYMENT
    }


async def _known(client: Client, build: str) -> tuple[Build, list[Build]]:
    """This build as the server knows it, and all others."""
    async with _told("the server does not know this build; do its workers poll?"):
        while (mine := _of(build, known := await builds(client))) is None:  # noqa: ASYNC110  # the server tells nobody
            await asyncio.sleep(_AGAIN_S)
    return mine, known


@asynccontextmanager
async def _told(otherwise: str) -> AsyncIterator[None]:
    """Within its time, or that is said."""
    try:
        async with asyncio.timeout(_TOLD_S):
            yield
    except TimeoutError:
        raise TimeoutError(otherwise) from None


async def _deployment(client: Client) -> WorkerDeploymentInfo:
    request = DescribeWorkerDeploymentRequest(namespace=client.namespace, deployment_name=DEPLOYMENT)
    return (await client.workflow_service.describe_worker_deployment(request, retry=True)).worker_deployment_info


async def cannot_replay(client: Client, task_queue: str) -> list[str]:
    """Open tickets whose histories this code does not replay, of those that are tried in time: the oldest first, for
    older code began them.
    """
    replayer = Replayer(workflows=WORKFLOWS, workflow_runner=RUNNER, data_converter=DATA_CONVERTER)
    running = await _running(client, task_queue)
    ended_by = time.monotonic() + TRIED_S
    stuck, tried = [], 0
    async with replayer.workflow_replay_iterator(_histories(client, running)) as results:
        async for result in results:
            tried += 1
            if result.replay_failure:
                stuck.append(result.history.workflow_id)
            if time.monotonic() > ended_by and (untried := running[tried:]):
                since = untried[0].since.isoformat()
                log.warning("not every open ticket was tried", tried=tried, untried=len(untried), begun_since=since)
                break
    return stuck


async def _running(client: Client, task_queue: str) -> list[_Run]:
    """The runs that go on, the oldest first: the server gives the newest first, and not everyone sorts for us."""
    query = f"ExecutionStatus = 'Running' AND TaskQueue = '{task_queue}'"
    found = [_Run(each.start_time, each.id, each.run_id) async for each in client.list_workflows(query)]
    return sorted(found, key=attrgetter("since"))


async def _histories(client: Client, runs: Sequence[_Run]) -> AsyncIterator[WorkflowHistory]:
    for run in runs:
        try:
            yield await client.get_workflow_handle(run.workflow_id, run_id=run.run_id).fetch_history()
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise


def _of(build: str, known: Sequence[Build]) -> Build | None:
    if build == NO_BUILD:
        return Build(build, datetime.now(UTC), not any(each.decides for each in known), None)
    return next((each for each in known if each.name == build), None)

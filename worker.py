"""The worker: composition root of everything that acts. Imported by nothing."""

import asyncio
import gc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from temporalio.client import Client
from temporalio.worker import Worker, WorkerDeploymentConfig

from activities.answers import Answers
from activities.callbacks import Callbacks
from activities.mails import Mails
from activities.projection import Projection
from activities.signatures import Signatures
from activities.terms import Agreement
from gateway.succession import NO_BUILD, succeed, versioned
from policies.files import FOLDER
from runtime import logs, stopping
from runtime.build import build
from runtime.settings import Settings
from runtime.temporal import connect_to
from store.database import connect as connect_database
from store.watch.beats import EVERY_S, WORKER, beat
from workflows.kinds import WORKFLOWS
from workflows.steps import InWholeSteps

#: As many as the machine can usefully write at once; the connection pool is of the same size.
THREADS = 8
#: Steps of workflows taken at once. They share one interpreter: the more of them, the longer each takes, and one that
#: takes longer than its timeout is done again from the ticket's beginning, later and later. Where nothing is in memory
#: yet, each is a replay of a whole history: seconds of a busy machine (`bench/recovery.py`).
TASKS = 4
#: A step that takes so long hangs. The SDK says so after 2 s, which a busy machine needs, and interrupts it: within the
#: workflow's code, which then may neither go on nor be forgotten, and the ticket is silent until the worker ends.
HANGS_AFTER_S = 60


def worker(
    client: Client, engine: Engine, task_queue: str, keys: Path, deployment: WorkerDeploymentConfig | None = None
) -> Worker:
    """A worker for tickets, not yet running.

    Args:
        keys: the folder of the public keys that it trusts.
        deployment: as which of several builds it shows itself; None: every worker of the queue gets tasks.
    """
    made = Worker(
        client,
        task_queue=task_queue,
        workflows=WORKFLOWS,
        activities=_activities(engine, keys),
        activity_executor=ThreadPoolExecutor(THREADS),
        # No more than run at once: what waited for a thread would use up the time it has, and be done twice.
        max_concurrent_activities=THREADS,
        max_concurrent_workflow_tasks=TASKS,
        workflow_runner=InWholeSteps(),
        # Named, for otherwise every start compiles all that is loaded, for seconds, to make a name of it.
        build_id=None if deployment else build(),
        deployment_config=deployment,
        # A killed worker's tickets wait this long for it before another may have them.
        sticky_queue_schedule_to_start_timeout=timedelta(seconds=1),
        graceful_shutdown_timeout=timedelta(seconds=5),
    )
    vars(made._workflow_worker)["_deadlock_timeout_seconds"] = HANGS_AFTER_S  # noqa: SLF001  # no other place
    return made


def _activities(engine: Engine, keys: Path) -> list[Callable[..., Any]]:
    agreement, signatures, projection = Agreement(engine, FOLDER, keys), Signatures(keys), Projection(engine)
    return [
        agreement.agree_terms,
        agreement.agree_anew,
        agreement.published_schedule,
        signatures.trusted_signers,
        signatures.present_signers,
        Answers(engine).answer_of,
        Callbacks(engine).remind,
        Mails(engine).remind_of_mail,
        projection.project,
    ]


async def main() -> None:
    """Work until somebody says stop."""
    settings = Settings()
    logs.configure("worker")
    gc.collect()
    gc.freeze()  # what is loaded by now stays: to look through it again and again holds up every ticket
    stopped = stopping.when_told()
    engine = connect_database(settings.database_url, pool_size=THREADS)
    name = build() if settings.worker_versions else NO_BUILD
    deployment = versioned(name) if name else None
    beside: list[asyncio.Task[None]] = [asyncio.create_task(_beat(engine))]
    async with AsyncExitStack() as working:
        for namespace in (settings.namespace, settings.drill_namespace):
            client = await connect_to(settings.temporal_address, namespace, settings.temporal)
            one = worker(client, engine, settings.task_queue, settings.key_folder, deployment)
            await working.enter_async_context(one)
            beside.append(asyncio.create_task(succeed(client, settings.task_queue, name)))
        await stopped.wait()
        for task in beside:
            task.cancel()


async def _beat(engine: Engine) -> None:
    """Show that this process still does something: a thread that is free, a connection, a loop that turns."""
    while True:
        with suppress(SQLAlchemyError):  # the database is away, and everybody sees that
            await asyncio.to_thread(beat, engine, WORKER)
        await asyncio.sleep(EVERY_S)


if __name__ == "__main__":
    asyncio.run(main())
    gc.collect()  # a Temporal client that is still referenced may abort the interpreter's shutdown

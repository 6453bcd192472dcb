"""The sweep: each closed run's whole history goes into the archive long before the server forgets it.

A sweep that is cut off anywhere is made good by the next: what is in the log is in it once, and what is not comes.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy import Engine
from temporalio.client import Client, WorkflowHistory
from temporalio.service import RPCError

from domain.audience.watch import Trouble
from evidence import canonical, leaves
from evidence.leaves import Leaf
from gateway import runs
from gateway.recording import Registry
from gateway.runs import Closed
from gateway.watching import number_of
from runtime.archive import Archive
from store.watch.beats import ARCHIVE, beat
from store.watch.findings import Look, settle

log = structlog.get_logger()

#: Seconds from one sweep to the next.
EVERY_S = 60
#: Histories between two checkpoints: what a sweep that is cut off has signed stays.
_TOGETHER = 50
_AT_ONCE = 4
#: The server's list lags behind; and all of it is looked through again from time to time.
_LAG, _ANEW = timedelta(hours=1), timedelta(hours=24)
#: What is not archived so long after its end is told.
_LATE = timedelta(hours=1)


@dataclass
class Sweep:
    """Sweeps again and again; what it remembers is only where to look.

    Attributes:
        archive: opened anew by each sweep, for its keys may have changed.
        connections: a client of each namespace, asked for until there is one.
    """

    engine: Engine
    archive: Callable[[], Archive]
    connections: Sequence[Callable[[], Awaitable[Client]]]
    task_queue: str
    registry: Registry
    _clients: list[Client] = field(default_factory=list)
    _looked: datetime | None = None
    _looked_anew: datetime | None = None

    async def sweep(self) -> int:
        """Archive what has ended and been changed; answers how many runs that were. What cannot be is told later."""
        now, archive = datetime.now(UTC), await asyncio.to_thread(self.archive)
        both = (self._runs(archive, now), asyncio.to_thread(self.registry.look, archive, now))
        added, of_registry = await asyncio.gather(*both, return_exceptions=True)  # neither holds up the other
        if isinstance(added, BaseException):
            raise added
        if isinstance(of_registry, BaseException):
            raise of_registry
        await asyncio.to_thread(beat, self.engine, ARCHIVE, EVERY_S)
        return added

    async def _runs(self, archive: Archive, now: datetime) -> int:
        for connect in self.connections[len(self._clients) :]:
            self._clients.append(await connect())
        anew = self._looked_anew is None or now - self._looked_anew > _ANEW
        since = None if anew or self._looked is None else self._looked - _LAG
        added, left = 0, list[Closed]()
        for client in self._clients:
            closed = await runs.closed(client, self.task_queue, since)
            missing = await asyncio.to_thread(_missing, archive, closed)
            added += await take(archive, client, [(each.workflow, each.run) for each in missing])
            left += await asyncio.to_thread(_missing, archive, missing)
        await asyncio.to_thread(settle, self.engine, Look(Trouble.NOT_ARCHIVED, _told(left, now)), now)
        if not left:
            self._looked, self._looked_anew = now, now if anew else self._looked_anew
        return added


async def take(archive: Archive, client: Client, wanted: Sequence[tuple[str, str]]) -> int:
    """Archive the histories of these runs, by workflow and run; answers how many the log did not have yet."""
    added = 0
    for start in range(0, len(wanted), _TOGETHER):
        door = asyncio.Semaphore(_AT_ONCE)
        fetched = await asyncio.gather(*(_fetched(client, each, door) for each in wanted[start : start + _TOGETHER]))
        now = datetime.now(UTC)
        added += await asyncio.to_thread(keep, archive, [each for each in fetched if each], now)
    return added


def keep(archive: Archive, histories: Iterable[tuple[Leaf, bytes]], now: datetime) -> int:
    """Histories on the shelf, then their leaves in the log; answers how many it did not have yet.

    What was erased comes back by nobody who still has it.
    """
    kept = {leaf: history for leaf, history in histories if leaf.sha256 not in archive.erased(leaf.number)}
    for leaf, history in kept.items():
        archive.shelf.put(leaf.path, leaves.packed(history))
    return archive.record(list(kept), now)


def _missing(archive: Archive, closed: Sequence[Closed]) -> list[Closed]:
    archive.follow()
    there = archive.index.ended({each.run for each in closed})
    return [each for each in closed if each.run not in there]


def _told(left: Iterable[Closed], now: datetime) -> dict[str, str]:
    late = [each for each in left if now - each.at > _LATE]
    return {number_of(each.workflow): f"closed {each.at:%Y-%m-%d %H:%M} UTC" for each in late}


async def _fetched(client: Client, named: tuple[str, str], door: asyncio.Semaphore) -> tuple[Leaf, bytes] | None:
    """A history, and what the log is to say of it; None: the server does not give it."""
    workflow, run = named
    async with door:
        history = await fetched(client, workflow, run)
    names = {"number": number_of(workflow), "namespace": client.namespace, "workflow": workflow, "run": run}
    return await asyncio.to_thread(archived_as, history, names) if history else None


async def fetched(client: Client, workflow: str, run: str) -> WorkflowHistory | None:
    """The history of a run; None where the server has it no more, or does not give it."""
    try:
        return await client.get_workflow_handle(workflow, run_id=run).fetch_history()
    except RPCError as error:
        log.warning("no history", workflow=workflow, run=run, status=error.status.name)
        return None


def archived_as(history: WorkflowHistory, names: dict[str, str]) -> tuple[Leaf, bytes]:
    """In Temporal's own JSON, which every tool of theirs reads, in its one writing."""
    told = canonical.written(json.loads(history.to_json()))
    return leaves.leaf_of(told, names), told

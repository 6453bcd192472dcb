"""Histories and archives for tests: small, and like real ones in all that evidence looks at."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from evidence import canonical
from evidence.leaves import Leaf, leaf_of
from evidence.verifying import Verified
from gateway.verdict.judging import Part, judged
from runtime.archive import Archive
from runtime.settings import Given

COMPLETED = "EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED"


def history(run: str, *, ended: bool = True) -> bytes:
    kinds = ["EVENT_TYPE_WORKFLOW_EXECUTION_STARTED", "EVENT_TYPE_TIMER_STARTED", *([COMPLETED] if ended else [])]
    events = [{"eventId": str(number), "eventType": kind, "run": run} for number, kind in enumerate(kinds, 1)]
    return canonical.written({"events": events})


def continued(run: str, into: str | None, after: str | None = None) -> bytes:
    """A run that begins after another, and goes on in one."""
    events = canonical.read(history(run), "")["events"]
    if after:
        events[0]["workflowExecutionStartedEventAttributes"] = {"continuedExecutionRunId": after}
    if into:
        events[-1]["eventType"] = "EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW"
        events[-1]["workflowExecutionContinuedAsNewEventAttributes"] = {"newExecutionRunId": into}
    return canonical.written({"events": events})


def leaf(number: str, run: str, told: bytes | None = None) -> tuple[Leaf, bytes]:
    told = history(run) if told is None else told
    return leaf_of(told, {"number": number, "namespace": "zhishou", "workflow": number, "run": run}), told


#: Where archives are kept instead of in their homes, each by itself; see the fixture `store`.
BUCKET: str | None = None


def given(home: Path, **more: Any) -> Given:
    place = hashlib.sha256(str(home).encode()).hexdigest()[:16]
    return Given(**{"home": home, "archive_store": BUCKET and f"{BUCKET}/{place}"} | more)


def archive(home: Path, **more: Any) -> Archive:
    return Archive.of(given(home, **more))


def home_of(kept: Archive) -> Path:
    return kept.memory.parents[1]


def contents(kept: Archive) -> dict[str, bytes]:
    """What lies in an archive, but for what each machine has of its own."""
    return {path: kept.shelf.get(path) for path in kept.shelf.list("") if path not in {"index.sqlite3", "lock"}}


def emptied(kept: Archive, then: Iterable[tuple[str, bytes]] = ()) -> None:
    """By somebody who can write where it lies; and so filled again."""
    for path in contents(kept):
        kept.shelf.drop(path)
    for path, data in then:
        kept.shelf.put(path, data)


async def replayed(told: Verified) -> None:
    """All of its verdict holds; else what does not is raised."""
    found = await judged(told)
    for fault in filter(None, found.values()):
        raise fault
    assert found.keys() == set(Part)

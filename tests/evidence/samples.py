"""Histories and archives for tests: small, and like real ones in all that evidence looks at."""

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


def archive(folder: Path, **more: Any) -> Archive:
    return Archive.of(Given(home=folder, **more))


async def replayed(told: Verified) -> None:
    """All of its verdict holds; else what does not is raised."""
    found = await judged(told)
    for fault in filter(None, found.values()):
        raise fault
    assert found.keys() == set(Part)

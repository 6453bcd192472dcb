"""The verdict, part by part: each is held against something else, and the first that does not hold ends it."""

from collections.abc import AsyncIterator
from enum import StrEnum

from temporalio.client import WorkflowHistory

from evidence import bundle
from evidence.faults import EvidenceError
from evidence.verifying import Verified
from gateway.verdict.handing import handed
from gateway.verdict.replaying import batches_in, decided
from gateway.verdict.rows import last_entry, shown
from gateway.verdict.senders import unvouched


class Part(StrEnum):
    """What a verdict says something of, in its order."""

    PROOF = "proof"  # signature, log, histories whole, attachments: what `audit verify` says
    DECISIONS = "decisions"
    SENDERS = "senders"
    ALARMS = "alarms"
    ROWS = "rows"


async def judged(told: Verified) -> dict[Part, EvidenceError | None]:
    """Of a bundle whose proof holds: what does not hold of each part; nothing of it, where it does.

    A part that is not there has not been looked at, for one before it does not hold, or its histories were erased.
    """
    found: dict[Part, EvidenceError | None] = {Part.PROOF: None}
    if told.is_erased:
        return found
    held = _held(told)
    for part in [each for each in Part if each not in found]:
        try:
            await anext(held)
        except EvidenceError as fault:
            return found | {part: fault}
        found[part] = None
    return found


def histories_in(told: Verified) -> list[WorkflowHistory]:
    """The histories of a bundle, in its order, that were not erased."""
    there = [run for run in told.runs if run.events]
    return [WorkflowHistory.from_json(run.leaf.workflow, {"events": list(run.events)}) for run in there]


async def _held(told: Verified) -> AsyncIterator[None]:
    """One part after the other, in their order.

    Raises:
        EvidenceError: the first thing that does not hold.
    """
    histories = histories_in(told)
    places = [bundle.history_part(nth) for nth in range(len(histories))]
    alarms = [await decided(history, place) for history, place in zip(histories, places, strict=True)]
    runs = [run.leaf.run for run in told.runs]
    for run, wrong in handed(dict(zip(runs, histories, strict=True))):
        raise EvidenceError(places[runs.index(run)], wrong, 1)
    yield
    batches = sorted((each for run in histories for event in run.events for each in batches_in(event)), key=last_entry)
    entries = [entry for batch in batches for entry in batch["entries"]]
    senders = {row["id"]: row["key"] for row in told.rows["senders"]}
    for history, place in zip(histories, places, strict=True):
        for event, wrong in unvouched(told.number, history, entries, senders):
            raise EvidenceError(place, wrong, event)
    yield
    for seen, place in zip(alarms, places, strict=True):
        for event, wrong in seen.wrong:
            raise EvidenceError(place, wrong, event)
    yield
    shown(told.rows, batches, over=all(run.leaf.terminal for run in told.runs))
    yield

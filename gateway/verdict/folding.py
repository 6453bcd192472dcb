"""The fold: whether the rows of all archived tickets are what their histories told; without a replay, so it is quick.

What a replay alone can say, whether today's code decides so, it does not: that is the verdict's of each ticket.
"""

import json
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine
from temporalio.api.common.v1 import Payload

from evidence.faults import EvidenceError
from evidence.leaves import ErasedLeaf, Leaf, counted
from evidence.verifying import Told, named
from gateway.runs import PROJECT
from gateway.scrubbing import signed
from gateway.verdict.replaying import plain_of
from gateway.verdict.rows import last_entry, shown
from runtime.archive import Archive
from store.evidence import Rows, shown_of

#: Tickets whose rows are read at once.
_TOGETHER = 200

#: By ticket, and by run: where the log has the run as it was archived last, and its leaf.
Runs = Mapping[str, Mapping[str, tuple[int, Leaf]]]


@dataclass(frozen=True, slots=True)
class Folded:
    """What came of one ticket.

    Attributes:
        is_shown: whether the read model has it; of one that was removed whole nothing is held.
        fault: the first thing that does not hold; None: all does.
    """

    number: str
    is_shown: bool
    fault: EvidenceError | None = None


def runs_in(archive: Archive) -> Runs:
    """The runs of all tickets, once each is in the log that was signed; but for those whose histories were erased.

    Raises:
        EvidenceError: the first that is not.
    """
    found: dict[str, dict[str, tuple[int, Leaf]]] = {}
    for place, leaf in signed(archive):
        if isinstance(leaf, ErasedLeaf):
            found.pop(leaf.number, None)
        if not isinstance(leaf, Leaf):
            continue
        of_ticket = found.setdefault(leaf.number, {})
        if leaf.run not in of_ticket or of_ticket[leaf.run][1].terminal is None:
            of_ticket[leaf.run] = place, leaf
    return found


def folded(archive: Archive, engine: Engine, runs: Runs) -> Iterator[Folded]:
    """Ticket by ticket, whether its histories are those in the log, and its rows what they told."""
    numbers = sorted(runs)
    for start in range(0, len(numbers), _TOGETHER):
        some = numbers[start : start + _TOGETHER]
        rows = shown_of(engine, some)
        for number in some:
            if number not in rows:
                yield Folded(number, is_shown=False)
                continue
            try:
                _hold(archive, runs[number], rows[number])
            except EvidenceError as fault:
                yield Folded(number, is_shown=True, fault=fault)
            else:
                yield Folded(number, is_shown=True)


def _hold(archive: Archive, runs: Mapping[str, tuple[int, Leaf]], rows: Rows) -> None:
    told = [Told(leaf, place, _events(archive, leaf)) for place, leaf in runs.values()]
    batches = sorted((each for run in told for each in _batches_in(run.events)), key=last_entry)
    whole = all(wanted in runs for run in told for _, wanted in named(run))
    shown(rows, batches, over=whole and all(run.leaf.terminal for run in told))


def _events(archive: Archive, leaf: Leaf) -> list[dict[str, Any]]:
    """Of a history that is the one in the log, and so in the one writing in which it was put there."""
    return counted(json.loads(archive.history(leaf)), leaf.path)


def _batches_in(events: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """What a history tells the read model; as ``replaying.batches_in``, of events in Temporal's own JSON."""
    for event in events:
        scheduled = event.get("activityTaskScheduledEventAttributes")
        if scheduled and scheduled["activityType"]["name"] == PROJECT:
            yield from plain_of([_payload(each) for each in scheduled["input"]["payloads"]])


def _payload(said: Mapping[str, Any]) -> Payload:
    metadata = {name: b64decode(value) for name, value in said["metadata"].items()}
    return Payload(metadata=metadata, data=b64decode(said.get("data", "")))

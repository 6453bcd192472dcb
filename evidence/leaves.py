"""Leaves: what the log says of each thing that is archived. Whoever has the thing finds it by its hash."""

import gzip
import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from domain.words.label import Label
from evidence import canonical
from evidence.faults import EvidenceError

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Leaf:
    """A run's history as it was archived.

    Attributes:
        number: the ticket, also of its aftercare.
        workflow, run: whose history it is, in Temporal's words.
        events: how many it has.
        terminal: the type of the event that ended it; None: it was still going.
        sha256: of the history, as it lies in the archive once unpacked.
    """

    number: str
    namespace: str
    workflow: str
    run: str
    events: int
    terminal: str | None
    sha256: str
    size: int

    def __bytes__(self) -> bytes:
        return canonical.written({"format": FORMAT, "kind": "run", **asdict(self)})

    @classmethod
    def parse(cls, data: bytes, place: str = "leaf") -> "Leaf":
        """Strictly.

        Raises:
            EvidenceError: it is none.
        """
        said = canonical.read(data, place)
        kinds = {"events": int, "size": int}
        wanted = {each.name: kinds.get(each.name, str) for each in fields(cls)}
        if not isinstance(said, dict) or said.pop("format", None) != FORMAT or said.pop("kind", None) != "run":
            raise _unknown(place)
        given = {name: said[name] for name in wanted if name in said}
        right = (
            type(given.get(name)) is kind or (name, given.get(name, 0)) == ("terminal", None)
            for name, kind in wanted.items()
        )
        if said.keys() != wanted.keys() or not all(right):
            raise _unknown(place)
        return cls(**given)

    @property
    def path(self) -> str:
        """Where the history lies in an archive."""
        return f"histories/{self.sha256[:2]}/{self.sha256}.json.gz"


def leaf_of(history: bytes, names: Mapping[str, str]) -> Leaf:
    """What the log is to say of a history; ``names``: number, namespace, workflow, run."""
    events = events_in(history, "history")
    last = events[-1]["eventType"]
    terminal = last if last in TERMINAL else None
    return Leaf(
        **names, events=len(events), terminal=terminal, sha256=hashlib.sha256(history).hexdigest(), size=len(history)
    )


#: The events that end a run.
TERMINAL = frozenset(
    f"EVENT_TYPE_WORKFLOW_EXECUTION_{how}"
    for how in ("COMPLETED", "FAILED", "TIMED_OUT", "TERMINATED", "CANCELED", "CONTINUED_AS_NEW")
)


def events_in(history: bytes, place: str) -> list[dict[str, Any]]:
    """The events of a history, in Temporal's own JSON.

    Raises:
        EvidenceError: it is none, or its events are not counted from 1 on without a gap.
    """
    said = canonical.read(history, place)
    events = said.get("events") if isinstance(said, dict) else None
    if not isinstance(events, list) or not events:
        raise EvidenceError(place, Label("这不是流程历史", "this is no history"))
    for number, event in enumerate(events, 1):
        if not isinstance(event, dict) or event.get("eventId") != str(number) or "eventType" not in event:
            gap = Label(f"第 {number} 个事件缺失或错位", f"event {number} is missing, or not in its place")
            raise EvidenceError(place, gap, number)
    return events


def packed(history: bytes) -> bytes:
    """As it lies in an archive."""
    return gzip.compress(history, mtime=0)


def unpacked(data: bytes, leaf: Leaf) -> bytes:
    """The history that the leaf speaks of.

    Raises:
        EvidenceError: it is another.
    """
    try:
        unpacking = zlib.decompressobj(wbits=31)
        history = unpacking.decompress(data, leaf.size + 1)
    except zlib.error:
        history = b""
    if len(history) != leaf.size or hashlib.sha256(history).hexdigest() != leaf.sha256:
        raise EvidenceError(leaf.path, Label("归档的历史与日志不符", "the archived history is not the one in the log"))
    return history


def _unknown(place: str) -> EvidenceError:
    return EvidenceError(place, Label("日志中的这一项无法识别", "this entry of the log is not understood"))

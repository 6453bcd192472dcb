"""Leaves: what the log says of each thing that is archived. Whoever has the thing finds it by its hash."""

import gzip
import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar, get_args

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

    kind: ClassVar = "run"

    number: str
    namespace: str
    workflow: str
    run: str
    events: int
    terminal: str | None
    sha256: str
    size: int

    def __bytes__(self) -> bytes:
        return _written(self)

    @classmethod
    def parse(cls, data: bytes, place: str = "leaf") -> "Leaf":
        """Strictly.

        Raises:
            EvidenceError: it is none.
        """
        leaf = parsed(data, place)
        if not isinstance(leaf, cls):
            raise _unknown(place)
        return leaf

    @property
    def name(self) -> str:
        """By what it is found among its kind."""
        return self.run

    @property
    def path(self) -> str:
        """Where the history lies in an archive."""
        return _path(self.sha256)


@dataclass(frozen=True, slots=True)
class ChangeLeaf:
    """A change of the registry.

    Attributes:
        id: its own, in the registry's record.
        sha256: of its row there, in the one writing of JSON; ``size``: the bytes of that.
    """

    kind: ClassVar = "change"
    number: ClassVar = None

    id: int
    sha256: str
    size: int

    def __bytes__(self) -> bytes:
        return _written(self)

    @property
    def name(self) -> str:
        """By what it is found among its kind."""
        return str(self.id)


@dataclass(frozen=True, slots=True)
class FileLeaf:
    """A document or another file that was brought to a ticket.

    Attributes:
        id: the attachment's own.
        number: the ticket; ``owner``: the id of who brought it.
        sha256, size: of the file.
    """

    kind: ClassVar = "file"

    id: str
    number: str
    owner: str
    sha256: str
    size: int

    def __bytes__(self) -> bytes:
        return _written(self)

    @property
    def name(self) -> str:
        """By what it is found among its kind."""
        return self.id


@dataclass(frozen=True, slots=True)
class ErasedLeaf:
    """That a history was erased on request: from here on nothing is left of it but what the log said of it before.

    Attributes:
        number: the ticket; ``run``: whose history it was.
        sha256: of the history.
    """

    kind: ClassVar = "erased"

    number: str
    run: str
    sha256: str

    def __bytes__(self) -> bytes:
        return _written(self)

    @property
    def name(self) -> str:
        """By what it is found among its kind."""
        return self.sha256

    @property
    def path(self) -> str:
        """Where the history lay."""
        return _path(self.sha256)


AnyLeaf = Leaf | ChangeLeaf | FileLeaf | ErasedLeaf
_KINDS: dict[str, type[AnyLeaf]] = {each.kind: each for each in (Leaf, ChangeLeaf, FileLeaf, ErasedLeaf)}


def parsed(data: bytes, place: str = "leaf") -> AnyLeaf:
    """A leaf of whichever kind, strictly.

    Raises:
        EvidenceError: it is none.
    """
    said = canonical.read(data, place)
    if not isinstance(said, dict) or said.pop("format", None) != FORMAT:
        raise _unknown(place)
    kind = said.pop("kind", None)
    cls = _KINDS.get(kind) if isinstance(kind, str) else None
    wanted = {each.name: get_args(each.type) or (each.type,) for each in fields(cls)} if cls else {}
    if cls is None or said.keys() != wanted.keys() or any(type(said[name]) not in wanted[name] for name in wanted):
        raise _unknown(place)
    return cls(**said)


def _path(sha256: str) -> str:
    return f"histories/{sha256[:2]}/{sha256}.json.gz"


def _written(leaf: AnyLeaf) -> bytes:
    return canonical.written({"format": FORMAT, "kind": leaf.kind, **asdict(leaf)})


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
    return counted(canonical.read(history, place), place)


def counted(said: Any, place: str) -> list[dict[str, Any]]:  # noqa: ANN401  # any JSON
    """The events of what a history's JSON says.

    Raises:
        EvidenceError: they are not counted from 1 on without a gap.
    """
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

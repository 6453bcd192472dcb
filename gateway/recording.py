"""Recording: the log of the archive speaks of every change of the registry and of every attachment, each once.

And whether these are still what it says of them: who alters or removes one in the database, or a file, is found.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from sqlalchemy import Engine

from domain.audience.watch import Trouble
from domain.words.label import Label
from evidence import leaves
from evidence.faults import EvidenceError
from evidence.leaves import AnyLeaf, ChangeLeaf, ErasedLeaf, FileLeaf, Leaf
from runtime.archive import Archive
from runtime.blobs import Blobs
from store import logged
from store.erasing import erased_files
from store.watch.findings import Look, settle

#: What is read, and signed, at once.
_TOGETHER = 1_000
#: A transaction that began before may still bring a change with a lower id; and all is looked through again at times.
_LAG, _ANEW = timedelta(hours=1), timedelta(hours=24)
#: Leaves that a look holds against what they speak of, and bytes of files; the next look goes on there.
_HELD, _HELD_BYTES = 500, 256 * 1024**2

_REMOVED = Label("归档之后被删除", "removed since it was archived")
_ALTERED = Label("归档之后被改动", "altered since it was archived")
_LOST = Label("文件已丢失", "the file is lost")
_UNREADABLE = Label("文件无法读取", "the file cannot be read")
_SWAPPED = Label("文件不是当时上传的", "the file is not the one that was brought")


@dataclass
class Registry:
    """Looks again and again; what it remembers is only where to look.

    Attributes:
        blobs: where the attachments' files are.
    """

    engine: Engine
    blobs: Blobs
    _settled: int = 0
    _anew: datetime | None = None
    _held: int = 0

    def look(self, archive: Archive, now: datetime) -> int:
        """Put in the log what it does not have, and hold some of what it has against what is there."""
        added = self.take(archive, now)
        self._held, among, found = held(archive, self.engine, self.blobs, self._held)
        reasons = {called: why.en for called, why in found.items()}
        settle(self.engine, Look(Trouble.ALTERED, reasons, frozenset(among)), now)
        return added

    def take(self, archive: Archive, now: datetime) -> int:
        """Put in the log what it does not have; answers how many that was."""
        anew = self._anew is None or now - self._anew > _ANEW
        added, at, settled = 0, 0 if anew else self._settled, self._settled
        while noted := logged.changes_after(self.engine, at, _TOGETHER):
            at = noted[-1].leaf.id
            settled = max([settled, *(each.leaf.id for each in noted if each.at < now - _LAG)])
            added += self._put(archive, [each.leaf for each in noted], now)
            brought = logged.files(self.engine, [each.file for each in noted if each.file])
            added += self._put(archive, list(brought.values()), now)
        added += self._files(archive, now) if anew else 0  # some are older than the record
        self._settled, self._anew = settled, now if anew else self._anew
        return added

    def _files(self, archive: Archive, now: datetime) -> int:
        added, at = 0, ""
        while some := logged.files_after(self.engine, at, _TOGETHER):
            at = some[-1].id
            added += self._put(archive, some, now)
        return added

    @staticmethod
    def _put(archive: Archive, some: Sequence[AnyLeaf], now: datetime) -> int:
        new = archive.unknown(some)
        return archive.record(new, now) if new else 0


def held(
    archive: Archive, engine: Engine, blobs: Blobs, start: int = 0, most: int = _HELD
) -> tuple[int, list[str], dict[str, Label]]:
    """Hold the log's leaves from there on against what they speak of.

    Answers where to go on, at the beginning again after the end; what was looked at; and why of what does not hold.
    """
    with archive.shelf.alone():
        size = archive.log.size
        start = start if start < size else 0
        entries = list(islice(archive.log.entries(start, size), most))
    some = [leaves.parsed(entry, f"leaf {at}") for at, entry in enumerate(entries, start)]
    there = _there(engine, some)
    among, found, read = list[str](), dict[str, Label](), 0
    for at, leaf in enumerate(some, start):
        read += leaf.size if isinstance(leaf, FileLeaf) else 0
        if read > _HELD_BYTES and at > start:
            return at, among, found
        if wrong := _wrong(leaf, there, blobs):
            found[_called(leaf)] = wrong
        among.append(_called(leaf))
    return start + len(some), among, found


def see_that_all_hold(archive: Archive, engine: Engine, blobs: Blobs) -> None:
    """All that the log speaks of is what it says.

    Raises:
        EvidenceError: the first thing that is not.
    """
    at, size = 0, archive.log.size
    while at < size:
        at, _, found = held(archive, engine, blobs, at)
        for called, why in found.items():
            raise EvidenceError(called, why)


@dataclass(frozen=True, slots=True)
class _There:
    """What some leaves would be that were made of what is there now; and what is gone rightly."""

    changes: dict[int, ChangeLeaf]
    files: dict[str, FileLeaf]
    removed: set[str]
    erased: set[str]


def _there(engine: Engine, some: Sequence[AnyLeaf]) -> _There:
    files = [leaf for leaf in some if isinstance(leaf, FileLeaf)]
    changes = logged.changes(engine, [leaf.id for leaf in some if isinstance(leaf, ChangeLeaf)])
    there = logged.files(engine, [leaf.id for leaf in files])
    removed = logged.removed_with_their_tickets(engine, files)
    return _There(changes, there, removed, erased_files(engine, list(there)))


def _wrong(leaf: AnyLeaf, there: _There, blobs: Blobs) -> Label | None:
    """Why it does not hold; None: it does."""
    if isinstance(leaf, Leaf | ErasedLeaf):
        return None  # of histories
    now = there.changes.get(leaf.id) if isinstance(leaf, ChangeLeaf) else there.files.get(leaf.id)
    if now is None:
        return None if leaf.name in there.removed else _REMOVED
    if now != leaf:
        return _ALTERED
    if not isinstance(leaf, FileLeaf) or leaf.id in there.erased:
        return None
    return _file_wrong(leaf, blobs.path(leaf.sha256))


def _file_wrong(leaf: FileLeaf, path: Path) -> Label | None:
    try:
        with path.open("rb") as file:
            same = hashlib.file_digest(file, "sha256").hexdigest() == leaf.sha256
    except FileNotFoundError:
        return _LOST
    except OSError:
        return _UNREADABLE
    return None if same else _SWAPPED


def _called(leaf: AnyLeaf) -> str:
    if isinstance(leaf, FileLeaf):
        return f"{leaf.number} attachment {leaf.id}"
    return f"registry change {leaf.name}" if isinstance(leaf, ChangeLeaf) else leaf.name

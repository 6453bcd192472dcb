"""The archive of an installation: its log, the index of that, and the key that signs it.

The key is another than the one that vouches for commands: who takes commands need not be able to write evidence.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from domain.words.label import Label
from evidence import checkpoint, leaves, stamps
from evidence.faults import EvidenceError, hold
from evidence.index import Index
from evidence.leaves import AnyLeaf, ErasedLeaf, FileLeaf, Leaf
from evidence.log import Log, origin_of
from evidence.notes import PublicKey
from evidence.shelf import Folder, Shelf
from evidence.stamps import Place, Stamped
from runtime.files import write_private
from runtime.objects import Bucket
from runtime.settings import Given
from runtime.signing import Signer, has_key, trusted_keys

AnyLeafT = TypeVar("AnyLeafT", Leaf, FileLeaf, ErasedLeaf)

_ORIGIN = "origin"
_MEMORY = "checkpoint"
_MISSING = Label("归档的内容不见了", "what was archived is missing")
_UNREADABLE = Label("归档的内容无法读取", "what was archived cannot be read")
_ANOTHER = Label("时间戳对应的不是这一状态", "it is the stamp of another state")


@dataclass(frozen=True, slots=True)
class Archive:
    """Where evidence is kept. Whoever opens it can write in it."""

    shelf: Shelf
    log: Log
    index: Index
    signer: Signer
    origin: str
    keys: list[PublicKey]
    memory: Path

    @classmethod
    def of(cls, given: Given) -> "Archive":
        """The first one makes its key.

        Raises:
            StartError: others may read the key.
        """
        signer = Signer.of(given.archive_key_folder)
        origin = _origin(given, signer)
        shelf, keys = shelf_of(given), public_keys(given)
        index = Index(given.archive_folder / "index.sqlite3")
        memory = given.archive_key_folder / _MEMORY
        return cls(shelf, Log(shelf, origin, keys), index, signer, origin, keys, memory)

    def follow(self) -> int:
        """The index knows all that the log has, and that is so many leaves."""
        with self.shelf.alone():
            return self.index.follow(self.log)

    def see_that_it_continues(self) -> None:
        """Nothing is signed over a log that has been put back, or emptied: it is what it was when it was signed last.

        Raises:
            EvidenceError: it is not.
        """
        if self.memory.is_file():
            self.log.has_been(checkpoint.opened(self.memory.read_bytes(), self.keys))

    def remember(self) -> None:
        """How it stands is kept beside the keys, where who can write the log need not reach."""
        if head := self.log.head():
            write_private(self.memory, head.note)

    def record(self, wanted: Sequence[AnyLeaf], now: datetime) -> int:
        """Put leaves in the log, each once; answers how many it did not have yet."""
        added = 0

        def new(size: int) -> list[bytes]:
            nonlocal added
            self.see_that_it_continues()
            assert self.index.follow(self.log) >= size  # another machine may have added since
            entries = [bytes(leaf) for leaf in self.unknown(wanted)]
            known = self.index.known(entries)
            fresh = [entry for entry in entries if entry not in known]
            added = len(fresh)
            return fresh

        self.log.append(f"{now:%Y-%m-%d}", self.signer.key, new)
        self.remember()
        self.follow()
        return added

    def unknown(self, wanted: Sequence[AnyLeaf]) -> list[AnyLeaf]:
        """Those of which the log does not say all yet, whatever it says of them."""
        names = {kind: [leaf.name for leaf in wanted if leaf.kind == kind] for kind in {leaf.kind for leaf in wanted}}
        there = {kind: self.index.ended(those, kind) for kind, those in names.items()}
        return [leaf for leaf in wanted if leaf.name not in there[leaf.kind]]

    def latest(self, number: str) -> list[tuple[int, Leaf]]:
        """Where each of a ticket's runs was archived last, in the order of the log."""
        found: dict[str, tuple[int, Leaf]] = {}
        for position, leaf in self._of(number, Leaf):
            if leaf.run not in found or found[leaf.run][1].terminal is None:
                found[leaf.run] = (position, leaf)
        return sorted(found.values(), key=lambda each: each[0])

    def files(self, number: str) -> list[tuple[int, FileLeaf]]:
        """Where each of a ticket's attachments is, in the order of the log."""
        return self._of(number, FileLeaf)

    def erased(self, number: str) -> dict[str, tuple[int, ErasedLeaf]]:
        """Where the log says so of each of a ticket's histories that was erased, by its hash."""
        return {leaf.sha256: (position, leaf) for position, leaf in self._of(number, ErasedLeaf)}

    def erase(self, number: str, now: datetime) -> int:
        """Nothing is left of a ticket's histories; the log says so before they go. Answers how many there were."""
        self.follow()
        there = [leaf for _, leaf in self._of(number, Leaf)]
        self.record([ErasedLeaf(number, leaf.run, leaf.sha256) for leaf in there], now)
        for leaf in there:
            self.shelf.drop(leaf.path)
        return len(there)

    def _of(self, number: str, kind: type[AnyLeafT]) -> list[tuple[int, AnyLeafT]]:
        """A ticket's leaves of a kind, in the order of the log."""
        size, there = self.log.size, self.index.of(number, kind.kind)
        found = [(position, leaves.parsed(self.log.entry(position, size), f"leaf {position}")) for position in there]
        return [(position, leaf) for position, leaf in found if isinstance(leaf, kind)]

    def history(self, leaf: Leaf) -> bytes:
        """The history that a leaf speaks of.

        Raises:
            EvidenceError: what lies there is another or cannot be read, or nothing does.
        """
        return leaves.unpacked(self._kept(leaf.path), leaf)

    def stamped(self, place: Place) -> Stamped:
        """What lies there, once it is a stamp of a state of that size which we have signed.

        Raises:
            EvidenceError: it is none, or cannot be read, or nothing lies there.
        """
        found = Stamped(place.size, self._kept(place.note), self._kept(place.answer))
        state = checkpoint.opened(found.note, self.keys)
        hold(state.size == place.size, place.note, _ANOTHER)
        stamps.said(found.answer, found.note, place.answer)
        return found

    def keep_stamp(self, place: Place, found: Stamped) -> None:
        """Put a stamp of ours in its place, with a copy beside the keys: whoever removes it is found out."""
        for shelf in (self.shelf, self._beside_the_keys):
            shelf.put(place.note, found.note)
            shelf.put(place.answer, found.answer)

    def remember_stamp(self, place: Place, found: Stamped) -> None:
        """A copy beside the keys of one that lies in its place: of those that an earlier release kept there is none."""
        self._beside_the_keys.first(place.note, found.note)
        self._beside_the_keys.first(place.answer, found.answer)

    def stamps(self) -> list[Place]:
        """The places of all stamps that lie here, or should, the smallest state first."""
        return sorted({*stamps.places(self.shelf), *stamps.places(self._beside_the_keys)})

    @property
    def _beside_the_keys(self) -> Folder:
        """Where who can write the log need not reach."""
        return Folder(self.memory.parent)

    def _kept(self, path: str) -> bytes:
        try:
            return self.shelf.get(path)
        except KeyError:
            raise EvidenceError(path, _MISSING) from None
        except OSError as error:
            raise EvidenceError(path, _UNREADABLE) from error


def shelf_of(given: Given) -> Shelf:
    """Where the evidence lies: in a store of objects if one is named, else in the folder."""
    folder = Folder(given.archive_folder)
    return Bucket(given.archive_store, folder) if given.archive_store else folder


def is_in_reach(given: Given) -> bool:
    """Whether there is an archive that this process can sign for; it makes none."""
    return has_key(given.archive_key_folder)


def public_keys(given: Given) -> list[PublicKey]:
    """Those that count for this installation's evidence, old ones too; none before there is an archive."""
    folder = given.archive_key_folder
    name = folder / _ORIGIN
    if not name.is_file():
        return []
    origin = name.read_text().strip()
    return [PublicKey(origin, base64.b64decode(public)) for public in trusted_keys(folder).values()]


def _origin(given: Given, signer: Signer) -> str:
    """What the log is called: for ever, whichever key signs."""
    name = given.archive_key_folder / _ORIGIN
    if not name.is_file():
        write_private(name, origin_of(signer.key))
    return name.read_text().strip()

"""The archive of an installation: its log, the index of that, and the key that signs it.

The key is another than the one that vouches for commands: who takes commands need not be able to write evidence.
"""

import base64
from dataclasses import dataclass

from evidence import leaves
from evidence.index import Index
from evidence.leaves import Leaf
from evidence.log import Log, origin_of
from evidence.notes import PublicKey
from evidence.shelf import Folder
from runtime.files import write_private
from runtime.settings import Given
from runtime.signing import Signer, trusted_keys

_ORIGIN = "origin"


@dataclass(frozen=True, slots=True)
class Archive:
    """Where evidence is kept. Whoever opens it can write in it."""

    shelf: Folder
    log: Log
    index: Index
    signer: Signer
    origin: str
    keys: list[PublicKey]

    @classmethod
    def of(cls, given: Given) -> "Archive":
        """The first one makes its key.

        Raises:
            StartError: others may read the key.
        """
        signer = Signer.of(given.archive_key_folder)
        origin = _origin(given, signer)
        shelf, keys = Folder(given.archive_folder), public_keys(given)
        index = Index(given.archive_folder / "index.sqlite3")
        return cls(shelf, Log(shelf, origin, keys), index, signer, origin, keys)

    def follow(self) -> int:
        """The index knows all that the log has, and that is so many leaves."""
        with self.shelf.alone():
            return self.index.follow(self.log)

    def latest(self, number: str) -> list[tuple[int, Leaf]]:
        """Where each of a ticket's runs was archived last, in the order of the log."""
        size = self.log.size
        found: dict[str, tuple[int, Leaf]] = {}
        for position in self.index.of(number):
            leaf = Leaf.parse(self.log.entry(position, size), f"leaf {position}")
            if leaf.run not in found or found[leaf.run][1].terminal is None:
                found[leaf.run] = (position, leaf)
        return sorted(found.values(), key=lambda each: each[0])

    def history(self, leaf: Leaf) -> bytes:
        """The history that a leaf speaks of.

        Raises:
            EvidenceError: what lies there is another.
        """
        return leaves.unpacked(self.shelf.get(leaf.path), leaf)


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

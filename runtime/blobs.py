"""Blobs: files kept by the hash of their content. Each is there whole or not at all, for its owner's eyes only."""

import hashlib
import os
import tempfile
import time
from pathlib import Path

from runtime.files import private_folder

#: What a process left behind that died while receiving is nobody's any more after this.
_ABANDONED_S = 24 * 3600


class Blobs:
    """A folder of blobs, `aa/aabbcc...`; nobody's name is ever part of a path."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def receive(self) -> "Incoming":
        """A new one, empty."""
        waiting = private_folder(private_folder(self._folder) / "incoming")
        _forget_abandoned(waiting)
        return Incoming(self._folder, waiting)

    def path(self, sha256: str) -> Path:
        """Where the blob of that hash is."""
        return self._folder / sha256[:2] / sha256


class Incoming:
    """A blob on its way in: written piece by piece, then kept or dropped."""

    def __init__(self, folder: Path, waiting: Path) -> None:
        handle, name = tempfile.mkstemp(dir=waiting)  # 0600
        self._file = os.fdopen(handle, "wb")
        self._folder = folder
        self._hash = hashlib.sha256()
        self.path = Path(name)
        self.size = 0

    def write(self, piece: bytes) -> None:
        """Add a piece."""
        self._file.write(piece)
        self._hash.update(piece)
        self.size += len(piece)

    def finish(self) -> None:
        """All of it is in the file, where whoever wants to can look at it."""
        self._file.flush()

    def keep(self) -> str:
        """Safe on disk under its hash, which is the answer; the same content again is the same file."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        sha256 = self._hash.hexdigest()
        home = private_folder(self._folder / sha256[:2])
        self.path.replace(home / sha256)
        _sync(home)
        _sync(self._folder)
        return sha256

    def drop(self) -> None:
        """Gone, unless it was kept."""
        try:
            self._file.close()
        finally:  # what is left to be written may find no space
            self.path.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _forget_abandoned(waiting: Path) -> None:
    oldest = time.time() - _ABANDONED_S
    for left in waiting.iterdir():
        try:
            if left.stat().st_mtime < oldest:
                left.unlink()
        except FileNotFoundError:
            continue  # kept or dropped meanwhile

"""Shelves: where an archive lies. A few verbs, so that a folder and a store of objects serve alike."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol


class Shelf(Protocol):
    """Holds bytes under paths with slashes; what is put is whole and safe, or not there."""

    def get(self, path: str) -> bytes:
        """What lies there; ``KeyError`` where nothing does."""

    def put(self, path: str, data: bytes) -> None:
        """Safe when this returns; in the place of what lay there."""

    def first(self, path: str, data: bytes) -> bytes:
        """What lies there: this, unless something did. Of several who put at once one is first, and all hear of it."""

    def replace(self, path: str, before: bytes | None, data: bytes) -> bool:
        """Put in the place of exactly that, None: of nothing; answers whether it lies there."""

    def list(self, prefix: str) -> Iterator[str]:
        """The paths below, in no order."""

    def drop(self, path: str) -> None:
        """Gone, if it was there."""

    def alone(self) -> AbstractContextManager[None]:
        """Nobody else on this machine writes meanwhile. On others they may, where machines share a shelf."""


class Folder:
    """A shelf in the file system, for its owner's eyes only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, path: str) -> bytes:
        try:
            return (self.folder / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            raise KeyError(path) from None

    def put(self, path: str, data: bytes) -> None:
        """Written beside, synced, and moved into its place; then the folders that lead there are synced."""
        place = self.folder / path
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folders = [step for step in place.parents if step.is_relative_to(self.folder)]
        for folder in reversed(folders):
            folder.mkdir(mode=0o700, exist_ok=True)
        unfinished = place.with_name(f"{place.name}.{secrets.token_hex(8)}.unfinished")
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(place)
        for folder in folders:
            _sync(folder)

    def first(self, path: str, data: bytes) -> bytes:
        """By whoever is alone here, as all are who share it."""
        try:
            return self.get(path)
        except KeyError:
            self.put(path, data)
            return data

    def replace(self, path: str, before: bytes | None, data: bytes) -> bool:
        """By whoever is alone here, as all are who share it."""
        try:
            there: bytes | None = self.get(path)
        except KeyError:
            there = None
        if there == before:
            self.put(path, data)
        return there in (before, data)

    def list(self, prefix: str) -> Iterator[str]:
        for file in (self.folder / prefix).rglob("*"):
            if file.is_file() and file.suffix != ".unfinished":
                yield file.relative_to(self.folder).as_posix()

    def drop(self, path: str) -> None:
        (self.folder / path).unlink(missing_ok=True)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """By a lock that the kernel gives back when its holder dies."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""The folder for what is downloaded or built once a user. Standard library only: the set-up uses it."""

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def cache_dir() -> Path:
    """`ZHISHOU_CACHE`, or `zhishou` in the user's cache folder; made when missing."""
    general = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    place = Path(os.environ.get("ZHISHOU_CACHE") or general / "zhishou").absolute()
    place.mkdir(parents=True, exist_ok=True)
    return place


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Only one process at a time; the lock dies with its holder."""
    with file.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def say(line: str) -> None:
    """One line to a person or a log file, at once; nobody listening is no error."""
    try:
        print(f"zhishou: {line}", flush=True)  # noqa: T201  # the set-up speaks to a person
    except (OSError, ValueError):
        sys.stdout = open(os.devnull, "w")  # noqa: PTH123,SIM115  # a closed pipe stays closed

"""The processes of an installation, as the kernel lists them."""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

#: The children of the supervisor, by what stands in their command line.
PROGRAMS = {
    "postgres": "postgres",
    "temporal-server": "temporal",
    "worker": "worker",
    "watchdog": "watchdog",
    "api": "api",
}
#: One more, where there is a channel.
SENDER = {"sender": "sender"}


def children(parent: int) -> Iterator[int]:
    """The living children of a process."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        fields = _read(stat).rpartition(") ")[2].split()
        if fields and fields[0] not in "ZX" and int(fields[1]) == parent:
            yield int(stat.parent.name)


def parts(supervisor: int) -> dict[str, int]:
    """The supervisor's living children by the name of their part."""
    found: dict[str, int] = {}
    for pid in children(supervisor):
        words = _read(Path(f"/proc/{pid}/cmdline")).split("\0")
        name = words[2] if words[1:2] == ["-m"] else Path(words[0]).name
        if part := (PROGRAMS | SENDER).get(name):
            found[part] = pid
    return found


def backends(postgres: int) -> list[int]:
    """The processes of a Postgres that work on somebody's questions."""
    titles = {pid: _read(Path(f"/proc/{pid}/cmdline")) for pid in children(postgres)}
    return sorted(pid for pid, title in titles.items() if "[local]" in title)


def kill(pid: int) -> bool:
    """By SIGKILL; whether it was still there."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
        return True
    return False


def _read(file: Path) -> str:
    try:
        return file.read_text(errors="replace")
    except OSError:  # it ended meanwhile
        return ""

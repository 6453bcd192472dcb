"""A supervisor in a process of its own, and what a test asks of it."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.patience import PATIENCE_S, eventually

#: For how long a child that ignores the request to end is left alone.
STUBBORN_S = 0.5
LISTENING = "0A"


@dataclass
class Started:
    process: "subprocess.Popen[bytes]"
    output_file: Path

    @property
    def output(self) -> str:
        return self.output_file.read_text()

    def children(self) -> dict[str, int]:
        """Process ids of the direct children by the names of their programs."""
        return {_program(pid): pid for pid in self.pids()}

    def pids(self) -> list[int]:
        return [pid for pid, parent in _processes() if parent == self.process.pid]

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def wait(self) -> int:
        return self.process.wait(PATIENCE_S)

    def wait_ready(self) -> None:
        def ready() -> bool:
            assert self.process.poll() is None, self.output
            return "zhishou: ready" in self.output  # what went wrong may say the word, too

        eventually(ready, "ready")


@contextmanager
def started(
    *command: str, prefix: tuple[str, ...] = (), environment: Mapping[str, str] | None = None
) -> Iterator[Started]:
    """Runs a Python command with no terminal and its output in a file."""
    with tempfile.NamedTemporaryFile() as output:
        process = subprocess.Popen(
            # Under `nohup` a hang-up is ignored, and whoever is started ignores it too.
            [*prefix, "env", "--default-signal=HUP", sys.executable, *command],
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield Started(process, Path(output.name))
        finally:
            process.terminate()
            process.wait(PATIENCE_S)


def is_alive(pid: int) -> bool:
    return any(found == pid for found, _ in _processes())


def running_on(text: str) -> list[str]:
    """Command lines that name the text, other than ours."""
    return [
        line
        for folder in Path("/proc").glob("[0-9]*")
        if text in (line := _read(folder / "cmdline").replace("\0", " ")) and "pytest" not in line
    ]


def _processes() -> Iterator[tuple[int, int]]:
    """Process id and parent of all that live; one that waits to be reaped does not."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        fields = _read(stat).rpartition(") ")[2].split()
        if fields and fields[0] not in "ZX":
            yield int(stat.parent.name), int(fields[1])


def _program(pid: int) -> str:
    return Path(_read(Path(f"/proc/{pid}/cmdline")).partition("\0")[0]).name


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:  # it ended meanwhile
        return ""


def environment_of(pid: int) -> dict[str, str]:
    pairs = (each.partition("=") for each in _read(Path(f"/proc/{pid}/environ")).split("\0") if each)
    return {name: value for name, _, value in pairs}


def listening(pid: int) -> set[str]:
    """Addresses, as the kernel writes them, on which a process accepts connections over TCP."""
    files = {str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()}
    tables = _read(Path("/proc/net/tcp")) + _read(Path("/proc/net/tcp6"))
    rows = [line.split() for line in tables.splitlines()]
    return {row[1] for row in rows if row[3] == LISTENING and f"socket:[{row[9]}]" in files}

"""Child processes that never outlive their parent."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from runtime.errors import StartError
from runtime.files import open_log

Process: TypeAlias = "subprocess.Popen[bytes]"

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class User:
    """Whom a server runs as when root started it."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Program:
    """What to run, as data. ``environment``: all of it; nothing else is inherited."""

    name: str
    argv: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    folder: Path = Path("/")
    user: User | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    orphan_signal: signal.Signals = signal.SIGKILL
    stop_within_s: float = 10.0


#: What programs of ours take over from whoever started us. Nothing of it is a secret.
_INHERITED = frozenset(
    {"PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR", "ZHISHOU_FAILPOINTS"}
)
_PROXIES = frozenset({"HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"})


def inherited() -> dict[str, str]:
    """The environment of a program of ours, but for its settings. Servers need none."""
    return {
        name: value
        for name, value in os.environ.items()
        if name in _INHERITED or name.upper() in _PROXIES or name.startswith("PYTHON")
    }


def start(command: Program, log: Path) -> Process:
    """Starts a foreground child in a session of its own, so that a Ctrl-C reaches its supervisor only.

    Call it from the main thread: the kernel ties the child's life to the thread that started it.
    """
    parent = os.getpid()

    def die_with_parent() -> None:
        # After setuid, which would clear it.
        _libc.prctl(PR_SET_PDEATHSIG, command.orphan_signal)
        if os.getppid() != parent:
            os._exit(1)

    user = command.user
    with open_log(log) as output:
        return subprocess.Popen(
            command.argv,
            cwd=command.folder,
            env=dict(command.environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            umask=0o077,
            user=user.uid if user else None,
            group=user.gid if user else None,
            extra_groups=[] if user else None,
            preexec_fn=die_with_parent,  # noqa: PLW1509  # nothing that holds a lock runs in a supervisor's threads
        )


def run_to_end(command: Program, log: Path) -> None:
    if start(command, log).wait():
        raise StartError(what_went_wrong(command, log))


def what_went_wrong(command: Program, log: Path) -> str:
    last = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
    return f"{command.name} did not start; the end of {log}:\n{last}"


def stop(process: Process, command: Program) -> None:
    """Asks, waits, then insists."""
    stop_together([(process, command)])


def stop_together(children: Sequence[tuple[Process, Program]]) -> None:
    """Asks all at once, so that they take the time of the slowest; who does not end in time is killed."""
    began = time.monotonic()
    for process, command in children:
        if process.poll() is None:
            process.send_signal(command.stop_signal)
    for process, command in children:
        try:
            process.wait(max(0.0, began + command.stop_within_s - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

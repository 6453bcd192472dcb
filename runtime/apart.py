"""Apart: what strangers send is taken apart in a process of its own, with little memory, little time, no environment.

A file made to exhaust or to crash it exhausts and crashes that process alone.
"""

import resource
import subprocess
import sys

#: What the process may have: bytes of memory, seconds of computing.
_MEMORY, _SECONDS = 512 * 2**20, 10


def run(program: str, *arguments: str, data: bytes = b"", seconds: int = _SECONDS) -> bytes | None:
    """What the program at that path writes, given the data; None where it comes to no good end.

    ``seconds``: that it may compute; on a busy machine it is waited for three times as long.
    """
    command = [sys.executable, "-I", program, *arguments]
    try:
        done = subprocess.run(command, input=data, capture_output=True, env={}, timeout=3 * seconds, check=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return None
    return done.stdout


def confine(*, memory: int = _MEMORY, seconds: int = _SECONDS) -> None:
    """From now on this process has no more; called by the program before it reads."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

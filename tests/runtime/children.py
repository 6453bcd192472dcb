"""A supervisor of small programs: `python -m tests.runtime.children FOLDER PLAN`."""

import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

from runtime import logs, supervisor
from runtime.cache import say
from runtime.errors import StartError
from runtime.processes import Program
from runtime.supervisor import Part, Service, Supervisor, Task
from tests.patience import PATIENCE_S
from tests.runtime.started import STUBBORN_S

FOLDER = Path(sys.argv[1])
#: For how long the plans that wait do: a service is given so long, a task any time.
WITHIN_S = 1.0


def shell(name: str, script: str, stop_within_s: float = PATIENCE_S) -> Program:
    """A shell whose commands are echoed to `order.txt` with its name, in the order in which they happen."""
    script = f"echo {name} >> {FOLDER}/order.txt; {script}"
    return Program(name, ("/bin/bash", "-c", script), stop_within_s=stop_within_s)


def sleeper(name: str, program: str = "sleep") -> Program:
    return shell(name, f"touch {FOLDER}/{name}.up; exec -a {name} {program} 1000")


def ignorant(name: str) -> Program:
    return shell(name, f"trap '' TERM; touch {FOLDER}/{name}.up; while :; do sleep 0.05; done", STUBBORN_S)


def service(command: Program, wave: int = 0) -> Service:
    return Service(command, (FOLDER / f"{command.name}.up").exists, wave)


def says_when_told(name: str) -> Program:
    tell = f"trap 'echo {name}-ends >> {FOLDER}/order.txt; exit' TERM"
    return shell(name, f"{tell}; touch {FOLDER}/{name}.up; while :; do sleep 0.05; done")


PLANS: dict[str, list[Part]] = {
    "sleepers": [service(sleeper("first")), Task(shell("once", "true")), service(sleeper("second"))],
    "waves": [service(says_when_told("server")), service(says_when_told("ours"), wave=1)],
    "stubborn": [service(ignorant("stubborn"))],
    "long-task": [Task(shell("migration", f"sleep {2 * WITHIN_S}")), Task(shell("first", "true"))],
    "too-slow": [service(shell("idle", "echo this is why; sleep 1000"))],
    "failing-task": [service(sleeper("first")), Task(shell("once", "echo this is why; exit 3"))],
    "never-up": [service(shell("dying", "echo this is why; exit 3"))],
}


def interrupted_after(lines: int) -> None:
    """A request to end, so many lines of code from now."""
    left = iter(range(lines))

    def trace(frame: FrameType, happens: str, about: object) -> Callable[[FrameType, str, object], Any] | None:
        if next(left, None) is not None:
            return trace
        sys.settrace(None)
        signal.raise_signal(signal.SIGTERM)
        return None

    sys.settrace(trace)


def interrupted_anywhere() -> None:
    """Supervisors of nothing, each asked to end a line later than the one before."""
    supervisor.TICK_S = 0.001
    for lines in range(100):
        Supervisor(FOLDER).run([], partial(interrupted_after, lines))
    say("all ended")


if __name__ == "__main__":
    logs.configure("supervisor", (FOLDER / "supervisor.log").open("a"))
    try:
        if sys.argv[2] in {"long-task", "too-slow"}:
            supervisor.READY_WITHIN_S, supervisor.SAID_EVERY_S = WITHIN_S, WITHIN_S / 4
        if sys.argv[2] == "interrupted":
            interrupted_anywhere()
        else:
            Supervisor(FOLDER).run(PLANS[sys.argv[2]], lambda: say("ready"))
    except StartError as error:
        say(str(error))
        sys.exit(1)

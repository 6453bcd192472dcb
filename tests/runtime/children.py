"""A supervisor of small programs: `python -m tests.runtime.children FOLDER PLAN`."""

import sys
from pathlib import Path

from runtime import logs
from runtime.cache import say
from runtime.errors import StartError
from runtime.processes import Command
from runtime.supervisor import Part, Service, Supervisor, Task
from tests.patience import PATIENCE_S
from tests.runtime.started import STUBBORN_S

FOLDER = Path(sys.argv[1])


def shell(name: str, script: str, stop_within_s: float = PATIENCE_S) -> Command:
    """A shell whose commands are echoed to `order.txt` with its name, in the order in which they happen."""
    script = f"echo {name} >> {FOLDER}/order.txt; {script}"
    return Command(name, ("/bin/bash", "-c", script), stop_within_s=stop_within_s)


def sleeper(name: str, program: str = "sleep") -> Command:
    return shell(name, f"touch {FOLDER}/{name}.up; exec -a {name} {program} 1000")


def ignorant(name: str) -> Command:
    return shell(name, f"trap '' TERM; touch {FOLDER}/{name}.up; while :; do sleep 0.05; done", STUBBORN_S)


def service(command: Command, wave: int = 0) -> Service:
    return Service(command, (FOLDER / f"{command.name}.up").exists, wave)


def says_when_told(name: str) -> Command:
    tell = f"trap 'echo {name}-ends >> {FOLDER}/order.txt; exit' TERM"
    return shell(name, f"{tell}; touch {FOLDER}/{name}.up; while :; do sleep 0.05; done")


PLANS: dict[str, list[Part]] = {
    "sleepers": [service(sleeper("first")), Task(shell("once", "true")), service(sleeper("second"))],
    "waves": [service(says_when_told("server")), service(says_when_told("ours"), wave=1)],
    "stubborn": [
        service(
            shell("stubborn", f"trap '' TERM; touch {FOLDER}/stubborn.up; while :; do sleep 0.05; done", STUBBORN_S)
        )
    ],
    "failing-task": [service(sleeper("first")), Task(shell("once", "echo this is why; exit 3"))],
    "never-up": [service(shell("dying", "echo this is why; exit 3"))],
}

if __name__ == "__main__":
    logs.configure("supervisor", (FOLDER / "supervisor.log").open("a"))
    try:
        Supervisor(FOLDER).run(PLANS[sys.argv[2]], lambda: say("ready"))
    except StartError as error:
        say(str(error))
        sys.exit(1)

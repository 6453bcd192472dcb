"""`zhishou run`: the whole installation on one machine, as children of this process."""

import http.client
import io
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from http import HTTPStatus
from pathlib import Path

from runtime import logs
from runtime.cache import say
from runtime.embedded.installation import Installation
from runtime.embedded.ports import is_free
from runtime.errors import StartError
from runtime.files import open_log
from runtime.home import Home
from runtime.processes import Program, inherited
from runtime.settings import Given, Settings
from runtime.supervisor import Part, Service, Supervisor, Task

FIRST_PASSWORDS = "first-passwords.json"


def run() -> None:
    """Start Postgres, Temporal, the worker, the watchdog and the API; Ctrl-C stops all."""
    supervise(Given(), our_parts)


def our_parts(settings: Settings) -> list[Part]:
    """What runs on the servers, in the order of the start."""
    environment = inherited() | settings.as_environment()
    of_archive = settings.store_secrets()
    # The providers' and the robots' concern the API alone.
    of_api = settings.secrets_as_environment() | settings.chat_secrets() | of_archive

    def python(name: str, *module: str, **more: str) -> Program:
        return Program(name, (sys.executable, "-m", *module), environment | more)

    first_passwords = str(settings.home / FIRST_PASSWORDS)
    return [
        Task(python("prepare", "cli", "prepare", "--demo", first_passwords)),
        Service(python("worker", "worker"), is_ready=lambda: True, wave=1),
        Service(python("watchdog", "watchdog", **of_archive), is_ready=lambda: True, wave=1),
        *_sender(settings, python("sender", "sender", **settings.channel_secrets())),
        *_receiver(settings, python("receiver", "receiver", **settings.mailbox_secrets())),
        Service(python("api", "api", **of_api), is_ready=lambda: _answers_ready(settings), wave=1),
    ]


def _sender(settings: Settings, program: Program) -> list[Part]:
    """Where messages leave by no channel nothing needs a process."""
    return [Service(program, is_ready=lambda: True, wave=1)] if settings.has_channels() else []


def _receiver(settings: Settings, program: Program) -> list[Part]:
    """Where nobody writes to a mailbox or a robot nothing needs a process."""
    is_written_to = settings.reads_mail() or settings.chats()
    return [Service(program, is_ready=lambda: True, wave=1)] if is_written_to else []


def supervise(given: Given, ours: Callable[[Settings], Sequence[Part]]) -> None:
    """Claims the home and runs the servers and ours on it until a signal ends this process."""
    began = time.monotonic()
    home = Home(given.home)
    home.claim()
    address = f"http://{given.host}:{given.port}"
    home.sign(f"process {os.getpid()}, {address}")
    if not is_free(given.port, given.host):
        raise StartError(f"another program uses port {given.port}; choose a free one with ZHISHOU_PORT")

    def greet() -> None:
        say(f"ready after {time.monotonic() - began:.1f} s: {address}")
        _say_how_to_sign_in(home.path / FIRST_PASSWORDS)

    with io.TextIOWrapper(open_log(home.logs / "supervisor.log"), line_buffering=True) as log:
        logs.configure("supervisor", log)
        installation = Installation(given, home)
        settings = installation.settings
        parts = [*installation.servers(), lambda: home.publish(settings.model_dump_json()), *ours(settings)]
        Supervisor(home.logs).run(parts, greet)
    say("stopped")


def _say_how_to_sign_in(first_passwords: Path) -> None:
    """At the first start the passwords of the demo users too; they are kept nowhere else."""
    if first_passwords.is_file():
        passwords: dict[str, str] = json.loads(first_passwords.read_text())
        say("users of the demo, shown this once (`zhishou password USER` sets a new one):")
        for user, password in passwords.items():
            say(f"  {user:<12} {password}")
        first_passwords.unlink()
    say("sign in there, or take a token for the command line: .venv/bin/zhishou token hotline")


def _answers_ready(settings: Settings) -> bool:
    # Not by urllib, which would ask the user's proxy for an address on this machine.
    connection = http.client.HTTPConnection(settings.host, settings.port, timeout=2)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()

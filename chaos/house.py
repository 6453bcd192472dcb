"""The house: a real installation on a home of its own, under its real supervisor, with tokens for its people."""

import http.client
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from http import HTTPStatus
from pathlib import Path

from sqlalchemy import delete

from chaos.processes import PROGRAMS, parts
from demo.people import PEOPLE
from domain.people.duty import DUTIES
from runtime.embedded.ports import CANDIDATES, is_free
from runtime.errors import StartError
from runtime.files import private_folder
from runtime.home import Home
from runtime.settings import Settings
from store.access.tokens import issue
from store.database import connect
from store.models import ShiftRow
from store.registry.records import Shift
from store.registry.roster import add_shift

PROJECT = Path(__file__).resolve().parent.parent
READY_WITHIN_S = 120.0
STOPS_WITHIN_S = 40.0
_DAY = timedelta(days=1)
_TOKENS_LAST = timedelta(hours=12)


@dataclass
class House:
    """A running installation."""

    home: Path
    port: int
    process: "subprocess.Popen[bytes]"
    #: How many parts run when all do.
    size: int = len(PROGRAMS)

    @cached_property
    def settings(self) -> Settings:
        """Where its servers are; they stay there."""
        return Settings.of(Home(self.home))

    @property
    def failpoints(self) -> Path:
        """The folder in which a file makes a process die."""
        return failpoints(self.home)

    @property
    def ledger(self) -> Path:
        """The file for the clients' ledger."""
        return self.home.parent / "ledger.jsonl"

    @property
    def url(self) -> str:
        """The address of its API."""
        return f"http://127.0.0.1:{self.port}"

    def parts(self) -> dict[str, int]:
        """The process ids of what runs now."""
        return parts(self.process.pid)

    def is_ready(self) -> bool:
        """Whether its API says that a ticket can be opened."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=3)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def wait_ready(self) -> None:
        """Until all of it runs."""
        deadline = time.monotonic() + READY_WITHIN_S
        while not (self.is_ready() and len(self.parts()) == self.size):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise StartError(f"the installation is not ready; its logs:\n{self.last_words()}")
            time.sleep(0.1)

    def last_words(self) -> str:
        """The ends of its logs."""
        files = sorted((self.home / "logs").glob("*.log"))
        return "\n".join(f"--- {file.name}\n{file.read_text(errors='replace')[-1500:]}" for file in files)

    def tokens(self, users: Iterable[str]) -> dict[str, str]:
        """A token for each of these people."""
        engine, now = connect(self.settings.database_url), datetime.now(UTC)
        try:
            return {user: issue(engine, user, name="chaos", lasts=_TOKENS_LAST, now=now) for user in sorted(set(users))}
        finally:
            engine.dispose()

    def put_everybody_on_duty(self) -> None:
        """For longer than any run: whom a message reaches is what stood in the roster when it was written."""
        engine, begins = connect(self.settings.database_url), datetime.now(UTC) - _DAY
        try:
            with engine.begin() as connection:
                connection.execute(delete(ShiftRow))
            for id_, person in PEOPLE.items():
                if person.role in DUTIES:
                    add_shift(engine, Shift(person.role, id_, begins, begins + 2 * _DAY))
        finally:
            engine.dispose()


def failpoints(home: Path) -> Path:
    """Beside the home, not in it."""
    return home.parent / "failpoints"


@contextmanager
def house(*, keep: bool = False, environment: Mapping[str, str] | None = None) -> Iterator[House]:
    """A fresh installation that is ready; it stops with the block, and unless told otherwise its folder goes.

    Args:
        environment: what it is told of channels: then it has a sender.
    """
    folder = Path(tempfile.mkdtemp(prefix="zhishou-chaos-"))
    folder.chmod(0o711)  # as root, so that the database server keeps its data in here
    try:
        with _started(folder / "home", environment or {}) as running:
            running.wait_ready()
            running.put_everybody_on_duty()
            yield running
    finally:
        if not keep:
            shutil.rmtree(folder)


@contextmanager
def _started(home: Path, channels: Mapping[str, str]) -> Iterator[House]:
    port = next(port for port in random.sample(CANDIDATES, k=100) if is_free(port))
    own = {"ZHISHOU_HOME": home, "ZHISHOU_PORT": port, "ZHISHOU_FAILPOINTS": private_folder(failpoints(home))}
    with (home.parent / "installation.log").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "chaos.launch"],
            cwd=PROJECT,
            env=_of_others() | {name: str(value) for name, value in own.items()} | dict(channels),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield House(home, port, process, len(PROGRAMS) + bool(channels))
    finally:
        process.terminate()
        try:
            process.wait(STOPS_WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()  # and the kernel ends its children
            process.wait()


def _of_others() -> dict[str, str]:
    """The environment without what would make it somebody else's installation."""
    kept = {"ZHISHOU_CACHE", "ZHISHOU_TEMPORAL_SERVER"}
    ours = ("ZHISHOU_", "TEMPORAL_")
    return {name: value for name, value in os.environ.items() if name in kept or not name.startswith(ours)}

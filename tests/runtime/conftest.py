"""Installations of real servers, without a worker and an API, started as `zhishou run` starts them."""

import os
import random
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest

from runtime.embedded.ports import CANDIDATES, is_free
from runtime.home import Home
from runtime.settings import Settings
from tests.runtime.started import Started, started

SERVERS_ONLY = ("tests.runtime.servers",)
# Root can pass for somebody else: without any right but those on their own files.
AS_ORDINARY_USER = ("unshare", "--user", "--map-user=65534", "--map-group=65534") if os.geteuid() == 0 else ()


@dataclass
class Installation(Started):
    home: Path

    @property
    def settings(self) -> Settings:
        """As a command in another terminal finds them."""
        return Settings.of(Home(self.home))

    def accepts_sql(self) -> bool:
        try:
            return self.sql("SELECT true") is True
        except psycopg2.OperationalError:
            return False

    def sql(self, statement: str) -> object:
        """The first value of the first row, if there is one."""
        connection = psycopg2.connect(self.settings.database_url.replace("+psycopg2", ""))
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchone()[0] if cursor.description else None  # type: ignore[index]  # it has a row
        finally:
            connection.close()


class Installations:
    """Starts them, by default each on a port of its own, and stops those that a test left running."""

    def __init__(self) -> None:
        self._stack = ExitStack()

    def start(
        self, home: Path, *prefix: str, port: int | None = None, module: Sequence[str] = SERVERS_ONLY
    ) -> Installation:
        port = port or next(port for port in random.sample(CANDIDATES, k=100) if is_free(port))
        environment = {"ZHISHOU_HOME": str(home), "ZHISHOU_PORT": str(port)}
        command = started("-m", *module, prefix=prefix, environment=environment)
        running = self._stack.enter_context(command)
        return Installation(running.process, running.output_file, home)

    def start_and_wait(self, home: Path, *prefix: str, module: Sequence[str] = SERVERS_ONLY) -> Installation:
        installation = self.start(home, *prefix, module=module)
        installation.wait_ready()
        return installation

    def close(self) -> None:
        self._stack.close()


@pytest.fixture
def installations() -> Iterator[Installations]:
    installations = Installations()
    yield installations
    installations.close()


@pytest.fixture
def home() -> Iterator[Path]:
    with open_folder() as folder:
        yield folder / "home"


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    """One that runs already and that a test leaves as it is."""
    installations = Installations()
    with open_folder() as folder:
        yield installations.start_and_wait(folder / "home")
        installations.close()


@contextmanager
def open_folder() -> Iterator[Path]:
    """Others may pass through it, so that also as root all data of a home in it stays in it."""
    with tempfile.TemporaryDirectory(prefix="zhishou-test-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        yield folder

"""The house that the rows are measured in: durable servers of their own on loopback, and processes beside them."""

import asyncio
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from demo.seed import seed
from runtime.embedded.pair import embedded_servers, running
from runtime.embedded.ports import keep_ports
from runtime.embedded.temporal import BETWEEN_SERVICES, PORTS, EmbeddedTemporal
from runtime.errors import StartError
from runtime.files import private_folder
from runtime.processes import Process, Program, inherited, start, stop, what_went_wrong
from runtime.settings import Settings
from runtime.temporal import connect_to, ensure_namespaces
from store.migrate import upgrade

NAMESPACE, DRILLS = "zhishou-bench", "zhishou-bench-drill"
PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class House:
    """Running servers, set up as an installation is."""

    home: Path
    temporal_address: str
    temporal: dict[str, str]
    database_url: str

    def settings(self, task_queue: str, port: int = 8080) -> Settings:
        """Of the processes that work on one queue."""
        return Settings.model_validate(
            {
                "home": self.home,
                "temporal_address": self.temporal_address,
                "temporal": self.temporal,
                "database_url": self.database_url,
                "namespace": NAMESPACE,
                "drill_namespace": DRILLS,
                "task_queue": task_queue,
                "port": port,
            }
        )

    @contextmanager
    def process(self, module: str, settings: Settings) -> Iterator[Process]:
        """A Python program beside the servers, until the block ends."""
        argv = (sys.executable, "-m", module)
        command = Program(
            f"{module}-{settings.task_queue}", argv, inherited() | settings.as_environment(), folder=PROJECT
        )
        log = private_folder(self.home / "logs") / f"{command.name}.log"
        process = start(command, log)
        try:
            yield process
            if process.poll() is not None:
                raise StartError(what_went_wrong(command, log))
        except TimeoutError:
            raise StartError(what_went_wrong(command, log)) from None
        finally:
            stop(process, command)

    def server_bytes(self) -> int:
        """What the workflow server's database uses."""
        file = self.home / "temporal" / "temporal.db"
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=30)) as database:
            pages, free, size = (
                int(database.execute(f"PRAGMA {name}").fetchone()[0])
                for name in ("page_count", "freelist_count", "page_size")
            )
        return (pages - free) * size


@contextmanager
def temporary_home() -> Iterator[Path]:
    """A folder that goes with the block; as root open to pass through, for the database server lives in it."""
    home = Path(tempfile.mkdtemp(prefix="zhishou-bench-"))
    home.chmod(0o711)
    try:
        yield home
    finally:
        shutil.rmtree(home)


@contextmanager
def house() -> Iterator[House]:
    """Fresh servers, durable as in production, that stop with the block."""
    with temporary_home() as home, embedded_servers(home, time_skipping=(DRILLS,)) as servers:
        database_url = servers.postgres.create_database("zhishou")
        upgrade(database_url)
        seed(database_url)
        made = House(home, servers.temporal.address, servers.temporal.ways_in, database_url)
        asyncio.run(_register(made))
        yield made


class _Plain(EmbeddedTemporal):
    """The same server without certificates, which only a bench starts."""

    def command(self) -> Program:
        self._dynamic = {name: value for name, value in self._dynamic.items() if name not in BETWEEN_SERVICES}
        return super().command()

    def _configuration(self) -> dict[str, Any]:
        configuration = super()._configuration()
        del configuration["global"]["tls"]
        return configuration


@asynccontextmanager
async def without_tls(house: House) -> AsyncIterator[House]:
    """The house with another workflow server, like its own but in plain, until the block ends."""
    home = private_folder(house.home / "plain")
    server = _Plain(home, keep_ports(home / "ports.json", PORTS), time_skipping=(DRILLS,))
    with running(server.command(), private_folder(home / "logs"), server.is_ready):
        plain = replace(house, temporal_address=server.address, temporal={})
        await _register(plain)
        yield plain


async def _register(house: House) -> None:
    client = await connect_to(house.temporal_address, NAMESPACE, house.temporal)
    await ensure_namespaces(client, NAMESPACE, DRILLS)


def resident_bytes(process: Process) -> int:
    """The memory that a process has in use."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) * 1024

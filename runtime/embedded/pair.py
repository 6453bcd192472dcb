"""Both servers at once, without a supervisor: for tests, benches and scripts."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from runtime.embedded.ports import keep_ports
from runtime.embedded.postgres import EmbeddedPostgres
from runtime.embedded.temporal import PORTS, EmbeddedTemporal
from runtime.errors import StartError
from runtime.files import private_folder
from runtime.processes import Program, start, stop, what_went_wrong

READY_WITHIN_S = 300.0


@dataclass(frozen=True)
class Servers:
    postgres: EmbeddedPostgres
    temporal: EmbeddedTemporal


@contextmanager
def embedded_servers(
    home: Path,
    *,
    time_skipping: tuple[str, ...],
    short_histories: tuple[str, ...] = (),
    durable: bool = True,
) -> Iterator[Servers]:
    """Runs Postgres and Temporal on the home until the block ends."""
    ports = keep_ports(home / "ports.json", PORTS)
    postgres = EmbeddedPostgres(home, durable=durable)
    temporal = EmbeddedTemporal(
        home, ports, time_skipping=time_skipping, short_histories=short_histories, durable=durable
    )
    logs = private_folder(home / "logs")
    postgres.initialise(logs)
    with ExitStack() as started:
        for server in (postgres, temporal):
            started.enter_context(running(server.command(), logs, server.is_ready))
        yield Servers(postgres, temporal)


@contextmanager
def running(command: Program, logs: Path, is_ready: Callable[[], bool]) -> Iterator[None]:
    """One of them, ready, until the block ends."""
    log = logs / f"{command.name}.log"
    process = start(command, log)
    try:
        deadline = time.monotonic() + READY_WITHIN_S
        while not is_ready():
            if process.poll() is not None or time.monotonic() > deadline:
                raise StartError(what_went_wrong(command, log))
            time.sleep(0.02)
        yield
    finally:
        stop(process, command)

"""Real servers for all tests: an embedded Postgres and the official Temporal server with time skipping on.

They start when the first test asks for them, in a home of their own on loopback, and stop with the session.
Under `pytest -n` the workers share one pair, and nothing in it: every module of tests has a database and a task queue
of its own, and no test looks at all that runs in a namespace.
"""

import fcntl
import gc
import json
import os
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest
import structlog
from argon2 import PasswordHasher
from hypothesis import settings
from temporalio.client import Client

from runtime.embedded.pair import embedded_servers
from runtime.embedded.postgres import create_database
from runtime.temporal import connect_to, ensure_namespaces
from tests.evidence.s3 import bucket, gateway, store  # noqa: F401  # fixtures
from tests.patience import patient_workers

# No example has a limit of time, and none that takes long is held against a test: machines are busy.
_PATIENT = settings.get_profile("ci")
settings.register_profile("patient", _PATIENT, derandomize="CI" in os.environ)
settings.load_profile("patient")

NAMESPACE = "zhishou-test"
SHORT_HISTORIES = "zhishou-test-short"  # here workflows continue as new every few commands

#: Files whose tests take minutes, in the order in which they begin: what keeps Temporal busy beside what does not. Who
#: has a file of one test is given another at once, which waits: behind the browsers stand three that take little.
LONGEST = (
    "separation/test_races",
    "console/test_browser",
    "console/test_browser_further",
    "console/test_phone",
    "console/test_jobs",
    "separation/test_workflow",
    "separation/test_domain",
    "security/test_time_tells_nothing",
    "console/test_hostile",
    "stories/test_identification",
    "store/test_watch_at_size",
    "runtime/test_first_light",
    "domain/test_doable",
    "chaos/test_run",
    "runtime/test_run",
    "console/test_deploy",
    "security/workflows/test_signals",
    "security/test_matrix",
    "stories/test_whole_ladder",
    "separation/test_http",
    "security/test_mass_assignment",
    "stories/test_long_lives",
    "security/test_rights_that_end",
)


@dataclass(frozen=True)
class Addresses:
    temporal_address: str
    temporal: dict[str, str]  # how to get in
    superusers_url: str
    owners_url: str  # of the role that has no more rights than the product's
    home: str  # the folder that lasts as long as they do


@pytest.fixture(scope="session", autouse=True)
def _plain_logs() -> None:
    """As the product's are: without the values of variables. A painter of those takes seconds for each error."""
    structlog.configure(
        [
            *structlog.get_config()["processors"][:-1],
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
        ]
    )


@pytest.fixture(scope="session", autouse=True)
def _patient_workers() -> Iterator[None]:
    with patient_workers():
        yield


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Addresses]:
    folder = tmp_path_factory.getbasetemp()
    with (
        _shared_servers(folder if worker_id == "master" else folder.parent) as running,
        pytest.MonkeyPatch.context() as environment,
    ):
        for name, value in running.temporal.items():
            environment.setenv(name, value)
        yield running


@pytest.fixture(scope="session")
def temporal_address(servers: Addresses) -> str:
    return servers.temporal_address


@pytest.fixture(scope="session")
async def client(temporal_address: str) -> Client:
    """In a namespace whose workflows may skip time."""
    client = await connect_to(temporal_address, NAMESPACE)
    await ensure_namespaces(client, NAMESPACE)
    return client


@pytest.fixture(scope="session")
async def short_client(temporal_address: str) -> Client:
    """In a namespace whose histories are short."""
    client = await connect_to(temporal_address, SHORT_HISTORIES)
    await ensure_namespaces(client, SHORT_HISTORIES)
    return client


NewDatabase = Callable[..., str]


@pytest.fixture(scope="session")
def create(servers: Addresses) -> NewDatabase:
    """Makes a database, empty or as another one is, and says its URL."""
    return partial(create_database, servers.superusers_url, servers.owners_url)


@pytest.fixture(scope="session")
def migrated(servers: Addresses, create: NewDatabase) -> str:
    """The name of a database that is only copied: with the schema, which takes seconds."""
    from store.migrate import upgrade  # noqa: PLC0415  # only who asks for a database needs the store

    name = "migrated"
    with _first_in(Path(servers.home, name)) as makes:
        if makes:
            upgrade(create(name))
    return name


@pytest.fixture(scope="session")
def seeded(servers: Addresses, create: NewDatabase, migrated: str) -> str:
    """The same, with the demo: each of its people has a password, which takes time to make."""
    from demo.seed import seed  # noqa: PLC0415  # as above

    name = "seeded"
    with _first_in(Path(servers.home, name)) as makes:
        if makes:
            seed(create(name, migrated))
    return name


@pytest.fixture(scope="session")
def new_database(create: NewDatabase, migrated: str) -> Callable[[], str]:
    """Makes a fresh database and says its URL."""
    return lambda: create(f"test_{uuid.uuid4().hex}", migrated)


@pytest.fixture(scope="session")
def new_demo_database(create: NewDatabase, seeded: str) -> Callable[[], str]:
    """The same with the demo's people, customers, contracts and roster."""
    return lambda: create(f"test_{uuid.uuid4().hex}", seeded)


@pytest.fixture(scope="module")
def quick_passwords() -> Iterator[None]:
    """Hashes that cost next to nothing, in a module in which it is not their cost that keeps anybody out."""
    from store.access import passwords  # noqa: PLC0415  # as above

    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with patch.object(passwords, "_hasher", quick):
        passwords._nobodys.cache_clear()
        yield
    passwords._nobodys.cache_clear()


@pytest.fixture(scope="module")
def database_url(new_database: Callable[[], str]) -> str:
    """A migrated, otherwise empty database of this test module's own."""
    return new_database()


@pytest.fixture(scope="module")
def demo_database_url(new_demo_database: Callable[[], str]) -> str:
    """A database of this test module's own with the demo."""
    return new_demo_database()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--record-histories", help="keep the histories of the stories in this folder")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, so that none is left to one process while the others have nothing to do."""
    first = {f"tests/{name}.py": place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: first.get(item.nodeid.partition("::")[0], len(first)))


def pytest_collection() -> None:
    """What is collected is kept: there is nothing to throw away before all is there."""
    gc.disable()


def pytest_collection_finish() -> None:
    """What is there by now stays: the collector need not look through it again and again."""
    gc.enable()
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    # A Temporal client that is still referenced while the interpreter shuts down may abort the process.
    gc.collect()


@contextmanager
def _first_in(made: Path) -> Iterator[bool]:
    """Whether to make what all workers share: the first who asks does, the others wait until it is there."""
    with made.with_suffix(".lock").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        yield not made.exists()
        made.touch()


@contextmanager
def _shared_servers(folder: Path) -> Iterator[Addresses]:
    """The first one in starts the servers and stops them when all have left."""
    described = folder / "servers.json"
    with (folder / "servers.lock").open("w") as door, (folder / "servers.users").open("w") as users:
        fcntl.flock(door, fcntl.LOCK_EX)
        if described.is_file():
            fcntl.flock(users, fcntl.LOCK_SH)
            fcntl.flock(door, fcntl.LOCK_UN)
            yield Addresses(**json.loads(described.read_text()))
            return
        with _servers() as running:
            described.write_text(json.dumps(asdict(running)))
            fcntl.flock(door, fcntl.LOCK_UN)
            yield running
            fcntl.flock(door, fcntl.LOCK_EX)
            described.unlink()
            fcntl.flock(door, fcntl.LOCK_UN)
            fcntl.flock(users, fcntl.LOCK_EX)


@contextmanager
def _servers() -> Iterator[Addresses]:
    home = Path(tempfile.mkdtemp(prefix="zhishou-test-"))
    home.chmod(0o711)  # as root, so that the database server keeps its data in here
    try:
        with embedded_servers(
            home, time_skipping=(NAMESPACE, SHORT_HISTORIES), short_histories=(SHORT_HISTORIES,), durable=False
        ) as running:
            temporal, postgres = running.temporal, running.postgres
            postgres.create_role()
            urls = postgres.superusers_url, postgres.url("postgres")
            yield Addresses(temporal.address, temporal.ways_in, *urls, str(home))
    finally:
        shutil.rmtree(home)

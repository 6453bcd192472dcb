"""How long the installation takes to start."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from bench.figures import Bar, Line, NotRun, Of, Say, percentile, remark
from bench.house import PROJECT, temporary_home
from bench.size import Size
from runtime.embedded.ports import keep_ports


class NotReadyError(Exception):
    """The installation ended, or said nothing in time."""


def measure(size: Size, say: Say) -> None:
    """`zhishou run` until it says that it is ready, on a home of its own: the first time, then again."""
    say(NotRun("start", "set-up on a fresh machine to first ticket", "the cache is warm"))
    with temporary_home() as parent:
        try:
            first = _start_s(parent)
            warm = [_start_s(parent) for _ in range(size.starts)]
        except NotReadyError as reason:
            say(NotRun("start", "warm start", str(reason)))
            return
    remark(f"`zhishou run` to ready; warm: {size.starts} starts on a home that has its data")
    say(Line("start", "first start on an empty home", first, "s"))
    say(Line("start", "warm start, slowest", percentile(warm, 100), "s", bar=Bar(Of.OURS, 15)))


def _start_s(parent: Path) -> float:
    """Seconds from the call to ready; the installation is stopped again."""
    port = keep_ports(parent / "port.json", ("api",))["api"]
    environment = os.environ | {"ZHISHOU_HOME": str(parent / "home"), "ZHISHOU_PORT": str(port)}
    began = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "-m", "cli", "run"], cwd=PROJECT, env=environment, text=True, stdout=subprocess.PIPE
    ) as process:
        try:
            return _ready_s(process, began)
        finally:
            process.send_signal(signal.SIGINT)


def _ready_s(process: "subprocess.Popen[str]", began: float) -> float:
    assert process.stdout is not None
    for line in process.stdout:
        if "ready after" in line:
            return time.monotonic() - began
    raise NotReadyError(f"`zhishou run` ended with {process.wait()}")

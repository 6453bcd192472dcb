"""The supervisor on real, small processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import pytest

from tests.patience import PATIENCE_S, eventually
from tests.runtime.started import STUBBORN_S, Started, is_alive, started

BOTH = {"first", "second"}


class Supervise(Protocol):
    def __call__(self, plan: str) -> AbstractContextManager[Started]: ...


@pytest.fixture
def supervise(tmp_path: Path) -> Supervise:
    return lambda plan: started("-m", "tests.runtime.children", str(tmp_path), plan)


@pytest.fixture
def sleepers(supervise: Supervise) -> Iterator[Started]:
    with supervise("sleepers") as running:
        running.wait_ready()
        eventually(lambda: running.children().keys() == BOTH, "what they started with has become the programs")
        yield running


def order(folder: Path) -> list[str]:
    return (folder / "order.txt").read_text().split()


def test_parts_start_in_order_each_when_the_one_before_is_ready(sleepers: Started, tmp_path: Path):
    assert order(tmp_path) == ["first", "once", "second"]
    assert sleepers.children().keys() == BOTH


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_stops_all(sleepers: Started, number: signal.Signals):
    children = sleepers.children().values()
    sleepers.signal(number)
    assert sleepers.wait() == 0
    assert not any(map(is_alive, children))


def test_a_signal_is_heeded_wherever_it_comes(supervise: Supervise):
    """Also in the middle of the supervisor's own waiting."""
    with supervise("interrupted") as running:
        assert running.wait() == 0, running.output
        assert "all ended" in running.output


def test_a_child_that_is_killed_is_started_again(sleepers: Started, tmp_path: Path):
    before = sleepers.children()
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)
    eventually(lambda: len(order(tmp_path)) == 5 and sleepers.children().keys() == BOTH, "both are there again")
    assert not set(before.values()) & set(sleepers.children().values())


def test_nothing_outlives_a_supervisor_that_is_killed(sleepers: Started):
    children = sleepers.children().values()
    sleepers.signal(signal.SIGKILL)
    sleepers.wait()
    eventually(lambda: not any(map(is_alive, children)), "the children end")


def test_what_it_did_not_start_goes_on(sleepers: Started):
    with subprocess.Popen(["sleep", "1000"]) as neighbour:
        sleepers.signal(signal.SIGTERM)
        sleepers.wait()
        assert neighbour.poll() is None
        neighbour.kill()


def test_ours_end_before_the_servers_that_they_use(supervise: Supervise, tmp_path: Path):
    with supervise("waves") as running:
        running.wait_ready()
        running.signal(signal.SIGTERM)
        running.wait()
    assert order(tmp_path) == ["server", "ours", "ours-ends", "server-ends"]


def test_a_child_that_ignores_the_request_is_killed(supervise: Supervise):
    """Not before it has had its time; by itself it would never end."""
    with supervise("stubborn") as running:
        running.wait_ready()
        began = time.monotonic()
        running.signal(signal.SIGTERM)
        assert running.wait() == 0
        assert time.monotonic() - began >= STUBBORN_S


@pytest.mark.parametrize("plan", ["failing-task", "never-up", "too-slow"])
def test_a_part_that_does_not_come_up_ends_the_start_and_says_why(supervise: Supervise, plan: str):
    with supervise(plan) as running:
        assert running.wait() == 1
        assert "this is why" in running.output
        assert not running.children()


def test_what_a_start_waits_for_is_said_and_a_task_is_never_cut_short(supervise: Supervise, tmp_path: Path):
    """Ended in the middle, the migration of a great database would begin anew with each start."""
    with supervise("long-task") as running:
        running.wait_ready()
        assert order(tmp_path) == ["migration", "first"]
        assert "waiting for migration since" in running.output


def test_it_works_without_any_standard_stream(tmp_path: Path):
    closed = f"exec {sys.executable} -m tests.runtime.children {tmp_path} sleepers <&- >&- 2>&-"
    with subprocess.Popen(["bash", "-c", closed]) as process:
        eventually((tmp_path / "second.up").exists, "all parts run")
        assert process.poll() is None
        process.terminate()
        assert process.wait(PATIENCE_S) == 0

"""Starts the parts of an installation in order, keeps them running, and stops them in reverse."""

import math
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn, TypeAlias

import structlog

from runtime.cache import say
from runtime.errors import StartError
from runtime.processes import Process, Program, start, stop, stop_together, what_went_wrong

TICK_S = 0.1
#: Of a service; a machine just started, with little memory, takes minutes. A task takes as long as it takes: ended in
#: the middle of a great migration it would begin anew for ever.
READY_WITHIN_S = 300.0
SAID_EVERY_S = 30.0  # what is waited for
FIRST_DELAY_S = 0.2
LONGEST_DELAY_S = 15.0
SETTLED_AFTER_S = 60.0
HOPELESS_AFTER = 5  # deaths in a row while starting

log = structlog.get_logger()


@dataclass(frozen=True)
class Task:
    """Runs once and must succeed before the next part starts."""

    command: Program


@dataclass(frozen=True)
class Service:
    """Runs until the end; what belongs to one wave is stopped together, the highest wave first."""

    command: Program
    is_ready: Callable[[], bool]
    wave: int = 0


# A function is called in this process.
Part: TypeAlias = Service | Task | Callable[[], object]


@dataclass
class _Running:
    service: Service
    process: Process
    since: float = field(default_factory=time.monotonic)
    deaths: int = 0  # in a row
    revive_at: float | None = None

    @property
    def delay_s(self) -> float:
        doublings = min(self.deaths - 1, 10)
        return min(FIRST_DELAY_S * (1 << doublings), LONGEST_DELAY_S)


class Supervisor:
    """Ends only what it started itself. `run` returns after SIGTERM, SIGINT or SIGHUP."""

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        self._running: list[_Running] = []
        # No Event: a signal that comes while its own thread waits on one may find it locked, for ever.
        self._stopping = False

    def run(self, parts: Sequence[Part], when_ready: Callable[[], None]) -> None:
        self._listen()
        try:
            for part in parts:
                self._bring_up(part)
            if not self._stopping:
                when_ready()
            while not self._stopping:
                self._tick()
        finally:
            self._stop_all()

    def _listen(self) -> None:
        signals = [signal.SIGTERM, signal.SIGINT]
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as it is under nohup
            signals.append(signal.SIGHUP)
        for number in signals:
            signal.signal(number, self._stop)

    def _stop(self, *_: object) -> None:
        self._stopping = True

    def _bring_up(self, part: Part) -> None:
        if self._stopping:
            return
        match part:
            case Service(command):
                process = self._start(command)
                self._running.append(_Running(part, process))
                self._wait_until(part.is_ready, command, READY_WITHIN_S)
            case Task(command):
                self._run_to_end(command)
            case function:
                function()

    def _run_to_end(self, command: Program) -> None:
        process = self._start(command)
        try:
            self._wait_until(lambda: process.poll() is not None, command, math.inf)
        finally:
            stop(process, command)
        if process.returncode and not self._stopping:
            self._give_up(command)

    def _start(self, command: Program) -> Process:
        log.info("start", part=command.name)
        return start(command, self._log_of(command))

    def _wait_until(self, done: Callable[[], bool], command: Program, within_s: float) -> None:
        began, said = time.monotonic(), 0
        while not done() and not self._stopping:
            waited_s = time.monotonic() - began
            if waited_s > within_s:
                self._give_up(command)
            if waited_s > (said + 1) * SAID_EVERY_S:
                said += 1
                say(f"waiting for {command.name} since {waited_s:.0f} s; its log: {self._log_of(command)}")
            for running in self._running:
                if running.deaths >= HOPELESS_AFTER:
                    self._give_up(running.service.command)
            self._tick()

    def _tick(self) -> None:
        for running in self._running:
            self._revive(running)
        time.sleep(TICK_S)

    def _revive(self, running: _Running) -> None:
        """Starts a dead child again, later and later while it keeps dying."""
        code, now, command = running.process.poll(), time.monotonic(), running.service.command
        if code is None:
            return
        if running.revive_at is None:
            if now - running.since > SETTLED_AFTER_S:
                running.deaths = 0
            running.deaths += 1
            log.warning("died", part=command.name, code=code, again_in_s=running.delay_s)
            running.revive_at = now + running.delay_s
        elif now >= running.revive_at:
            running.since, running.revive_at = now, None
            try:
                running.process = self._start(command)
            except OSError as error:  # the next tick finds it dead still
                log.warning("not started", part=command.name, error=str(error))

    def _stop_all(self) -> None:
        for wave in sorted({running.service.wave for running in self._running}, reverse=True):
            together = [running for running in self._running if running.service.wave == wave]
            stop_together([(running.process, running.service.command) for running in together])
            codes = {running.service.command.name: running.process.returncode for running in together}
            log.info("stopped", codes=codes)
        self._running.clear()

    def _log_of(self, command: Program) -> Path:
        return self._logs / f"{command.name}.log"

    def _give_up(self, command: Program) -> NoReturn:
        raise StartError(what_went_wrong(command, self._log_of(command)))

"""How long tests wait for what others do: limits that are reached only where something hangs, on no machine by work."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from temporalio.worker._workflow import _WorkflowWorker

#: For whatever happens in another thread or process.
PATIENCE_S = 300.0


def eventually(happens: Callable[[], bool], what: str, *, not_before_s: float = 0) -> None:
    """Wait until it happens; ``not_before_s``: so long it cannot."""
    deadline = time.monotonic() + not_before_s + PATIENCE_S
    while not happens():
        assert time.monotonic() < deadline, f"not within {PATIENCE_S} s: {what}"
        time.sleep(0.02)


@contextmanager
def patient_workers() -> Iterator[None]:
    """A worker of a test's own takes a workflow that has not answered within 2 s for one that hangs; these do not."""
    begin = _WorkflowWorker.__init__

    def patiently(self: _WorkflowWorker, *given: Any, **named: Any) -> None:
        begin(self, *given, **named)
        vars(self)["_deadlock_timeout_seconds"] = PATIENCE_S

    with patch.object(_WorkflowWorker, "__init__", patiently):
        yield

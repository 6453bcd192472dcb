"""Timers: one durable, labelled timer for every deadline of a ticket."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.ticket.deadlines import Deadline
    from domain.ticket.obligations import BREACH

#: A timer starts when the task that sets it completes but is measured from when it began: it is late by the
#: length of that task. Waiting to shortly before a due time and then the rest leaves only a short task's length.
RUN_UP = timedelta(seconds=2)


class Timers:
    """The timers of one ticket. They only wake the workflow; what is due it finds out itself."""

    def __init__(self) -> None:
        self._waiting: dict[str, tuple[Deadline, asyncio.Task[None]]] = {}
        self.rang = False

    def keep(self, deadlines: Mapping[str, Deadline]) -> None:
        """Wait for these deadlines and no others."""
        for name in [name for name, (deadline, _) in self._waiting.items() if deadlines.get(name) != deadline]:
            self._waiting.pop(name)[1].cancel()
        for name, deadline in deadlines.items():
            if name not in self._waiting:
                self._waiting[name] = deadline, asyncio.create_task(self._wait(deadline))

    async def _wait(self, deadline: Deadline) -> None:
        if deadline.rung == BREACH:
            await _sleep_until(deadline.at - RUN_UP, deadline.label)
        await _sleep_until(deadline.at, deadline.label)
        del self._waiting[deadline.timer]
        self.rang = True


async def _sleep_until(instant: datetime, label: str) -> None:
    left = instant - workflow.now()
    if left > timedelta(0):
        await workflow.sleep(left, summary=label)

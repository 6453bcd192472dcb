"""Our worker with the read model switched off: what the history of a ticket is without projection."""

import asyncio
from typing import Any

from temporalio import workflow

import worker
from workflows.keeper import Keeper


async def _tells_nobody(self: Keeper[Any]) -> None:
    while not self.is_over or self._proof:
        await workflow.wait_condition(lambda: bool(self._kept.fresh) or (self.is_over and not self._proof))
        self._case = self._kept.without_fresh()


if __name__ == "__main__":
    Keeper._tell = _tells_nobody  # type: ignore[method-assign]  # noqa: SLF001  # the part that is switched off
    asyncio.run(worker.main())

"""Errands: what only the world can answer is asked beside the main task, and the case lives on meanwhile."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Generic

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from workflows.law import C, Errand

Answer = Callable[[C, datetime], C]

#: Before it the case stood still until the answer was there, its alarms too.
_BESIDE = "errands-beside"


class Errands(Generic[C]):
    """Runs the one kind of errand that a case may have, one at a time."""

    def __init__(self, errand: Errand[C] | None) -> None:
        self._errand = errand
        self._run: asyncio.Future[Answer[C]] | None = None

    @property
    def are_run(self) -> bool:
        """Whether one is under way."""
        return self._run is not None

    def call(self, case: C) -> bool:
        """Whether one is to be begun, or has come back."""
        return self._run.done() if self._run else self._is_wanted(case)

    async def answered(self, case: C) -> Answer[C] | None:
        """What to make of the case, once an answer is there; begins what is to be begun."""
        if self._run is None and self._errand is not None and self._is_wanted(case):
            if not workflow.patched(_BESIDE):
                return await self._errand.run(case)
            self._run = asyncio.ensure_future(self._errand.run(case))
        if self._run is None or not self._run.done():
            return None
        done, self._run = self._run, None
        return done.result()

    def _is_wanted(self, case: C) -> bool:
        return self._errand is not None and self._errand.wanted(case)

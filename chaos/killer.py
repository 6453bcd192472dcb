"""The killer: kills every kind of process in turn, in an order and at moments that follow from the seed."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable

from chaos.house import House
from chaos.plan import Size
from chaos.processes import backends, kill

#: Where a process kills itself, because a file says so (`runtime.failpoints`), and which process that is.
FAILPOINTS = {
    "api between signal and reply": ("signalled", "api"),
    "api between start and reply": ("opened", "api"),
    "worker between commit and report": ("projected", "worker"),
}
BACKEND = "one connection of postgres"
PARTS = ("worker", "watchdog", "api", "temporal", "postgres")
TARGETS = (*PARTS, *FAILPOINTS, BACKEND)

_BACK_WITHIN_S = 30.0
_REACHED_WITHIN_S = 8.0
_TICK_S = 0.02


class Killer:
    """Kills only children of the house's own supervisor, and theirs.

    Attributes:
        killed: how often each target was.
    """

    def __init__(self, house: House, seed: int) -> None:
        self._house = house
        self._dice = random.Random(seed)  # noqa: S311  # repeatable, not secret
        self.killed: Counter[str] = Counter()

    async def work(self, size: Size) -> None:
        """Kill as often as the size of the run says."""
        coming: list[str] = []
        while self.killed.total() < size.kills:
            await asyncio.sleep(self._dice.uniform(*size.gap_s))
            coming = coming or self._dice.sample(TARGETS, k=len(TARGETS))
            await self._kill(coming.pop())

    async def _kill(self, target: str) -> None:
        if target in FAILPOINTS:
            point, part = FAILPOINTS[target]
            target = target if await self._dies_at(point) else part
        if target in FAILPOINTS or await self._dies(target):
            self.killed[target] += 1

    async def _dies_at(self, point: str) -> bool:
        """Whether a process came to the point soon enough to die there."""
        file = self._house.failpoints / point
        file.touch()
        if await _until(lambda: not file.exists(), _REACHED_WITHIN_S):
            return True
        try:
            file.unlink()
        except FileNotFoundError:  # at the last moment
            return True
        return False

    async def _dies(self, target: str) -> bool:
        """Whether it was there, or soon came back, to be killed."""
        await _until(lambda: self._pid(target) is not None, _BACK_WITHIN_S)
        pid = self._pid(target)
        return pid is not None and kill(pid)

    def _pid(self, target: str) -> int | None:
        parts = self._house.parts()
        if target != BACKEND:
            return parts.get(target)
        found = backends(parts["postgres"]) if "postgres" in parts else []
        return self._dice.choice(found) if found else None


async def _until(condition: Callable[[], bool], within_s: float) -> bool:
    deadline = time.monotonic() + within_s
    while not condition():
        if time.monotonic() > deadline:
            return False
        await asyncio.sleep(_TICK_S)
    return True

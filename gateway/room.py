"""The watchdog's look at the disks: of one that is nearly full somebody is told while there is time."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import structlog
from sqlalchemy import Engine

from domain.audience.watch import Trouble
from runtime.room import scarce
from store.watch.findings import Look, open_subjects, settle

log = structlog.get_logger()


@dataclass
class Room:
    """Looks again and again; a disk that answers nothing, as one of another machine may, holds up this look alone."""

    engine: Engine
    folders: tuple[Path, ...]
    _thread: ThreadPoolExecutor = field(default_factory=partial(ThreadPoolExecutor, 1, "room"))
    _asked: Future[Mapping[str, str]] | None = None

    async def look(self) -> None:
        """One look, unless the one before still waits for its answer."""
        if self._asked and not self._asked.done():
            log.warning("a disk does not answer", folders=[str(folder) for folder in self.folders])
            return
        known = await asyncio.to_thread(open_subjects, self.engine, Trouble.NO_ROOM)
        self._asked = self._thread.submit(scarce, self.folders, known)
        found = await asyncio.wrap_future(self._asked)
        await asyncio.to_thread(settle, self.engine, Look(Trouble.NO_ROOM, found), datetime.now(UTC))

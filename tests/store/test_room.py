"""The watchdog tells of a disk that is nearly full, and that it is over."""

import asyncio
import shutil
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine

from domain.audience.watch import Trouble
from gateway import room
from gateway.room import Room
from store.watch.findings import open_subjects

GIB = 1024**3


async def test_a_disk_that_is_nearly_full_is_told_until_there_is_room(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    look = Room(engine, (tmp_path,))
    for free, found in ((GIB, set()), (GIB - 1, {str(tmp_path)}), (GIB + 1, {str(tmp_path)}), (2 * GIB, set())):
        monkeypatch.setattr(shutil, "disk_usage", lambda _, free=free: (100 * GIB, 100 * GIB - free, free))
        await look.look()
        assert open_subjects(engine, Trouble.NO_ROOM) == found


async def test_a_disk_that_does_not_answer_is_asked_once(engine: Engine, monkeypatch: pytest.MonkeyPatch):
    asked, answers = list[int](), threading.Event()

    def hangs(*_: object) -> dict[str, str]:
        asked.append(1)
        answers.wait()
        return {}

    monkeypatch.setattr(room, "scarce", hangs)
    look = Room(engine, ())
    waiting = asyncio.create_task(look.look())
    while not asked:
        await asyncio.sleep(0.01)
    waiting.cancel()
    await look.look()
    answers.set()
    assert asked == [1]

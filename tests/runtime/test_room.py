"""Of a disk that is nearly full somebody is told while there is time."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from runtime.room import LEAST, scarce

GIB = 1024**3


class Usage(NamedTuple):
    total: int
    used: int
    free: int


Disk = Callable[..., Path]


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Disk:
    def is_(free: int, total: int = 100 * GIB) -> Path:
        monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(total, total - free, free))
        return tmp_path

    return is_


def test_a_disk_with_room_is_not_named(disk: Disk):
    assert scarce([disk(LEAST)]) == {}


def test_of_one_that_is_nearly_full_is_said_what_is_left(disk: Disk):
    folder = disk(LEAST - 1)
    assert scarce([folder]) == {str(folder): "1023 MiB"}


def test_folders_on_one_disk_are_one(disk: Disk):
    folder = disk(0)
    (folder / "uploads").mkdir()
    assert list(scarce([folder, folder / "uploads", folder / "not there"])) == [str(folder)]


def test_a_small_disk_needs_less(disk: Disk):
    assert scarce([disk(GIB // 5, total=2 * GIB)]) == {}
    assert scarce([disk(GIB // 5 - 1, total=2 * GIB)])


def test_one_that_was_named_is_so_until_twice_as_much_is_free(disk: Disk):
    folder = disk(2 * LEAST - 1)
    assert scarce([folder], {str(folder)})
    disk(2 * LEAST)
    assert scarce([folder], {str(folder)}) == {}

"""Failpoints: who reaches one dies, once, and only where somebody asked for it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

REACHES = "from runtime.failpoints import reached; reached('here'); print('alive')"


def reaches(folder: Path | None) -> "subprocess.CompletedProcess[str]":
    named = {} if folder is None else {"ZHISHOU_FAILPOINTS": str(folder)}
    environment = {name: value for name, value in os.environ.items() if name != "ZHISHOU_FAILPOINTS"} | named
    command = (sys.executable, "-c", REACHES)
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_nobody_dies_where_no_folder_is_named(tmp_path: Path):
    (tmp_path / "here").touch()
    assert reaches(None).stdout == "alive\n"


def test_nobody_dies_at_a_point_that_has_no_file(tmp_path: Path):
    (tmp_path / "elsewhere").touch()
    assert reaches(tmp_path).stdout == "alive\n"


def test_the_first_to_come_dies_at_once_and_the_next_one_lives(tmp_path: Path):
    (tmp_path / "here").touch()
    first = reaches(tmp_path)
    assert (first.returncode, first.stdout) == (-signal.SIGKILL, "")
    assert reaches(tmp_path).stdout == "alive\n"

"""Whatever the environment says, the answer is a sentence that names the variable, never a traceback."""

import os
import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest

from cli.audit import _grown
from evidence import container
from evidence.faults import EvidenceError
from runtime.errors import PlainError
from tests.patience import PATIENCE_S


def said(*command: str, **environment: str) -> str:
    """What a command that must fail says on standard error."""
    ended = subprocess.run(
        [sys.executable, "-m", "cli", *command],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert ended.returncode == 1
    return ended.stderr


@pytest.mark.parametrize("port", ["abc", "0", "99999", "-1"])
def test_a_port_that_is_none_names_the_variable(port: str):
    message = said("run", ZHISHOU_PORT=port)
    assert message.startswith("zhishou: ZHISHOU_PORT: ")
    assert "Traceback" not in message


def test_a_home_that_is_a_file_is_named(tmp_path: pytest.TempPathFactory):
    message = said("run", ZHISHOU_HOME=__file__)
    assert message == f"zhishou: {__file__}: File exists\n"


def test_a_command_without_an_installation_says_how_to_start_one(tmp_path: pytest.TempPathFactory):
    message = said("token", "hotline", ZHISHOU_HOME=str(tmp_path))
    assert "make run" in message
    assert "Traceback" not in message


def test_missing_addresses_are_named_by_their_variables():
    message = said("prepare")
    assert "TEMPORAL_ADDRESS: " in message
    assert "ZHISHOU_DATABASE_URL: " in message
    assert "ZHISHOU_TEMPORAL_ADDRESS" not in message


def test_an_archive_without_an_earlier_state_of_it_is_an_error(tmp_path: pytest.TempPathFactory):
    """It would be looked at by nobody."""
    with pytest.raises(PlainError, match="--since"):
        _grown(Mock(), [], None, Path(str(tmp_path)))


@pytest.mark.parametrize("since", [b"", b"no note", container.written({"page.html": b"of something else"})])
def test_an_earlier_state_that_is_none_does_not_hold(tmp_path: Path, since: bytes):
    """Whatever the file is instead."""
    file = tmp_path / "since"
    file.write_bytes(since)
    with pytest.raises(EvidenceError):
        _grown(Mock(), [], file, tmp_path)

"""What the logs say of an error, and what they never say."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import structlog

from runtime import logs


@pytest.fixture
def as_before() -> Iterator[None]:
    before, configured = logging.root.handlers[:], structlog.get_config()
    yield
    structlog.configure(**configured)
    structlog.contextvars.clear_contextvars()
    logging.root.handlers[:] = before


@pytest.fixture
def stream(as_before: None) -> io.StringIO:
    stream = io.StringIO()
    logs.configure("test", stream)
    return stream


def fail(token: str) -> None:
    raise ValueError(len(token))


@pytest.mark.parametrize("log", [structlog.get_logger(), logging.getLogger("a library")], ids=["ours", "theirs"])
def test_an_error_is_told_without_the_values_of_variables(stream: io.StringIO, log: logging.Logger):
    """A token that somebody shows is a variable of ours."""
    try:
        fail(token="the-secret" * 5)
    except ValueError:
        log.exception("failed")
    line = json.loads(stream.getvalue())
    assert [frame["name"] for frame in line["exception"][0]["frames"]][-1] == "fail"
    assert "the-secret" not in stream.getvalue()


@pytest.mark.usefixtures("as_before")
@pytest.mark.parametrize("log", [structlog.get_logger(), logging.getLogger("a library")], ids=["ours", "theirs"])
def test_on_a_full_disk_nothing_ends_for_its_log(log: logging.Logger):
    """As the supervisor did, and all with it."""
    full = Path("/dev/full").open("w")  # noqa: SIM115  # its end fails too
    logs.configure("test", full)
    log.warning("told in vain")
    with suppress(OSError):
        full.close()

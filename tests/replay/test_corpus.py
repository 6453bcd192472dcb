"""The corpus: histories of earlier releases, recorded once and never again, that today's code must replay."""

import json
from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory

from tests.replay.replaying import replay

HISTORIES = sorted((Path(__file__).parent / "histories").rglob("*.json"))


def test_there_is_a_corpus():
    """An empty folder would pass everything below."""
    assert HISTORIES


@pytest.mark.parametrize("path", HISTORIES, ids=lambda path: path.stem)
async def test_a_recorded_history_replays_on_todays_code(path: Path):
    """A change of running workflows goes through ``workflow.patched``, never through a new recording."""
    await replay(WorkflowHistory.from_json(path.stem, json.loads(path.read_text())))

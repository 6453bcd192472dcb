"""The corpus: histories of earlier releases, recorded once and never again, that today's code must replay."""

import json
from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory

from gateway.verdict.replaying import decided
from tests.replay.replaying import replay

HISTORIES = sorted((Path(__file__).parent / "histories").rglob("*.json"))


def recorded(path: Path) -> WorkflowHistory:
    history = WorkflowHistory.from_json(path.stem, json.loads(path.read_text()))
    started = history.events[0].workflow_execution_started_event_attributes
    return WorkflowHistory(started.workflow_id, history.events)


def test_there_is_a_corpus():
    """An empty folder would pass everything below."""
    assert HISTORIES


@pytest.mark.parametrize("path", HISTORIES, ids=lambda path: path.stem)
async def test_a_recorded_history_replays_on_todays_code(path: Path):
    """A change of running workflows goes through ``workflow.patched``, never through a new recording."""
    await replay(recorded(path))


@pytest.mark.parametrize("path", HISTORIES, ids=lambda path: path.stem)
async def test_a_recorded_history_is_told_again_as_it_was(path: Path):
    """Temporal compares the kinds of what a workflow asks for alone: here each entry, timer and result is, too."""
    await decided(recorded(path), path.stem)

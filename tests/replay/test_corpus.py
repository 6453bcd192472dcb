"""The corpus: histories of earlier releases, recorded once and never again, that today's code must replay."""

import json
from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory

from gateway.verdict.replaying import decided
from tests.replay.replaying import replay

HISTORIES = sorted((Path(__file__).parent / "histories").rglob("*.json"))
#: Of clocks of missed calls: no ticket's, so nothing of it is decided again.
CALLBACKS = sorted((Path(__file__).parent / "callbacks").glob("*.json"))


def recorded(path: Path) -> WorkflowHistory:
    history = WorkflowHistory.from_json(path.stem, json.loads(path.read_text()))
    started = history.events[0].workflow_execution_started_event_attributes
    return WorkflowHistory(started.workflow_id, history.events)


def test_there_is_a_corpus():
    """An empty folder would pass everything below."""
    assert HISTORIES
    assert CALLBACKS


@pytest.mark.parametrize("path", HISTORIES, ids=lambda path: path.stem)
async def test_a_recorded_history_is_decided_again_as_it_was(path: Path):
    """A change of running workflows goes through ``workflow.patched``, never through a new recording.

    Temporal's replay compares the kinds of what a workflow asks for alone. Here each entry, timer and result is, too,
    and every alarm was due.
    """
    assert (await decided(recorded(path), path.stem)).wrong == []


@pytest.mark.parametrize("path", CALLBACKS, ids=lambda path: path.stem)
async def test_a_recorded_clock_of_a_missed_call_replays(path: Path):
    await replay(recorded(path))

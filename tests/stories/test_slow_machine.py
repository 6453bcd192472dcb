"""A machine so busy that a step takes seconds: the ticket waits, and goes on."""

import itertools
import time
from typing import Any

import pytest
from temporalio.api.enums.v1 import EventType

from domain import decisions
from tests.desk import Desk

#: Behind it the SDK takes a step for one that hangs, if nobody tells it another time.
_LONGER_S = 3


async def test_a_step_that_takes_seconds_is_taken_once(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    decide, first = decisions.decide, itertools.chain([True], itertools.repeat(False))

    def slowly(*given: Any) -> decisions.Decision:
        if next(first):
            time.sleep(_LONGER_S)
        return decide(*given)

    case = await desk.open("standard", "severe")
    monkeypatch.setattr(decisions, "decide", slowly)
    await case.does("engineer", "note", text="在路上")
    await case.does("engineer", "note", text="到了")
    history = await case.handle.fetch_history()
    failed = {EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED, EventType.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT}
    assert not failed & {event.event_type for event in history.events}

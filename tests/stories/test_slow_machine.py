"""A machine so busy that a step takes seconds: the ticket waits, and goes on."""

import itertools
import time
import uuid
from typing import Any

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.client import Client

from domain import decisions
from tests.desk import Desk
from tests.trust import KEYS
from worker import HANGS_AFTER_S, worker

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


async def test_no_worker_takes_such_a_step_for_one_that_hangs(client: Client, desk: Desk):
    """As the workers of tests do not, so the story above holds by their patience, too."""
    async with worker(client, desk.engine, f"slow-{uuid.uuid4().hex[:8]}", KEYS) as patient:
        assert patient._workflow_worker is not None
        assert patient._workflow_worker._deadlock_timeout_seconds == HANGS_AFTER_S > _LONGER_S

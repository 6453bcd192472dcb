"""Somebody calls and nobody takes it: the hotline hears of it at once, and whoever answers for it while nobody calls
back.
"""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select
from temporalio.client import WorkflowHandle

from domain.audience.telephone import RETURNED_WITHIN, Missed
from domain.people.actors import Actor, Role
from gateway.telephone import callback_id, see_that_it_is_returned
from store.models import NotificationRow
from store.telephone import CallEvent, Heard, hear, missed, returned
from tests.desk import GLANCE_S, GLANCES, Desk
from tests.patience import PATIENCE_S
from tests.replay.replaying import replay
from workflows.callback import CallbackWorkflow


async def told(desk: Desk, call: str) -> dict[str, str]:
    """Who was told last, and what; once there is something new to tell."""
    asked = select(NotificationRow.recipient, NotificationRow.title).where(
        NotificationRow.data["phone_call"].as_string() == call
    )
    forget = delete(NotificationRow).where(NotificationRow.data["phone_call"].as_string() == call)
    for _ in range(GLANCES):
        with desk.engine.begin() as connection:
            if found := {row.recipient: row.title["zh"].split("：")[0] for row in connection.execute(asked)}:
                connection.execute(forget)
                return found
        await asyncio.sleep(GLANCE_S)
    raise AssertionError(f"nobody was told of {call}")


async def rings_in_vain(desk: Desk, call: str) -> WorkflowHandle[CallbackWorkflow, bool]:
    now = datetime.now(UTC)
    found = missed(hear(desk.engine, Heard(call, CallEvent.HUNG_UP, "13800001234", now), now))
    assert found is not None
    for _ in range(2):  # the system tells of it again
        await see_that_it_is_returned(desk.client, desk.task_queue, found)
    return clock_of(desk, call)


def clock_of(desk: Desk, call: str) -> WorkflowHandle[CallbackWorkflow, bool]:
    return desk.client.get_workflow_handle(callback_id(call), result_type=bool)


async def passes(desk: Desk, clock: WorkflowHandle[Any, bool], duration: timedelta) -> None:
    await asyncio.wait_for(desk.skipper.fast_forward(clock, duration), PATIENCE_S)


class TestACallThatNobodyTook:
    async def test_goes_up_to_the_leader_while_nobody_calls_back(self, desk: Desk, request: pytest.FixtureRequest):
        clock = await rings_in_vain(desk, "nobody-returns")
        assert await told(desk, "nobody-returns") == {"hotline": "漏接来电"}
        await passes(desk, clock, RETURNED_WITHIN + timedelta(seconds=1))
        assert await told(desk, "nobody-returns") == dict.fromkeys(("duty", "hotline"), "漏接来电未按时回电")
        await passes(desk, clock, RETURNED_WITHIN)
        assert await told(desk, "nobody-returns") == dict.fromkeys(("duty", "leader"), "漏接来电仍未回电")
        assert await clock.result() is False
        await replays(clock, request, "nobody-returns")

    async def test_is_told_of_no_more_once_somebody_called_back(self, desk: Desk, request: pytest.FixtureRequest):
        clock = await rings_in_vain(desk, "returned")
        assert await told(desk, "returned") == {"hotline": "漏接来电"}
        returned(desk.engine, Actor("hotline", Role.HOTLINE), "returned", None, datetime.now(UTC))
        await passes(desk, clock, RETURNED_WITHIN + timedelta(seconds=1))
        assert await clock.result() is True
        await replays(clock, request, "returned")

    async def test_is_believed_by_nobody_who_only_starts_its_clock(self, desk: Desk):
        """Who has a way to the server, and none to the database, tells nobody anything."""
        await see_that_it_is_returned(desk.client, desk.task_queue, Missed("made-up", datetime.now(UTC)))
        assert await clock_of(desk, "made-up").result() is True


async def replays(clock: WorkflowHandle[Any, bool], request: pytest.FixtureRequest, name: str) -> None:
    """On today's code; kept for the corpus under a name where that is asked for."""
    history = await clock.fetch_history()
    await replay(history)
    if folder := request.config.getoption("--record-histories"):
        path = Path(folder) / f"{name}.json"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(history.to_json_dict(), ensure_ascii=False, indent=1, sort_keys=True) + "\n")

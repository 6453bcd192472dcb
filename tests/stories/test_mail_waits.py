"""A mail comes and nobody takes it: the commercial staff hear of it, and then whoever answers for it."""

import asyncio
import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select
from temporalio.client import WorkflowHandle

from domain.audience.mail import TAKEN_WITHIN, Waiting, instants
from domain.contract.calendars import ALWAYS
from domain.people.actors import Actor, Role
from gateway.mail import mail_clock_id, see_that_it_is_taken
from policies.loader import load_schedule
from store.mail import arriving, tending, waiting
from store.models import Became, NotificationRow
from tests.desk import GLANCE_S, GLANCES, Desk
from tests.stories.test_missed_calls import passes, replays
from workflows.mail import MailWorkflow

Clock = WorkflowHandle[MailWorkflow, bool]


async def told(desk: Desk, mail: str) -> dict[str, str]:
    """Who was told last, and what; once there is something new to tell."""
    its = NotificationRow.data["mail"].as_string() == mail
    for _ in range(GLANCES):
        with desk.engine.begin() as connection:
            rows = connection.execute(select(NotificationRow.recipient, NotificationRow.title).where(its))
            if found := {row.recipient: row.title["zh"].split("：")[0] for row in rows}:
                connection.execute(delete(NotificationRow).where(its))
                return found
        await asyncio.sleep(GLANCE_S)
    raise AssertionError(f"nobody was told of {mail}")


async def comes(desk: Desk, words: str) -> tuple[str, Clock]:
    """A mail that nobody could read comes; its id, and its clock."""
    now, raw = datetime.now(UTC), f"Message-ID: <{words}>\n\n{words}".encode()
    at = arriving.place(desk.engine, "service@here", 1, 1, now)
    uid = int(hashlib.sha256(raw).hexdigest()[:6], 16)
    assert arriving.keep(desk.engine, "service@here", at, arriving.Fetched(uid, now, raw), now)
    id_, rungs = arriving.identity(raw), instants(now, ALWAYS, load_schedule())
    tending.settle(desk.engine, id_, tending.Done(Became.UNREADABLE, due_at=rungs[1]), now)
    for _ in range(2):  # somebody died in between
        await see_that_it_is_taken(desk.client, desk.task_queue, Waiting(id_, rungs))
    return id_, desk.client.get_workflow_handle(mail_clock_id(id_), result_type=bool)


class TestAMailThatNobodyTook:
    async def test_goes_up_to_the_leader(self, desk: Desk, request: pytest.FixtureRequest):
        id_, clock = await comes(desk, "nobody takes it")
        assert await told(desk, id_) == {"commercial": "邮件报障"}
        await passes(desk, clock, TAKEN_WITHIN + timedelta(seconds=1))
        assert await told(desk, id_) == dict.fromkeys(("commercial", "duty"), "邮件报障未按时受理")
        await passes(desk, clock, TAKEN_WITHIN)
        assert await told(desk, id_) == dict.fromkeys(("duty", "leader"), "邮件报障仍无人受理")
        assert await clock.result() is False
        await replays(clock, request, "mail-nobody-takes")

    async def test_is_told_of_no_more_once_somebody_did(self, desk: Desk, request: pytest.FixtureRequest):
        id_, clock = await comes(desk, "somebody takes it")
        assert await told(desk, id_) == {"commercial": "邮件报障"}
        waiting.take(desk.engine, Actor("commercial", Role.COMMERCIAL), id_, datetime.now(UTC))
        await passes(desk, clock, TAKEN_WITHIN + timedelta(seconds=1))
        assert await clock.result() is True
        await replays(clock, request, "mail-taken")

    async def test_is_believed_by_nobody_who_only_starts_its_clock(self, desk: Desk):
        made_up = Waiting("made-up", (datetime.now(UTC),))
        await see_that_it_is_taken(desk.client, desk.task_queue, made_up)
        assert await desk.client.get_workflow_handle(mail_clock_id("made-up"), result_type=bool).result() is True

"""Long and rough lives: histories that start afresh, workers that were away, commands that come twice or late."""

import asyncio
import random
import uuid
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from temporalio.client import Client
from temporalio.testing import TimeSkipper

from domain.ticket.commands import Command, CommandKind
from domain.ticket.obligations import State
from store.database import connect
from store.models import EntryRow
from tests.desk import Case, Desk
from tests.patience import PATIENCE_S
from tests.people import PEOPLE
from tests.trust import KEYS
from worker import worker

SECONDS = timedelta(seconds=1)
MINUTES = timedelta(minutes=1)


@asynccontextmanager
async def desk_at(client: Client, database_url: str) -> AsyncIterator[Desk]:
    """A desk whose worker comes and goes when the story says so: none is there yet."""
    engine = connect(database_url)
    yield Desk(client, engine, f"stories-{uuid.uuid4().hex[:8]}", TimeSkipper(client))
    engine.dispose()


async def opened_just_before(desk: Desk, limit: timedelta, *reports: tuple[str, str]) -> list[Case]:
    """Tickets that are past all but a promise of this length, and whose worker has gone before the promise is due.

    A machine that is too slow for the time that is left gets twice as much.
    """
    for left in (4 * SECONDS * 2**more for more in range(6)):
        async with worker(desk.client, desk.engine, desk.task_queue, KEYS):
            opened = [await desk.open(*report, ago=limit - left) for report in reports]
        if datetime.now(UTC) < min(case.received_at for case in opened) + limit - SECONDS:
            return opened
    raise AssertionError("nobody could open tickets")


async def until(instant: datetime) -> None:
    """In real time."""
    await asyncio.sleep(max(0.0, (instant - datetime.now(UTC)) / SECONDS))


async def runs(case: Case) -> int:
    """How many runs the ticket's workflow has had."""
    count = 0
    async for _ in case.desk.client.list_workflows(f'WorkflowId = "{case.number}"'):
        count += 1
    return count


class TestContinuingAsNew:
    """A long history starts afresh and takes everything along."""

    async def test_decisions_timers_and_alarms_survive_while_commands_keep_coming(
        self, short_client: Client, database_url: str
    ):
        async with (
            desk_at(short_client, database_url) as desk,
            worker(short_client, desk.engine, desk.task_queue, KEYS),
        ):
            case = await desk.open("nuobida", "I")
            first = await case.does("engineer", "respond", text="已联系")
            for nth in range(40):
                await case.does("engineer", "note", text=f"进展 {nth}")
            await asyncio.gather(*(case.does("engineer", "note", text=f"同时 {nth}") for nth in range(20)))
            await case.reaches_due("plan")
            await case.expect("plan", State.BREACHED)
            await case.expect_alarm("plan", 100)
            assert first.command_id is not None
            again = Command(first.command_id, CommandKind.NOTE, PEOPLE["engineer"], case.now(), data={"text": "再来"})
            await case.sends(again)
            await case.does("pm", "classify", facts={"major": False}, reason="单台设备")
            last = await case.does("engineer", "resolve", summary="更换电源后恢复")
            entries = await case.timeline()
            assert [entry.seq for entry in entries][-1] >= last.seq
            assert Counter(entry.command_id for entry in entries if entry.command_id).most_common(1)[0][1] == 1
            assert await runs(case) > 1
            await case.does("customer", "confirm")
            await case.closes()


class TestNobodyThere:
    """While no worker runs, signals wait in history; what counts is when things happened."""

    async def test_an_answer_a_second_before_or_after_the_due_time_is_judged_by_its_own_time(
        self, client: Client, database_url: str
    ):
        async with desk_at(client, database_url) as desk:
            early, late = await opened_just_before(desk, 10 * MINUTES, ("nuobida", "I"), ("nuobida", "I"))
            for case, about_due in ((early, -SECONDS), (late, SECONDS)):
                accepted_at = case.received_at + 10 * MINUTES + about_due
                command = Command(
                    str(uuid.uuid4()), CommandKind.RESPOND, PEOPLE["engineer"], accepted_at, data={"text": "已联系"}
                )
                await case.sends(command)
            await until(late.received_at + 10 * MINUTES + 2 * SECONDS)
            async with worker(client, desk.engine, desk.task_queue, KEYS):
                await early.expect("respond", State.MET)
                assert [alarm.rung for alarm in (await early.obligation("respond")).alarms if alarm.rung >= 100] == []
                await late.expect("respond", State.BREACHED)
                await late.expect_alarm("respond", 100)

    async def test_alarms_that_fell_due_while_everything_was_down_are_raised_once_with_their_lateness(
        self, client: Client, database_url: str
    ):
        async with desk_at(client, database_url) as desk:
            opened = await opened_just_before(desk, 30 * MINUTES, ("standard", "severe"), ("nuobida", "I"))
            cases = dict(zip(("restore", "plan"), opened, strict=True))
            await until(max(case.received_at for case in opened) + 30 * MINUTES + 2 * SECONDS)
            async with worker(client, desk.engine, desk.task_queue, KEYS):
                for key, case in cases.items():
                    await case.expect(key, State.BREACHED)
                    alarm = await case.expect_alarm(key, 100)
                    assert alarm.lateness_ms >= 1000


class TestUnreliableSenders:
    """A command counts once, however often and in whatever order it arrives."""

    async def test_5000_commands_with_30_percent_duplicates_have_no_double_effect(
        self, client: Client, database_url: str
    ):
        dice = random.Random(5)
        async with desk_at(client, database_url) as desk, worker(client, desk.engine, desk.task_queue, KEYS):
            cases = await asyncio.gather(*(desk.open("nuobida", "III") for _ in range(20)))
            unique = [(case, note(case)) for case in cases for _ in range(175)]
            sent = unique + dice.choices(unique, k=1500)
            dice.shuffle(sent)
            for start in range(0, len(sent), 100):
                await asyncio.gather(*(case.sends(command) for case, command in sent[start : start + 100]))
            for case in cases:
                entries = await case.timeline()
                answered = [entry.command_id for entry in entries if entry.command_id]
                assert sorted(answered) == sorted(command.command_id for of, command in unique if of is case)
            with desk.engine.connect() as connection:
                of_these = select(EntryRow).where(EntryRow.ticket.in_([case.number for case in cases]))
                refused = connection.execute(of_these.filter_by(happening="command_refused")).all()
            assert refused == []

    async def test_a_command_long_after_the_close_is_refused_and_recorded(self, client: Client, database_url: str):
        async with desk_at(client, database_url) as desk, worker(client, desk.engine, desk.task_queue, KEYS):
            case = await desk.open("standard", "general")
            await case.does("engineer", "resolve", summary="更换电源后恢复")
            await case.does("customer", "confirm")
            await case.closes()
            await case.expect_refused("engineer", "respond", "closed", text="太晚了")
            await case.does("supervisor", "record_survey", text="满意")
            await asyncio.wait_for(case.handle.result(), PATIENCE_S)


def note(case: Case) -> Command:
    return Command(str(uuid.uuid4()), CommandKind.NOTE, PEOPLE["engineer"], case.now(), data={"text": "进展"})

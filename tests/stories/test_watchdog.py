"""The watchdog finds what stands still on a real server, tells of it, and lives through what it watches."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from sqlalchemy import Engine, delete, select, update
from sqlalchemy.orm import Session
from temporalio import workflow
from temporalio.client import Client
from temporalio.worker import Worker

from domain.audience.watch import Trouble
from domain.ticket.commands import Command, CommandKind
from domain.ticket.obligations import Alarm
from gateway.telephone import callback_id, see_that_it_is_returned
from gateway.watching import EVERY_S, ROWS_S, RUNS_S, Watch
from store import projections
from store.database import connect
from store.models import BeatRow, NotificationRow, ObligationRow, PhoneCallRow
from store.telephone import CallEvent, Heard, hear, missed, returned
from store.watch.beats import RUNS, WATCHDOG, ages, silent
from store.watch.findings import standstills
from tests.desk import Desk
from tests.patience import PATIENCE_S
from tests.people import PEOPLE


async def _never() -> Client:
    raise ConnectionError


def watch(desk: Desk, connected: Callable[[], Awaitable[Client]] | None = None, queue: str | None = None) -> Watch:
    async def client() -> Client:
        return desk.client

    return Watch(desk.engine, connected or client, queue or desk.task_queue, warm_s=0)


async def look(watching: Watch) -> None:
    """At both halves."""
    await watching.look_at_rows()
    await watching.look_at_runs()


async def until(watching: Watch, subject: str, *troubles: Trouble) -> None:
    """Look until exactly these are found of the subject."""
    async with asyncio.timeout(PATIENCE_S):
        while {each.trouble for each in standstills(watching.engine, subject)} != set(troubles):
            await look(watching)
            await asyncio.sleep(0.1)


def told(engine: Engine, subject: str) -> list[str]:
    """Whom the watchdog told of the subject, in order."""
    with Session(engine) as session:
        asked = select(NotificationRow).where(
            NotificationRow.happening.is_(None), NotificationRow.data["subject"].astext == subject
        )
        rows = session.scalars(asked.order_by(NotificationRow.created_at, NotificationRow.recipient))
        return [row.recipient for row in rows]


@workflow.defn(name="TicketWorkflow", sandboxed=False)
class Broken:
    """A ticket's workflow of which every task fails."""

    @workflow.run
    async def run(self, _: str) -> None:
        raise RuntimeError("of no kind that ends a workflow")


@asynccontextmanager
async def a_broken_run(desk: Desk) -> AsyncIterator[tuple[str, str]]:
    """Its id and its queue."""
    id_, queue = f"BROKEN-{uuid.uuid4().hex[:8]}", f"broken-{uuid.uuid4().hex[:8]}"
    async with Worker(desk.client, task_queue=queue, workflows=[Broken]):
        handle = await desk.client.start_workflow("TicketWorkflow", "x", id=id_, task_queue=queue)
        try:
            yield id_, queue
        finally:
            await handle.terminate()


class TestAnOpenTicket:
    async def test_whose_workflow_was_ended_by_force_is_found(self, desk: Desk):
        """Managers and administrator are told once."""
        case = await desk.open("sitech", "B")
        await case.does("duty", "note", text="进展")
        watching = watch(desk)
        await look(watching)
        assert standstills(desk.engine, case.number) == []
        await case.handle.terminate()
        await until(watching, case.number, Trouble.NO_RUN)
        await look(watching)
        assert told(desk.engine, case.number) == ["admin", "duty", "pm"]

    async def test_whose_alarm_is_held_back_is_found(self, desk: Desk):
        """By its promise alone: it was due, and nothing rang."""
        case = await desk.open("sitech", "B")
        await case.does("duty", "note", text="进展")
        with desk.engine.begin() as connection:
            promise = (ObligationRow.ticket == case.number, ObligationRow.state == "running")
            late = datetime.now(UTC) - timedelta(seconds=70)
            changed = update(ObligationRow).where(*promise).values(due_at=late)
            assert connection.execute(changed).rowcount
        watching = watch(desk)
        await until(watching, case.number, Trouble.OVERDUE)
        again = watch(desk)  # one that has just been started
        await look(again)
        assert told(desk.engine, case.number) == ["admin", "duty", "pm"]
        with desk.engine.begin() as connection:
            raised = [{"rung": Alarm(100, late, late, 0).rung}]
            connection.execute(update(ObligationRow).where(*promise).values(alarms=raised))
        await until(watching, case.number)
        assert len(told(desk.engine, case.number)) == 6

    async def test_of_which_the_read_model_cannot_be_told_is_found(self, desk: Desk):
        """And found well again when it can."""
        case = await desk.open("sitech", "B")
        await case.does("duty", "note", text="进展")
        watching = watch(desk)
        with patch.object(projections, "project", side_effect=OSError):
            note = Command(str(uuid.uuid4()), CommandKind.NOTE, PEOPLE["duty"], case.now(), data={"text": "进展"})
            await case.sends(note)
            await until(watching, case.number, Trouble.NOT_PROJECTED)
        await until(watching, case.number)
        assert told(desk.engine, case.number) == ["admin", "duty", "pm"] * 2


async def missed_call(desk: Desk, queue: str) -> str:
    """The id of the clock of a call that nobody took two minutes ago."""
    now = datetime.now(UTC)
    heard = Heard(uuid.uuid4().hex, CallEvent.HUNG_UP, "anonymous", now - timedelta(minutes=2))
    call = missed(hear(desk.engine, heard, now))
    assert call is not None
    await see_that_it_is_returned(desk.client, queue, call)
    return callback_id(call.id)


async def rungs_told(desk: Desk, clock: str, count: int) -> None:
    asked = select(PhoneCallRow.rungs_told).where(PhoneCallRow.id == clock.removeprefix("call "))
    async with asyncio.timeout(PATIENCE_S):
        while True:
            with desk.engine.connect() as connection:
                if connection.scalar(asked) == count:
                    return
            await asyncio.sleep(0.1)


class TestAMissedCall:
    async def test_whose_clock_was_ended_by_force_is_found_until_somebody_calls_back(self, desk: Desk):
        clock, watching = await missed_call(desk, desk.task_queue), watch(desk)
        await rungs_told(desk, clock, 1)
        for _ in range(2):
            await look(watching)
        assert standstills(desk.engine, clock) == []
        await desk.client.get_workflow_handle(clock).terminate()
        await until(watching, clock, Trouble.CALL_FAILS)
        assert told(desk.engine, clock) == ["admin", "duty", "pm"]
        returned(desk.engine, PEOPLE["hotline"], clock.removeprefix("call "), None, datetime.now(UTC))
        await until(watching, clock)

    async def test_whose_clock_no_worker_knows_is_found(self, desk: Desk):
        """An older build's, say; nobody is told of the call, and that is found by itself."""
        queue = f"older-{uuid.uuid4().hex[:8]}"
        async with Worker(desk.client, task_queue=queue, workflows=[Broken]):
            clock, watching = await missed_call(desk, queue), watch(desk)
            await until(watching, clock, Trouble.CALL_FAILS, Trouble.CALL_OVERDUE)
            found = {each.trouble: each.reason for each in standstills(desk.engine, clock)}
            assert "workflow task, attempt" in found[Trouble.CALL_FAILS]
            assert found[Trouble.CALL_OVERDUE].startswith("rung 1, ")
            await desk.client.get_workflow_handle(clock).terminate()
        returned(desk.engine, PEOPLE["hotline"], clock.removeprefix("call "), None, datetime.now(UTC))
        await until(watching, clock)


class TestARun:
    async def test_whose_task_fails_again_and_again_is_found(self, desk: Desk):
        """Also where the read model has nothing of it."""
        async with a_broken_run(desk) as (id_, queue):
            watching = watch(desk, queue=queue)
            await until(watching, id_, Trouble.RUN_FAILS)
            assert "workflow task, attempt" in standstills(desk.engine, id_)[0].reason
        await until(watching, id_)

    async def test_that_fails_is_in_the_servers_own_list(self, desk: Desk):
        """So it is found among any number, and at once."""
        async with a_broken_run(desk) as (id_, queue):
            watching = watch(desk, queue=queue)
            with patch("gateway.watching.IN_TURN", 0):
                await until(watching, id_, Trouble.RUN_FAILS)


class TestTheWatchdog:
    @pytest.fixture(autouse=True)
    def _unheard(self, desk: Desk) -> None:
        with desk.engine.begin() as connection:
            connection.execute(delete(BeatRow))

    async def test_beats_for_each_half_by_itself(self, desk: Desk):
        """Without Temporal the read model is watched still."""
        await look(watch(desk, _never))
        assert set(ages(desk.engine)) == {WATCHDOG}
        await look(watch(desk))
        assert set(ages(desk.engine)) == {WATCHDOG, RUNS}

    async def test_is_not_called_silent_while_a_look_goes_on(self, desk: Desk):
        """However long it takes, up to where it would be given up, and however short the one before was."""
        await look(watch(desk))
        longest = {WATCHDOG: EVERY_S + ROWS_S, RUNS: EVERY_S + RUNS_S}
        heard = {name: (float(longest[name]), every_s) for name, (_, every_s) in ages(desk.engine).items()}
        assert set(heard) == set(longest)
        assert not {WATCHDOG, RUNS} & set(silent(heard))

    async def test_outlives_a_database_that_is_away(self, desk: Desk):
        """And looks again."""
        watching = watch(desk)
        watching.engine = connect("postgresql://nobody@127.0.0.1:1/none")
        await look(watching)
        watching.engine = desk.engine
        await look(watching)
        assert set(ages(desk.engine)) == {WATCHDOG, RUNS}

    async def test_finds_who_else_is_silent(self, desk: Desk):
        """The worker has never been heard here; the watchdog hears itself."""
        await until(watch(desk), "worker", Trouble.SILENT)
        assert told(desk.engine, "worker") == ["admin", "duty", "pm"]
        assert standstills(desk.engine, WATCHDOG) == []

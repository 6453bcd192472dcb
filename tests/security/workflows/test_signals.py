"""Whatever is sent to a ticket's workflow, past the API: the ticket lives, and so does its worker."""

import asyncio
import os
import uuid
from dataclasses import replace
from pathlib import Path

from temporalio.client import Client
from temporalio.testing import TimeSkipper

from domain.ticket.commands import Command, CommandKind
from domain.ticket.obligations import State
from store.database import connect
from tests.desk import Case, Desk
from tests.patience import PATIENCE_S
from tests.people import PEOPLE
from tests.security.workflows.bad_signals import Raw, bomb, forged, long_json, unreadable
from tests.trust import KEYS
from worker import worker
from workflows.aftercare import aftercare_id

#: Bytes by which the worker, which is this process, may grow.
GROWTH = 20 * 1024 * 1024


def note(case: Case) -> Command:
    return Command(str(uuid.uuid4()), CommandKind.NOTE, PEOPLE["duty"], case.now(), data={"text": "进展"})


async def noted_after(case: Case, *signals: Raw) -> None:
    """All are sent, and then a good one, which is decided."""
    for signal in signals:
        await signal.to(case.desk.client, case.number)
    good = note(case)
    await case.sends(good)
    assert (await case._entry(good.command_id)).happening == "noted"


async def refusals(case: Case) -> list[str]:
    return [row.data["reason"] for row in await case.timeline() if row.happening == "command_refused"]


def memory(name: str) -> int:
    """Of this process, in bytes: ``VmRSS``, or ``VmHWM`` for the most that it was."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1]) * 1024


class TestATicket:
    async def test_lives_on_after_signals_that_nobody_can_read(self, desk: Desk):
        """One by one: what is decided after each of them shows it. Nothing of them is on record."""
        case = await desk.open("sitech", "B")
        bad = unreadable(note(case))
        for signal in bad.values():
            await noted_after(case, signal)
        assert await refusals(case) == []
        assert len(bad) > 22

    async def test_refuses_on_record_what_can_be_read_and_is_vouched_for_by_nobody(self, desk: Desk):
        """And keeps little of what is claimed."""
        case = await desk.open("sitech", "B")
        bad = forged(note(case))
        await noted_after(case, *bad.values())
        async with asyncio.timeout(PATIENCE_S):
            while len(refused := await refusals(case)) < len(bad):
                await asyncio.sleep(0.05)
        assert refused == ["forged"] * len(bad)
        assert max(len(str(row.data)) for row in await case.timeline()) < 10_000

    async def test_keeps_its_worker_small(self, desk: Desk):
        """Bombs in a row: one of 400 MB, and many of what may be unpacked elsewhere, all in one task."""
        case = await desk.open("sitech", "B")
        small, large = Raw((long_json(4),)), Raw((bomb(400),))
        await noted_after(case)
        before = memory("VmRSS")
        Path("/proc/self/clear_refs").write_text("5")
        await noted_after(case, large, *[small] * 150)
        assert memory("VmHWM") - before < GROWTH


class TestManyLongCommands:
    async def test_that_come_at_once_are_all_on_record(self, client: Client, database_url: str):
        """More than the server takes of a workflow in one piece: it would end the workflow."""
        engine = connect(database_url)
        desk = Desk(client, engine, f"long-{uuid.uuid4().hex[:8]}", TimeSkipper(client))
        async with worker(client, engine, desk.task_queue, KEYS):
            case = await desk.open("sitech", "B")
        commands = [replace(note(case), data={"text": os.urandom(30_000).hex()}) for _ in range(90)]
        for command in commands:
            await case.sends(command)
        async with worker(client, engine, desk.task_queue, KEYS):
            for command in commands:
                assert (await case._entry(command.command_id)).command_id == command.command_id
        engine.dispose()


class TestTheAftercare:
    async def test_is_kept_by_the_ticket_itself_where_somebody_has_its_id(self, desk: Desk):
        """What is owed is kept, whoever came first."""
        case = await desk.open("fuao", "regular")
        squatter = await desk.client.start_workflow("any", id=aftercare_id(case.number), task_queue="of-nobody")
        await case.does("engineer", "resolve", summary="更换电源后恢复")
        await case.does("customer", "confirm")
        await case.expect("survey@closed", State.RUNNING)
        await case.expect_refused("engineer", "respond", "closed", text="太晚了")
        await case.does("supervisor", "record_survey", text="满意", satisfaction="satisfied")
        await case.does("engineer", "deliver_report", text="原因、方法、结果")
        outcome = await asyncio.wait_for(case.handle.result(), PATIENCE_S)
        assert outcome.obligations["survey@closed"] == outcome.obligations["report@resolved"] == "met"
        await squatter.terminate()

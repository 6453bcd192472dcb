"""Two reports of one fault on a real server: the later one ends once the other has recorded it, whatever is lost."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Row, select
from temporalio.api.enums.v1 import EventType
from temporalio.client import Client, WorkflowHistory
from temporalio.testing import TimeSkipper
from temporalio.worker import Worker

from demo.seed import seed
from domain.matters.merging import as_command, as_data
from domain.ticket.commands import Command, CommandKind
from domain.ticket.obligations import State
from runtime.signing import Signer, rotate, withdraw
from store.database import connect
from store.models import TicketRow
from tests.desk import Case, Desk
from tests.patience import PATIENCE_S
from tests.people import PEOPLE
from tests.replay.replaying import replay
from tests.trust import KEYS
from worker import worker

MINUTES = timedelta(minutes=1)
_TASK = EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED


async def two(desk: Desk) -> tuple[Case, Case]:
    """A report, and another of the same fault."""
    first = await desk.open("standard", "severe", ago=2 * MINUTES)
    return first, await desk.open("standard", "severe")


async def row(case: Case) -> Row[Any]:
    await case.timeline()
    with case.desk.engine.connect() as connection:
        return connection.execute(select(TicketRow).filter_by(number=case.number)).one()


async def decided(case: Case, command: Command) -> Row[Any]:
    return await case._entry(command.command_id)


class TestTwoReportsOfOneFault:
    async def test_are_one_ticket_with_both_contacts(self, desk: Desk):
        first, later = await two(desk)
        await later.reaches_due("respond")
        await later.expect("respond", State.BREACHED)
        merging = await later.merging_into(await first.seen())
        for _ in range(3):
            await later.sends(merging)
        assert (await decided(later, merging)).happening == "merged"
        await later.closes()
        ended = await row(later)
        assert (ended.stage, ended.ended_as, ended.merged_into) == ("closed", "merged", first.number)
        await later.expect("respond", State.BREACHED)
        await later.expect("restore", State.CANCELLED)
        assert (await row(first)).other_contacts == [{"name": "王工", "phone": "13800000000"}]
        assert [line.happening for line in await first.timeline()].count("merged_in") == 1
        await first.does("engineer", "note", text="合并处理")

    async def test_merged_into_each_other_at_once_only_the_later_one_ends(self, desk: Desk):
        first, later = await two(desk)
        here, there = await later.merging_into(await first.seen()), await first.merging_into(await later.seen())
        await asyncio.gather(first.sends(there), later.sends(here))
        assert (await decided(first, there)).data["reason"] == "received_first"
        assert (await decided(later, here)).happening == "merged"
        await first.does("engineer", "respond", text="已联系")

    async def test_a_chain_ends_in_the_first(self, desk: Desk):
        """Each waits for an earlier one alone; what ended meanwhile takes nothing in."""
        first, later = await two(desk)
        last = await desk.open("standard", "severe")
        onward, there = await last.merging_into(await later.seen()), await later.merging_into(await first.seen())
        await asyncio.gather(later.sends(there), last.sends(onward))
        assert (await decided(later, there)).happening == "merged"
        answer = await decided(last, onward)
        if answer.happening == "merged":  # it came first
            assert (await row(later)).other_contacts
        else:
            assert answer.data["reason"] == "other_closed"
            again = await last.merging_into(await first.seen())
            await last.sends(again)
            assert (await decided(last, again)).happening == "merged"

    async def test_one_that_closed_meanwhile_takes_nothing_in(self, desk: Desk):
        first, later = await two(desk)
        merging = await later.merging_into(await first.seen())
        await first.does("duty", "discard", reason="误开")
        await first.closes()
        await later.sends(merging)
        assert (await decided(later, merging)).data["reason"] == "other_closed"
        await later.does("engineer", "respond", text="已联系")

    async def test_one_that_knows_better_says_why_not(self, desk: Desk):
        first, later = await two(desk)
        merging = await later.merging_into(await first.seen())
        await first.does("engineer", "classify", level="general", reason="核实")
        await later.sends(merging)
        assert (await decided(later, merging)).data["reason"] == "graver_than_the_other"
        await later.does("engineer", "respond", text="已联系")

    async def test_nobody_unsigned_is_believed_that_one_was_taken_in(self, desk: Desk):
        """Whoever reaches Temporal could say that the other has recorded it, or bring it a command of their own."""
        first, later = await two(desk)
        merging = await later.merging_into(await first.seen())
        asks = merging.known["asks"] | {"data": {"from": "ANOTHER2"}}
        known = merging.known | {"asks": asks, "answer": {"accepted": True}}
        await later.sends(replace(merging, known=known))
        await first.expect_entry("command_refused")
        assert {line.data["reason"] for line in await first.timeline() if line.happening == "command_refused"} == {
            "forged"
        }
        assert (await row(later)).stage != "closed"

    async def test_whose_key_is_withdrawn_on_the_way_goes_on_and_says_so(self, desk: Desk):
        """The other believes nothing of it and decides nothing; merged once more, under a key that counts, it ends."""
        first, later = await two(desk)
        merging = await later.merging_into(await first.seen())
        rotate(KEYS)
        withdrawn = Signer.of(KEYS)
        told = withdrawn.signed(first.number, as_command(merging.known["asks"]))
        rotate(KEYS)
        withdraw(KEYS, withdrawn.id)
        await later.sends(replace(merging, known=merging.known | {"asks": as_data(told)}))
        refused = await decided(later, merging)
        assert (refused.data["reason"], "merge" in refused.data["detail"]["en"]) == ("unproven", True)
        await later.does("engineer", "respond", text="已联系")
        again = await later.merging_into(await first.seen())
        await later.sends(again)
        assert (await decided(later, again)).happening == "merged"


class TestAWorkerThatIsLost:
    @pytest.fixture
    async def lost(self, client: Client, database_url: str) -> AsyncIterator[Desk]:
        """A desk of its own, whose worker a story starts and stops."""
        seed(database_url)
        engine = connect(database_url)
        yield Desk(client, engine, f"lost-{uuid.uuid4().hex[:8]}", TimeSkipper(client))
        engine.dispose()

    async def test_while_the_other_has_not_answered_loses_nothing(self, lost: Desk):
        """The later one raises its alarms meanwhile, decides nothing else, and ends once the other has recorded it."""
        aside = replace(lost, task_queue=f"{lost.task_queue}-aside")
        async with working(lost):
            later = await lost.open("standard", "severe")
            other = await not_working_yet(aside, later)
            merging = await later.merging_into(other)
            note = Command(str(uuid.uuid4()), CommandKind.NOTE, PEOPLE["duty"], later.now(), data={"text": "稍等"})
            for command in (merging, note, merging):
                await later.sends(command)
            await asked(later)
            await later.passes(11 * MINUTES)
            await later.expect("respond", State.BREACHED)
            assert {merging.command_id, note.command_id}.isdisjoint(line.command_id for line in await later.timeline())
        async with working(lost), working(aside):
            assert (await decided(later, merging)).happening == "merged"
            assert (await decided(later, note)).data["reason"] == "closed"
            await later.closes()
        await every_beginning_replays(await lost.client.get_workflow_handle(later.number).fetch_history())


def working(desk: Desk) -> Worker:
    return worker(desk.client, desk.engine, desk.task_queue, KEYS)


async def not_working_yet(aside: Desk, like: Case) -> dict[str, Any]:
    """An earlier report of the same fault whose workflow takes everything and decides nothing, for nobody runs it."""
    opening = (await like.ticket()).opening
    number, received_at = uuid.uuid4().hex[:8].upper(), opening.received_at - MINUTES
    await aside.tickets.start(replace(opening, number=number, received_at=received_at))
    return await like.seen() | {"number": number, "received_at": received_at.isoformat()}


async def asked(case: Case) -> None:
    """It has asked what the other has decided."""
    async with asyncio.timeout(PATIENCE_S):
        while not any(
            event.activity_task_scheduled_event_attributes.activity_type.name == "answer_of"
            for event in (await case.handle.fetch_history()).events
        ):
            await asyncio.sleep(0.1)


async def every_beginning_replays(history: WorkflowHistory) -> None:
    """Wherever a worker was lost, the next one takes up what this one left."""
    tasks = [place for place, event in enumerate(history.events) if event.event_type == _TASK]
    assert len(tasks) > 3
    for place in tasks[1:]:
        await replay(WorkflowHistory(history.workflow_id, history.events[:place]))

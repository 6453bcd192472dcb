"""The read model is rebuilt from the histories with a zero difference, and a forged row is found and put right."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, delete, update

from domain.ticket.commands import Command, CommandKind
from gateway.histories import batches
from store.models import EntryRow, NotificationRow, ObligationRow, TicketRow
from store.rebuilding import Rebuilt, rebuild, scratch
from tests.desk import Case, Desk
from tests.people import PEOPLE


@pytest.fixture
def aside(desk: Desk) -> Iterator[Engine]:
    with scratch(desk.engine) as beside:
        yield beside


async def a_closed_ticket(desk: Desk) -> Case:
    case = await desk.open("fuao", "urgent")
    await case.does("engineer", "respond", text="已联系")
    await case.expect_refused("engineer", "start_remote", "no_grant", text="x")
    await case.does("engineer", "resolve", summary="更换电源后恢复")
    await case.does("customer", "confirm")
    await case.closes()
    await case.does("engineer", "deliver_report", text="原因、方法、结果")
    await case.timeline()
    return case


async def rebuilt(case: Case, aside: Engine, *, repair: bool) -> Rebuilt:
    told = await batches(case.desk.client, case.number)
    return rebuild(case.desk.engine, aside, case.number, told, repair=repair)


class TestRebuild:
    """design: SQL is a projection, rebuilt from histories at any time with a zero diff."""

    async def test_of_a_whole_life_and_its_aftercare_there_is_no_difference(self, desk: Desk, aside: Engine):
        case = await a_closed_ticket(desk)
        assert await rebuilt(case, aside, repair=False) == Rebuilt(0)

    async def test_of_a_report_that_took_another_in_and_is_found_to_be_anothers_there_is_none(
        self, desk: Desk, aside: Engine
    ):
        """Which customer's each line was, whom to call back, what is searched: all of it follows from the histories."""
        first = await desk.open("standard", "severe", ago=timedelta(minutes=2))
        later = await desk.open("standard", "severe")
        merging = await later.merging_into(await first.seen())
        await later.sends(merging)
        assert (await later._entry(merging.command_id)).happening == "merged"
        await later.closes()
        wrong = await desk.open("standard", "severe")
        contact = {"name": "李工", "phone": "13900000000"}
        data = {"customer": "demo-fuao", "contact": contact, "level": "regular", "reason": "登记错了单位"}
        known = {"customer": {"id": "demo-fuao", "name": "复澳"}, "contract": "fuao"}
        hotline, now = PEOPLE["hotline"], wrong.now()
        await wrong.sends(Command(str(uuid.uuid4()), CommandKind.IDENTIFY, hotline, now, data=data, known=known))
        await wrong.expect_entry("identified")
        for case in (first, wrong):
            await case.does("engineer", "note", text="以上")
        for case in (first, later, wrong):
            assert await rebuilt(case, aside, repair=False) == Rebuilt(0)
        customers = {line.customer for line in await wrong.timeline()}
        assert customers == {"demo-standard", "demo-fuao"}

    @pytest.mark.parametrize(
        ("table", "key", "forged"),
        [
            (TicketRow, TicketRow.number, {"title": "伪造"}),
            (EntryRow, EntryRow.ticket, {"actor_id": "somebody"}),
            (ObligationRow, ObligationRow.ticket, {"reason": "forged"}),
        ],
        ids=["ticket", "entry", "obligation"],
    )
    async def test_a_forged_row_is_found_and_put_right(
        self, desk: Desk, aside: Engine, table: Any, key: Any, forged: dict[str, str]
    ):
        case = await a_closed_ticket(desk)
        with desk.engine.begin() as connection:
            connection.execute(update(table).where(key == case.number).values(forged))
        assert (await rebuilt(case, aside, repair=True)).differences > 0

    async def test_what_was_put_right_no_longer_differs(self, desk: Desk):
        case = await a_closed_ticket(desk)
        with desk.engine.begin() as connection:
            connection.execute(update(EntryRow).where(EntryRow.ticket == case.number).values(actor_id="somebody"))
        for differs in (True, False):
            with scratch(desk.engine) as aside:
                assert bool((await rebuilt(case, aside, repair=True)).differences) is differs

    async def test_a_ticket_that_is_missing_altogether_comes_back(self, desk: Desk, aside: Engine):
        case = await a_closed_ticket(desk)
        with desk.engine.begin() as connection:
            for row in (EntryRow, ObligationRow, NotificationRow):
                connection.execute(delete(row).where(row.ticket == case.number))
            connection.execute(delete(TicketRow).where(TicketRow.number == case.number))
        told = await batches(case.desk.client, case.number)
        assert rebuild(desk.engine, aside, case.number, told, repair=True).behind > 0
        rebuild(desk.engine, aside, case.number, told, repair=True, final=True)
        assert [entry.seq for entry in await case.timeline()] == [*range(1, len(await case.timeline()) + 1)]

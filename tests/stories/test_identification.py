"""Whose report it is, found out later, on a real server: terms agreed anew, and what comes while they are asked for."""

import asyncio
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select, text

from domain.ticket.commands import Command, CommandKind
from domain.ticket.obligations import State
from store.models import TicketRow
from tests.desk import Case, Desk
from tests.patience import PATIENCE_S
from tests.people import PEOPLE

HOURS = timedelta(hours=1)
#: As the API finds it.
FUAO = {"customer": {"id": "demo-fuao", "name": "复澳"}, "contract": "fuao"}
REGULAR = {
    "customer": "demo-fuao",
    "contact": {"name": "李工", "phone": "13900000000"},
    "level": "regular",
    "reason": "登记错了单位",
}


def identification(case: Case) -> Command:
    """The hotline finds that it is fuao's."""
    command_id, hotline = str(uuid.uuid4()), PEOPLE["hotline"]
    return Command(command_id, CommandKind.IDENTIFY, hotline, case.now(), data=REGULAR, known=FUAO)


class TestAnotherCustomer:
    async def test_has_the_terms_of_its_contract_and_what_was_broken_stays_broken(self, desk: Desk):
        case = await desk.open("standard", "severe")
        await case.reaches_due("respond")
        await case.expect("respond", State.BREACHED)
        command = identification(case)
        await case.sends(command)
        await case.expect_entry("promises_changed")
        assert [line.command_id for line in await case.timeline() if line.happening == "identified"] == [
            command.command_id
        ]
        await case.expect("respond", State.BREACHED)
        ticket = await case.ticket()
        assert (ticket.customer.id, ticket.terms.pack, ticket.level) == ("demo-fuao", "fuao", "regular")
        with desk.engine.connect() as connection:
            row = connection.execute(select(TicketRow).filter_by(number=case.number)).one()
        assert (row.customer_id, row.pack, row.contract) == ("demo-fuao", "fuao", "fuao")
        await case.does("engineer", "resolve", summary="更换电源")
        resolution = (await case.ticket()).resolution
        assert resolution is not None
        await case.reaches(resolution.silent_until)
        await case.expect_entry("silence_confirmed")


@contextmanager
def nobody_finds_contracts(desk: Desk) -> Iterator[None]:
    """The registry's contracts are out of reach; the read model is not."""
    with desk.engine.begin() as connection:
        connection.execute(text("ALTER TABLE contract RENAME TO away"))
    try:
        yield
    finally:
        with desk.engine.begin() as connection:
            connection.execute(text("ALTER TABLE away RENAME TO contract"))


class TestWhileTheTermsAreAskedFor:
    async def test_the_ticket_lives_on_under_the_old_ones(self, desk: Desk):
        """Alarms are raised, commands decided; the identification is decided once, however often it is sent."""
        case = await desk.open("standard", "severe")
        command = identification(case)
        with nobody_finds_contracts(desk):
            for _ in range(2):
                await case.sends(command)
            await case.sends(replace(command, data=REGULAR | {"reason": "别的原因"}))
            await case.does("engineer", "respond", text="已联系")
            await case.passes(5 * HOURS)
            await case.expect_entry("rung")
            assert (await case.ticket()).terms.pack == "standard"
        await case.expect_entry("identified")
        async with asyncio.timeout(PATIENCE_S):
            while not [line for line in await case.timeline() if line.data.get("reason") == "id_reused"]:
                await asyncio.sleep(0.1)
        lines = await case.timeline()
        assert [line.happening for line in lines if line.command_id == command.command_id] == ["identified"]
        await case.expect("respond", State.MET)

    async def test_a_ticket_that_ends_is_nobody_elses(self, desk: Desk):
        case = await desk.open("standard", "severe")
        command = identification(case)
        with nobody_finds_contracts(desk):
            await case.sends(command)
            await case.does("duty", "discard", reason="误开")
            assert (await case._entry(command.command_id)).data["reason"] == "closed"
        await case.closes()

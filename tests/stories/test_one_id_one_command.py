"""An id is one command: what comes under it later is a repeat, or is turned down and on record as that."""

import asyncio
import uuid
from dataclasses import replace

from domain.ticket.commands import Command, CommandKind
from tests.desk import Case, Desk
from tests.patience import PATIENCE_S
from tests.people import PEOPLE


def note(case: Case) -> Command:
    return Command(str(uuid.uuid4()), CommandKind.NOTE, PEOPLE["engineer"], case.now(), data={"text": "一句"})


async def until_calm(case: Case) -> None:
    """Everything that was signalled before is decided."""
    await case.does("engineer", "note", text="以上")


class TestTheSameId:
    async def test_with_something_else_behind_it_is_another_command_and_is_not_lost_in_silence(self, desk: Desk):
        case = await desk.open("sitech", "B")
        first = note(case)
        respond = replace(first, kind=CommandKind.RESPOND)
        others = (respond, replace(first, actor=PEOPLE["pm"]), replace(first, data={"text": "另一句"}))
        for command in (first, first, *others, respond):
            await case.sends(command)
        await until_calm(case)
        lines = await case.timeline()
        assert [line.happening for line in lines if line.command_id == first.command_id] == ["noted"]
        turned_down = [line for line in lines if line.data.get("reason") == "id_reused"]
        assert [(line.data["kind"], line.actor_id) for line in turned_down] == [
            ("respond", "engineer"),
            ("note", "pm"),
            ("note", "engineer"),
        ]
        assert {line.command_id for line in turned_down} == {None}
        assert turned_down[0].data["command_id"] == first.command_id

    async def test_is_known_in_the_aftercare_too(self, desk: Desk):
        case = await desk.open("standard", "general")
        first = note(case)
        await case.sends(first)
        await case.does("engineer", "resolve", summary="更换电源")
        await case.does("customer", "confirm")
        await case.closes()
        await case.sends(first)
        await case.sends(replace(first, kind=CommandKind.DELIVER_REPORT))
        async with asyncio.timeout(PATIENCE_S):
            while not [line for line in await case.timeline() if line.data.get("reason") == "id_reused"]:
                await asyncio.sleep(0.1)

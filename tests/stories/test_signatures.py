"""Every act has a person behind it: the API vouches for the sender, the worker believes nobody else."""

import asyncio
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Row

from activities.signals import SUBMIT
from domain.ticket.commands import Command, CommandKind
from runtime.signing import Signer, rotate
from tests.desk import Case, Desk
from tests.patience import PATIENCE_S
from tests.people import PEOPLE
from tests.trust import KEYS, SIGNER


def note(case: Case, who: str = "duty") -> Command:
    return Command(str(uuid.uuid4()), CommandKind.NOTE, PEOPLE[who], case.now(), data={"text": "伪造"})


async def attempts(case: Case) -> list[Row[Any]]:
    return [each for each in await case.timeline() if each.data.get("reason") == "forged"]


class TestAForgedCommand:
    async def test_is_refused_and_stands_on_record_as_nobodys(self, desk: Desk, tmp_path: Path):
        """Whoever can reach Temporal can send a signal; what it claims is not believed."""
        case = await desk.open("sitech", "B")
        genuine, stranger = note(case), Signer.of(tmp_path / "keys")
        forgeries = (
            genuine,
            replace(genuine, signature="x"),
            stranger.signed(case.number, genuine),
            SIGNER.signed("ANOTHER2", genuine),
            replace(SIGNER.signed(case.number, genuine), actor=PEOPLE["pm"]),
            replace(SIGNER.signed(case.number, genuine), data={"text": "另一句"}),
        )
        for forged in forgeries:
            await case.handle.signal(SUBMIT, forged)
        await case.sends(genuine)
        assert (await case._entry(genuine.command_id)).happening == "noted"
        async with asyncio.timeout(PATIENCE_S):
            while len(refused := await attempts(case)) < len(forgeries):
                await asyncio.sleep(0.1)
        assert len(refused) == len(forgeries)
        assert {each.actor_id for each in refused} == {"system"}
        assert refused[0].data["claimed"]["id"] == "duty"


class TestAWorkerWithoutKeys:
    async def test_believes_no_stranger(self, desk: Desk, tmp_path: Path):
        """A ticket that asked for keys and learnt of none would ask for no signature any more."""
        case, stranger = await desk.open("sitech", "B"), Signer.of(tmp_path / "keys")
        for file in KEYS.glob("*.pub"):
            file.rename(file.with_suffix(".away"))
        try:
            await case.handle.signal(SUBMIT, stranger.signed(case.number, note(case)))
            async with asyncio.timeout(PATIENCE_S):
                while not await attempts(case):
                    await asyncio.sleep(0.1)
        finally:
            for file in KEYS.glob("*.away"):
                file.rename(file.with_suffix(".pub"))
        await case.does("engineer", "note", text="旧钥匙仍然有效")


class TestANewKey:
    async def test_is_learnt_by_tickets_that_are_open(self, desk: Desk):
        """Keys are changed while tickets run; the command waits until the trusted ones have been asked for."""
        case = await desk.open("sitech", "B")
        await case.does("engineer", "note", text="旧钥匙")
        rotate(KEYS)
        signer, command = Signer.of(KEYS), note(case)
        assert signer.id != SIGNER.id
        await case.handle.signal(SUBMIT, signer.signed(case.number, command))
        assert (await case._entry(command.command_id)).happening == "noted"
        await case.does("engineer", "note", text="旧钥匙签的仍然有效")

"""Every act has a person behind it: the API vouches for the sender, the worker believes nobody else."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row, select
from temporalio import activity

from activities.signals import SUBMIT
from activities.signatures import Signatures
from domain.ticket.commands import Command, CommandKind
from runtime.signing import Signer, rotate, trusted_keys, withdraw
from store.models import EntryRow
from tests.desk import Case, Desk
from tests.patience import PATIENCE_S
from tests.people import PEOPLE
from tests.trust import KEYS, SIGNER
from worker import worker
from workflows.ticket import TicketWorkflow


def note(case: Case, who: str = "duty") -> Command:
    return Command(str(uuid.uuid4()), CommandKind.NOTE, PEOPLE[who], case.now(), data={"text": "伪造"})


async def attempts(case: Case) -> list[Row[Any]]:
    return [each for each in await case.timeline() if each.data.get("reason") == "forged"]


@contextmanager
def no_keys() -> Iterator[None]:
    """The worker's folder lies empty for a while."""
    for file in KEYS.glob("*.pub"):
        file.rename(file.with_suffix(".away"))
    try:
        yield
    finally:
        for file in KEYS.glob("*.away"):
            file.rename(file.with_suffix(".pub"))


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not await holds():
            await asyncio.sleep(0.1)


async def waits(case: Case, count: int) -> bool:
    """Whether so many commands stand unproven."""
    kept = await case.handle.query(TicketWorkflow.kept)
    return kept.unproven == count


async def is_alarmed(case: Case) -> bool:
    """Whether a promise was missed and the read model knows."""
    with case.desk.engine.connect() as connection:
        said = select(EntryRow.data).filter_by(ticket=case.number, happening="alarm_raised")
        return any(data.get("rung") == 100 for data in connection.scalars(said))


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
        refused = await attempts(case)
        assert len(refused) == len(forgeries)
        assert {each.actor_id for each in refused} == {"system"}
        assert refused[0].data["claimed"]["id"] == "duty"


class TestAWithdrawnKey:
    async def test_is_out_at_once_on_tickets_that_are_open(self, desk: Desk):
        """Whoever has it says nothing any more, to no ticket that believed it a moment ago; the others still do."""
        case = await desk.open("sitech", "B")
        rotate(KEYS)
        signer, before, after = Signer.of(KEYS), note(case), note(case)
        await case.handle.signal(SUBMIT, signer.signed(case.number, before))
        assert (await case._entry(before.command_id)).happening == "noted"
        rotate(KEYS)
        withdraw(KEYS, signer.id)
        await case.handle.signal(SUBMIT, signer.signed(case.number, after))
        await case.does("engineer", "note", text="另一把钥匙仍然有效")
        (refused,) = await attempts(case)
        assert refused.data["claimed"]["id"] == "duty"
        await case.sends(after)
        assert (await case._entry(after.command_id)).happening == "noted"


class TestAWorkerWithoutKeys:
    async def test_lets_commands_wait_and_keeps_deadlines(self, desk: Desk, tmp_path: Path):
        """It believes nobody and loses nothing: the true one counts when keys are there, the forged one never."""
        stranger = Signer.of(tmp_path / "keys")
        case = await desk.open("sitech", "B", ago=timedelta(minutes=9, seconds=30))  # a minute's skip to the breach
        genuine = note(case)
        with no_keys():
            await case.handle.signal(SUBMIT, stranger.signed(case.number, note(case)))
            await case.sends(genuine)
            await until(lambda: waits(case, 2))
            await case.passes(timedelta(minutes=1))
            await until(lambda: is_alarmed(case))
            assert await waits(case, 2)
        assert (await case._entry(genuine.command_id)).happening == "noted"
        assert len(await attempts(case)) == 1


class TestANewKey:
    async def test_is_learnt_by_tickets_that_are_open(self, desk: Desk):
        """Keys are changed while tickets run; the worker looks at those that it has with each command."""
        case = await desk.open("sitech", "B")
        await case.does("engineer", "note", text="旧钥匙")
        rotate(KEYS)
        signer, command = Signer.of(KEYS), note(case)
        assert signer.id != SIGNER.id
        await case.handle.signal(SUBMIT, signer.signed(case.number, command))
        assert (await case._entry(command.command_id)).happening == "noted"
        await case.does("engineer", "note", text="旧钥匙签的仍然有效")


class TestASlowLook:
    """A question to a ticket may come in the same step as a signal, whose sender is asked for only then."""

    async def test_leaves_nothing_out_of_how_a_ticket_stands(self, desk: Desk, monkeypatch: pytest.MonkeyPatch):
        """What was sent before the question is decided on before its answer."""
        looks, looked = asyncio.Semaphore(0), asyncio.Semaphore(0)

        @activity.defn(name="present_signers")
        async def slowly(self: Signatures) -> dict[str, str]:
            looked.release()
            await looks.acquire()
            return trusted_keys(self.keys)

        monkeypatch.setattr(Signatures, "present_signers", slowly)
        async with worker(desk.client, desk.engine, queue := desk.task_queue + "-slow", KEYS):
            case = await replace(desk, task_queue=queue).open("sitech", "B")
            first, second = note(case), note(case)
            await case.sends(first)
            await looked.acquire()
            await case.sends(second)
            early = asyncio.create_task(case.handle.query(TicketWorkflow.kept))
            whole = asyncio.create_task(case.ticket())
            await asyncio.sleep(0.5)  # the server holds both back with the second note until the first look is over
            looks.release()
            await looked.acquire()
            assert (await early).unproven == 1
            assert not whole.done()
            for _ in range(9):
                looks.release()
            before = (await early).ticket
            assert before is not None
            assert (await whole).seq == before.seq + 1

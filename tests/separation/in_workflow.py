"""A ticket in its workflow, on a real server and a real worker, its timeline read from the read model.

What is asked of it is noted and then sent in one go, so that tickets live side by side.
"""

import asyncio
import threading
import uuid
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Engine, select
from temporalio.client import Client, WorkflowHandle
from temporalio.service import RPCError
from temporalio.testing import TimeSkipper

from domain.matters.merging import as_data, as_seen
from domain.people.actors import SYSTEM, Actor
from domain.ticket.commands import Command, CommandKind
from domain.ticket.numbers import numbers
from domain.ticket.opening import Contact, Customer, Opening
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from gateway.tickets import EndedError, Tickets, settled
from runtime.temporal import connect_to
from store.models import EntryRow
from tests.conftest import NAMESPACE
from tests.patience import PATIENCE_S
from tests.people import PEOPLE
from tests.separation.moves import Move
from tests.separation.record import Line, Standing
from tests.separation.starts import Start
from tests.trust import KEYS, SIGNER
from worker import worker
from workflows.aftercare import AftercareWorkflow, aftercare_id
from workflows.outcome import Outcome
from workflows.ticket import TicketWorkflow

MINUTE = timedelta(minutes=1)
CALM = Move("note", {"text": "以上"})
_Result = TypeVar("_Result")


#: So much of a longer time is skipped at once.
_PART = timedelta(hours=12)


@dataclass
class Shop:
    """A worker in a loop of its own, and the way to it."""

    loop: asyncio.AbstractEventLoop
    client: Client
    skipper: TimeSkipper
    engine: Engine
    tickets: Tickets

    def do(self, work: Coroutine[Any, Any, _Result], within_s: float | None = PATIENCE_S) -> _Result:
        """In the loop of the worker, from another thread; whoever is stopped meanwhile leaves nothing going on."""
        doing = asyncio.run_coroutine_threadsafe(work, self.loop)
        try:
            return doing.result(within_s)
        finally:
            doing.cancel()

    def settle(self, lives: Sequence["InWorkflow"]) -> None:
        """All that was asked of these tickets is done, side by side."""
        self.do(self._together(lives))

    async def _together(self, lives: Sequence["InWorkflow"]) -> None:
        await asyncio.gather(*(life.catches_up() for life in lives))


@contextmanager
def shop(address: str, engine: Engine) -> Iterator[Shop]:
    """Open until the block ends."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    closing = asyncio.Event()
    opened: asyncio.Future[Shop] = loop.create_future()
    working = asyncio.run_coroutine_threadsafe(_work(address, engine, opened, closing), loop)
    try:
        yield asyncio.run_coroutine_threadsafe(_opened(opened), loop).result(PATIENCE_S)
    finally:
        loop.call_soon_threadsafe(closing.set)
        working.result(PATIENCE_S)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(PATIENCE_S)
        loop.close()


async def _opened(shop: "asyncio.Future[Shop]") -> Shop:
    return await shop


async def _work(address: str, engine: Engine, opened: "asyncio.Future[Shop]", closing: asyncio.Event) -> None:
    client = await connect_to(address, NAMESPACE)
    task_queue = f"separation-{uuid.uuid4().hex[:8]}"
    async with worker(client, engine, task_queue, KEYS):
        skipper = TimeSkipper(client)
        tickets = Tickets(skipper.client, task_queue, SIGNER)
        opened.set_result(Shop(asyncio.get_running_loop(), client, skipper, engine, tickets))
        await closing.wait()


def new_number() -> str:
    """A ticket's number that nobody has."""
    return next(numbers(uuid.uuid4().hex))


@dataclass
class InWorkflow:
    """One ticket; ``other``: one that was received before; ``asked``: what is still to be sent or waited for."""

    shop: Shop
    start: Start
    number: str = field(default_factory=new_number)
    other: str = field(default_factory=new_number)
    asked: list[tuple[Actor, Move, bool] | int] = field(default_factory=list)
    skipped: timedelta = field(default_factory=timedelta)
    looked_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    opened: bool = False

    def says(self, actor: Actor, move: Move, *, again: bool = False) -> None:
        self.asked.append((actor, move, again))

    def passes(self, minutes: int) -> None:
        self.asked.append(minutes)

    def lines(self) -> Sequence[Line]:
        self.shop.settle([self])
        with self.shop.engine.connect() as connection:
            rows = connection.execute(select(EntryRow).filter_by(ticket=self.number).order_by(EntryRow.seq))
            return [Line.of_row(row) for row in rows]  # type: ignore[arg-type]  # a row has the columns

    def standing(self) -> Standing:
        return Standing.of(self.shop.do(self._ticket()), self.looked_at, timedelta(seconds=3))

    async def catches_up(self) -> None:
        """What was asked is sent, and the read model has it."""
        if self.opened and not self.asked:
            return
        asked, self.asked = self.asked, []
        if not self.opened:
            await self._open()
        for each in asked:
            if isinstance(each, int):
                await self._passes(each * MINUTE)
            else:
                await self._send(*each)
        await self._calms_down()

    async def _open(self) -> None:
        now, contract = datetime.now(UTC), self.start.contract
        opening = Opening(
            number=self.number,
            contract=self.start.agreed,
            title="核心交换机宕机",
            description="机房告警，业务中断。",
            channel="web",
            customer=Customer(f"demo-{contract.pack}", "演示客户"),
            contact=Contact("王工", "13800000000"),
            opener=PEOPLE["hotline"],
            accepted_at=now,
            received_at=now,
            level=self.start.level,
            facts=dict(self.start.facts),
        )
        earlier = now - timedelta(hours=1)
        other = replace(opening, number=self.other, accepted_at=earlier, received_at=earlier)
        with self.shop.skipper.with_time_skipping_disabled():
            for each in (other, opening):
                await self.shop.tickets.start(each)
        async with asyncio.timeout(PATIENCE_S):
            for number in (self.other, self.number):  # as the API hears of it: nobody asks the workflow meanwhile
                while not await asyncio.to_thread(self._is_agreed, number):
                    await asyncio.sleep(0.02)
        self.opened = True

    def _is_agreed(self, number: str) -> bool:
        """Whether the read model has the ticket, and under which terms it is."""
        agreed = select(EntryRow.seq).filter_by(ticket=number, happening=Happening.TERMS_AGREED)
        with self.shop.engine.connect() as connection:
            return connection.scalar(agreed) is not None

    async def _passes(self, duration: timedelta) -> None:
        """Part by part: in days of silence an alarm comes each hour."""
        while duration:
            part = min(duration, _PART)
            await self._passes_in_one(part)
            duration -= part

    async def _passes_in_one(self, duration: timedelta) -> None:
        """A ticket that ends on the way leaves the rest of the time to its aftercare, and its own time is asked for."""
        skipper = self.shop.skipper
        for handle in self._handles():
            try:
                await asyncio.wait_for(skipper.fast_forward(handle, duration), PATIENCE_S)
                if (await handle.describe()).close_time is None:
                    self.skipped = await skipper.get_current_time(handle) - datetime.now(UTC)
                    return
            except RPCError:
                continue

    async def _send(self, actor: Actor, move: Move, again: bool) -> str | None:
        now = datetime.now(UTC) + self.skipped
        data = move.at(now, MINUTE)
        command = Command(str(uuid.uuid4()), CommandKind(move.kind), actor, now, data=data, known=move.known)
        command = await self._found_out(command)
        try:
            for _ in range(1 + again):
                await self.shop.tickets.send(self.number, command)
        except EndedError:
            return None
        self.looked_at = now
        return command.command_id

    async def _found_out(self, command: Command) -> Command:
        """With what the API would find out about another contract, or another ticket."""
        if command.kind is CommandKind.IDENTIFY and "contract" in command.data:
            return replace(command, known={"contract": self.start.agreed})
        if command.kind is not CommandKind.MERGE:
            return command
        known: dict[str, Any] = {"other": as_seen(await self._ticket()), "by": command.actor.id}
        data, at = {"from": self.number}, command.accepted_at
        asks = Command(str(uuid.uuid4()), CommandKind.MERGE_IN, SYSTEM, at, data=data, known=known)
        other = await settled(self.shop.client.get_workflow_handle_for(TicketWorkflow.run, self.other))
        assert isinstance(other, Ticket)
        known = {"other": as_seen(other), "asks": as_data(SIGNER.signed(self.other, asks))}
        return replace(command, data={"into": self.other}, known=known)

    async def _calms_down(self) -> None:
        """A last word, behind which everything is decided and everything due has happened; then the read model."""
        asked = await self._send(PEOPLE["engineer"], CALM, again=False)
        async with asyncio.timeout(PATIENCE_S):
            while asked and asked not in await asyncio.to_thread(self._answered):
                if (await self._is_over()) and asked not in await asyncio.to_thread(self._answered):
                    break
                await asyncio.sleep(0.05)
            while len(await asyncio.to_thread(self._answered)) < (await self._ticket()).seq:
                await asyncio.sleep(0.02)

    async def _is_over(self) -> bool:
        """Whether nobody is left who could still answer."""
        for handle in self._handles():
            try:
                if (await handle.describe()).close_time is None:
                    return False
            except RPCError:
                continue
        return True

    def _answered(self) -> list[str | None]:
        with self.shop.engine.connect() as connection:
            return list(connection.scalars(select(EntryRow.command_id).filter_by(ticket=self.number)))

    async def _ticket(self) -> Ticket:
        async with asyncio.timeout(PATIENCE_S):
            while True:  # on a busy machine a question may not be answered in time
                for handle in reversed(self._handles()):
                    with suppress(RPCError):
                        if ticket := await settled(handle):
                            return ticket
                await asyncio.sleep(0.1)

    def _handles(self) -> list[WorkflowHandle[Any, Outcome]]:
        client = self.shop.client
        return [
            client.get_workflow_handle_for(TicketWorkflow.run, self.number),
            client.get_workflow_handle_for(AftercareWorkflow.run, aftercare_id(self.number)),
        ]

"""The desk of the benches: opens tickets and sends commands, and hears of them as the API does."""

import asyncio
import secrets
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from temporalio.client import WorkflowHandle

from bench.bare import Waiting
from demo.people import ACTORS
from domain.matters.assignment import TO, TO_ROLE
from domain.ticket.commands import Command, CommandKind
from domain.ticket.opening import Contact, Customer, Opening
from gateway.feed import Feed
from gateway.tickets import Tickets, settled
from runtime.settings import Settings
from runtime.signing import Signer
from runtime.temporal import connect
from workflows.outcome import Outcome
from workflows.ticket import TicketWorkflow

PATIENCE_S = 60
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # of ticket numbers
AT_ONCE = 20  # clients that open at the same time

Ticket = WorkflowHandle[TicketWorkflow, Outcome]
Bare = WorkflowHandle[Waiting, None]
T = TypeVar("T")


@dataclass
class Desk:
    """Where the tickets of one queue are opened."""

    tickets: Tickets
    listener: Feed
    bare_queue: str

    async def open(self, contract: str = "nuobida", level: str = "IV", **report: object) -> Ticket:
        """A ticket; answers when it is armed and the read model has it."""
        opening = _opening(contract, level, report)
        with self.listener.about(opening.number) as news:
            ticket = await self.start(opening)
            async with asyncio.timeout(PATIENCE_S):
                while await news.get() is None:
                    pass
        return ticket

    async def open_silently(self, contract: str, level: str, **report: object) -> Ticket:
        """A ticket of a worker that tells nobody; answers when its terms are agreed."""
        ticket = await self.start(_opening(contract, level, report))
        async with asyncio.timeout(PATIENCE_S):
            while await settled(ticket) is None:  # noqa: ASYNC110  # it tells nobody
                await asyncio.sleep(0.02)
        return ticket

    async def start(self, opening: Opening) -> Ticket:
        """A ticket; answers when the server has it."""
        return await self.tickets.start(opening)

    async def open_quiet(self, _: int) -> Ticket:
        """A ticket on which nothing falls due for days, as most open ones are."""
        return await self.open(booked_at=datetime.now(UTC) + timedelta(days=3))

    async def decided(self, ticket: Ticket, who: str, kind: str, /, **data: object) -> dict[str, Any]:
        """A command's recorded decision, as the database announces it."""
        command = command_of(who, kind, data)
        with self.listener.about(ticket.id) as news:
            await self.send(ticket, command)
            async with asyncio.timeout(PATIENCE_S):
                while True:
                    told = await news.get()
                    for decision in (told or {}).get("decisions", ()):
                        if decision["command_id"] == command.command_id:
                            return dict(decision)

    async def send(self, ticket: Ticket, command: Command) -> None:
        """The signal alone, as the API sends it."""
        await self.tickets.send(ticket.id, command)

    async def start_bare(self, _: int) -> Bare:
        """A bare workflow; answers when it waits."""
        id_, queue = f"bare-{uuid.uuid4().hex}", self.bare_queue
        bare = await self.tickets.client.start_workflow(Waiting.run, id=id_, task_queue=queue)
        await bare.query(Waiting.touches)
        return bare

    async def touched(self, bare: Bare) -> int:
        """The bare reference of a decision: a signal, and a query that sees it."""
        await bare.signal(Waiting.touch)
        return await bare.query(Waiting.touches)


@asynccontextmanager
async def desk(settings: Settings, bare_queue: str) -> AsyncIterator[Desk]:
    """A desk on running servers."""
    client, listener = await connect(settings), Feed(settings.database_url)
    with listener.about("") as listening:
        async with listener.running():
            await asyncio.wait_for(listening.get(), PATIENCE_S)
            tickets = Tickets(client, settings.task_queue, Signer.of(settings.key_folder))
            yield Desk(tickets, listener, bare_queue)


def command_of(who: str, kind: str, data: Mapping[str, object]) -> Command:
    to = ACTORS.get(str(data.get(TO.name)))
    return Command(
        command_id=str(uuid.uuid4()),
        kind=CommandKind(kind),
        actor=ACTORS[who],
        accepted_at=datetime.now(UTC),
        data=dict(data),
        known={TO_ROLE: to.role} if to else {},
    )


async def many(count: int, one: Callable[[int], Awaitable[T]]) -> list[T]:
    """So many of them, some at a time."""
    door = asyncio.Semaphore(AT_ONCE)

    async def through(number: int) -> T:
        async with door:
            return await one(number)

    return await asyncio.gather(*(through(number) for number in range(count)))


def _opening(contract: str, level: str, report: Mapping[str, object]) -> Opening:
    now = datetime.now(UTC)
    opening = Opening(
        number="".join(secrets.choice(ALPHABET) for _ in range(8)),
        contract=contract,
        title="核心交换机宕机",
        description="机房告警，业务中断。",
        channel="web",
        customer=Customer(f"demo-{contract}", "演示客户"),
        contact=Contact("王工", "13800000000"),
        opener=ACTORS["hotline"],
        accepted_at=now,
        received_at=now,
        level=level,
    )
    return replace(opening, **report)  # type: ignore[arg-type]  # fields of an opening

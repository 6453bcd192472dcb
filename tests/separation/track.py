"""Where races are run: tickets opened as the API opens them, commands sent as signals or all the way."""

import asyncio
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
from sqlalchemy import func, select

from domain.people.actors import Actor, Role
from domain.ticket.commands import Command, CommandKind
from domain.ticket.opening import Contact, Customer, Opening
from domain.words.accounts import accounts_in, with_names
from domain.words.label import Label
from gateway.tickets import Tickets
from store.access.tokens import issue
from store.models import EntryRow
from store.registry.names import names
from tests.patience import PATIENCE_S
from tests.people import PEOPLE, known_about
from tests.separation.in_workflow import new_number
from tests.separation.moves import EVERYWHERE, Move
from tests.separation.record import Line
from tests.served import Served

#: A second person in each department.
MORE = {
    "tech2": Actor("tech2", Role.CUSTOMER_APPROVER, EVERYWHERE, "technical"),
    "business2": Actor("business2", Role.CUSTOMER_APPROVER, EVERYWHERE, "business"),
}
#: A person and what they send.
Said = tuple[str, Move]


def in_blocks(numbers: Sequence[str], size: int) -> Iterable[Sequence[str]]:
    """So many at a time."""
    return (numbers[first : first + size] for first in range(0, len(numbers), size))


@dataclass
class Track:
    """Where the races are run."""

    desk: Served
    way: Tickets
    hands: dict[str, httpx2.AsyncClient] = field(default_factory=dict)

    def hand(self, who: str) -> httpx2.AsyncClient:
        """A person's connection to the API, kept open."""
        if who not in self.hands:
            token = issue(self.desk.engine, who, name="race", lasts=timedelta(hours=1), now=datetime.now(UTC))
            headers = {"Authorization": f"Bearer {token}", "Accept-Language": "en"}
            self.hands[who] = httpx2.AsyncClient(base_url=self.desk.url, headers=headers, timeout=PATIENCE_S)
        return self.hands[who]

    async def tickets(self, many: int, *done: Said) -> list[str]:
        """Major incidents on which this has been done, and the read model knows."""
        numbers = [new_number() for _ in range(many)]
        for some in in_blocks(numbers, 20):
            await asyncio.gather(*(self._open(number, done) for number in some))
        await self.until_decided(numbers, len(done))
        return numbers

    async def _open(self, number: str, done: Iterable[Said]) -> None:
        now = datetime.now(UTC)
        opening = Opening(
            number=number,
            contract="nuobida",
            title="核心交换机宕机",
            description="机房告警，业务中断。",
            channel="web",
            customer=Customer("demo-nuobida", "演示客户"),
            contact=Contact("王工", "13800000000"),
            opener=PEOPLE["hotline"],
            accepted_at=now,
            received_at=now,
            level="I",
            facts={"major": True},
        )
        await self.way.start(opening)
        for said in done:
            await self.signals(number, said)

    async def signals(self, number: str, said: Said) -> None:
        """What the API sends."""
        who, what = said
        now = datetime.now(UTC)
        actor = (PEOPLE | MORE)[who]
        data = what.at(now, timedelta(seconds=1))
        command = Command(str(uuid.uuid4()), CommandKind(what.kind), actor, now, data=data, known=known_about(data))
        await self.way.send(number, command)

    async def posts(self, number: str, said: Said) -> None:
        """All the way; the answer says no other than the timeline."""
        who, what = said
        command_id, data = str(uuid.uuid4()), what.at(datetime.now(UTC), timedelta(seconds=1))
        body = {"command_id": command_id, "kind": what.kind, "data": data}
        answer = await self.hand(who).post(f"/api/tickets/{number}/commands", json=body)
        while answer.status_code == 503:  # the machine is busy; the same command may be repeated for ever
            await asyncio.sleep(0.2)
            answer = await self.hand(who).post(f"/api/tickets/{number}/commands", json=body)
        assert answer.status_code in {200, 202, 409}, answer.text
        if answer.status_code != 202:
            line = next(each for each in await self.lines(number) if each.command_id == command_id)
            assert (line.did == "command_refused") == (answer.status_code == 409)
            if answer.status_code == 409:
                assert answer.json()["detail"] == await asyncio.to_thread(self._with_names, line)

    def _with_names(self, line: Line) -> str:
        """Why it was refused, as whoever knows the people says it."""
        said = Label.from_json(line.data["detail"])
        return with_names(said, names(self.desk.engine, accounts_in(said))).en

    async def until_decided(
        self, numbers: Sequence[str], commands: int, *, then: str = "opened", times: int = 1
    ) -> None:
        """Until the read model has the decisions on so many commands of each, and what time brought ``then``."""
        decided = func.count().filter(EntryRow.command_id.is_not(None)) >= commands
        happened = func.count().filter(EntryRow.happening == then) >= times
        counted = select(EntryRow.ticket).where(EntryRow.ticket.in_(numbers)).group_by(EntryRow.ticket)
        async with asyncio.timeout(PATIENCE_S):
            while len(await asyncio.to_thread(self._rows, counted.having(decided, happened))) < len(numbers):
                await asyncio.sleep(0.1)

    async def lines(self, number: str) -> list[Line]:
        """The timeline."""
        statement = select(EntryRow).filter_by(ticket=number).order_by(EntryRow.seq)
        return [Line.of_row(row) for row in await asyncio.to_thread(self._rows, statement)]

    def _rows(self, statement: Any) -> list[Any]:
        with self.desk.engine.connect() as connection:
            return list(connection.execute(statement))

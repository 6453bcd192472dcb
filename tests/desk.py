"""The story harness: a desk at which tickets are opened, people act, and time passes when the story says so.

Everything is real: the Temporal server, the worker, the database. Only time is skipped, ticket by ticket; people's
commands carry the ticket's own time.
"""

import asyncio
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, Row, select
from temporalio.client import Client, WorkflowHandle
from temporalio.testing import TimeSkipper

from domain.matters.aftercare import owes
from domain.matters.merging import as_data, as_seen
from domain.people.actors import SYSTEM, Actor
from domain.ticket.commands import Command, CommandKind
from domain.ticket.obligations import Alarm, Obligation, State
from domain.ticket.opening import Contact, Customer, Opening
from domain.ticket.ticket import Ticket
from gateway.tickets import Tickets, settled
from store.models import EntryRow, ObligationRow, TicketRow
from tests.patience import PATIENCE_S
from tests.people import PEOPLE, known_about
from tests.trust import SIGNER
from workflows.aftercare import AftercareWorkflow, aftercare_id
from workflows.outcome import Outcome

GLANCE_S = 0.1
GLANCES = round(PATIENCE_S / GLANCE_S)  # a skip may end shortly before what it brought has been worked off


@dataclass
class Case:
    """One ticket of a story."""

    desk: "Desk"
    number: str
    handle: WorkflowHandle[Any, Outcome]
    received_at: datetime
    fault_at: datetime
    skipped: timedelta = field(default_factory=timedelta)
    #: What the registry says of whoever acts, beside what their words name.
    known: dict[str, Any] = field(default_factory=dict)

    def now(self) -> datetime:
        """The ticket's own time."""
        return datetime.now(UTC) + self.skipped

    async def does(self, who: str | Actor, kind: str, /, *, ago: timedelta | None = None, **data: Any) -> Row[Any]:
        """Somebody acts, and it is accepted. ``ago``: how long ago they say they did it."""
        entry = await self._says(who, kind, ago, data)
        assert entry.happening != "command_refused", f"{kind} by {who} was refused: {entry.data}"
        return entry

    async def expect_refused(self, who: str | Actor, kind: str, why: str, /, **data: Any) -> Row[Any]:
        """Somebody tries, and it is refused for this reason."""
        entry = await self._says(who, kind, None, data)
        assert entry.happening == "command_refused", f"{kind} by {who} was accepted"
        assert entry.data["reason"] == why
        return entry

    async def passes(self, duration: timedelta) -> None:
        """Time passes on this ticket."""
        await asyncio.wait_for(self.desk.skipper.fast_forward(self.handle, duration), PATIENCE_S)
        self.skipped += duration

    async def reaches(self, instant: datetime) -> None:
        """Time passes until shortly after an instant."""
        await self.passes(instant - self.now() + timedelta(seconds=1))

    async def reaches_due(self, key: str) -> None:
        """Time passes until this obligation is due."""
        due = (await self.obligation(key)).promise.due_at
        assert due is not None, f"{key} is not due at any time yet"
        await self.reaches(due)

    async def ticket(self) -> Ticket:
        """The ticket as its workflow has it, when everything that was sent to it is decided on."""
        ticket = await settled(self.handle)
        assert ticket is not None, "the terms are not agreed yet"
        return ticket

    async def obligation(self, key: str) -> Obligation:
        """One of its obligations."""
        return next(each for each in (await self.ticket()).obligations if each.key == key)

    async def expect(self, key: str, state: State) -> Obligation:
        """An obligation comes to stand like this, in the workflow and in the read model."""
        for _ in range(GLANCES):
            obligation = await self.obligation(key)
            await self._projected()
            with self.desk.engine.connect() as connection:
                row = connection.execute(select(ObligationRow).filter_by(ticket=self.number, key=key)).one()
            if row.state == state and row.due_at == obligation.promise.due_at:
                return obligation
            await asyncio.sleep(GLANCE_S)
        raise AssertionError(f"{key} is {row.state}, due {row.due_at}, not {state}, due {obligation.promise.due_at}")

    async def expect_entry(self, about: str) -> dict[str, Any]:
        """This happens, or this alarm is raised; what its entry says."""
        for _ in range(GLANCES):
            for entry in await self.timeline():
                if about in {entry.happening, entry.data.get("alarm")}:
                    return dict(entry.data)
            await asyncio.sleep(GLANCE_S)
        raise AssertionError(f"{about} is not on the timeline")

    async def expect_alarm(self, key: str, rung: int, *, within: timedelta = timedelta(seconds=30)) -> Alarm:
        """This rung was raised, once, not early, and not much later than it was due."""
        for _ in range(GLANCES):
            raised = [alarm for alarm in (await self.obligation(key)).alarms if alarm.rung == rung]
            if raised:
                break
            await asyncio.sleep(GLANCE_S)
        assert len(raised) == 1, f"{key}: rung {rung} was raised {len(raised)} times"
        alarm = raised[0]
        assert alarm.raised_at >= alarm.due_at, "an alarm was raised early"
        assert timedelta(milliseconds=alarm.lateness_ms) <= within, (
            f"{key}: rung {rung} was {alarm.lateness_ms} ms late"
        )
        return alarm

    async def timeline(self) -> list[Row[Any]]:
        """What the read model shows of it."""
        await self._projected()
        with self.desk.engine.connect() as connection:
            rows = connection.execute(select(EntryRow).filter_by(ticket=self.number).order_by(EntryRow.seq))
            return list(rows)

    async def closes(self) -> Outcome:
        """Its workflow ends, and the read model knows; from now on its aftercare answers, where something is owed."""
        outcome = await asyncio.wait_for(self.handle.result(), PATIENCE_S)
        if owes(await self.ticket()):
            self.handle = self.desk.client.get_workflow_handle_for(AftercareWorkflow.run, aftercare_id(self.number))
        await self._projected()
        with self.desk.engine.connect() as connection:
            row = connection.execute(select(TicketRow).filter_by(number=self.number)).one()
        assert row.stage == "closed"
        assert row.seq >= outcome.seq
        return outcome

    async def _says(self, who: str | Actor, kind: str, ago: timedelta | None, data: dict[str, Any]) -> Row[Any]:
        await self._look_at_the_clock()
        now = self.now()
        command = Command(
            command_id=str(uuid.uuid4()),
            kind=CommandKind(kind),
            actor=PEOPLE[who] if isinstance(who, str) else who,
            accepted_at=now,
            occurred_at=None if ago is None else now - ago,
            data=data,
            known=known_about(data) | self.known,
        )
        await self.sends(command)
        return await self._entry(command.command_id)

    async def seen(self) -> dict[str, Any]:
        """What another ticket has to know of it."""
        return as_seen(await self.ticket())

    async def merging_into(self, other: dict[str, Any]) -> Command:
        """The hotline merges it into another; what the API finds about both comes with the command."""
        now, number, known = self.now(), other["number"], {"other": await self.seen(), "by": "hotline"}
        asks = Command(str(uuid.uuid4()), CommandKind.MERGE_IN, SYSTEM, now, data={"from": self.number}, known=known)
        known = {"other": other, "asks": as_data(SIGNER.signed(number, asks))}
        data = {"into": number}
        return Command(str(uuid.uuid4()), CommandKind.MERGE, PEOPLE["hotline"], now, data=data, known=known)

    async def sends(self, command: Command) -> None:
        """The signal alone, as the API sends it."""
        await self.desk.tickets.send(self.number, command)

    async def _look_at_the_clock(self) -> None:
        """Where a timer is due at the very end of a skip, the server may skip on to the next one."""
        latest = (await self.handle.fetch_history()).events[-1].event_time.ToDatetime(UTC)
        self.skipped += max(latest - self.now(), timedelta(0))

    async def _entry(self, command_id: str) -> Row[Any]:
        """The entry that answers a command, from the read model."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                for row in self._rows():
                    if row.command_id == command_id:
                        return row
                await asyncio.sleep(0.02)

    def _rows(self) -> list[Row[Any]]:
        with self.desk.engine.connect() as connection:
            return list(connection.execute(select(EntryRow).filter_by(ticket=self.number)))

    async def _projected(self) -> None:
        """Wait until the read model stands where the ticket stands."""
        seq = (await self.ticket()).seq
        async with asyncio.timeout(PATIENCE_S):
            while len(self._rows()) < seq:
                await asyncio.sleep(0.02)


@dataclass
class Desk:
    """Where tickets are opened."""

    client: Client
    engine: Engine
    task_queue: str
    skipper: TimeSkipper
    numbers: list[str] = field(default_factory=list)  # of the tickets opened since somebody cleared it

    @property
    def tickets(self) -> Tickets:
        """The way of production to them, by a client that may skip time."""
        return Tickets(self.skipper.client, self.task_queue, SIGNER)

    async def open(self, contract: str, level: str | None = None, **report: Any) -> Case:
        """A ticket under a pack, its promises counting. ``ago``: how long ago the report reached us;
        ``fault_ago``: how long before that the fault occurred.
        """
        now = datetime.now(UTC)
        received_at = now - report.pop("ago", timedelta(0))
        fault_ago = report.pop("fault_ago", None)
        opening = Opening(
            number=uuid.uuid4().hex[:8].upper(),
            contract=contract,
            title="核心交换机宕机",
            description="机房告警，业务中断。",
            channel=report.pop("channel", "web"),
            customer=Customer(f"demo-{contract}", "演示客户"),
            contact=Contact("王工", "13800000000"),
            opener=PEOPLE["hotline"],
            accepted_at=now,
            received_at=received_at,
            fault_occurred_at=None if fault_ago is None else received_at - fault_ago,
            level=level,
            **report,
        )
        with self.skipper.with_time_skipping_disabled():
            handle = await self.tickets.start(opening)
        self.numbers.append(opening.number)
        case = Case(self, opening.number, handle, received_at, opening.fault_occurred_at or received_at)
        async with asyncio.timeout(PATIENCE_S):
            while await settled(handle) is None:
                await asyncio.sleep(0.02)
        return case

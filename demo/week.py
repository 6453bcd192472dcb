"""A believable week of tickets for the demo customers, and its removal."""

import hashlib
import re
import tomllib
import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Engine, delete, select
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import DeleteWorkflowExecutionRequest
from temporalio.client import Client
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError

from demo.people import CUSTOMERS
from domain.contract.clauses import FactValue
from domain.people.actors import Actor
from domain.ticket.commands import Command, CommandKind
from domain.ticket.numbers import numbers
from domain.ticket.opening import Contact, Customer, Opening
from gateway.tickets import Tickets
from runtime.settings import Settings
from runtime.signing import Signer
from runtime.temporal import connect
from store.database import connect as connect_database
from store.models import AttachmentRow, EntryRow, NotificationRow, ObligationRow, PersonRow, TicketRow
from workflows.aftercare import aftercare_id

WEEK = Path(__file__).parent / "week.toml"
_UNITS = {"d": timedelta(days=1), "h": timedelta(hours=1), "min": timedelta(minutes=1)}
#: A ticket begins to run only when all that happened on it stands in its history, so that nothing looks late.
_HELD_BACK = timedelta(seconds=3)


class ActRow(BaseModel):
    """Somebody's act, so long after the report; the rest is the command's data."""

    model_config = ConfigDict(extra="allow")

    who: str
    kind: CommandKind
    after: str


class TicketRowOfWeek(BaseModel):
    """A ticket of the week. ``registered``: we learnt of it only now."""

    model_config = ConfigDict(extra="forbid")

    key: str
    contract: str
    level: str
    title: str
    description: str
    channel: str
    received: str
    acts: list[ActRow]
    facts: dict[str, FactValue] = {}
    registered: bool = False

    @property
    def key_hash(self) -> str:
        """What its number is taken from."""
        return hashlib.sha256(f"demo week {self.key}".encode()).hexdigest()

    @property
    def number(self) -> str:
        """The same in every installation, so that nothing is opened twice."""
        return next(numbers(self.key_hash))


async def open_week(settings: Settings) -> int:
    """Open the tickets of the week that are not there yet; how many."""
    client = await connect(settings)
    engine = connect_database(settings.database_url)
    people, now = _people(engine), datetime.now(UTC)
    rows = [TicketRowOfWeek.model_validate(row) for row in tomllib.loads(WEEK.read_text())["ticket"]]
    shown = _in_read_model(engine)
    desk = _Desk(Tickets(client, settings.task_queue, Signer.of(settings.key_folder)), people)
    opened = [await _open(desk, row, now) for row in rows if row.number not in shown]
    engine.dispose()
    return sum(opened)


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where the week's tickets are opened, and by whom."""

    tickets: Tickets
    people: dict[str, Actor]


async def _open(desk: _Desk, row: TicketRowOfWeek, now: datetime) -> bool:
    received_at = now - _duration(row.received)
    accepted_at = now if row.registered else received_at
    customer = f"demo-{row.contract}"
    opening = Opening(
        number=row.number,
        customer=Customer(customer, CUSTOMERS[customer][0]),
        contact=Contact("刘雅琴", "13900000000"),
        opener=desk.people["hotline"],
        accepted_at=accepted_at,
        received_at=received_at,
        key_hash=row.key_hash,
        **row.model_dump(include={"contract", "level", "title", "description", "channel", "facts"}),
    )
    try:
        await desk.tickets.start(opening, delay=_HELD_BACK)
    except WorkflowAlreadyStartedError:
        return False
    for act in row.acts:
        await desk.tickets.send(row.number, _command(act, desk.people, received_at))
    return True


def _command(act: ActRow, people: dict[str, Actor], received_at: datetime) -> Command:
    return Command(
        command_id=str(uuid.uuid4()),
        kind=act.kind,
        actor=people[act.who],
        accepted_at=received_at + _duration(act.after),
        data=dict(act.model_extra or {}),
    )


def _duration(text: str) -> timedelta:
    """Such as ``5 d 6 h`` or ``1 h 40 min``."""
    return sum((int(amount) * _UNITS[unit] for amount, unit in re.findall(r"(\d+) (d|h|min)", text)), timedelta())


def _people(engine: Engine) -> dict[str, Actor]:
    columns = (PersonRow.id, PersonRow.role, PersonRow.customers, PersonRow.department)
    with engine.connect() as connection:
        return {
            row.id: Actor(row.id, row.role, tuple(row.customers), row.department)
            for row in connection.execute(select(*columns))
        }


async def remove_tickets(settings: Settings) -> int:
    """Remove every ticket of the demo customers, their workflows first, so that nothing writes a row anew; how many."""
    client, engine = await connect(settings), connect_database(settings.database_url)
    found = _in_read_model(engine)
    for number in found:
        for workflow_id in (number, aftercare_id(number)):
            await _delete(client, workflow_id)
    with engine.begin() as connection:
        for table in (NotificationRow, EntryRow, ObligationRow, AttachmentRow):
            connection.execute(delete(table).where(table.ticket.in_(found)))
        connection.execute(delete(TicketRow).where(TicketRow.number.in_(found)))
    engine.dispose()
    return len(found)


def _in_read_model(engine: Engine) -> set[str]:
    """The demo customers' tickets that the read model has."""
    with engine.connect() as connection:
        return set(connection.scalars(select(TicketRow.number).where(TicketRow.customer_id.in_(CUSTOMERS))))


async def _delete(client: Client, workflow_id: str) -> None:
    """With its history, also while it runs."""
    execution = WorkflowExecution(workflow_id=workflow_id)
    request = DeleteWorkflowExecutionRequest(namespace=client.namespace, workflow_execution=execution)
    with suppress(RPCError):  # there is no such workflow
        await client.workflow_service.delete_workflow_execution(request)

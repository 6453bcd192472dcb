"""The demo's week: seven days of tickets that end now, and their removal."""

import tomllib
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, delete, select
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import DeleteWorkflowExecutionRequest
from temporalio.client import Client
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError

from demo.acts import commands
from demo.people import CONTACTS, CUSTOMERS
from demo.reports import ReportRow
from domain.people.actors import Actor
from domain.ticket.opening import Customer, Opening
from gateway.tickets import Tickets
from runtime.settings import Settings
from runtime.signing import Signer
from runtime.temporal import connect
from store.database import connect as connect_database
from store.models import AttachmentRow, DeliveryRow, EntryRow, NotificationRow, ObligationRow, PersonRow, TicketRow
from store.statistics.folding import count_anew
from workflows.aftercare import aftercare_id

WEEK = Path(__file__).parent / "week"
#: A ticket begins to run only when all that happened on it stands in its history, so that nothing looks late.
_HELD_BACK = timedelta(seconds=3)


def reports() -> list[ReportRow]:
    """The reports of the week, customer by customer."""
    files = (tomllib.loads(path.read_text()) for path in sorted(WEEK.glob("*.toml")))
    return [ReportRow.model_validate(row) for file in files for row in file["ticket"]]


async def open_week(settings: Settings) -> int:
    """Open the tickets of the week that are not there yet; how many."""
    client = await connect(settings)
    engine = connect_database(settings.database_url)
    desk = _Desk(Tickets(client, settings.task_queue, Signer.of(settings.key_folder)), _people(engine), reports())
    now, shown = datetime.now(UTC), _in_read_model(engine)
    opened = [await desk.open(row, now) for row in desk.week if row.number not in shown]
    engine.dispose()
    return sum(opened)


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where the week's tickets are opened, and by whom."""

    tickets: Tickets
    people: dict[str, Actor]
    week: list[ReportRow]

    async def open(self, row: ReportRow, now: datetime) -> bool:
        """Open a ticket and let happen on it what has happened by now; False: it is there already."""
        received_at = row.received_at(now)
        customer = f"demo-{row.contract}"
        opening = Opening(
            number=row.number,
            customer=Customer(customer, CUSTOMERS[customer][0]),
            contact=CONTACTS[customer][row.contact],
            opener=self.people["hotline"],
            accepted_at=now if row.registered else received_at,
            received_at=received_at,
            key_hash=row.key_hash,
            follows=row.followed,
            **row.model_dump(include={"contract", "level", "title", "description", "channel", "facts"}),
        )
        try:
            await self.tickets.start(opening, delay=_HELD_BACK)
        except WorkflowAlreadyStartedError:
            return False
        for each in commands(row, self.week, self.people, now, self.tickets.signer.signed):
            if each.accepted_at <= now:
                await self.tickets.send(row.number, each)
        return True


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
        for table in (DeliveryRow, NotificationRow, EntryRow, ObligationRow, AttachmentRow):
            connection.execute(delete(table).where(table.ticket.in_(found)))
        connection.execute(delete(TicketRow).where(TicketRow.number.in_(found)))
        count_anew(connection)
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

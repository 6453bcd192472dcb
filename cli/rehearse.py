"""`zhishou rehearse`: a drill ticket that fast-forwards through its promises, so that an emergency is practised.

It runs in the drill namespace of a running installation, whose workflows may skip time. It is marked as a drill
everywhere and notifies nobody (002-17): what would go out is printed, by the function that makes the messages.
"""

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import typer
from sqlalchemy import Engine
from temporalio.client import WorkflowHandle
from temporalio.testing import TimeSkipper

from cli.obligations import facts_of, level_of, pack_of
from domain.audience.messages import Message
from domain.audience.reaching import Leaving
from domain.contract.calendars import CHINA
from domain.people.actors import SYSTEM
from domain.read_model import standing, summary_of
from domain.ticket.numbers import numbers
from domain.ticket.opening import Contact, Customer, Opening
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Entry
from domain.timekeeping import deadlines
from gateway.tickets import Tickets, settled
from runtime.errors import PlainError
from runtime.settings import Settings
from runtime.signing import Signer
from runtime.temporal import connect_to
from store.database import connect as connect_database
from store.deliveries.routing import previewed
from store.projections.notifications import told
from store.queries.history import entries_after

#: What a skip takes at most; without a worker it would never end.
PATIENCE_S = 30


def rehearse(
    contract: Annotated[str, typer.Option(help="a contract pack, such as nuobida")],
    level: Annotated[str, typer.Option(help="a level of the pack, by id or Chinese name")],
    fact: Annotated[list[str] | None, typer.Option(help="key=value; may be repeated")] = None,
    hours: Annotated[float, typer.Option(min=0.1, max=2400, help="how far to go")] = 24.0,
) -> None:
    """Open a drill ticket and print what would happen, when, and who would be told what, if nobody acted."""
    try:
        pack = pack_of(contract)
        facts, remote_calendar = facts_of(fact or [])
        opening = _opening(pack.id, level_of(pack, level), facts)
    except (LookupError, ValueError) as error:
        raise PlainError(str(error.args[0])) from None
    if remote_calendar is not None:
        raise PlainError("remote_calendar is a term of a customer's contract; a rehearsal goes by the pack's own")
    settings = Settings.of_running_installation()
    print(f"演练 drill {opening.number}: {contract} {opening.level}")
    engine = connect_database(settings.database_url)
    try:
        asyncio.run(_rehearse(settings, opening, timedelta(hours=hours), _Reader(engine, opening.received_at)))
    finally:
        engine.dispose()


@dataclass
class _Reader:
    """Reads aloud what has happened since it was asked last, and who would be told what."""

    engine: Engine
    since: datetime
    seq: int = 0

    def read(self, ticket: Ticket) -> None:
        """As the ticket stands now, and the roster at the time of the rehearsal."""
        number = ticket.opening.number
        entries = entries_after(self.engine, number, self.seq)
        if not entries:
            return
        self.seq = entries[-1].seq
        with self.engine.connect() as connection:
            now = entries[-1].recorded_at
            sent = told(connection, standing(number, summary_of(ticket)), entries, now)
            by = previewed(connection, sent, now)
        for entry in entries:
            print(_line(entry, self.since))
            for message, ways in zip(sent, by, strict=True):
                if message.entry.seq == entry.seq:
                    print(f"    → {_spoken(message, ways)}")


def _opening(contract: str, level: str, facts: dict[str, Any]) -> Opening:
    now = datetime.now(UTC)
    return Opening(
        number=next(numbers(secrets.token_hex(32))),
        contract=contract,
        title="应急演练",
        description="Rehearsal: nobody acts, time passes.",
        channel="api",
        customer=Customer(None, "演练"),
        contact=Contact("演练", "-"),
        opener=SYSTEM,
        accepted_at=now,
        received_at=now,
        level=level,
        facts=facts,
        drill=True,
    )


async def _rehearse(settings: Settings, opening: Opening, duration: timedelta, reader: _Reader) -> None:
    """Skip from deadline to deadline."""
    client = await connect_to(settings.temporal_address, settings.drill_namespace, settings.temporal)
    skipper = TimeSkipper(client)
    tickets = Tickets(skipper.client, settings.task_queue, Signer.of(settings.key_folder))
    with skipper.with_time_skipping_disabled():
        handle = await tickets.start(opening)
    try:
        await _skip_through(skipper, handle, reader, opening.accepted_at + duration)
    except TimeoutError:
        raise PlainError("the installation's worker does not answer; see its log") from None
    finally:
        await handle.terminate("the rehearsal is over")


async def _skip_through(skipper: TimeSkipper, handle: WorkflowHandle[Any, Any], reader: _Reader, end: datetime) -> None:
    now, ticket = datetime.now(UTC), await _once_projected(handle)
    reader.read(ticket)
    while (following := _next(ticket)) is not None and following <= end:
        step = max(following - now, timedelta(0)) + timedelta(seconds=1)
        await asyncio.wait_for(skipper.fast_forward(handle, step), PATIENCE_S)
        now += step
        ticket = await _once_projected(handle)
        reader.read(ticket)


async def _once_projected(handle: WorkflowHandle[Any, Any]) -> Ticket:
    """The ticket, once the read model has been told of all of it."""
    async with asyncio.timeout(PATIENCE_S):
        while (ticket := await settled(handle)) is None or ticket.fresh:  # noqa: ASYNC110  # another process acts
            await asyncio.sleep(0.05)
    return ticket


def _next(ticket: Ticket) -> datetime | None:
    return min((deadline.at for deadline in deadlines(ticket).values()), default=None)


def _line(entry: Entry, since: datetime) -> str:
    """When, and what."""
    data = entry.data
    what = " ".join(str(data[name]) for name in ("alarm", "obligation", "clause", "stage", "plan") if name in data)
    rung = f" {data['rung']} %" if "rung" in data else ""
    at = f"{entry.at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}  +{(entry.at - since) / timedelta(minutes=1):8.1f} min"
    return f"{at}  {entry.happening} {what}{rung}"


def _spoken(message: Message, by: Sequence[Leaving]) -> str:
    """To whom, on what grounds, by which channels, and what is said."""
    said = message.sentence
    grounds = f"{message.recipient.id} ({message.whom}, {message.how})"
    ways = " ".join(f"{each.way}@{each.at.astimezone(CHINA):%H:%M}{'?' if each.instead else ''}" for each in by)
    return f"{grounds} [{ways or 'inbox'}]: {said.title.zh}。{said.text.zh}{said.action.zh if said.action else ''}"

"""`zhishou rebuild`: the read model anew from the tickets' histories, and how it differs from the one that is there."""

import asyncio
from typing import Annotated

import typer
from sqlalchemy import Engine, select
from temporalio.client import Client

from gateway.histories import batches, tickets_of
from runtime.settings import Settings
from runtime.temporal import connect
from store.database import connect as connect_database
from store.models import TicketRow
from store.rebuilding import Rebuilt, scratch
from store.rebuilding import rebuild as rebuild_ticket

#: A ticket that moves while it is compared is compared again.
_TRIES = 10
_BETWEEN_S = 0.3


def rebuild(
    *, check: Annotated[bool, typer.Option("--check", help="compare only, and fail if anything differs")] = False
) -> None:
    """Rebuild the read model from the histories in Temporal; what differs is replaced."""
    settings = Settings.of_running_installation()
    tickets, differences = asyncio.run(_rebuild(settings, repair=not check))
    print(f"tickets {tickets}")
    print(f"differences {differences}" + (", replaced" if differences and not check else ""))
    if differences and check:
        raise typer.Exit(1)


async def _rebuild(settings: Settings, *, repair: bool) -> tuple[int, int]:
    engine = connect_database(settings.database_url)
    tickets = differences = 0
    with scratch(engine) as aside:
        for namespace in (settings.namespace, settings.drill_namespace):
            client = await connect(settings.model_copy(update={"namespace": namespace}))
            shown = _in_read_model(engine, drill=namespace == settings.drill_namespace)
            for number in sorted(shown.union(await tickets_of(client))):
                tickets += 1
                differences += (await _settled(client, engine, aside, number, repair=repair)).differences
    engine.dispose()
    return tickets, differences


def _in_read_model(engine: Engine, *, drill: bool) -> set[str]:
    with engine.connect() as connection:
        return set(connection.scalars(select(TicketRow.number).where(TicketRow.drill == drill)))


async def _settled(client: Client, engine: Engine, aside: Engine, number: str, *, repair: bool) -> Rebuilt:
    """The comparison of a ticket at a moment when history and read model stand at the same entry."""
    rebuilt = Rebuilt(0)
    for left in reversed(range(_TRIES)):
        told = await batches(client, number)
        if not told:
            return Rebuilt(0)  # Temporal has it no more
        rebuilt = rebuild_ticket(engine, aside, number, told, repair=repair, final=not left)
        if not rebuilt.ahead and not rebuilt.behind:
            return rebuilt
        await asyncio.sleep(_BETWEEN_S)
    return rebuilt

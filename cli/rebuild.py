"""`zhishou rebuild`: the read model anew from the tickets' histories, and how it differs from the one that is there."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

import typer
from sqlalchemy import Engine, select
from temporalio.client import Client

from cli.bars import with_bar
from gateway.histories import batches, tickets_of
from runtime.archive import Archive, public_keys
from runtime.settings import Settings
from runtime.temporal import connect
from store.database import connect as connect_database
from store.models import TicketRow
from store.rebuilding import Rebuilt, scratch
from store.rebuilding import rebuild as rebuild_ticket

#: A ticket that moves while it is compared is compared again after so many seconds.
_BETWEEN_S = 0.3


def rebuild(
    *, check: Annotated[bool, typer.Option("--check", help="compare only, and fail if anything differs")] = False
) -> None:
    """Rebuild the read model from the histories in Temporal and in the archive; what differs is replaced."""
    settings = Settings.of_running_installation()
    tickets, differences = asyncio.run(_rebuild(settings, repair=not check))
    print(f"tickets {tickets}")
    print(f"differences {differences}" + (", replaced" if differences and not check else ""))
    if differences and check:
        raise typer.Exit(1)


async def _rebuild(settings: Settings, *, repair: bool) -> tuple[int, int]:
    engine = connect_database(settings.database_url)
    archive = Archive.of(settings) if public_keys(settings) else None
    differences: dict[str, int] = {}
    with scratch(engine) as aside:
        for namespace in (settings.namespace, settings.drill_namespace):
            client = await connect(settings.model_copy(update={"namespace": namespace}))
            numbers = _in_read_model(engine, drill=namespace == settings.drill_namespace) | await tickets_of(client)
            differences |= await of_each(_each(numbers), Sources(client, engine, aside, archive), repair=repair)
        forgotten = (archive.index.numbers() if archive and archive.follow() else set()) - differences.keys()
        differences |= await of_each(_each(forgotten), Sources(client, engine, aside, archive, tries=1), repair=repair)
    engine.dispose()
    return len(differences), sum(differences.values())


@dataclass(frozen=True)
class Sources:
    """Where histories are, and the rows.

    Attributes:
        aside: where the rows are written anew.
        tries: so often a ticket is compared that moves meanwhile.
    """

    client: Client
    engine: Engine
    aside: Engine
    archive: Archive | None
    tries: int = 10


async def of_each(numbers: Iterable[str], there: Sources, *, repair: bool) -> dict[str, int]:
    """How many rows of each ticket differ; with ``repair`` they are put right."""
    return {number: (await _settled(there, number, repair=repair)).differences for number in numbers}


def _each(numbers: set[str]) -> Iterable[str]:
    return with_bar(sorted(numbers), "重建 / rebuild")


def _in_read_model(engine: Engine, *, drill: bool) -> set[str]:
    with engine.connect() as connection:
        return set(connection.scalars(select(TicketRow.number).where(TicketRow.drill == drill)))


async def _settled(there: Sources, number: str, *, repair: bool) -> Rebuilt:
    """The comparison of a ticket at a moment when history and read model stand at the same entry."""
    rebuilt = Rebuilt(0)
    for left in reversed(range(there.tries)):
        told = await batches(there.client, number, there.archive)
        if not told:
            return Rebuilt(0)  # neither Temporal nor the archive has it
        rebuilt = rebuild_ticket(there.engine, there.aside, number, told, repair=repair, final=not left)
        if not rebuilt.ahead and not rebuilt.behind:
            return rebuilt
        await asyncio.sleep(_BETWEEN_S)
    return rebuilt

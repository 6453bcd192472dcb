"""`zhishou aside`: what the database refused of the tickets, kept word by word."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from runtime.settings import Settings
from store.database import connect
from store.watch.aside import set_aside, settle


def aside(
    done: Annotated[list[int] | None, typer.Option("--settle", help="the number of one that was seen to")] = None,
) -> None:
    """Show what was set aside: number, ticket, entry, table, reason, and all of it as JSON in ASCII."""
    engine = connect(Settings.of_running_installation().database_url)
    if done:
        print(f"settled {settle(engine, done, datetime.now(UTC))}")
    for row in set_aside(engine):
        print(f"{row.id}  {row.ticket}  entry {row.seq}  {row.part}  {row.why}  {row.at.isoformat()}\n    {row.raw}")
    engine.dispose()

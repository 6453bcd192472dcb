"""`zhishou demo`: a believable week of tickets for the demo customers, and its removal."""

import asyncio
from typing import Annotated

import typer

from demo.week import open_week, remove_tickets
from runtime.settings import Settings

app = typer.Typer(no_args_is_help=True, help="A believable week of tickets for the demo customers.")


@app.command()
def week() -> None:
    """Open the week's tickets, those that are not there yet."""
    settings = Settings.of_running_installation()
    print(f"{asyncio.run(open_week(settings))} tickets opened")


@app.command()
def remove(*, yes: Annotated[bool, typer.Option("--yes", help="do not ask")] = False) -> None:
    """Remove every ticket of the demo customers, running or closed. People and customers stay."""
    if not yes:
        typer.confirm("remove all tickets of the demo customers?", abort=True)
    settings = Settings.of_running_installation()
    print(f"{asyncio.run(remove_tickets(settings))} tickets removed")

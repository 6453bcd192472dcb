"""`zhishou roster`: who is on duty when, and where nobody is."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from cli.instants import instant
from cli.registry import registry
from cli.tables import AsCsv, Check, File, bring_in
from domain.contract.calendars import CHINA
from domain.people.actors import Role
from domain.people.duty import Stretch
from store.imports import import_roster
from store.imports.exporting import roster_csv
from store.paging import every
from store.registry import roster
from store.registry.records import Shift

app = typer.Typer(no_args_is_help=True, help="The roster of duty: list, add, remove, import, find gaps.")

Duty = Annotated[Role, typer.Option(help="the role in which somebody is on duty")]
From = Annotated[datetime | None, typer.Option("--from", parser=instant, help="now, unless told otherwise")]
To = Annotated[datetime | None, typer.Option("--to", parser=instant, help="four weeks later, unless told otherwise")]


@app.command("list")
def list_shifts(begins: From = None, ends: To = None, *, csv: AsCsv = False) -> None:
    """List the shifts of the next four weeks, or from one time to another; as CSV all that there are."""
    with registry() as engine:
        if csv:
            print(roster_csv(engine), end="")
            return
        within = _within(begins, ends)
        for one in every(lambda window: roster.shifts(engine, window, within)):
            instead = f", {one.substitute} instead" if one.substitute else ""
            print(f"{_from_to(one.stretch)}  {one.duty:<16} {one.person}{instead}  {one.id}")


@app.command()
def add(
    person: Annotated[str, typer.Argument(help="who is on duty")],
    duty: Duty,
    begins: Annotated[datetime, typer.Option("--from", parser=instant, help="such as 2026-01-31T08:00")],
    ends: Annotated[datetime, typer.Option("--to", parser=instant, help="not part of the shift any more")],
    substitute: Annotated[str | None, typer.Option(help="who stands in for all of it")] = None,
) -> None:
    """Put PERSON on duty."""
    with registry() as engine:
        print(roster.add_shift(engine, Shift(duty, person, begins, ends, substitute)).id)


@app.command()
def remove(shift: Annotated[str, typer.Argument(help="the shift's id, as the list has it")]) -> None:
    """Take a shift off the roster."""
    with registry() as engine:
        roster.remove_shift(engine, shift)


@app.command()
def gaps(duty: Duty, begins: From = None, ends: To = None) -> None:
    """List the stretches without anybody on duty (001-34); 1 where there are any."""
    with registry() as engine:
        found = roster.gaps(engine, duty, _within(begins, ends))
    for gap in found:
        print(_from_to(gap))
    if found:
        raise typer.Exit(1)


@app.command("import")
def import_(file: File, *, check: Check = False) -> None:
    """Bring new shifts in from a table, all of it or nothing."""
    bring_in(import_roster, file, check=check)


def _within(begins: datetime | None, ends: datetime | None) -> Stretch:
    first = begins or datetime.now(UTC)
    return Stretch(first, ends or first + timedelta(weeks=4))


def _from_to(stretch: Stretch) -> str:
    first, last = (at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M") for at in (stretch.begins_at, stretch.ends_at))
    return f"{first} - {last}"

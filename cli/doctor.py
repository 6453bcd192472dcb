"""`zhishou doctor`: is this installation safe, and if not, what to do."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated

import typer
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from cli.checks import OUTSIDE, of_channels, of_database, of_reach, of_readiness, of_running
from cli.findings import Finding, State
from cli.machine import of_password, of_ports, of_processes, of_role, of_sockets
from runtime.errors import PlainError
from runtime.home import Home
from runtime.settings import Given, Settings
from store.database import connect


def doctor(as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False) -> None:
    """Check who else could get in. Exit code 1 if anything is unsafe; an installation that rests is checked in part."""
    found = list(findings())
    if as_json:
        print(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2))
    else:
        for one in found:
            print(f"{one.state:<11} {one.check:<14} {one.found}" + (f" → {one.way_out}" if one.way_out else ""))
    if any(one.state is State.UNSAFE for one in found):
        raise typer.Exit(1)


def findings() -> Iterator[Finding]:
    """All that can be found out now."""
    try:
        given = Given()
    except ValidationError as error:
        yield from _malformed(error)
        return
    running = _running()
    told = running or given
    for check in OUTSIDE:
        try:
            yield from check(told)
        except PlainError as half:
            yield Finding(check.__name__.removeprefix("of_"), State.WARNING, str(half))
    yield from _inside(running, embedded=given.database_url is None and given.temporal_address is None)
    if running:
        yield from _around(running)
    yield from of_readiness(told)


def _malformed(error: ValidationError) -> Iterator[Finding]:
    """What the environment says wrongly, by the variable; never its value."""
    for wrong in error.errors(include_url=False, include_input=False, include_context=False):
        name = str(wrong["loc"][0]).upper()
        yield Finding(
            "secrets", State.UNSAFE, f"{name if name == 'TEMPORAL_ADDRESS' else f'ZHISHOU_{name}'}: {wrong['msg']}"
        )


def _running() -> Settings | None:
    try:
        return Settings.of_running_installation()
    except (PlainError, OSError):
        return None


def _around(running: Settings) -> Iterator[Finding]:
    """What others find at the servers."""
    home = Home(running.home)
    yield from of_password(running)
    yield from of_sockets(running)
    if home.is_claimed():
        yield from of_ports(home)
        yield from of_processes(home)


def _inside(running: Settings | None, *, embedded: bool) -> Iterator[Finding]:
    """What only the database knows."""
    if running is None:
        found = "no installation runs, so the people, tokens and tables"
        yield Finding("database", State.UNCHECKED, found, "start it with `make run` and ask again")
        return
    engine = connect(running.database_url)
    try:
        yield from of_database(engine, embedded=embedded)
        yield from of_running(engine)
        yield of_channels(engine, running)
        yield from of_reach(engine, running)
        yield from of_role(engine)
    except SQLAlchemyError as failure:
        yield Finding("database", State.UNCHECKED, f"it does not answer ({type(failure).__name__})")
    finally:
        engine.dispose()

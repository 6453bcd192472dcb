"""`zhishou obligations`: what a contract promises in a case, and when. Needs no running installation."""

import json
import sys
from datetime import datetime
from typing import Annotated, NoReturn

import typer

from cli.instants import instant
from domain.contract.clauses import FactValue, Origin, budget_text
from domain.contract.facts import FACTS, REMOTE_CALENDAR, REMOTE_CALENDARS, fact_text, unknown_fact
from domain.contract.promises import Case, Promise, promises
from policies import Pack, PackError, level_id, load_pack

Row = dict[str, object]

_BOOLEANS: dict[str, bool] = {"true": True, "false": False}


def obligations(
    contract: Annotated[str, typer.Option(help="a contract pack, such as sitech")],
    level: Annotated[str, typer.Option(help="a level of the pack, by id or Chinese name")],
    received: Annotated[str, typer.Option(help="when the report reached us, ISO 8601")],
    fault_occurred: Annotated[str | None, typer.Option(help="when the fault occurred, if known")] = None,
    booked: Annotated[str | None, typer.Option(help="the appointment, if there is one")] = None,
    fact: Annotated[list[str] | None, typer.Option(help="key=value; may be repeated")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON and nothing else")] = False,
) -> None:
    """Show every obligation of a case and when it is due."""
    try:
        pack = pack_of(contract)
        moments = _moments(received, fault_occurred, booked)
        facts, remote_calendar = facts_of(fact or [])
        case = Case(moments, level_of(pack, level), facts)
        rows = [_row(promise) for promise in promises(pack.terms(remote_calendar=remote_calendar), case)]
    except OverflowError:
        _refuse("a due time would lie outside the years 1 to 9999")
    except (LookupError, ValueError) as error:
        _refuse(str(error.args[0]))
    print(json.dumps(rows, indent=2) if as_json else _table(rows))


def _refuse(reason: str) -> NoReturn:
    print(reason, file=sys.stderr)
    raise typer.Exit(2)


def pack_of(contract: str) -> Pack:
    """The pack that a contract id means. The ids of customers' contracts belong to an installation."""
    try:
        return load_pack(contract)
    except PackError as error:
        raise ValueError(f"the contract packs are malformed:\n{error}") from error


def _moments(received: str, fault_occurred: str | None, booked: str | None) -> dict[Origin, datetime]:
    stated = {Origin.RECEIVED: received, Origin.FAULT: fault_occurred, Origin.BOOKED: booked}
    return {origin: instant(text) for origin, text in stated.items() if text is not None}


def level_of(pack: Pack, name: str) -> str:
    known = level_id(pack, name)
    if known is None:
        levels = ", ".join(f"{level.id} ({level.zh})" for level in pack.file.levels)
        raise ValueError(f"unknown level '{name}'; levels of {pack.id} are {levels}")
    return known


def facts_of(stated: list[str]) -> tuple[dict[str, FactValue], str | None]:
    """The facts, and the hours of remote service that a contract of such a case would set."""
    facts: dict[str, FactValue] = {}
    remote_calendar: str | None = None
    for each in stated:
        name, _, value = (part.strip() for part in each.partition("="))
        if name == REMOTE_CALENDAR and value in REMOTE_CALENDARS:
            remote_calendar = value
            continue
        known = FACTS.get(name, REMOTE_CALENDARS if name == REMOTE_CALENDAR else ())
        if not known:
            raise ValueError(f"unknown fact '{name}'; facts are {', '.join((*FACTS, REMOTE_CALENDAR))}")
        facts[name] = _BOOLEANS.get(value, value) if True in known else value
        if unknown_fact({name: facts[name]}):
            values = ", ".join(map(fact_text, known))
            raise ValueError(f"unknown value '{value}' of the fact {name}; values are {values}")
    return facts, remote_calendar


def _row(promise: Promise) -> Row:
    """The obligation in the words of ``docs/counting.md``; programs read them."""
    return {
        "kind": promise.kind,
        "clause": promise.clause.id,
        "superseded": list(promise.superseded),
        "due_at": promise.due_at.isoformat() if promise.due_at else None,
        "budget": budget_text(promise.clause.budget),
        "counting": promise.counting,
        "calendar": promise.calendar,
        "origin": promise.origin,
        "armed": " or ".join(promise.armed),
        "provisional": promise.provisional,
        "default": promise.default,
    }


def _table(rows: list[Row]) -> str:
    """Columns for people."""
    cells = [["kind", "due", "clause", "budget", "counting", "calendar", "from", "armed", "remarks"]]
    for row in rows:
        due = str(row["due_at"] or "-").replace("T", " ").removesuffix("+08:00")
        told = [str(row[name]) for name in ("clause", "budget", "counting", "calendar", "origin", "armed")]
        cells.append([str(row["kind"]), due, *told, _remarks(row)])
    widths = [max(len(cell) for cell in column) for column in zip(*cells, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in cells)
    return "\n".join(line.rstrip() for line in lines)


def _remarks(row: Row) -> str:
    superseded = row["superseded"]
    over = [f"over {', '.join(superseded)}"] if isinstance(superseded, list) and superseded else []
    return ", ".join([*over, *(name for name in ("provisional", "default") if row[name])])

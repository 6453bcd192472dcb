"""The page of who may do what: routes and commands by role, and which fields go to people outside."""

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from typing import Any

from domain.audience.authority import MAY
from domain.audience.sights import HAPPENINGS, Sight, Whose
from domain.audience.visibility import COUNTS, DECISION, OBLIGATION, TICKET, Audience, Fields
from domain.people.actors import CUSTOMER_SIDE, Role
from domain.ticket.commands import CommandKind
from domain.ticket.timeline import Happening

#: Role by role, the head of its column.
_HEADS: dict[Role, str] = {
    Role.HOTLINE: "hotline",
    Role.ENGINEER: "engineer",
    Role.PROJECT_MANAGER: "project manager",
    Role.DUTY_MANAGER: "duty manager",
    Role.EXPERT: "expert",
    Role.SUPERVISOR: "supervisor",
    Role.LEADER: "leader",
    Role.COMMERCIAL: "commercial",
    Role.STOCK_KEEPER: "stock keeper",
    Role.CUSTOMER_CONTACT: "customer contact",
    Role.CUSTOMER_APPROVER: "customer approver",
    Role.VENDOR: "vendor",
    Role.AUDITOR: "auditor",
    Role.ADMINISTRATOR: "administrator",
}
_OUTSIDE = CUSTOMER_SIDE | {Role.VENDOR}
_YES, _OWN, _NO = "yes", "own", "–"


_PAGE = """# Authorisation

Sources: what each route declares (`api/access/`; in the OpenAPI document as `x-permission`),
`domain/audience/authority.py` (commands), `domain/audience/visibility.py` and `domain/audience/sights.py` (fields).
Deny by default: what stands in no row is refused, does not exist, or is not shown. `tests/security/test_matrix.py`
asks every cell of a running installation.

`yes`: permitted. `own`: permitted on what exists for the person, see below. `–`: 403. Without credentials, or with
a token that is over: 401, but for what is public. Lists, counts and the event stream hold what exists for the person.

## Routes

A token needs the scope beside the role; `all` covers every scope, and a browser's session has it.

{routes}

The addresses of the console, `/healthz`, `/readyz`, `/metrics`, `/openapi.json` and the pages of approval links are
public, too.

## Whose

To all others it is as if it did not exist: 404, with the same words as for what does not exist.

{whose}

## Commands

Also refused, and recorded, where the stage or a gate says no: [commands](commands.md). The workflow asks the same
table again.

{commands}

## Fields

The service company and its auditor get every field; the administrator gets no ticket. A list cannot be filtered,
sorted or searched by what is hidden: 422, or no match. Entries keep their `seq`, so people outside see gaps in a
timeline, and that the ticket's `seq` and `updated_at` moved: that something happened, not what. Events tell numbers
and `seq` of tickets that exist for the listener, and those who work on tickets who of them has one open; nothing else.

{fields}

## Timelines and messages

What people outside see of an entry's `data`. `own`: of entries of one's own side alone; of refusals, of one's own
person's. The people of a customer are one side; each vendor is a side of its own, a case that names them included.
Who acted is named where it is one's own side or the person in charge; of others the role is shown.

{happenings}
"""


def authorisation() -> str:
    """All of it, from the tables and from what each route declares."""
    return _PAGE.format(
        routes=_table(["route", "permission", "scope", *_HEADS.values()], _routes()),
        whose=_table(["an address names", "it exists for"], _whose()),
        commands=_table(["command", *_HEADS.values()], _commands()),
        fields=_table(["document", "field", "customer", "vendor"], _fields()),
        happenings=_table(["happening", "customer", "vendor"], _happenings()),
    )


@cache
def _document() -> dict[str, Any]:
    """The interface, from the API's own mouth: what it declares is read, not imported."""
    printed = subprocess.run([sys.executable, "-m", "api.describe"], check=True, capture_output=True)
    document: dict[str, Any] = json.loads(printed.stdout)
    return document


def _operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, operations in _document()["paths"].items():
        for method, operation in operations.items():
            yield method.upper(), path, operation["x-permission"]


def _table(head: list[str], rows: Iterator[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _routes() -> Iterator[list[str]]:
    for method, path, permission in _operations():
        public = permission["name"] == "public"
        exists_for = {each["exists_for"] for each in permission["whose"].values()}
        cells = [_YES if public else _cell(role, role in permission["roles"], exists_for) for role in _HEADS]
        yield [f"`{method} {path}`", permission["name"], permission["scope"] or _NO, *cells]


def _cell(role: Role, permitted: bool, exists_for: set[str]) -> str:
    if not permitted:
        return _NO
    return _OWN if "own" in exists_for or ("concerned" in exists_for and role in _OUTSIDE) else _YES


def _whose() -> Iterator[list[str]]:
    rules = {name: each["rule"] for _, _, permission in _operations() for name, each in permission["whose"].items()}
    for name, rule in rules.items():
        yield [f"`{{{name}}}`", rule]


def _commands() -> Iterator[list[str]]:
    for kind in CommandKind:
        yield [kind, *(_cell(role, kind in MAY[role], {"concerned"}) for role in _HEADS)]


def _fields() -> Iterator[list[str]]:
    documents: dict[str, Fields] = {
        "ticket": TICKET,
        "obligation": OBLIGATION,
        "decision on one's own command": DECISION,
        "counts": COUNTS,
    }
    for name, fields in documents.items():
        for field, audiences in fields.items():
            yield [name, field, *(_YES if each in audiences else _NO for each in (Audience.CUSTOMER, Audience.VENDOR))]


def _happenings() -> Iterator[list[str]]:
    for happening in Happening:
        yield [happening, *map(_seen, HAPPENINGS[happening])]


def _seen(sight: Sight) -> str:
    fields = ", ".join(sorted(sight.fields)) or "that it happened"
    if sight.own:
        fields += f"; own: {', '.join(sorted(sight.own))}"
    return {Whose.NOBODYS: _NO, Whose.EVERYBODYS: fields}.get(sight.whose, f"own: {fields}")

"""`python -m tools.console`: writes what the console has from elsewhere: types, fields of commands, the domain's words.

With `--check` it writes nothing and fails where something is out of date, as `make check` asks.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any

from api.attachments.media import MEDIA
from api.commands.requests import COMMANDS as SENT
from api.describe import interface
from domain.audience.labels import ROLES, SIZES, STAGES
from domain.audience.sights import HAPPENINGS as SIGHTS
from domain.audience.sights import Whose
from domain.audience.vocabulary import (
    ALARMS,
    CHANNELS,
    COMMANDS,
    GRADES,
    HAPPENINGS,
    PLANS,
    SATISFACTIONS,
    STATES,
    UNITS,
    WAITS_FOR,
    WORKS,
)
from domain.contract.labels import ARMINGS, COUNTINGS, FACT_VALUES, FACTS, KINDS, ORIGINS, PAUSES
from domain.matters.index import GATES, ROWS
from domain.matters.matter import Row
from domain.matters.service_log import STEPS
from domain.people.departments import DEPARTMENTS
from domain.ticket.commands import Field, Type
from domain.words.label import Label, Language
from runtime import console_build
from runtime.npm import npm
from store.imports import tables
from store.models.attachment import ATTACHMENTS

SHARED = console_build.SOURCE / "src" / "shared"
SCHEMA = SHARED / "api" / "schema.d.ts"
FIELDS = SHARED / "commands" / "fields.json"
ENDINGS = SHARED / "attachments" / "endings.json"

#: The field of an entry by which it is a vendor's own.
_VENDOR = "vendor"

#: Whose columns the console names.
TABLES = {"people": tables.PEOPLE, "customers": tables.CUSTOMERS, "roster": tables.ROSTER}

#: By the name under which the console's pages ask for them.
WORDS: dict[str, Mapping[Any, Label]] = {
    "alarm": ALARMS,
    "armed": ARMINGS,
    "channel": CHANNELS,
    "column": {f"{name}_{each.field}": Label(each.zh, each.field) for name, of in TABLES.items() for each in of},
    "command": COMMANDS,
    "counting": COUNTINGS,
    "department": DEPARTMENTS,
    "fact": FACTS,
    "fact_value": {f"{fact}_{value}": label for (fact, value), label in FACT_VALUES.items()},
    "gate": {gate.id: gate.name for gate in GATES},
    "grade": GRADES,
    "happening": HAPPENINGS,
    "kind": KINDS,
    "origin": ORIGINS,
    "pause": PAUSES,
    "plan": PLANS,
    "role": ROLES,
    "satisfaction": SATISFACTIONS,
    "size": SIZES,
    "stage": STAGES,
    "state": STATES,
    "step": STEPS,
    "unit": UNITS,
    "waits_for": WAITS_FOR,
    "work": WORKS,
}


def words_file(language: Language) -> Path:
    """Where the domain's words stand in that language."""
    return SHARED / "words" / f"domain.{language}.json"


def words(language: Language) -> str:
    """The domain's words, as the console reads them."""
    said = {group: {_name(key): label.to(language) for key, label in labels.items()} for group, labels in WORDS.items()}
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def fields() -> str:
    """Command by command what its form asks for, and the happenings of which the customer is told."""
    commands = {kind.value: _form(ROWS[kind]) for kind in SENT}
    told = [happening.value for happening, (customers, _) in SIGHTS.items() if customers.whose is Whose.EVERYBODYS]
    return json.dumps({"commands": commands, "told": told}, indent=1) + "\n"


def _form(row: Row) -> dict[str, Any]:
    return {
        "timed": row.by_statement,
        "mainly": row.mainly and row.mainly.value,
        "shown_to": _read_by(row, ATTACHMENTS),
        "fields": [_field(each) | _readers(row, each) for each in row.data],
    }


def _readers(row: Row, field: Field) -> dict[str, Any]:
    """Who outside reads the field, where it is words."""
    read_by = _read_by(row, field.name)
    return {"read_by": read_by} if read_by and field.type in {Type.TEXT, Type.OBJECT} else {}


def _read_by(row: Row, name: str) -> list[str]:
    """Who outside reads it in the timeline, written by one of ours; a vendor does in entries that name them."""
    customers, vendors = SIGHTS[row.happening]
    told = {
        "customer": customers.whose is Whose.EVERYBODYS and name in customers.fields,
        "vendor": name in vendors.fields and (vendors.whose is Whose.EVERYBODYS or _VENDOR in vendors.fields),
    }
    return [audience for audience, reads in told.items() if reads]


def media() -> str:
    """Of each ending that names of files have, the type that the API takes such a file as."""
    types = {ending: type_ for type_, medium in reversed(MEDIA.items()) for ending in reversed(medium.extensions)}
    return json.dumps({ending: types[ending] for ending in sorted(types)}, indent=1) + "\n"


def _field(field: Field) -> dict[str, Any]:
    said: dict[str, Any] = {"name": field.name, "type": field.type.value, "required": field.required}
    if field.among:
        said["among"] = True
    if field.choices:
        said["choices"] = [_name(each) for each in field.choices]
    if field.parts:
        said["parts"] = [_field(each) for each in field.parts]
    return said


def _name(key: str) -> str:
    return str(key.value) if isinstance(key, Enum) else key


def schema() -> str:
    """The types of the API, by the Node and the program of the console's lock."""
    document = json.dumps(interface(), ensure_ascii=False)
    with console_build.tree() as folder:
        (folder / "openapi.json").write_text(document)
        npm(folder, "exec", "--offline", "--", "openapi-typescript", "openapi.json", "-o", "made.d.ts")
        return (folder / "made.d.ts").read_text()


def main(arguments: list[str]) -> int:
    """Write them all, or compare."""
    made = {SCHEMA: schema(), FIELDS: fields(), ENDINGS: media()} | {
        words_file(language): words(language) for language in Language
    }
    if arguments == ["--check"]:
        stale = [str(file.relative_to(console_build.PROJECT)) for file, text in made.items() if _is(file) != text]
        if stale:
            sys.stderr.write(f"out of date: {', '.join(stale)}; run .venv/bin/python -m tools.console\n")
        return 1 if stale else 0
    for file, text in made.items():
        file.write_text(text)
    return 0


def _is(file: Path) -> str:
    return file.read_text() if file.is_file() else ""


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except subprocess.CalledProcessError as failure:
        sys.exit(f"zhishou: {failure}")

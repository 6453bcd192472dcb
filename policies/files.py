"""Reading the files: every error names the file, the clause and the field, and says what would be right."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from policies.schema import FileRow

FOLDER = Path(__file__).parent
FileT = TypeVar("FileT", bound=FileRow)


#: Parts of all keys in one line, and what is told of at most: the first costs their square, the other its reader.
_DEEPEST, _TOLD = 40, 40


class PackError(ValueError):
    """A file of the packs is malformed. ``problems`` has a line for each thing that is wrong, of the first of them."""

    def __init__(self, problems: Sequence[str]) -> None:
        told = list(dict.fromkeys(problems))
        if len(told) > _TOLD:
            told = [*told[:_TOLD], f"... and {len(told) - _TOLD} more"]
        super().__init__("\n".join(told))
        self.problems = tuple(told)


def read(path: Path, form: type[FileT]) -> FileT:
    """The file's content in the given form. PackError when it is malformed or cannot be read."""
    try:
        return parsed(path.read_bytes(), path.name, form)
    except OSError as error:
        raise PackError([f"{path.name}: cannot be read: {error}"]) from error


def parsed(raw: bytes, name: str, form: type[FileT]) -> FileT:
    """What a file of that name says, in the given form. PackError when it is malformed."""
    try:
        data = json.loads(raw) if name.endswith(".json") else _tables(raw)
    except (ValueError, RecursionError) as error:
        raise PackError([f"{name}: cannot be read: {error}"]) from error
    try:
        return form.model_validate(data)
    except ValidationError as error:
        problems = [f"{name}: {_place(data, each)}: {_message(each)}" for each in error.errors()]
        raise PackError(problems) from error


def _tables(raw: bytes) -> object:
    """What TOML says, unless a key of it is made of so many that to read it takes minutes and gigabytes."""
    if any(line.count(b".") > _DEEPEST for line in raw.splitlines()):
        raise ValueError(f"a line has more than {_DEEPEST} dots")
    return tomllib.loads(raw.decode())


def clause_place(clause: str, kind: str, field: str) -> str:
    """How a message names a field of a clause."""
    return f"clause {clause} ({kind}): field '{field}'"


def _place(data: object, error: ErrorDetails) -> str:
    """Where it is wrong, in the words of the file."""
    location = error["loc"]
    field = ".".join(str(part) for part in location if part not in {"str", "bool", "int"}) or "file"
    if len(location) < 2 or location[0] != "clause" or not isinstance(data, Mapping):
        return f"field '{field}'"
    row = data["clause"][location[1]]
    if not isinstance(row, Mapping):
        return f"clause number {int(location[1]) + 1}"
    named = row.get("id", f"number {int(location[1]) + 1}")
    return clause_place(str(named), str(row.get("kind", "no kind")), field.split(".", 2)[-1])


def _message(error: ErrorDetails) -> str:
    if error["type"] == "extra_forbidden":
        return "unknown field"
    if error["type"] == "missing":
        return "missing"
    return error["msg"].removeprefix("Value error, ")

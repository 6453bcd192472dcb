"""A pen that writes what pages must not run into every free text field that the interface has."""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import count, cycle
from typing import Any

from tests.security.xss import ELSEWHERE, XSS

HOSTILE = (*XSS, *ELSEWHERE)
#: What has room for so much has room for all of them.
_ROOMY = 4000
#: A text of these is a choice, an id or an instant, and of no other words.
_NO_FREE_TEXT = {"enum", "const", "pattern", "format"}

Schema = Mapping[str, Any]
Path = tuple[str, ...]


@dataclass
class Pen:
    """``written``: what was written, by the number that ends each line of it; ``fields``: in which field that is."""

    interface: Schema
    written: dict[int, str] = field(default_factory=dict)
    fields: dict[int, str] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _texts: Iterator[str] = field(default_factory=lambda: cycle(HOSTILE))

    def text(self, name: str, longest: int) -> str:
        """For a field of that name, and of room for so many characters."""
        number = next(self._numbers)
        mark = f"//{number}~"
        if longest >= _ROOMY:
            self.written[number] = "\n".join(each.strip() + mark for each in HOSTILE)
        else:
            self.written[number] = next(self._texts).strip()[: longest - len(mark)] + mark
        self.fields[number] = name
        return self.written[number]

    def file_name(self, name: str) -> str:
        """For a file: of what looks like a path the end alone would be left."""
        number, text = next(self._numbers), next(each for each in self._texts if not set(each) & set("/\\"))
        self.written[number], self.fields[number] = f"{text};{number}~", name
        return self.written[number]

    def filled(self, name: str, schema: Schema, body: Any) -> Any:
        """A body of which every free text is written anew, those that nobody needs, too."""
        filled = deepcopy(body)
        for path, longest in self.texts(schema):
            _put(filled, path, self.text(f"{name} {'.'.join(path)}", longest))
        return filled

    def unwritten(self, filled: Any, said: Any, path: Path) -> bool:
        """Whether something was written at that place; it is there no more, as in what was said without it."""
        place, *deeper = path
        at: Any = int(place) if place.isdigit() else place
        is_there = _has(filled, at)
        if deeper and is_there and _has(said, at):
            return self.unwritten(filled[at], said[at], tuple(deeper))
        if deeper and is_there and isinstance(filled[at], dict):
            return self.unwritten(filled[at], {}, tuple(deeper))
        gone = {int(one) for one in re.findall(r"//(\d+)~", str(filled[at]))} if is_there else set()
        for number in gone:
            del self.written[number], self.fields[number]
        if gone:
            filled.pop(at)
        if gone and _has(said, at):
            filled[at] = said[at]
        return bool(gone)

    def texts(self, schema: Schema, path: Path = ()) -> Iterator[tuple[Path, int]]:
        """Where free texts stand, and how long they may be."""
        schema = self.resolved(schema)
        for each in schema.get("anyOf", ()):
            yield from self.texts(each, path)
        if schema.get("type") == "string" and not _NO_FREE_TEXT.intersection(schema):
            yield path, schema["maxLength"]
        for name, each in schema.get("properties", {}).items():
            yield from self.texts(each, (*path, name))
        if schema.get("type") == "array":
            yield from self.texts(schema["items"], (*path, "[]"))

    def resolved(self, schema: Schema) -> Schema:
        """Itself, where a name stands for it."""
        name = schema.get("$ref", "").rpartition("/")[2]
        found: Schema = self.interface["components"]["schemas"][name] if name else schema
        return found


def _has(body: Any, at: Any) -> bool:
    return 0 <= at < len(body) if isinstance(at, int) else at in body


def _put(body: Any, path: Path, text: str) -> None:
    """At that place, which is made where it is not there."""
    place, *deeper = path
    at: Any = 0 if place == "[]" else place
    if at == 0 and not body:
        body.append(None)
    if not deeper:
        body[at] = text
        return
    there = body[at] if at == 0 else body.get(at)
    if there is None:
        there = body[at] = [] if deeper[0] == "[]" else {}
    _put(there, tuple(deeper), text)

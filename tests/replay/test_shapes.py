"""Stored shapes: what stands in histories is read for years. Fields come with a default; none is renamed or reused."""

import dataclasses
import enum
import json
import re
import typing
from collections.abc import Iterator
from pathlib import Path

from activities.answers import Asked
from activities.callbacks import Reminder
from domain.matters.index import ROWS
from domain.matters.merging import Answer
from domain.read_model import Batch
from domain.ticket.commands import Command
from domain.ticket.deadlines import Event
from domain.ticket.opening import Opening
from domain.ticket.ticket import Ticket
from workflows.carried import Carried
from workflows.outcome import Outcome

SHAPES = Path(__file__).parent / "shapes.json"


def fields_words() -> tuple[type, ...]:
    """The enums that the fields of commands take their words from."""
    return tuple({type(choice) for row in ROWS.values() for field in row.data for choice in field.choices})


#: What a history holds: inputs, signals, what activities are given and give back, results; and the words of fields,
#: which stand in the data of commands and entries.
ROOTS = (Opening, Command, Carried, Ticket, Batch, Outcome, Event, Asked, Answer, Reminder, *fields_words())
#: The module of a type, which may move.
_PLACE = re.compile(r"\b(?:\w+\.)+")
SAYS = "Stored in histories."

LESSON = """
A shape that stands in histories is another than before. A field may be added with a default, an enum may get another
word; nothing may be renamed, removed, or given another meaning or type: tickets that are open now, and archived
histories, hold it (docs/decisions/0009). If you have only added, write the file anew with

    .venv/bin/python -m tests.replay.test_shapes
"""


def stored() -> dict[str, type]:
    """Every dataclass and enum of ours that a root holds, at any depth, by its name."""
    found: dict[str, type] = {}
    waiting: list[object] = list(ROOTS)
    while waiting:
        one = waiting.pop()
        waiting.extend(typing.get_args(one))
        if isinstance(one, type) and one.__name__ not in found and _is_ours(one):
            found[one.__name__] = one
            if dataclasses.is_dataclass(one):
                waiting.extend(typing.get_type_hints(one).values())
    return dict(sorted(found.items()))


def _is_ours(one: type) -> bool:
    return dataclasses.is_dataclass(one) or issubclass(one, enum.Enum)


def shape(one: type) -> dict[str, str] | list[str]:
    """The fields of a dataclass with their types, the words of an enum."""
    if issubclass(one, enum.Enum):
        return sorted(str(each.value) for each in one)
    return {field.name: _said(field) for field in dataclasses.fields(one)}  # type: ignore[arg-type]  # it is a dataclass


def _said(field: "dataclasses.Field[object]") -> str:
    has_default = field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
    kind = str(field.type) if typing.get_args(field.type) else getattr(field.type, "__name__", str(field.type))
    return _PLACE.sub("", kind) + (" = …" if has_default else "")


def lost(before: dict[str, typing.Any], now: dict[str, typing.Any]) -> Iterator[str]:
    """What of a recorded shape is no longer as it was."""
    for name, parts in before.items():
        if name not in now:
            yield name
        elif isinstance(parts, list):
            yield from (f"{name}: {word}" for word in parts if word not in now[name])
        else:
            yield from (f"{name}.{field}" for field, kind in parts.items() if now[name].get(field) != kind)


def added(before: dict[str, typing.Any], now: dict[str, typing.Any]) -> Iterator[str]:
    """Fields that came to a recorded shape without a default."""
    for name, parts in before.items():
        if isinstance(parts, dict):
            fresh = {field: kind for field, kind in now.get(name, {}).items() if field not in parts}
            yield from (f"{name}.{field}" for field, kind in fresh.items() if not kind.endswith("…"))


def test_nothing_that_histories_hold_is_lost_or_changed():
    before, now = json.loads(SHAPES.read_text()), {name: shape(one) for name, one in stored().items()}
    assert not [*lost(before, now)], LESSON
    assert not [*added(before, now)], LESSON
    assert before == now, LESSON


def test_every_stored_shape_says_so_where_it_is_declared():
    """Who changes it reads it there."""
    assert not [name for name, one in stored().items() if SAYS not in (one.__doc__ or "")]


def test_a_change_that_loses_something_would_be_found():
    before: dict[str, typing.Any] = {"Thing": {"a": "int", "b": "str = …"}, "Word": ["one", "two"]}
    assert [*lost(before, {"Thing": {"a": "str"}, "Word": ["one"]})] == ["Thing.a", "Thing.b", "Word: two"]
    assert [*added(before, {"Thing": {"a": "int", "b": "str = …", "c": "int", "d": "int = …"}})] == ["Thing.c"]


if __name__ == "__main__":
    SHAPES.write_text(json.dumps({name: shape(one) for name, one in stored().items()}, indent=2) + "\n")

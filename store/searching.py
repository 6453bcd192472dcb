"""Searching: one folded text, so that a word is found however it was typed. What was said stays stored as said."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from opencc import OpenCC
from sqlalchemy import ColumnElement, and_
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import InstrumentedAttribute as Column

from domain.words.text import folded

#: What people put between the digits of a number, and before them: 138 0013-8999, DB-01.
_BETWEEN = re.compile(r"(?<=[0-9a-z])[\s\u2010-\u2015\u2212-]+(?=[0-9])")


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def searchable(text: str) -> str:
    """The text as it is searched: width, radicals, traditional characters, case and the blanks in numbers folded."""
    return _BETWEEN.sub("", _to_simplified().convert(folded(text)).casefold())


def pairs(text: str) -> tuple[str, ...]:
    """Every two neighbours of a folded text: what holds the text holds all of them, which an index can tell."""
    return tuple(sorted({text[place : place + 2] for place in range(len(text) - 1)}))


def searched_columns(*said: str) -> dict[str, Any]:
    """What is searched of these texts."""
    searched = "\n".join(searchable(text) for text in said)
    return {"searched": searched, "searched_pairs": pairs(searched)}


def searched_of(row: Mapping[str, Any], found_by: Sequence[str]) -> dict[str, Any]:
    """What is searched of a row that is found by these columns."""
    return searched_columns(*(row.get(name) or "" for name in found_by))


def at_insert(column: str, *found_by: str) -> Callable[[DefaultExecutionContext], Any]:
    """The default of that one of the two columns, so that no row is ever inserted that is not found."""

    def fold(inserted: DefaultExecutionContext) -> Any:  # noqa: ANN401  # a column's value
        row = inserted.get_current_parameters()  # type: ignore[no-untyped-call]  # SQLAlchemy's, and not typed
        return searched_of(row, found_by)[column]

    return fold


def holding(searched: Column[str], searched_pairs: Column[tuple[str, ...]], text: str) -> ColumnElement[bool]:
    """Whether a row's two columns hold the text, however it is typed; no character is a wildcard."""
    wanted = searchable(text)
    return and_(searched_pairs.contains(pairs(wanted)), searched.contains(wanted, autoescape=True))

"""Searching: one folded text, so that a word is found however it was typed. What was said stays stored as said."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from opencc import OpenCC
from sqlalchemy import Connection, select
from sqlalchemy.orm import InstrumentedAttribute

from domain.words.text import folded

Column = InstrumentedAttribute[Any]

#: What people put between the digits of a number, and before them: 138 0013-8999, DB-01.
_BETWEEN = re.compile(r"(?<=[0-9a-z])[\s\u2010-\u2015\u2212-]+(?=[0-9])")


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def searchable(text: str) -> str:
    """The text as it is searched: width, radicals, traditional characters, case and the blanks in numbers folded."""
    return _BETWEEN.sub("", _to_simplified().convert(folded(text)).casefold())


#: Of names and numbers of the registry none is folded twice while somebody types.
folded_once = lru_cache(maxsize=20_000)(searchable)


def matching(connection: Connection, key: InstrumentedAttribute[str], said: Sequence[Column], text: str) -> list[str]:
    """The keys of a registry's rows of which one of these columns holds the text, however it is typed."""
    wanted = searchable(text)
    rows = connection.execute(select(key, *said))
    return [row[0] for row in rows if any(wanted in folded_once(value) for value in row if value)]


def pairs(text: str) -> tuple[str, ...]:
    """Every two neighbours of a folded text: what holds the text holds all of them, which an index can tell."""
    return tuple(sorted({text[place : place + 2] for place in range(len(text) - 1)}))

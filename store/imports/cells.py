"""Cells: what people type, and what it means."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from domain.contract.calendars import CHINA
from domain.words.label import ONE_OF, Label
from domain.words.text import folded

Word = TypeVar("Word", bound=StrEnum)

_SEPARATORS = re.compile(r"[,;、\s]+")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_TIME = re.compile(
    r"[T ]+(\d{1,2}):(\d\d)(?::(\d\d))?(?:\.\d+)?(Z|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)?", re.ASCII | re.IGNORECASE
)
_MIDNIGHT = re.compile(r"[T ]+0{1,2}:00(:00)?")


class CellError(ValueError):
    """A cell that means nothing here."""

    def __init__(self, message: Label) -> None:
        super().__init__(message.en)
        self.message = message


@dataclass(frozen=True, slots=True)
class Kind:
    """How a cell is read and written."""

    read: Callable[[str], Any]
    write: Callable[[Any], str] = str


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part for part in _SEPARATORS.split(cell) if part)


def _whole(cell: str) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", cell):
        raise CellError(Label("须为整数", "must be a whole number"))
    return int(cell)


def _day(cell: str) -> date:
    match = _DAY.match(cell)
    if match is None or not (match.end() == len(cell) or _MIDNIGHT.fullmatch(cell, match.end())):
        raise CellError(Label("须为日期，例如 2026-01-31", "must be a day as in 2026-01-31"))
    return _existing(match)


def _existing(match: re.Match[str]) -> date:
    try:
        day = date(*map(int, match.groups()))
    except ValueError:
        raise CellError(Label("没有这个日期或时间", "is no date or time that exists")) from None
    if not 2000 <= day.year < 2100:
        raise CellError(Label("年份须在 2000 至 2099 之间", "must lie between the years 2000 and 2099"))
    return day


def _instant(cell: str) -> datetime:
    """In China's time unless an offset says otherwise; 24:00 is the end of its day.

    It is kept in UTC: Postgres knows no offset of 16 hours and more.
    """
    day, clock = _DAY.match(cell), None
    if day is not None:
        clock = _TIME.fullmatch(cell, day.end())
    if day is None or (clock is None and day.end() < len(cell)):
        raise CellError(Label("须为时间，例如 2026-01-31 08:00", "must be a time as in 2026-01-31 08:00"))
    hours, minutes, seconds = (int(part or 0) for part in clock.group(1, 2, 3)) if clock else (0, 0, 0)
    if minutes > 59 or seconds > 59 or (hours, minutes, seconds) > (24, 0, 0):
        raise CellError(Label("没有这个日期或时间", "is no date or time that exists"))
    offset = clock[4] if clock else None
    zone = CHINA if offset is None else datetime.fromisoformat(f"2000-01-01T00:00{offset.upper()}").tzinfo
    midnight = datetime(*_existing(day).timetuple()[:3], tzinfo=zone)
    return (midnight + timedelta(hours=hours, minutes=minutes, seconds=seconds)).astimezone(UTC)


def words(labels: Mapping[Word, Label]) -> Label:
    """What a cell may hold: the names in Chinese, the words themselves in English."""
    return Label("、".join(label.zh for label in labels.values()), ", ".join(labels))


def word(labels: Mapping[Word, Label]) -> Kind:
    """One of these, by its word or by its name in either language."""
    known = {name: one for one, label in labels.items() for name in (one.value, label.zh, label.en)}

    def read(cell: str) -> Word:
        if cell.casefold() not in known:
            raise CellError(ONE_OF.filled(words=words(labels)))
        return known[cell.casefold()]

    return Kind(read, lambda one: labels[one].zh)


TEXT = Kind(str)
LIST = Kind(_list, ";".join)
NUMBER = Kind(_whole)
DAY = Kind(_day)
INSTANT = Kind(_instant, lambda at: at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S"))


def parsed(kind: Kind, cell: str) -> Any:  # noqa: ANN401  # whatever the kind reads
    """The cell's meaning, in one form of its characters. CellError where it has none."""
    return kind.read(folded(cell))

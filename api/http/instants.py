"""Instants: RFC 3339 with an offset coming in, UTC from then on, China Standard Time going out."""

import re
from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from domain.contract.calendars import CHINA

#: What is finer than a microsecond is left out: rounded, it could lie in the future.
_FORM = re.compile(
    r"(?P<local>\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?)((?<=\.\d{6})\d+)?(?P<offset>Z|[+-]\d\d(:?\d\d)?)?",
    re.ASCII | re.IGNORECASE,
)
_OFFSET = re.compile(r"Z|[+-]([01]\d|2[0-3])(:?[0-5]\d)?", re.ASCII | re.IGNORECASE)
#: Outside these years nobody means what they write, and clocks overflow.
FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def _parsed(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    found = _FORM.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise PydanticCustomError("instant", "an instant as in 2026-02-13T23:00:00+08:00, with its offset")
    if found["offset"] is None:
        raise PydanticCustomError("no_offset", "an instant has an offset from UTC")
    if not _OFFSET.fullmatch(found["offset"]):
        raise PydanticCustomError("no_such_offset", "there is no such offset")
    try:
        return datetime.fromisoformat(f"{found['local']}{found['offset']}".upper())
    except ValueError:
        raise PydanticCustomError("no_such_instant", "there is no such date or time") from None


def _plausible(instant: datetime) -> datetime:
    if not FIRST <= instant < LAST:
        raise PydanticCustomError("instant_range", "the year must lie between 2000 and 2099")
    # Postgres knows no offset of 16 hours and more.
    return instant.astimezone(UTC)


def in_china(instant: datetime) -> str:
    """As documents print it, in the precision that it has."""
    return instant.astimezone(CHINA).isoformat()


_SCHEMA = WithJsonSchema({"type": "string", "format": "date-time"})

#: Of a request. As text, in the data of a command, it is in China's time, as timelines show it.
Given = Annotated[
    datetime,
    BeforeValidator(_parsed),
    AfterValidator(_plausible),
    PlainSerializer(in_china, return_type=str, when_used="json"),
    _SCHEMA,
]

#: Of a document.
Shown = Annotated[datetime, PlainSerializer(in_china, return_type=str), _SCHEMA]

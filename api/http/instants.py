"""Instants: ISO 8601 with an offset coming in, China Standard Time going out."""

import re
from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from domain.contract.calendars import CHINA

_ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)")
#: Outside these years nobody means what they write, and clocks overflow.
FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def _parsed(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _ISO.fullmatch(value):
        raise PydanticCustomError("instant", "an instant as in 2026-02-13T23:00:00+08:00, with its offset")
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("no_such_instant", "there is no such date or time") from None


def _plausible(instant: datetime) -> datetime:
    if not FIRST <= instant < LAST:
        raise PydanticCustomError("instant_range", "the year must lie between 2000 and 2099")
    return instant


def in_china(instant: datetime) -> str:
    """As documents print it, in the precision that it has."""
    return instant.astimezone(CHINA).isoformat()


_SCHEMA = WithJsonSchema({"type": "string", "format": "date-time"})

#: Of a request.
Given = Annotated[datetime, BeforeValidator(_parsed), AfterValidator(_plausible), _SCHEMA]

#: Of a document.
Shown = Annotated[datetime, PlainSerializer(in_china, return_type=str), _SCHEMA]

"""Data as any database takes it: texts without what no text may hold, instants in UTC, nothing too long or too deep."""

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from typing import Any, TypeVar

T = TypeVar("T")

#: Characters of a text. The second fits into any index.
LIMITS = (50_000, 200)
_DEEPEST = 20
_LARGEST = 2**31 - 1
_FIRST, _LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
_INSTEAD = "\N{REPLACEMENT CHARACTER}"


def cleaned(value: T, most: int) -> T:
    """The same with no text longer than that; what is no data, such as SQL, stays as it is."""
    found: T = _cleaned(value, most, 0)
    return found


def _cleaned(value: Any, most: int, depth: int) -> Any:  # noqa: ANN401, PLR0911  # whatever stands in a batch
    if depth > _DEEPEST:
        return _INSTEAD
    match value:
        case Enum() | bool() | None:
            return value
        case str():
            return value.replace("\0", _INSTEAD).encode("utf-8", "replace").decode()[:most]
        case int():
            return max(-_LARGEST, min(value, _LARGEST))
        case datetime():
            return _instant(value)
        case dict():
            return {_key(key, most): _cleaned(each, most, depth + 1) for key, each in value.items()}
        case list() | tuple():
            return type(value)(_cleaned(each, most, depth + 1) for each in value)
        case _ if is_dataclass(value) and not isinstance(value, type):
            parts = {each.name: getattr(value, each.name) for each in fields(value) if each.init}
            return replace(value, **{name: _cleaned(part, most, depth + 1) for name, part in parts.items()})
    return value


def _key(key: object, most: int) -> Any:  # noqa: ANN401  # keys of JSON are texts, those of ours words
    return _cleaned(key, most, 0)


def _instant(instant: datetime) -> datetime:
    """In UTC, and within the years that instants of ours lie in."""
    aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return aware.astimezone(UTC) if _FIRST <= aware < _LAST else min(max(aware, _FIRST), _LAST)

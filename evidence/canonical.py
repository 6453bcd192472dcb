"""JSON of which each value has one writing only."""

import json
from typing import Any

from domain.words.label import Label
from evidence.faults import EvidenceError


def written(value: Any) -> bytes:  # noqa: ANN401  # any JSON
    """In that writing."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def read(data: bytes, place: str) -> Any:  # noqa: ANN401  # any JSON
    """What is written there, in no other writing.

    Raises:
        EvidenceError: it is no JSON, or is written otherwise.
    """
    try:
        value = json.loads(data)
        if written(value) == data:
            return value
    except (ValueError, RecursionError):
        pass
    raise EvidenceError(place, Label("内容的写法不规范", "this is not written as it has to be"))

"""Findings: what a check of `zhishou doctor` answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

#: More names than this are only counted.
_NAMED = 10


class State(StrEnum):
    """How bad it is; ``unchecked``: what would have to be asked does not answer."""

    OK = "ok"
    WARNING = "warning"
    UNSAFE = "unsafe"
    UNCHECKED = "not checked"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, what was found, and what to do about it."""

    check: str
    state: State
    found: str
    way_out: str = ""


def listed(check: str, bad: State, names: Iterable[str], well: str, ill: str, way_out: str) -> Finding:
    """Well when there are no such names."""
    found = list(names)
    if not found:
        return Finding(check, State.OK, well)
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return Finding(check, bad, f"{ill}: {', '.join(found[:_NAMED])}{more}", way_out)

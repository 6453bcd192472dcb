"""Statistics: what is counted of tickets, month by month, and how lengths of time are kept so that they add up."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil, floor, log, log1p
from typing import Any, NamedTuple

from domain.ticket.lifecycle import LEADS_TO
from domain.ticket.obligations import State
from domain.ticket.stages import Stage
from domain.ticket.timeline import Happening


class Outcome(StrEnum):
    """What became of a promise."""

    MET = "met"  # in time
    LATE = "late"  # kept after it was broken
    BREACHED = "breached"  # broken, and not kept yet
    OPEN = "open"
    WAIVED = "waived"  # the customer agreed


#: What a state counts as; what is not here is no promise any more, or none yet.
OUTCOMES: dict[State, Outcome] = {
    State.MET: Outcome.MET,
    State.BREACHED: Outcome.BREACHED,
    State.RUNNING: Outcome.OPEN,
    State.PAUSED: Outcome.OPEN,
    State.WAIVED: Outcome.WAIVED,
}

#: Each bucket is so much wider than the one before: the middle of one is within a hundredth of all that it holds.
_WIDER = log(1.02)


def bucket(length: float) -> int:
    """Where a length of time is counted; 0: none at all."""
    return floor(log1p(max(length, 0.0)) / _WIDER)


def middle(place: int) -> float:
    """What a bucket stands for: within a hundredth of each of its lengths, and of one unit; the first for nothing."""
    return (1.02**place * 1.01) - 1 if place else 0.0


def percentile(counts: Mapping[int, int], share: float) -> float | None:
    """The smallest length (nearest rank) that so large a share of all does not exceed; None: there are none."""
    rank = ceil(share * sum(counts.values()))
    for place in sorted(counts):
        rank -= counts[place]
        if rank <= 0:
            return middle(place)
    return None


class Line(NamedTuple):
    """Of a timeline's entry what moves a ticket."""

    happening: Happening
    at: datetime
    data: Mapping[str, Any]


#: What moves a ticket from one stage to another.
MOVES = frozenset(
    {
        *LEADS_TO,
        Happening.ADVANCED,
        Happening.RESOLVED,
        Happening.REJECTED,
        Happening.REOPENED,
        Happening.CLOSED,
        Happening.DISCARDED,
        Happening.MERGED,
    }
)
_BACK = {Happening.REJECTED, Happening.REOPENED}
_TO = {
    Happening.RESOLVED: Stage.RESOLVED,
    Happening.CLOSED: Stage.CLOSED,
    Happening.DISCARDED: Stage.CLOSED,
    Happening.MERGED: Stage.CLOSED,
}


def stages(lines: Iterable[Line]) -> Iterator[Stage]:
    """Where a ticket stands after each of the lines: the lifecycle, read from its timeline."""
    stage = resolved_from = Stage.TRIAGE
    for happening, _, data in lines:
        ahead = LEADS_TO.get(happening)
        if happening is Happening.ADVANCED:
            stage = Stage(data["stage"])
        elif happening in _BACK:
            stage = resolved_from
        elif happening in _TO:
            resolved_from = stage if happening is Happening.RESOLVED else resolved_from
            stage = _TO[happening]
        elif ahead is not None and stage.is_work:
            stage = ahead if stage.before(ahead) else stage
        elif ahead is not None and resolved_from.before(ahead):  # told late, of a resolved ticket
            resolved_from = ahead
        yield stage


def spent(received_at: datetime, lines: list[Line]) -> dict[Stage, timedelta]:
    """How long a ticket was in each stage until the last of the lines, all times that it was there together."""
    lengths: dict[Stage, timedelta] = {}
    stage, since = Stage.TRIAGE, received_at
    for line, after in zip(lines, stages(lines), strict=True):
        lengths[stage] = lengths.get(stage, timedelta()) + max(line.at - since, timedelta())
        stage, since = after, max(line.at, since)
    return lengths

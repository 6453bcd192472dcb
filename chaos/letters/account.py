"""The account: what was told, what the database says of it, and what came to the peers."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from store.models import PENDING, Delivered, Way

COUNTERS = ("lost", "phantom", "changed", "out of order", "duplicates beyond kills", "stuck")


@dataclass(frozen=True, slots=True)
class Told:
    """One message on its way by one channel, as the database has it at the end."""

    message: str
    way: Way
    recipient: str
    ticket: str | None
    created_at: float
    state: Delivered
    letter: str | None


@dataclass(frozen=True, slots=True)
class Came:
    """One letter that a peer took, perhaps again."""

    letter: str
    at: float
    body: str


def reconciled(
    messages: Collection[str], told: Sequence[Told], came: Mapping[Way, Sequence[Came]], at_once: int
) -> dict[str, list[str]]:
    """Counter by counter what it counts.

    Args:
        messages: those of the run; others were told beside them.
        at_once: letters of one channel that kills may have made double.
    """
    first = {way: _first(came[way]) for way in came}
    known = {(one.way, one.letter) for one in told}
    by = {(one.message, one.way): one for one in told}
    return {
        "lost": [
            f"{message} by {way}"
            for message in messages
            for way in came
            if (one := by.get((message, way))) is None or (one.state not in PENDING and one.letter not in first[way])
        ],
        "phantom": [f"{letter} by {way}" for way in came for letter in first[way] if (way, letter) not in known],
        "changed": [f"{letter} by {way}" for way in came for letter in _changed(came[way])],
        "out of order": list(_disordered([one for one in told if one.message in messages], first)),
        "duplicates beyond kills": [
            f"{many} by {way}" for way in came if (many := len(came[way]) - len(first[way])) > at_once
        ],
        "stuck": [f"{one.message} by {one.way}" for one in told if one.message in messages and one.state in PENDING],
    }


def lateness_s(told: Iterable[Told], came: Sequence[Came], way: Way, among: frozenset[str]) -> list[float]:
    """Of each of these messages, from when it was told to when a peer had it."""
    first = _first(came)
    ours = (one for one in told if one.way is way and one.message in among and one.letter in first)
    return [first[str(one.letter)] - one.created_at for one in ours]


def _first(came: Iterable[Came]) -> dict[str, float]:
    """When each letter came at first."""
    first: dict[str, float] = {}
    for one in came:
        first[one.letter] = min(one.at, first.get(one.letter, one.at))
    return first


def _changed(came: Iterable[Came]) -> list[str]:
    bodies = {(one.letter, one.body) for one in came}
    return [letter for letter, many in Counter(letter for letter, _ in bodies).items() if many > 1]


def _disordered(told: Iterable[Told], first: Mapping[Way, Mapping[str, float]]) -> Iterable[str]:
    """Of one person and ticket, by one channel, what came before what was told before it."""
    theirs: dict[tuple[Way, str, str | None], list[Told]] = defaultdict(list)
    for one in told:
        if one.letter in first.get(one.way, ()):
            theirs[one.way, one.recipient, one.ticket].append(one)
    for (way, _, _), ones in theirs.items():
        in_time = sorted(ones, key=lambda one: one.created_at)
        for earlier, later in pairwise(in_time):
            if first[way][str(later.letter)] < first[way][str(earlier.letter)]:
                yield f"{later.message} before {earlier.message} by {way}"

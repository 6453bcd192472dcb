"""What is kept beside a case: what its next run takes along, and what is answered to who asks how it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Generic, Self

from workflows.law import C

#: Of so many commands a next run knows that they are decided: 1.5 MB at most of the 4 MB that a payload may unpack to.
#: One that is older is found by the API, in the read model, before it is sent again.
REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Answered:
    """A command that has been decided on. Stored in histories.

    Attributes:
        seq: the entry that records the decision.
        digest: of the command; ``others``: of those that came under its id since and were turned down for that.
    """

    seq: int
    digest: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Carried(Generic[C]):
    """What a case takes along into its next run. Stored in histories.

    Attributes:
        ticket: the case; tickets came first, and what stands in histories keeps its name.
        decided: the latest commands that it has decided on, by their ids, in order.
    """

    ticket: C
    decided: dict[str, Answered] = field(default_factory=dict)

    @classmethod
    def of(cls, ticket: C, decided: Mapping[str, Answered]) -> Self:
        """With as many of the commands as are remembered, the latest."""
        return cls(ticket, dict(islice(decided.items(), max(0, len(decided) - REMEMBERED), None)))


@dataclass(frozen=True, slots=True)
class Kept(Generic[C]):
    """What a keeper answers who asks.

    Attributes:
        ticket: the case as it stands; None while nothing has been taken.
        unproven: commands that have come and are not decided on yet: who sent them is being asked.
    """

    ticket: C | None
    unproven: int = 0

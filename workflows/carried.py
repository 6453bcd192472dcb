"""What is kept beside a case: what its next run takes along, and what is answered to who asks how it stands."""

from dataclasses import dataclass, field
from typing import Generic

from workflows.law import C


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
        decided: the commands that it has decided on, by their ids.
    """

    ticket: C
    decided: dict[str, Answered] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kept(Generic[C]):
    """What a keeper answers who asks.

    Attributes:
        ticket: the case as it stands; None while nothing has been taken.
        unproven: commands that have come and are not decided on yet: who sent them is being asked.
    """

    ticket: C | None
    unproven: int = 0

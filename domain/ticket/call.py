"""The call: somebody is to answer for a ticket."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Why(StrEnum):
    """What somebody is called for. Stored in histories."""

    BREACH = "breach"
    GRAVEST = "gravest"  # the report is among the gravest of its contract
    UNOWNED = "unowned"  # nobody is in charge


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that somebody is called for. Stored in histories.

    Attributes:
        key: of a breach, the obligation.
    """

    why: Why
    key: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody is to answer for the ticket. Stored in histories.

    Attributes:
        id: number of the entry that began it.
        told_at: since when the next rung of the ladder is waited for.
        step: how many rungs were called; 0: those alone who were told at once.
        by: who has it; None: nobody has answered.
        until: when their duty ends, by the roster of when they answered; None: it says nothing of them.
    """

    id: int
    since: datetime
    told_at: datetime
    causes: tuple[Cause, ...]
    step: int = 0
    by: str | None = None
    until: datetime | None = None

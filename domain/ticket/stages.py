"""Stages: where the work on a ticket stands, and which moves there are."""

from enum import StrEnum


class Stage(StrEnum):
    """The ladder, from the call to the archive, in order. Stored in histories."""

    TRIAGE = "triage"
    PHONE = "phone"
    REMOTE = "remote"
    ONSITE = "onsite"
    EXPERT = "expert"
    VENDOR = "vendor"
    EMERGENCY = "emergency"
    RESOLVED = "resolved"
    CLOSED = "closed"

    @property
    def is_work(self) -> bool:
        """Whether work on the fault goes on here."""
        return self not in {Stage.RESOLVED, Stage.CLOSED}

    def before(self, other: "Stage") -> bool:
        """Whether this stage comes earlier on the ladder."""
        order = list(Stage)
        return order.index(self) < order.index(other)

"""How many tickets there are."""

from typing import Self

from api.documents.base import PERHAPS, Document
from domain.audience.visibility import COUNTS, only
from domain.people.actors import Actor
from domain.ticket.stages import Stage


class CountsDocument(Document):
    """Tickets by stage, and how many open ones have a broken promise."""

    stages: dict[Stage, int]
    breached: int = PERHAPS

    @classmethod
    def of(cls, viewer: Actor, stages: dict[Stage, int], breached: int) -> Self:
        """What of the figures is for him."""
        return cls(**only(viewer, COUNTS, {"stages": stages, "breached": breached}))

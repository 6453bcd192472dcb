"""How many tickets there are."""

from api.documents.base import Document
from domain.stages import Stage


class CountsDocument(Document):
    """Tickets by stage, and how many open ones have a broken promise."""

    stages: dict[Stage, int]
    breached: int

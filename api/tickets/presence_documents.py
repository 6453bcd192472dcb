"""Who has a ticket open: as it is said, and as it is told."""

from typing import Annotated, Self

from api.http.documents import Document
from api.http.fields import OneOf, Request
from api.http.instants import Shown
from domain.audience.presence import Doing
from domain.people.actors import Role
from store.presence import Present


class BePresent(Request):
    """That somebody has the ticket open, and what they do there."""

    doing: Annotated[str, OneOf(Doing)]


class PresentDocument(Document):
    """Somebody who has the ticket open, until they are not heard of any more."""

    id: str
    name: str
    role: Role
    doing: Doing
    until: Shown

    @classmethod
    def of(cls, present: Present) -> Self:
        """Of somebody."""
        return cls(id=present.id, name=present.name, role=present.role, doing=Doing(present.doing), until=present.until)


class PresenceDocument(Document):
    """The caller's colleagues who have the ticket open too."""

    items: list[PresentDocument]

"""The record of the registry, as those get it who watch."""

from dataclasses import asdict
from typing import Any, Self

from api.http.documents import Document
from api.http.instants import Shown
from store.registry.names import Names
from store.registry.record import Change


class ChangeDocument(Document):
    """A change. ``before`` and ``after`` hold what is another than it was; of a secret only that it is.

    ``way``: by what the person acted; without a person the program, or who was at the command line. ``whom_name``: of
    a person whom it concerns.
    """

    id: int
    at: Shown
    person: str | None
    person_name: str | None
    way: str
    request: str | None
    kind: str
    about: str
    whom: str
    whom_name: str | None
    action: str
    before: dict[str, Any]
    after: dict[str, Any]

    @classmethod
    def of(cls, change: Change, called: Names) -> Self:
        """With the names of those whom it names."""
        told = asdict(change)
        return cls(**told, person_name=called.get(change.person or ""), whom_name=called.get(change.whom))

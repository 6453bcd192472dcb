"""What is asked of the record of the registry."""

from typing import Annotated

from pydantic import Field

from api.http.fields import OneOf, Word
from api.http.instants import Given
from api.http.queries import Query
from store.registry.record import Kind, Sought


class ChangesQuery(Query):
    """What `GET /registry/changes` can be asked for.

    ``person``: who made them; ``whom``: the person, customer or ticket that they concern.
    """

    person: Word | None = None
    whom: Word | None = None
    kind: Annotated[str, OneOf(Kind)] | None = None
    about: Word | None = None
    from_: Given | None = Field(default=None, alias="from")
    to: Given | None = None

    @property
    def sought(self) -> Sought:
        """As the store asks it."""
        kind = Kind(self.kind) if self.kind else None
        return Sought(self.person, self.whom, kind, self.about, self.from_, self.to)

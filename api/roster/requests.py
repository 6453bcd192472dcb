"""What is asked of the roster, and what is planned on it."""

from datetime import datetime, timedelta
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from api.http.fields import OneOf, Request, Word
from api.http.instants import FIRST, LAST, Given
from api.http.queries import Query
from domain.people.actors import Role
from domain.people.duty import DUTIES, Stretch
from store.registry.records import Shift

DutyWord = Annotated[str, OneOf(sorted(DUTIES))]
_FOUR_WEEKS = timedelta(weeks=4)


class NewShift(Request):
    """A stretch of duty."""

    duty: DutyWord
    person: Word
    substitute: Word | None = None
    begins_at: Given
    ends_at: Given

    @property
    def shift(self) -> Shift:
        """As the registry takes it."""
        return Shift(Role(self.duty), self.person, self.begins_at, self.ends_at, self.substitute)


class _Within(Query):
    """A stretch of time, half-open."""

    from_: Given | None = Field(default=None, alias="from")
    to: Given | None = None

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Self:
        """Otherwise nothing could lie within."""
        if self.from_ is not None and self.to is not None and self.from_ >= self.to:
            raise PydanticCustomError("from_to", "from must be earlier than to")
        return self


class RosterQuery(_Within):
    """What `GET /roster` can be asked for: shifts that have an instant in common with the stretch."""

    duty: DutyWord | None = None

    @property
    def within(self) -> Stretch:
        """All time unless told otherwise."""
        return Stretch(self.from_ or FIRST, self.to or LAST)

    @property
    def role(self) -> Role | None:
        """The duty."""
        return Role(self.duty) if self.duty else None


class GapsQuery(_Within):
    """What `GET /roster/gaps` can be asked for: four weeks from now, unless told otherwise."""

    duty: DutyWord

    def within(self, now: datetime) -> Stretch:
        """From now on unless told otherwise; empty where it would end before."""
        begins = self.from_ or (min(now, self.to) if self.to else now)
        return Stretch(begins, self.to or begins + _FOUR_WEEKS)


class CandidatesQuery(Query):
    """What `GET /roster/candidates` can be asked for."""

    duty: DutyWord


class OnDutyQuery(Query):
    """What `GET /roster/on-duty` can be asked for: now, unless told otherwise."""

    duty: DutyWord | None = None
    at: Given | None = None

    @property
    def role(self) -> Role | None:
        """The duty."""
        return Role(self.duty) if self.duty else None

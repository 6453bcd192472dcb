"""The roster, as those get it who plan it or look who is on duty."""

from api.http.documents import Document, fields_of
from api.http.instants import Shown
from domain.people.actors import Role
from domain.people.duty import Stretch
from store.registry.records import Shift
from store.registry.roster import OnDuty


class ShiftDocument(Document):
    """A stretch of duty."""

    id: str
    duty: Role
    person: str
    substitute: str | None
    begins_at: Shown
    ends_at: Shown

    @classmethod
    def of(cls, shift: Shift) -> "ShiftDocument":
        """As the registry has it."""
        return cls(**fields_of(shift, cls))


class StretchDocument(Document):
    """A stretch of time, half-open."""

    begins_at: Shown
    ends_at: Shown

    @classmethod
    def of(cls, stretch: Stretch) -> "StretchDocument":
        """As the registry has it."""
        return cls(**fields_of(stretch, cls))


class OnDutyDocument(Document):
    """Somebody who is on duty, until ``ends_at``."""

    duty: Role
    person: str
    name: str
    phone: str | None
    ends_at: Shown

    @classmethod
    def of(cls, one: OnDuty) -> "OnDutyDocument":
        """As the registry has it."""
        return cls(**fields_of(one, cls))

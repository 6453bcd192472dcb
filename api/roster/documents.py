"""The roster, as those get it who plan it or look who is on duty."""

from dataclasses import asdict

from api.http.documents import Document, Plain
from api.http.instants import Shown
from domain.people.actors import Role
from store.registry.names import Names
from store.registry.records import Shift


class ShiftDocument(Document):
    """A stretch of duty."""

    id: str
    duty: Role
    person: str
    person_name: str
    substitute: str | None
    substitute_name: str | None
    begins_at: Shown
    ends_at: Shown

    @classmethod
    def named(cls, shift: Shift, names: Names) -> "ShiftDocument":
        """As the roster has it."""
        substitute = names.get(shift.substitute) if shift.substitute else None
        return cls(**asdict(shift), person_name=names[shift.person], substitute_name=substitute)


class StretchDocument(Plain):
    """A stretch of time, half-open."""

    begins_at: Shown
    ends_at: Shown


class CandidateDocument(Plain):
    """Somebody who could be on that duty."""

    id: str
    name: str


class OnDutyDocument(Plain):
    """Somebody who is on duty, until ``ends_at``."""

    duty: Role
    person: str
    name: str
    phone: str | None
    ends_at: Shown

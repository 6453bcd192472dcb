"""The roster, as those get it who plan it or look who is on duty."""

from api.http.documents import Plain
from api.http.instants import Shown
from domain.people.actors import Role


class ShiftDocument(Plain):
    """A stretch of duty."""

    id: str
    duty: Role
    person: str
    substitute: str | None
    begins_at: Shown
    ends_at: Shown


class StretchDocument(Plain):
    """A stretch of time, half-open."""

    begins_at: Shown
    ends_at: Shown


class OnDutyDocument(Plain):
    """Somebody who is on duty, until ``ends_at``."""

    duty: Role
    person: str
    name: str
    phone: str | None
    ends_at: Shown

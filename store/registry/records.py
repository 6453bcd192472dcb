"""Records: people, customers and the rest as the registry is asked to keep them, and gives them."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from domain.people.actors import Role
from domain.people.duty import Grade, Stretch
from domain.words.text import folded
from store.models import OrganisationKind


def folded_or_none(text: str | None) -> str | None:
    """The same; what is empty is not there."""
    return (folded(text) or None) if text is not None else None


@dataclass(frozen=True, slots=True)
class Organisation:
    """The service company, a part of it, or a vendor."""

    id: str
    name: str
    kind: OrganisationKind

    def folded(self) -> "Organisation":
        """With texts in one form."""
        return replace(self, name=folded(self.name))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, without the password.

    Attributes:
        also: the other accounts of the same person.
        told_apart: accounts with the same phone or mail that are another person's.
    """

    id: str
    name: str
    role: Role
    department: str | None = None
    customers: tuple[str, ...] = ()
    organisation: str | None = None
    phone: str | None = None
    email: str | None = None
    grade: Grade | None = None
    active: bool = True
    also: tuple[str, ...] = ()
    told_apart: tuple[str, ...] = ()

    def folded(self) -> "Person":
        """With texts in one form."""
        phone, email = folded_or_none(self.phone), folded_or_none(self.email)
        return replace(self, name=folded(self.name), phone=phone, email=email)


@dataclass(frozen=True, slots=True)
class RegisteredCustomer:
    """A customer. ``departments``: what it calls them, by their words."""

    id: str
    name: str
    departments: dict[str, str] = field(default_factory=dict)
    active: bool = True

    def folded(self) -> "RegisteredCustomer":
        """With texts in one form."""
        departments = {word: folded(name) for word, name in self.departments.items()}
        return replace(self, name=folded(self.name), departments=departments)


@dataclass(frozen=True, slots=True)
class Contract:
    """A customer's version of a pack.

    Attributes:
        remote_calendar: hours of remote service (000-25); None: as the pack says.
        switches: terms of the pack that it sets otherwise.
        starts_on: the first day of maintenance; ``ends_on``: the last (002-19).
    """

    id: str
    customer: str
    pack: str
    remote_calendar: str | None = None
    star: int | None = None
    switches: dict[str, Any] = field(default_factory=dict)
    starts_on: date | None = None
    ends_on: date | None = None
    active: bool = True


@dataclass(frozen=True, slots=True)
class Shift:
    """A stretch of duty. ``substitute`` stands in for all of it. ``id`` is empty until it is kept."""

    duty: Role
    person: str
    begins_at: datetime
    ends_at: datetime
    substitute: str | None = None
    id: str = ""

    @property
    def stretch(self) -> Stretch:
        """From when to when."""
        return Stretch(self.begins_at, self.ends_at)

    @property
    def names(self) -> frozenset[str]:
        """Who cannot be on another shift of this duty meanwhile."""
        return frozenset({self.person} | ({self.substitute} if self.substitute else set()))

    @property
    def there(self) -> str:
        """Who is there in person."""
        return self.substitute or self.person

    def collides(self, other: "Shift") -> bool:
        """Whether somebody would be on the same duty twice at the same time."""
        return self.duty is other.duty and bool(self.names & other.names) and self.stretch.overlaps(other.stretch)


@dataclass(frozen=True, slots=True)
class Authorisation:
    """A customer's standing leave to diagnose and to coordinate vendors in its name (004-05)."""

    customer: str
    scope: str
    channel: str
    granted_by: str
    granted_at: datetime
    expires_at: datetime
    recorded_by: str
    evidence: str | None = None
    revoked_at: datetime | None = None
    id: str = ""

    def folded(self) -> "Authorisation":
        """With texts in one form."""
        return replace(self, scope=folded(self.scope), granted_by=folded(self.granted_by))


@dataclass(frozen=True, slots=True)
class Deputyship:
    """Somebody of a customer answers in the place of one of its approvers, from the first day to the last.

    Attributes:
        named_by: who of the customer said so; ``recorded_by``: who wrote it down.
    """

    customer: str
    approver: str
    deputy: str
    starts_on: date
    ends_on: date
    named_by: str
    channel: str
    recorded_by: str
    recorded_at: datetime
    evidence: str | None = None
    ended_at: datetime | None = None
    id: str = ""

    def folded(self) -> "Deputyship":
        """With texts in one form."""
        return replace(self, named_by=folded(self.named_by))

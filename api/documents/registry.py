"""People, customers, contracts and the roster, as those get them who administer them."""

from datetime import date
from typing import Any

from api.documents.base import Document
from api.http.instants import Shown
from domain.people.actors import Role
from domain.people.duty import Grade, Stretch
from store.models import OrganisationKind
from store.registry.records import Authorisation, Contract, Customer, Organisation, Person, Shift
from store.registry.roster import OnDuty


def _fields(of: object, document: type[Document]) -> dict[str, Any]:
    return {name: getattr(of, name) for name in document.model_fields}


class OrganisationDocument(Document):
    """The service company, a part of it, or a vendor."""

    id: str
    name: str
    kind: OrganisationKind

    @classmethod
    def of(cls, organisation: Organisation) -> "OrganisationDocument":
        """As the registry has it."""
        return cls(**_fields(organisation, cls))


class PersonDocument(Document):
    """Somebody; nothing of passwords."""

    id: str
    name: str
    role: Role
    department: str | None
    customers: tuple[str, ...]
    organisation: str | None
    phone: str | None
    email: str | None
    grade: Grade | None
    active: bool

    @classmethod
    def of(cls, person: Person) -> "PersonDocument":
        """As the registry has it."""
        return cls(**_fields(person, cls))


class ColleagueDocument(Document):
    """Somebody whom work can be given to."""

    id: str
    name: str
    role: Role
    grade: Grade | None
    on_duty: bool

    @classmethod
    def of(cls, person: Person, *, on_duty: bool) -> "ColleagueDocument":
        """As the registry has it."""
        return cls(id=person.id, name=person.name, role=person.role, grade=person.grade, on_duty=on_duty)


class DepartmentShown(Document):
    """A customer's department."""

    id: str
    name: str


class CustomerDocument(Document):
    """A customer with its departments."""

    id: str
    name: str
    active: bool
    departments: list[DepartmentShown]

    @classmethod
    def of(cls, customer: Customer) -> "CustomerDocument":
        """As the registry has it."""
        departments = [DepartmentShown(id=word, name=name) for word, name in customer.departments.items()]
        return cls(id=customer.id, name=customer.name, active=customer.active, departments=departments)


class ContractDocument(Document):
    """A contract of a customer."""

    id: str
    customer: str
    pack: str
    remote_calendar: str | None
    star: int | None
    switches: dict[str, Any]
    starts_on: date | None
    ends_on: date | None
    active: bool

    @classmethod
    def of(cls, contract: Contract) -> "ContractDocument":
        """As the registry has it."""
        return cls(**_fields(contract, cls))


class AuthorisationDocument(Document):
    """A standing authorisation of a customer."""

    id: str
    customer: str
    scope: str
    channel: str
    evidence: str | None
    granted_by: str
    granted_at: Shown
    expires_at: Shown
    recorded_by: str
    revoked_at: Shown | None

    @classmethod
    def of(cls, authorisation: Authorisation) -> "AuthorisationDocument":
        """As the registry has it."""
        return cls(**_fields(authorisation, cls))


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
        return cls(**_fields(shift, cls))


class StretchDocument(Document):
    """A stretch of time, half-open."""

    begins_at: Shown
    ends_at: Shown

    @classmethod
    def of(cls, stretch: Stretch) -> "StretchDocument":
        """As the registry has it."""
        return cls(**_fields(stretch, cls))


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
        return cls(**_fields(one, cls))


class ImportedDocument(Document):
    """How many rows of a file were brought in."""

    imported: int

"""Customers, their contracts and authorisations, as those get them who administer them."""

from datetime import date
from typing import Any

from api.http.documents import Document, Plain
from api.http.instants import Shown
from store.registry.records import RegisteredCustomer


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
    def of(cls, customer: RegisteredCustomer) -> "CustomerDocument":
        """As the registry has it."""
        departments = [DepartmentShown(id=word, name=name) for word, name in customer.departments.items()]
        return cls(id=customer.id, name=customer.name, active=customer.active, departments=departments)


class ContractDocument(Plain):
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


class AuthorisationDocument(Plain):
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

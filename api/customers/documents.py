"""Customers, their contracts and authorisations, as those get them who administer them."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from api.http.documents import Document, Plain, Versioned
from api.http.instants import Shown
from domain.contract.clauses import Origin
from domain.contract.explain import explain
from domain.contract.promises import Case, promises
from domain.contract.terms import Terms
from policies import load_pack
from store.registry.names import Names
from store.registry.records import Contract, Deputyship, RegisteredCustomer


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
    version: int

    @classmethod
    def of(cls, customer: RegisteredCustomer, version: int) -> "CustomerDocument":
        """As the registry has it."""
        departments = [DepartmentShown(id=word, name=name) for word, name in customer.departments.items()]
        same = {"id": customer.id, "name": customer.name, "active": customer.active}
        return cls(**same, departments=departments, version=version)


class ContractDocument(Versioned):
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


class PromiseShown(Document):
    """What is promised at a level, of a report that comes in now and of which nothing more is known."""

    kind: str
    clause: str
    armed: str
    explanation: dict[str, str]


class LevelDocument(Document):
    """A level of a contract, and what it means."""

    id: str
    name: dict[str, str]
    aliases: list[str]
    promises: list[PromiseShown]


def levels_of(contract: Contract, now: datetime) -> list[LevelDocument]:
    """The levels of a contract, gravest first."""
    pack = load_pack(contract.pack)
    terms = pack.terms(remote_calendar=contract.remote_calendar, overrides=contract.switches)
    return [
        LevelDocument(
            id=level.id,
            name=level.label.as_json(),
            aliases=list(level.aliases),
            promises=_promises(terms, Case({Origin.RECEIVED: now}, level.id, {})),
        )
        for level in pack.file.levels
    ]


def _promises(terms: Terms, case: Case) -> list[PromiseShown]:
    return [
        PromiseShown(
            kind=promise.clause.kind,
            clause=promise.clause.id,
            armed=" or ".join(promise.armed),
            explanation=explain(terms, case, promise).as_json(),
        )
        for promise in promises(terms, case)
    ]


class DeputyDocument(Document):
    """Who answers in the place of one of a customer's approvers, and when."""

    id: str
    customer: str
    approver: str
    approver_name: str
    deputy: str
    deputy_name: str
    starts_on: date
    ends_on: date
    named_by: str
    channel: str
    evidence: str | None
    recorded_by: str
    recorded_at: Shown
    ended_at: Shown | None

    @classmethod
    def of(cls, kept: Deputyship, names: Names) -> "DeputyDocument":
        """As the registry has it."""
        called = {"approver_name": names[kept.approver], "deputy_name": names[kept.deputy]}
        return cls(**asdict(kept), **called)


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

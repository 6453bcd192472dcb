"""What an administrator sends of customers and contracts, and a manager of standing authorisations."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from api.http.fields import READABLE, Id, OneOf, Request, Title, Version, Word
from api.http.instants import Given
from api.http.queries import Query
from domain.contract.calendars import CHINA
from domain.matters.consents import ConsentChannel
from domain.people.actors import Actor
from store.registry.records import Authorisation, Contract, Deputyship, RegisteredCustomer


def _day(value: object) -> date:
    try:
        found = date.fromisoformat(value) if isinstance(value, str) and len(value) == len("2026-01-31") else None
    except ValueError:
        found = None
    if found is None or not 2000 <= found.year < 2100:
        raise PydanticCustomError("day", "a day as in 2026-01-31")
    return found


#: Of the years 2000 to 2099.
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]


class DepartmentGiven(Request):
    """A department, by a word such as ``technical`` and by what the customer calls it."""

    id: Word
    name: Title


def _once(departments: tuple[DepartmentGiven, ...]) -> tuple[DepartmentGiven, ...]:
    if len({one.id for one in departments}) < len(departments):
        raise PydanticCustomError("twice", "one stands there twice")
    return departments


Departments = Annotated[tuple[DepartmentGiven, ...], Field(max_length=50, strict=False), AfterValidator(_once)]
#: For what access is granted in advance.
Scope = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000), READABLE]
Switches = Annotated[dict[str, Any], Field(max_length=50)]


class NewCustomer(Request):
    """A new customer."""

    id: Word
    name: Title
    departments: Departments = ()

    @property
    def customer(self) -> RegisteredCustomer:
        """As the registry takes it."""
        return RegisteredCustomer(self.id, self.name, _by_word(self.departments))


class ChangedCustomer(Request):
    """What is to change; what is not sent stays, so that no default here is ever looked at."""

    version: Version
    name: Title = ""
    departments: Departments = ()
    active: bool = True

    @property
    def changes(self) -> dict[str, Any]:
        """As the registry takes them; the departments are all that there are from now on."""
        given = {name: getattr(self, name) for name in self.model_fields_set - {"version"}}
        return given | ({"departments": _by_word(self.departments)} if "departments" in given else {})


def _by_word(departments: tuple[DepartmentGiven, ...]) -> dict[str, str]:
    return {one.id: one.name for one in departments}


class ChangedContract(Request):
    """What is to change; what is not sent stays, so that no default here is ever looked at."""

    version: Version
    remote_calendar: Word | None = None
    star: int | None = None
    switches: Switches = Field(default_factory=dict)
    starts_on: Day | None = None
    ends_on: Day | None = None
    active: bool = True

    @property
    def changes(self) -> dict[str, Any]:
        """As the registry takes them; the switches are all that the contract sets from now on."""
        return self.model_dump(exclude_unset=True, exclude={"version"})


class NewContract(Request):
    """A new contract."""

    id: Word
    pack: Word
    remote_calendar: Word | None = None
    star: int | None = None
    switches: Switches = Field(default_factory=dict)
    starts_on: Day | None = None
    ends_on: Day | None = None

    def of(self, customer: str) -> Contract:
        """As the registry takes it."""
        return Contract(customer=customer, **self.model_dump())


class NewAuthorisation(Request):
    """A customer's standing leave to diagnose and to coordinate vendors in its name (004-05)."""

    scope: Scope
    channel: Annotated[str, OneOf(ConsentChannel)]
    evidence: Id
    granted_by: Title
    granted_at: Given | None = None
    expires_at: Given

    def of(self, customer: str, recorded_by: str, now: datetime) -> Authorisation:
        """As the registry takes it; granted now unless told otherwise."""
        fields = self.model_dump() | {"granted_at": self.granted_at or now}
        return Authorisation(customer=customer, recorded_by=recorded_by, **fields)


class NewDeputy(Request):
    """Somebody who answers in an approver's place, both by account or name, from the first day to the last."""

    approver: Title
    deputy: Title
    starts_on: Day | None = None
    ends_on: Day
    named_by: Title | None = None
    channel: Annotated[str, OneOf(ConsentChannel)] = ConsentChannel.WEB.value
    evidence: Id | None = None

    def of(self, customer: str, by: Actor, now: datetime) -> Deputyship:
        """As the registry takes it: from today on and named by its sender, unless told otherwise."""
        fields = self.model_dump() | {
            "starts_on": self.starts_on or now.astimezone(CHINA).date(),
            "named_by": self.named_by or by.id,
        }
        return Deputyship(customer=customer, recorded_by=by.id, recorded_at=now, **fields)


class CustomersQuery(Query):
    """What `GET /customers` can be asked for."""

    active: bool | None = Field(default=None, strict=False)
    text: Word | None = None

"""People and organisations, as those get them who administer them."""

from api.http.documents import Document, Versioned
from domain.people.actors import Role
from domain.people.duty import Grade
from store.models import OrganisationKind
from store.registry.records import Person


class OrganisationDocument(Versioned):
    """The service company, a part of it, or a vendor."""

    id: str
    name: str
    kind: OrganisationKind


class PersonDocument(Versioned):
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
    also: tuple[str, ...]
    told_apart: tuple[str, ...]


class RestingDocument(Document):
    """What rested on somebody: numbers of tickets, ids of shifts."""

    tickets: list[str]
    shifts: list[str]
    vendor_cases: list[str]
    approvals: list[str]


class ChangedPersonDocument(PersonDocument):
    """Somebody after a change.

    ``rests_on``: what had to go to another, or to nobody; ``awaits``: the mail that is theirs once it is confirmed;
    ``awaits_parting``: their account is no other's any more once it is.
    """

    rests_on: RestingDocument
    awaits: str | None
    awaits_parting: bool


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

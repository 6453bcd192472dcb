"""People and organisations, as those get them who administer them."""

from api.http.documents import Document, fields_of
from domain.people.actors import Role
from domain.people.duty import Grade
from store.models import OrganisationKind
from store.registry.records import Organisation, Person


class OrganisationDocument(Document):
    """The service company, a part of it, or a vendor."""

    id: str
    name: str
    kind: OrganisationKind

    @classmethod
    def of(cls, organisation: Organisation) -> "OrganisationDocument":
        """As the registry has it."""
        return cls(**fields_of(organisation, cls))


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
        return cls(**fields_of(person, cls))


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

"""What an administrator sends of people and organisations. The rules between fields are the registry's."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from api.http.fields import OneOf, Request, Title, Version, Word
from api.http.queries import Query
from domain.people.actors import Role
from domain.people.duty import Grade
from store.models import OrganisationKind
from store.registry.people import Wanted
from store.registry.records import Organisation, Person

RoleWord = Annotated[str, OneOf(role for role in Role if role is not Role.SYSTEM)]
GradeWord = Annotated[str, OneOf(Grade)]
KindWord = Annotated[str, OneOf(OrganisationKind)]
Address = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=254)]
Words = Annotated[tuple[Word, ...], Field(max_length=200, strict=False)]


class NewPerson(Request):
    """A new person, who has no password yet."""

    id: Word
    name: Title
    role: RoleWord
    department: Word | None = None
    customers: Words = ()
    organisation: Word | None = None
    phone: Word | None = None
    email: Address | None = None
    grade: GradeWord | None = None
    #: Another account of the same person; or those with the same phone or mail that are somebody else's.
    same_as: Word | None = None
    told_apart: Words = ()

    @property
    def person(self) -> Person:
        """As the registry takes it."""
        return Person(**_typed(self.model_dump(exclude={"same_as"})))


class ChangedPerson(Request):
    """What is to change; what is not sent stays, so that no default here is ever looked at."""

    version: Version
    name: Title = ""
    role: RoleWord = ""
    department: Word | None = None
    customers: Words = ()
    organisation: Word | None = None
    phone: Word | None = None
    email: Address | None = None
    grade: GradeWord | None = None
    active: bool = True
    successor: Word | None = None
    unassigned: bool = False
    same_as: Word | None = None
    told_apart: Words = ()

    @property
    def changes(self) -> dict[str, Any]:
        """As the registry takes them; to whom what rests on the person goes is another matter."""
        return _typed(self.model_dump(exclude_unset=True, exclude={"successor", "unassigned", "version"}))


def _typed(fields: dict[str, Any]) -> dict[str, Any]:
    types = {"role": Role, "grade": Grade}
    return {name: types[name](value) if name in types and value else value for name, value in fields.items()}


class NewOrganisation(Request):
    """A new organisation."""

    id: Word
    name: Title
    kind: KindWord

    @property
    def organisation(self) -> Organisation:
        """As the registry takes it."""
        return Organisation(self.id, self.name, OrganisationKind(self.kind))


class ChangedOrganisation(Request):
    """Another name."""

    version: Version
    name: Title


class PeopleQuery(Query):
    """What `GET /people` can be asked for."""

    role: RoleWord | None = None
    customer: Word | None = None
    active: bool | None = Field(default=None, strict=False)
    text: Word | None = None

    @property
    def wanted(self) -> Wanted:
        """As the registry asks it."""
        return Wanted(Role(self.role) if self.role else None, self.customer, self.active, self.text)

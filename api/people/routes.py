"""People and organisations, for the administrator; colleagues, for everybody of the service company."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse
from starlette.requests import Request

from api.access.identity import Acts
from api.access.permissions import ADMINISTER, SEE_ROSTER
from api.backend import Behind
from api.http.documents import Page
from api.http.ids import POSSIBLE_IDS, created
from api.http.inputs import asks, takes
from api.http.pages import listing, name
from api.http.problems import existing
from api.http.queries import Query
from api.people.documents import (
    ChangedPersonDocument,
    ColleagueDocument,
    OrganisationDocument,
    PersonDocument,
    RestingDocument,
)
from api.people.leaving import Leaving, hand_over, needs_a_way, resting, successor_of, told
from api.people.requests import ChangedOrganisation, ChangedPerson, NewOrganisation, NewPerson, PeopleQuery
from api.tables.importing import ImportedDocument, Importing, bring_in, described_tables
from store.imports import import_people
from store.registry import organisations, people, roster, seen
from store.registry.confirmations import waiting_for
from store.registry.record import Kind
from store.registry.records import Organisation, Person
from store.registry.resting import Leave, leaves

router = APIRouter(prefix="/api", tags=["people"])


async def _version_of_people(behind: Behind) -> int:
    return await behind.ask(seen.latest, Kind.PERSON)


async def _version_of_organisations(behind: Behind) -> int:
    return await behind.ask(seen.latest, Kind.ORGANISATION)


#: Found out before what is read, which so is never older.
PeopleVersion = Annotated[int, Depends(_version_of_people)]
OrganisationsVersion = Annotated[int, Depends(_version_of_organisations)]


async def _person(person: str, behind: Behind) -> Person:
    return existing(await behind.ask(people.details, person))


async def _organisation(organisation: str, behind: Behind) -> Organisation:
    return existing(await behind.ask(organisations.organisation, organisation))


@router.get("/people", dependencies=[ADMINISTER], response_model_exclude_unset=True)
async def list_people(
    version: PeopleVersion, request: Request, behind: Behind, asked: Annotated[PeopleQuery, asks(PeopleQuery)]
) -> Page[PersonDocument]:
    """People by id, active or not, a page at a time."""
    found = await behind.ask(people.people, asked.wanted, asked.window(name))
    return listing(request, found, lambda one: PersonDocument.of(one, version))


@router.post("/people", dependencies=[ADMINISTER], status_code=201, response_model=PersonDocument)
async def add_person(act: Acts, given: Annotated[NewPerson, takes(NewPerson)]) -> JSONResponse:
    """Add a person, without a password: `zhishou password` or an identity provider gives the way in."""
    kept = await act.change(people.add_person, given.person, same_as=given.same_as)
    version = await act.behind.ask(seen.latest, Kind.PERSON)
    return created(PersonDocument.of(kept, version), f"/api/people/{kept.id}")


@router.post("/people/import", dependencies=[ADMINISTER], openapi_extra=described_tables())
async def bring_in_people(request: Request, act: Acts, asked: Importing) -> ImportedDocument:
    """Import people from a table, all of it or nothing; ``?check=true`` only looks."""
    return await bring_in(request, act, import_people, asked)


@router.get("/people/{person}", dependencies=[ADMINISTER, POSSIBLE_IDS])
async def read_person(version: PeopleVersion, found: Annotated[Person, Depends(_person)]) -> PersonDocument:
    """A person."""
    return PersonDocument.of(found, version)


@router.patch("/people/{person}", dependencies=[ADMINISTER, POSSIBLE_IDS])
async def change_person(
    before: Annotated[Person, Depends(_person)],
    given: Annotated[ChangedPerson, takes(ChangedPerson)],
    act: Acts,
) -> ChangedPersonDocument:
    """Change what is sent of a person; ``active: false`` is how somebody leaves.

    Where the change leaves tickets, shifts, vendor cases or approvals behind it needs a ``successor``, or
    ``unassigned: true``; otherwise 409 ``rests_on`` names them. Another mail of somebody else, and ``same_as: null``,
    wait for a second.
    """
    left = await resting(act.behind, before, given.changes)
    to = await successor_of(act.behind, before, given.successor) if given.successor else None
    if left and to is None and not given.unassigned:
        raise needs_a_way(left)
    heir = to.id if to else None
    by = act.by.actor.id
    leave = Leave(heir, nothing_rests=leaves(before, given.changes) and not left)
    await act.change(people.change_person, before.id, given.changes, by=by, leave=leave, version=given.version)
    await hand_over(act, left, before, to)
    await Leaving(act.behind).at_once()
    waiting = await act.behind.ask(waiting_for, before.id, datetime.now(UTC))
    awaits = next((one.email for one in reversed(waiting) if one.email), None)
    parts = any(one.parting for one in waiting)
    version = await act.behind.ask(seen.latest, Kind.PERSON)
    after = asdict(existing(await act.behind.ask(people.details, before.id)))
    rests_on = RestingDocument(**told(left))
    return ChangedPersonDocument(**after, version=version, rests_on=rests_on, awaits=awaits, awaits_parting=parts)


@router.get("/colleagues", dependencies=[SEE_ROSTER], response_model_exclude_unset=True)
async def list_colleagues(
    request: Request, behind: Behind, asked: Annotated[Query, asks(Query)]
) -> Page[ColleagueDocument]:
    """Colleagues whom work can be given to, and who of them is on duty now."""
    found = await behind.ask(people.colleagues, asked.window(name))
    there = {one.person for one in await behind.ask(roster.on_duty, datetime.now(UTC))}
    return listing(request, found, lambda one: ColleagueDocument.of(one, on_duty=one.id in there))


@router.get("/organisations", dependencies=[ADMINISTER], response_model_exclude_unset=True)
async def list_organisations(
    version: OrganisationsVersion, request: Request, behind: Behind, asked: Annotated[Query, asks(Query)]
) -> Page[OrganisationDocument]:
    """The service company and vendors by id, a page at a time."""
    found = await behind.ask(organisations.organisations, asked.window(name))
    return listing(request, found, lambda one: OrganisationDocument.of(one, version))


@router.post("/organisations", dependencies=[ADMINISTER], status_code=201, response_model=OrganisationDocument)
async def add_organisation(act: Acts, given: Annotated[NewOrganisation, takes(NewOrganisation)]) -> JSONResponse:
    """Add an organisation."""
    kept = await act.change(organisations.add_organisation, given.organisation)
    version = await act.behind.ask(seen.latest, Kind.ORGANISATION)
    return created(OrganisationDocument.of(kept, version), f"/api/organisations/{kept.id}")


@router.patch("/organisations/{organisation}", dependencies=[ADMINISTER, POSSIBLE_IDS])
async def change_organisation(
    before: Annotated[Organisation, Depends(_organisation)],
    given: Annotated[ChangedOrganisation, takes(ChangedOrganisation)],
    act: Acts,
) -> OrganisationDocument:
    """Give an organisation another name."""
    await act.change(organisations.change_organisation, before.id, {"name": given.name}, given.version)
    version = await act.behind.ask(seen.latest, Kind.ORGANISATION)
    changed = existing(await act.behind.ask(organisations.organisation, before.id))
    return OrganisationDocument.of(changed, version)

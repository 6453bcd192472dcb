"""People and organisations, for the administrator; colleagues, for everybody of the service company."""

from datetime import UTC, datetime

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from api.access.identity import Caller
from api.access.permissions import ADMINISTER, SEE_ROSTER
from api.backend import Behind
from api.http.body import read_json
from api.http.documents import Page
from api.http.ids import POSSIBLE_IDS, created
from api.http.openapi import asks, takes
from api.http.pages import cursor_at, name, next_page
from api.http.problems import not_found
from api.http.queries import Query, read_query
from api.http.validation import validated
from api.people.documents import ColleagueDocument, OrganisationDocument, PersonDocument
from api.people.requests import ChangedOrganisation, ChangedPerson, NewOrganisation, NewPerson, PeopleQuery
from api.tables.importing import ImportedDocument, bring_in, takes_tables
from store.imports import import_people
from store.registry import organisations, people, roster

router = APIRouter(prefix="/api", tags=["people"])


@router.get("/people", dependencies=[ADMINISTER], response_model_exclude_unset=True, openapi_extra=asks(PeopleQuery))
def list_people(request: Request, behind: Behind) -> Page[PersonDocument]:
    """People by id, active or not, a page at a time."""
    asked = read_query(request, PeopleQuery)
    after = name(asked.cursor) if asked.cursor else None
    found, last = people.people(behind.reads, asked.wanted, after=after, limit=asked.limit)
    following = next_page(request, cursor_at(last.id)) if last else None
    return Page.of([PersonDocument.of(one) for one in found], following)


@router.post(
    "/people", dependencies=[ADMINISTER], status_code=201, response_model=PersonDocument, openapi_extra=takes(NewPerson)
)
async def add_person(request: Request, behind: Behind) -> JSONResponse:
    """A new person, without a password: `zhishou password` or an identity provider gives the way in."""
    given = validated(NewPerson, await read_json(request))
    kept = await run_in_threadpool(people.add_person, behind.database, given.person)
    return created(PersonDocument.of(kept), f"/api/people/{kept.id}")


@router.post("/people/import", dependencies=[ADMINISTER], openapi_extra=takes_tables())
async def bring_in_people(request: Request, behind: Behind) -> ImportedDocument:
    """People from a table, all of it or nothing."""
    return await bring_in(request, behind, import_people)


@router.get("/people/{person}", dependencies=[ADMINISTER, POSSIBLE_IDS])
def read_person(person: str, behind: Behind) -> PersonDocument:
    """Somebody."""
    found = people.details(behind.reads, person)
    if found is None:
        raise not_found()
    return PersonDocument.of(found)


@router.patch("/people/{person}", dependencies=[ADMINISTER, POSSIBLE_IDS], openapi_extra=takes(ChangedPerson))
async def change_person(request: Request, person: str, actor: Caller, behind: Behind) -> PersonDocument:
    """Change what is sent; ``active: false`` is how somebody leaves."""
    if await run_in_threadpool(people.details, behind.reads, person) is None:
        raise not_found()
    changes = validated(ChangedPerson, await read_json(request)).changes
    changed = await run_in_threadpool(people.change_person, behind.database, person, changes, by=actor.id)
    return PersonDocument.of(changed)


@router.get("/colleagues", dependencies=[SEE_ROSTER], response_model_exclude_unset=True, openapi_extra=asks(Query))
def list_colleagues(request: Request, behind: Behind) -> Page[ColleagueDocument]:
    """Those whom work can be given to, and who of them is on duty now."""
    asked = read_query(request, Query)
    after = name(asked.cursor) if asked.cursor else None
    found, last = people.colleagues(behind.reads, after=after, limit=asked.limit)
    there = {one.person for one in roster.on_duty(behind.reads, datetime.now(UTC))}
    following = next_page(request, cursor_at(last.id)) if last else None
    return Page.of([ColleagueDocument.of(one, on_duty=one.id in there) for one in found], following)


@router.get("/organisations", dependencies=[ADMINISTER], response_model_exclude_unset=True, openapi_extra=asks(Query))
def list_organisations(request: Request, behind: Behind) -> Page[OrganisationDocument]:
    """The service company and vendors by id, a page at a time."""
    asked = read_query(request, Query)
    after = name(asked.cursor) if asked.cursor else None
    found, last = organisations.organisations(behind.reads, after=after, limit=asked.limit)
    following = next_page(request, cursor_at(last.id)) if last else None
    return Page.of([OrganisationDocument.of(one) for one in found], following)


@router.post(
    "/organisations",
    dependencies=[ADMINISTER],
    status_code=201,
    response_model=OrganisationDocument,
    openapi_extra=takes(NewOrganisation),
)
async def add_organisation(request: Request, behind: Behind) -> JSONResponse:
    """A new organisation."""
    given = validated(NewOrganisation, await read_json(request)).organisation
    kept = await run_in_threadpool(organisations.add_organisation, behind.database, given)
    return created(OrganisationDocument.of(kept), f"/api/organisations/{kept.id}")


@router.patch(
    "/organisations/{organisation}",
    dependencies=[ADMINISTER, POSSIBLE_IDS],
    openapi_extra=takes(ChangedOrganisation),
)
async def change_organisation(request: Request, organisation: str, behind: Behind) -> OrganisationDocument:
    """Another name."""
    if await run_in_threadpool(organisations.organisation, behind.reads, organisation) is None:
        raise not_found()
    changes = validated(ChangedOrganisation, await read_json(request)).model_dump()
    changed = await run_in_threadpool(organisations.change_organisation, behind.database, organisation, changes)
    return OrganisationDocument.of(changed)

"""The roster: who is on duty when, and where nobody is."""

from datetime import UTC, datetime

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from api.access.permissions import PLAN_ROSTER, SEE_ROSTER
from api.backend import Behind
from api.http.body import read_json
from api.http.documents import Page
from api.http.ids import POSSIBLE_IDS, created
from api.http.openapi import asks, takes
from api.http.pages import cursor_at, instant_and_name, next_page
from api.http.problems import not_found
from api.http.queries import read_query
from api.http.validation import validated
from api.roster.documents import OnDutyDocument, ShiftDocument, StretchDocument
from api.roster.requests import GapsQuery, NewShift, OnDutyQuery, RosterQuery
from api.tables.importing import ImportedDocument, bring_in, takes_tables
from domain.people.actors import Role
from store.imports import import_roster
from store.registry import roster

router = APIRouter(prefix="/api/roster", tags=["roster"])


@router.get("", dependencies=[SEE_ROSTER], response_model_exclude_unset=True, openapi_extra=asks(RosterQuery))
def list_shifts(request: Request, behind: Behind) -> Page[ShiftDocument]:
    """Shifts, earliest first, a page at a time."""
    asked = read_query(request, RosterQuery)
    after = instant_and_name(asked.cursor) if asked.cursor else None
    found, last = roster.shifts(behind.reads, asked.within, duty=asked.role, after=after, limit=asked.limit)
    following = next_page(request, cursor_at(last.begins_at, last.id)) if last else None
    return Page.of([ShiftDocument.of(one) for one in found], following)


@router.post(
    "", dependencies=[PLAN_ROSTER], status_code=201, response_model=ShiftDocument, openapi_extra=takes(NewShift)
)
async def add_shift(request: Request, behind: Behind) -> JSONResponse:
    """Put somebody on duty."""
    given = validated(NewShift, await read_json(request)).shift
    kept = await run_in_threadpool(roster.add_shift, behind.database, given)
    return created(ShiftDocument.of(kept), f"/api/roster/{kept.id}")


@router.post("/import", dependencies=[PLAN_ROSTER], openapi_extra=takes_tables())
async def bring_in_shifts(request: Request, behind: Behind) -> ImportedDocument:
    """Shifts from a table, all of it or nothing."""
    return await bring_in(request, behind, import_roster)


@router.get("/gaps", dependencies=[SEE_ROSTER], response_model_exclude_unset=True, openapi_extra=asks(GapsQuery))
def list_gaps(request: Request, behind: Behind) -> Page[StretchDocument]:
    """Stretches without anybody on duty (001-34), within four weeks from now unless told otherwise."""
    asked = read_query(request, GapsQuery)
    found = roster.gaps(behind.reads, Role(asked.duty), asked.within(datetime.now(UTC)))
    return Page.of([StretchDocument.of(one) for one in found], None)


@router.get("/on-duty", dependencies=[SEE_ROSTER], response_model_exclude_unset=True, openapi_extra=asks(OnDutyQuery))
def list_on_duty(request: Request, behind: Behind) -> Page[OnDutyDocument]:
    """Who is on duty, now unless told otherwise."""
    asked = read_query(request, OnDutyQuery)
    found = roster.on_duty(behind.reads, asked.at or datetime.now(UTC), asked.role)
    return Page.of([OnDutyDocument.of(one) for one in found], None)


@router.get("/{shift}", dependencies=[SEE_ROSTER, POSSIBLE_IDS])
def read_shift(shift: str, behind: Behind) -> ShiftDocument:
    """A shift."""
    found = roster.shift(behind.reads, shift)
    if found is None:
        raise not_found()
    return ShiftDocument.of(found)


@router.delete("/{shift}", dependencies=[PLAN_ROSTER, POSSIBLE_IDS], status_code=204)
def remove_shift(shift: str, behind: Behind) -> None:
    """Take a shift off the roster."""
    roster.remove_shift(behind.database, shift)

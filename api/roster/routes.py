"""The roster: who is on duty when, and where nobody is."""

from datetime import UTC, datetime
from functools import partial
from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from starlette.requests import Request

from api.access.identity import Acts
from api.access.permissions import PLAN_ROSTER, SEE_ROSTER
from api.backend import Backend, Behind
from api.http.documents import Page
from api.http.ids import POSSIBLE_IDS, created
from api.http.inputs import asks, takes
from api.http.pages import instant_and_name, listing, name
from api.http.problems import existing
from api.roster.documents import CandidateDocument, OnDutyDocument, ShiftDocument, StretchDocument
from api.roster.requests import CandidatesQuery, GapsQuery, NewShift, OnDutyQuery, RosterQuery
from api.tables.importing import ImportedDocument, Importing, bring_in, described_tables
from domain.people.actors import Role
from store.imports import import_roster
from store.registry import people, roster
from store.registry.names import names
from store.registry.people import Wanted
from store.registry.records import Shift

router = APIRouter(prefix="/api/roster", tags=["roster"])


@router.get("", dependencies=[SEE_ROSTER], response_model_exclude_unset=True)
async def list_shifts(
    request: Request, behind: Behind, asked: Annotated[RosterQuery, asks(RosterQuery)]
) -> Page[ShiftDocument]:
    """Shifts, earliest first, a page at a time."""
    found = await behind.ask(roster.shifts, asked.window(instant_and_name), asked.within, duty=asked.role)
    called = await behind.ask(names, {name for shift in found.items for name in shift.names})
    return listing(request, found, partial(ShiftDocument.named, names=called))


@router.post("", dependencies=[PLAN_ROSTER], status_code=201, response_model=ShiftDocument)
async def add_shift(act: Acts, given: Annotated[NewShift, takes(NewShift)]) -> JSONResponse:
    """Put somebody on duty."""
    kept = await act.change(roster.add_shift, given.shift)
    return created(await _document(act.behind, kept), f"/api/roster/{kept.id}")


@router.post("/import", dependencies=[PLAN_ROSTER], openapi_extra=described_tables())
async def bring_in_shifts(request: Request, act: Acts, asked: Importing) -> ImportedDocument:
    """Import shifts from a table, all of it or nothing; ``?check=true`` only looks."""
    return await bring_in(request, act, import_roster, asked)


@router.get("/gaps", dependencies=[SEE_ROSTER], response_model_exclude_unset=True)
async def list_gaps(behind: Behind, asked: Annotated[GapsQuery, asks(GapsQuery)]) -> Page[StretchDocument]:
    """Stretches without anybody on duty (001-34), within four weeks from now unless told otherwise."""
    found = await behind.ask(roster.gaps, Role(asked.duty), asked.within(datetime.now(UTC)))
    return Page(items=[StretchDocument.of(one) for one in found])


@router.get("/candidates", dependencies=[PLAN_ROSTER], response_model_exclude_unset=True)
async def list_candidates(
    request: Request, behind: Behind, asked: Annotated[CandidatesQuery, asks(CandidatesQuery)]
) -> Page[CandidateDocument]:
    """Everybody active who could be on that duty, for who plans it; by id, a page at a time."""
    wanted = Wanted(Role(asked.duty), None, active=True)
    return listing(request, await behind.ask(people.people, wanted, asked.window(name)), CandidateDocument.of)


@router.get("/on-duty", dependencies=[SEE_ROSTER], response_model_exclude_unset=True)
async def list_on_duty(behind: Behind, asked: Annotated[OnDutyQuery, asks(OnDutyQuery)]) -> Page[OnDutyDocument]:
    """People on duty, now unless told otherwise."""
    found = await behind.ask(roster.on_duty, asked.at or datetime.now(UTC), asked.role)
    return Page(items=[OnDutyDocument.of(one) for one in found])


async def _document(behind: Backend, shift: Shift) -> ShiftDocument:
    return ShiftDocument.named(shift, await behind.ask(names, shift.names))


@router.get("/{shift}", dependencies=[SEE_ROSTER, POSSIBLE_IDS])
async def read_shift(shift: str, behind: Behind) -> ShiftDocument:
    """A shift."""
    return await _document(behind, existing(await behind.ask(roster.shift, shift)))


@router.delete("/{shift}", dependencies=[PLAN_ROSTER, POSSIBLE_IDS], status_code=204)
async def remove_shift(shift: str, act: Acts) -> None:
    """Take a shift off the roster."""
    await act.change(roster.remove_shift, shift)

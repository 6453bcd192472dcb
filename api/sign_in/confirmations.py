"""Confirmations: by what somebody enters is changed by two, an administrator and a second one or the person."""

from datetime import UTC, datetime
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse
from starlette.requests import Request
from starlette.responses import Response

from api.access.identity import Acts, Caller
from api.access.permissions import OWN_ACCESS
from api.backend import Behind
from api.http.documents import Page
from api.http.ids import POSSIBLE_IDS
from api.http.inputs import asks, takes
from api.http.pages import instant_and_name, listing
from api.http.problems import existing
from api.http.queries import Query
from api.sign_in.documents import ConfirmationDocument, HalfDocument
from api.sign_in.requests import Decide
from store.access import throttle
from store.registry import confirmations, people
from store.registry.confirmations import Confirmation

router = APIRouter(prefix="/api/confirmations", tags=["session"])


@router.get("", dependencies=[OWN_ACCESS], response_model_exclude_unset=True)
async def list_confirmations(
    request: Request, actor: Caller, behind: Behind, asked: Annotated[Query, asks(Query)]
) -> Page[ConfirmationDocument]:
    """What waits for a second: administrators see all of it, others what is about themselves; oldest first."""
    found = await behind.ask(confirmations.waiting, actor, asked.window(instant_and_name), datetime.now(UTC))
    return listing(request, found, partial(ConfirmationDocument.to, actor))


async def _confirmation(confirmation: str, actor: Caller, behind: Behind) -> Confirmation:
    """404 where nothing waits under that id for the caller."""
    return existing(await behind.ask(confirmations.waits, confirmation, actor, datetime.now(UTC)))


@router.post(
    "/{confirmation}",
    dependencies=[OWN_ACCESS, POSSIBLE_IDS],
    status_code=204,
    response_model=None,
    responses={200: {"model": HalfDocument, "description": "Confirmed: half of the new password, shown this once"}},
)
async def decide(
    waiting: Annotated[Confirmation, Depends(_confirmation)], given: Annotated[Decide, takes(Decide)], act: Acts
) -> Response:
    """Confirm or refuse what another administrator asked for; with a yes the person's other sessions end."""
    confirmed, session = given.decision == "confirm", act.by.session
    words = (waiting.id, act.by.actor, datetime.now(UTC))
    half = await act.change(confirmations.decide, *words, confirmed=confirmed, session=session)
    if half is None:
        return Response(status_code=204)
    await act.change(throttle.forget, waiting.person)
    owner = existing(await act.behind.ask(people.details, waiting.person))
    shown = HalfDocument(person=owner.id, name=owner.name, half=half)
    return JSONResponse(shown.model_dump(mode="json"))

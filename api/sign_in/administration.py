"""Other people's access, for administrators: they end it and bind identities, and never act as somebody else."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse
from starlette.responses import Response

from api.access.identity import Acts, lives
from api.access.permissions import ADMINISTER
from api.backend import Behind
from api.http.documents import Page
from api.http.ids import POSSIBLE_IDS
from api.http.inputs import takes
from api.http.problems import existing, not_found, wrong_field
from api.http.text import fault
from api.sign_in.documents import (
    ConfirmationDocument,
    IdentityDocument,
    PasswordAskedDocument,
    SessionDocument,
    TokenDocument,
)
from api.sign_in.requests import BindIdentity
from domain.words.label import one_of
from runtime.sign_in_settings import NEEDED
from store.access import identities, sessions, tokens
from store.registry import confirmations, passwords
from store.registry.people import details

router = APIRouter(prefix="/api/people/{person}", tags=["people"])


async def _somebody(person: str, behind: Behind) -> None:
    """404 where nobody has that id."""
    existing(await behind.ask(details, person))


SOMEBODY = Depends(_somebody)


@router.get("/sessions", dependencies=[ADMINISTER, POSSIBLE_IDS, SOMEBODY], response_model_exclude_unset=True)
async def list_sessions(person: str, behind: Behind) -> Page[SessionDocument]:
    """Somebody's sessions that are not over."""
    rows = await behind.ask(sessions.sessions_of, person, lives(behind.settings), datetime.now(UTC))
    return Page(items=[SessionDocument.of(row, None) for row in rows])


@router.delete("/sessions", dependencies=[ADMINISTER, POSSIBLE_IDS, SOMEBODY], status_code=204)
async def end_sessions(person: str, act: Acts) -> None:
    """End all of somebody's sessions, tokens and links."""
    await act.change(sessions.end_all, person)


@router.get("/tokens", dependencies=[ADMINISTER, POSSIBLE_IDS, SOMEBODY], response_model_exclude_unset=True)
async def list_tokens(person: str, behind: Behind) -> Page[TokenDocument]:
    """Somebody's tokens that still open something, without the tokens themselves."""
    rows = await behind.ask(tokens.tokens_of, person, datetime.now(UTC))
    return Page(items=[TokenDocument.of(row) for row in rows])


@router.delete("/tokens/{token}", dependencies=[ADMINISTER, POSSIBLE_IDS], status_code=204)
async def revoke_token(person: str, token: str, act: Acts) -> None:
    """Revoke one of somebody's tokens, by its id, and all that were made with it."""
    if not await act.change(tokens.revoke, person, token, datetime.now(UTC)):
        raise not_found()


@router.get("/identities", dependencies=[ADMINISTER, POSSIBLE_IDS, SOMEBODY], response_model_exclude_unset=True)
async def list_identities(person: str, behind: Behind) -> Page[IdentityDocument]:
    """Somebody's identities: what providers call them."""
    return Page(items=[IdentityDocument.of(row) for row in await behind.ask(identities.identities_of, person)])


@router.post(
    "/identities",
    dependencies=[ADMINISTER, POSSIBLE_IDS],
    status_code=202,
    response_model=ConfirmationDocument,
    responses={204: {"description": "Bound: one's own, or the same again"}},
)
async def bind_identity(person: str, given: Annotated[BindIdentity, takes(BindIdentity)], act: Acts) -> Response:
    """Let somebody sign in by an identity provider, once another administrator or they themselves confirm it."""
    if given.provider not in NEEDED:
        raise wrong_field("provider", one_of(NEEDED))
    word, now = (given.provider, given.subject), datetime.now(UTC)
    asked = await act.change(confirmations.ask_identity, person, word, by=act.by.actor.id, now=now)
    if asked is None:
        return Response(status_code=204)
    return JSONResponse(ConfirmationDocument.to(act.by.actor, asked).model_dump(mode="json"), 202)


@router.post("/password", dependencies=[ADMINISTER, POSSIBLE_IDS], status_code=202)
async def ask_password(person: str, act: Acts) -> PasswordAskedDocument:
    """Ask for a new password for somebody: who asks and who confirms are shown a half each, for its owner alone."""
    by = act.by.actor
    asked, half = await act.change(passwords.ask_password, person, by=by.id, now=datetime.now(UTC))
    return PasswordAskedDocument(**ConfirmationDocument.to(by, asked).model_dump(), half=half)


@router.delete("/identities/{provider}/{subject:path}", dependencies=[ADMINISTER], status_code=204)
async def unbind_identity(person: str, provider: str, subject: str, act: Acts) -> None:
    """Unbind an identity: the provider's word stands for nobody any more."""
    possible = not fault(f"{person}{provider}{subject}")
    by, now = act.by.actor.id, datetime.now(UTC)
    word = (provider, subject)
    if not (possible and await act.change(confirmations.unbind, person, word, by=by, now=now)):
        raise not_found()

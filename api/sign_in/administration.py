"""Other people's access, for administrators: they end it and bind identities, and never act as somebody else."""

from datetime import UTC, datetime

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from api.access.identity import Caller, lives
from api.access.permissions import ADMINISTER
from api.backend import Behind
from api.http.body import read_json
from api.http.documents import Page
from api.http.ids import POSSIBLE_IDS
from api.http.openapi import takes
from api.http.problems import not_found, wrong_field
from api.http.text import fault
from api.http.validation import validated
from api.sign_in.documents import IdentityDocument, SessionDocument, TokenDocument
from api.sign_in.requests import BindIdentity
from domain.words.label import Label, one_of
from runtime.sign_in_settings import NEEDED
from store.access import identities, sessions, tokens
from store.access.tokens import UnknownPersonError
from store.registry.people import details

router = APIRouter(prefix="/api/people/{person}", tags=["people"])


def _somebody(person: str, behind: Behind) -> None:
    """404 where nobody has that id."""
    if details(behind.reads, person) is None:
        raise not_found()


SOMEBODY = Depends(_somebody)


@router.get("/sessions", dependencies=[ADMINISTER, POSSIBLE_IDS, SOMEBODY], response_model_exclude_unset=True)
def list_sessions(person: str, behind: Behind) -> Page[SessionDocument]:
    """Somebody's sessions that are not over."""
    rows = sessions.sessions_of(behind.reads, person, lives(behind.settings), datetime.now(UTC))
    return Page.of([SessionDocument.of(row, None) for row in rows], None)


@router.delete("/sessions", dependencies=[ADMINISTER, POSSIBLE_IDS, SOMEBODY], status_code=204)
def end_sessions(person: str, behind: Behind) -> None:
    """End all of somebody's sessions."""
    sessions.end_all(behind.database, person, datetime.now(UTC))


@router.get("/tokens", dependencies=[ADMINISTER, POSSIBLE_IDS, SOMEBODY], response_model_exclude_unset=True)
def list_tokens(person: str, behind: Behind) -> Page[TokenDocument]:
    """Somebody's tokens that still open something, without the tokens themselves."""
    rows = tokens.tokens_of(behind.reads, person, datetime.now(UTC))
    return Page.of([TokenDocument.of(row) for row in rows], None)


@router.delete("/tokens/{token}", dependencies=[ADMINISTER, POSSIBLE_IDS], status_code=204)
def revoke_token(person: str, token: str, behind: Behind) -> None:
    """Revoke one of somebody's tokens, by its id, and all that were made with it."""
    if not tokens.revoke(behind.database, person, token, datetime.now(UTC)):
        raise not_found()


@router.get("/identities", dependencies=[ADMINISTER, POSSIBLE_IDS, SOMEBODY], response_model_exclude_unset=True)
def list_identities(person: str, behind: Behind) -> Page[IdentityDocument]:
    """What identity providers call somebody."""
    return Page.of([IdentityDocument.of(row) for row in identities.identities_of(behind.reads, person)], None)


@router.post("/identities", dependencies=[ADMINISTER, POSSIBLE_IDS], status_code=204, openapi_extra=takes(BindIdentity))
async def bind_identity(person: str, request: Request, actor: Caller, behind: Behind) -> None:
    """Let somebody sign in by an identity provider; the same again changes nothing."""
    given = validated(BindIdentity, await read_json(request))
    if given.provider not in NEEDED:
        raise wrong_field("provider", one_of(NEEDED))
    words, now = (person, given.provider, given.subject), datetime.now(UTC)
    try:
        await run_in_threadpool(identities.bind, behind.database, *words, by=actor.id, now=now)
    except UnknownPersonError:
        raise not_found() from None
    except identities.TakenError:
        raise wrong_field("subject", Label("已绑定到其他人", "stands for somebody else already")) from None


@router.delete("/identities/{provider}/{subject:path}", dependencies=[ADMINISTER], status_code=204)
def unbind_identity(person: str, provider: str, subject: str, behind: Behind) -> None:
    """From now on the provider's word stands for nobody."""
    if fault(f"{person}{provider}{subject}") or not identities.unbind(behind.database, person, provider, subject):
        raise not_found()

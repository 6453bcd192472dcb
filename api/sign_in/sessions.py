"""The caller's sessions: where they are signed in, and how they end that."""

from datetime import UTC, datetime

from fastapi import APIRouter

from api.access.identity import Acts, Entered, lives
from api.access.permissions import OWN_ACCESS
from api.backend import Behind
from api.http.documents import Page
from api.http.ids import POSSIBLE_IDS
from api.http.problems import not_found
from api.sign_in.documents import SessionDocument
from store.access import sessions

router = APIRouter(prefix="/api/sessions", tags=["session"])


@router.get("", dependencies=[OWN_ACCESS], response_model_exclude_unset=True)
async def list_sessions(access: Entered, behind: Behind) -> Page[SessionDocument]:
    """The caller's sessions that are not over, last used first."""
    rows = await behind.ask(sessions.sessions_of, access.actor.id, lives(behind.settings), datetime.now(UTC))
    current = access.session.id if access.session else None
    return Page(items=[SessionDocument.of(row, current) for row in rows])


@router.delete("", dependencies=[OWN_ACCESS], status_code=204)
async def end_others(access: Entered, act: Acts) -> None:
    """End all of the caller's sessions, tokens and links but what asks."""
    await act.change(sessions.end_all, access.actor.id, session=act.by.session, token=act.by.token)


@router.delete("/{session}", dependencies=[OWN_ACCESS, POSSIBLE_IDS], status_code=204)
async def end_session(session: str, access: Entered, act: Acts) -> None:
    """End one of the caller's sessions, and what was made in it."""
    if not await act.change(sessions.revoke, access.actor.id, session, datetime.now(UTC)):
        raise not_found()

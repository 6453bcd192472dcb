"""The caller's tokens: for programs that act in their name."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter

from api.access.identity import Access, Acts, Entered
from api.access.permissions import KNOWN, OWN_ACCESS
from api.backend import Behind
from api.http.documents import Page
from api.http.ids import POSSIBLE_IDS
from api.http.inputs import takes
from api.http.problems import forbidden, not_found, wrong_field
from api.sign_in.documents import NewToken, TokenDocument
from api.sign_in.requests import MakeToken
from domain.words.label import Label
from store.access import tokens
from store.access.scopes import covers
from store.access.tokens import Purpose

_MORE_THAN_ITSELF = Label(
    "令牌不能创建权限范围超出自身的令牌", "A token cannot make a token that may do more than itself"
)

router = APIRouter(prefix="/api/tokens", tags=["session"])


@router.get("", dependencies=[OWN_ACCESS], response_model_exclude_unset=True)
async def list_tokens(access: Entered, behind: Behind) -> Page[TokenDocument]:
    """The caller's tokens that still open something, newest first."""
    rows = await behind.ask(tokens.tokens_of, access.actor.id, datetime.now(UTC))
    return Page(items=[TokenDocument.of(row) for row in rows])


@router.post("", dependencies=[KNOWN], status_code=201)
async def make_token(access: Entered, act: Acts, given: Annotated[MakeToken, takes(MakeToken)]) -> NewToken:
    """Make a token, shown this once. A token makes none that may do more than itself, or that outlasts it."""
    now = datetime.now(UTC)
    expires_at = now + timedelta(days=given.days)
    _require_covered(access, given, expires_at)
    purpose = Purpose(given.name, given.scopes, expires_at, act.by.token, act.by.session)
    made = await act.change(tokens.make, access.actor.id, purpose, now)
    return NewToken(id=made.id, token=made.token, expires_at=expires_at)


def _require_covered(access: Access, given: MakeToken, expires_at: datetime) -> None:
    if not covers(access.scopes, given.scopes):
        raise forbidden(_MORE_THAN_ITSELF)
    if access.token and access.token.expires_at < expires_at:
        raise wrong_field("days", Label("不能晚于所用令牌的到期时间", "must not outlast the token that makes it"))


@router.delete("/{token}", dependencies=[OWN_ACCESS, POSSIBLE_IDS], status_code=204)
async def revoke_token(token: str, access: Entered, act: Acts) -> None:
    """Revoke one of the caller's tokens, by its id, and all that were made with it."""
    if not await act.change(tokens.revoke, access.actor.id, token, datetime.now(UTC)):
        raise not_found()

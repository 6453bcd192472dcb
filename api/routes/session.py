"""A browser's session: a cookie that holds a token, which signing out revokes."""

import asyncio
from datetime import UTC, datetime, timedelta

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.backend import Behind
from api.body import read_json
from api.documents.people import Me
from api.identity import COOKIE, Caller
from api.openapi import takes
from api.permissions import PUBLIC, SIGNED_IN
from api.problems import wrong_password
from api.requests.session import SignIn
from api.requests.validation import validated
from store.registry import tokens
from store.registry.passwords import signs_in

LASTS = timedelta(hours=12)

router = APIRouter(prefix="/api/session", tags=["session"])
#: A check of a password takes 64 MiB: only so many at once.
_checks = asyncio.Semaphore(2)


@router.post("", dependencies=[PUBLIC], response_model=Me, openapi_extra=takes(SignIn))
async def sign_in(request: Request, behind: Behind) -> Response:
    """Sign in with name and password; the answer sets the session's cookie."""
    given = validated(SignIn, await read_json(request))
    async with _checks:
        actor = await run_in_threadpool(signs_in, behind.reads, given.user, given.password)
    if actor is None:
        raise wrong_password()
    now = datetime.now(UTC)
    token = await run_in_threadpool(tokens.issue, behind.database, actor.id, name="browser", lasts=LASTS, now=now)
    answer = JSONResponse(Me.of(actor).model_dump(mode="json"))
    answer.set_cookie(
        COOKIE, token, max_age=int(LASTS.total_seconds()), httponly=True, samesite="lax",
        secure=request.url.scheme == "https",
    )  # fmt: skip
    return answer


@router.get("", dependencies=[SIGNED_IN])
async def who_am_i(actor: Caller) -> Me:
    """Who the caller is."""
    return Me.of(actor)


@router.delete("", dependencies=[SIGNED_IN], status_code=204)
def sign_out(request: Request, actor: Caller, behind: Behind) -> Response:  # noqa: ARG001  # must be signed in
    """End the session; its cookie opens nothing any more."""
    if token := request.cookies.get(COOKIE):
        tokens.revoke(behind.database, token, datetime.now(UTC))
    answer = Response(status_code=204)
    answer.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return answer

"""Identity: who asks, by a bearer token or a browser's session cookie; both are the same kind of token."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from api.backend import Behind
from api.problems import Text, forbidden, unauthenticated
from domain.people import Actor
from store.registry import tokens

COOKIE = "zhishou_session"
_SAFE = frozenset({"GET", "HEAD"})

_bearer = HTTPBearer(auto_error=False, description="`zhishou token USER`")
_cookie = APIKeyCookie(name=COOKIE, auto_error=False, description="`POST /api/session`")


async def caller(
    request: Request,
    behind: Behind,
    bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    cookie: Annotated[str | None, Depends(_cookie)],
) -> Actor:
    """Who asks; 401 where the token is missing, unknown, expired or revoked."""
    token = bearer.credentials if bearer else cookie
    if not token:
        raise unauthenticated()
    actor = await run_in_threadpool(tokens.bearer, behind.reads, token, datetime.now(UTC))
    if actor is None:
        raise unauthenticated()
    request.scope["actor"] = actor.id
    if bearer is None and request.method not in _SAFE:
        _own_page(request)
    return actor


def _own_page(request: Request) -> None:
    """A browser shows its cookie also for other people's pages; only ours may act with it."""
    origin = request.headers.get("origin")
    if origin is not None and origin.partition("://")[2] != request.headers.get("host"):
        raise forbidden(Text("请求来自其他网站", "The request comes from another site"))


Caller = Annotated[Actor, Depends(caller)]

"""Identity: who asks, by a bearer token or by a browser's session, and what that lets them do."""

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import Depends
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer
from starlette.requests import Request

from api.access import cookies
from api.backend import Act, Backend, Behind
from api.http.problems import forbidden, password_to_change, unauthenticated
from domain.people.actors import Actor
from domain.words.label import Label
from runtime.sign_in_settings import SignIn
from store.access import sessions, tokens
from store.access.scopes import Scope
from store.access.sessions import Lives, Opened
from store.access.tokens import Bearer
from store.acting import Acting

#: Every change by cookie carries the token that `GET /api/session` tells.
CSRF = "X-CSRF-Token"
_SAFE = frozenset({"GET", "HEAD"})
#: What a session is good for while the password that began it is one that was handed out.
_WAYS_OUT = frozenset(
    {
        ("GET", "/api/session"),
        ("HEAD", "/api/session"),
        ("DELETE", "/api/session"),
        ("PUT", "/api/session/password"),
    }
)
_OWN = frozenset({"same-origin", "none"})

_NO_CSRF = Label(
    f"缺少 {CSRF} 请求头或其值不对；该值由 GET /api/session 给出",
    f"The header {CSRF} is missing or wrong; GET /api/session tells its value",
)

_bearer = HTTPBearer(auto_error=False, description="`zhishou token USER`")
_cookie = APIKeyCookie(
    name=cookies.SESSION, auto_error=False, description=f"`POST /api/session`; changes need {CSRF} too"
)


@dataclass(frozen=True, slots=True)
class Access:
    """Who asks, and by what: either a session or a token is there."""

    actor: Actor
    scopes: tuple[str, ...]
    session: Opened | None = None
    token: Bearer | None = None


def lives(settings: SignIn) -> Lives:
    """How long sessions of this installation last."""
    idle = timedelta(minutes=settings.session_idle_minutes)
    return Lives(session=timedelta(hours=settings.session_hours), idle=idle)


async def access(
    request: Request,
    behind: Behind,
    bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    _: Annotated[str | None, Depends(_cookie)],
) -> Access:
    """Who asks; 401 where what they show is missing, unknown, over or revoked."""
    found = await (_by_token(behind, bearer.credentials) if bearer else _by_session(request, behind))
    if found is None:
        raise unauthenticated()
    request.scope["actor"] = found.actor.id
    if found.session is not None and request.method not in _SAFE:
        await require_own_page(request)
        _require_csrf(request, found.session)
    if found.session is not None and found.session.to_change:
        _require_way_out(request)
    return found


async def _by_token(behind: Backend, token: str) -> Access | None:
    found = await behind.ask(tokens.bearer, token, datetime.now(UTC))
    return Access(found.actor, found.scopes, token=found) if found else None


async def _by_session(request: Request, behind: Backend) -> Access | None:
    """A secret that has been renewed goes back with the answer."""
    secret = cookies.read(request, behind.settings, cookies.SESSION)
    if not secret:
        return None
    now, lasts = datetime.now(UTC), lives(behind.settings)
    found = await behind.ask(sessions.session_of, behind.database, secret, lasts, now)
    if found is not None and found.renewed:
        cookies.give(request, behind.settings, cookies.SESSION, found.renewed, found.expires_at - now)
    return Access(found.actor, (Scope.ALL,), session=found) if found else None


async def require_own_page(request: Request) -> None:
    """A browser shows its cookies also for other people's pages; only ours may act with them."""
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    foreign = origin is not None and origin.partition("://")[2] != request.headers.get("host")
    if foreign or (site is not None and site not in _OWN):
        raise forbidden(Label("请求来自其他网站", "The request comes from another site"))


def _require_csrf(request: Request, session: Opened) -> None:
    given = request.headers.get(CSRF, "").encode()
    if not hmac.compare_digest(given, session.csrf.encode()):
        raise forbidden(_NO_CSRF)


def _require_way_out(request: Request) -> None:
    """Whoever has a password that somebody handed out chooses their own before anything else."""
    if (request.method, request.url.path) not in _WAYS_OUT:
        raise password_to_change()


async def caller(access: Annotated[Access, Depends(access)]) -> Actor:
    """Who asks."""
    return access.actor


async def act(request: Request, access: Annotated[Access, Depends(access)], behind: Behind) -> Act:
    """What the caller changes, by the right that they were let in with."""
    token = access.token.id if access.token else None
    session = access.session.id if access.session else None
    return Act(behind, Acting(access.actor, token, session, request=request.scope["request_id"]))


Entered = Annotated[Access, Depends(access)]
Caller = Annotated[Actor, Depends(caller)]
Acts = Annotated[Act, Depends(act)]

"""Watching every request: its id, its line in the access log, its place in the metrics, its safe headers."""

import re
import time
import traceback
import uuid
from collections.abc import Iterable, Iterator
from types import CodeType

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.problems import internal

REGISTRY = CollectorRegistry()
_REQUESTS = Counter("zhishou_http_requests", "Requests answered", ("method", "route", "status"), registry=REGISTRY)
#: Of the whole installation, not of this process.
UNHEARD = Gauge("zhishou_alarms_unheard", "Alarms that reached nobody", registry=REGISTRY)
STANDSTILLS = Gauge("zhishou_standing_still", "What the watchdog finds to stand still", ("trouble",), registry=REGISTRY)
SET_ASIDE = Gauge("zhishou_set_aside", "What the database refused and nobody has settled", registry=REGISTRY)
BEAT_AGE = Gauge("zhishou_beat_age_seconds", "Since a part has last done its work", ("part",), registry=REGISTRY)
SILENT = Gauge("zhishou_parts_silent", "Parts that have been silent for too long", registry=REGISTRY)
_SECONDS = Histogram("zhishou_http_seconds", "Time to answer a request", ("method", "route"), registry=REGISTRY)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

_HEADERS: Iterable[tuple[bytes, bytes]] = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
)
#: Where a route says nothing else of it.
_NOT_KEPT = (b"cache-control", b"no-store")
#: The connection of a stream that has ended ends with it: nobody is left to wonder whether more comes.
_CLOSES = (b"connection", b"close")

#: What follows is a secret that no log may hold, however its address was typed or broken.
_LINK = re.compile(r"^/+a/.*", re.IGNORECASE | re.DOTALL)
#: No id of ours in a path is longer; the secrets are.
_LONGEST_ID = 36
#: Places in our code that are named of a mistake.
_PLACES = 20

log = structlog.get_logger()


def loggable(path: str) -> str:
    """A request's path as logs may have it: without what might open something."""
    if _LINK.match(path):
        return "/a/..."
    return "/".join(part if len(part) <= _LONGEST_ID else "..." for part in path.split("/"))


class BrokenOffError(Exception):
    """An answer that had begun and cannot be ended; the server hangs up."""


class RequestLog:
    """Wraps the application."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, and note how."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = scope["request_id"] = uuid.uuid4().hex
        status, is_begun, began = 500, False, time.perf_counter()

        async def tell(message: Message) -> None:
            nonlocal status, is_begun
            if message["type"] == "http.response.start":
                status, is_begun = message["status"], True
                own = (b"x-request-id", request_id.encode())
                said = list(message.get("headers", ()))
                message["headers"] = [*said, *_HEADERS, *_of_its_kind(said), own, *_cookies(scope)]
            await send(message)

        try:
            await self._app(scope, receive, tell)
        except Exception as mistake:  # noqa: BLE001  # servers print what an error says, and that may be anything
            _note_mistake(scope, mistake)
            if is_begun:
                raise BrokenOffError from None
            await internal().response(Request(scope))(scope, receive, tell)
        finally:
            _note(scope, status, time.perf_counter() - began)


def _of_its_kind(said: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """That nobody keeps it, unless its route says something else; of a stream the framework does, not the route."""
    words = {name.lower(): value for name, value in said}
    if words.get(b"content-type", b"").startswith(b"text/event-stream"):
        return [_NOT_KEPT, _CLOSES]
    return [] if _NOT_KEPT[0] in words else [_NOT_KEPT]


def _cookies(scope: Scope) -> list[tuple[bytes, bytes]]:
    """What browsers are to keep; see `api.access.cookies`."""
    return [(b"set-cookie", line.encode()) for line in scope.get("cookies", ())]


def _note_mistake(scope: Scope, mistake: Exception) -> None:
    """What broke and where, without a word of what it says."""
    places = [f"{code.co_filename}:{line} {code.co_name}" for code, line in _frames(mistake)][-_PLACES:]
    path, kind = loggable(scope["path"]), type(mistake).__name__
    log.error("mistake", request_id=scope["request_id"], path=path, error=kind, at=places)


def _frames(mistake: Exception) -> Iterator[tuple[CodeType, int]]:
    return ((frame.f_code, line) for frame, line in traceback.walk_tb(mistake.__traceback__))


def _note(scope: Scope, status: int, seconds: float) -> None:
    """The log has who and where; the metrics have the route's pattern, so that their number is bounded."""
    method = scope["method"] if scope["method"] in _METHODS else "OTHER"
    route = getattr(scope.get("route"), "path_format", "-")
    _REQUESTS.labels(method, route, status).inc()
    _SECONDS.labels(method, route).observe(seconds)
    log.info(
        "request",
        request_id=scope["request_id"],
        method=scope["method"],
        path=loggable(scope["path"]),
        status=status,
        ms=round(seconds * 1000, 1),
        actor=scope.get("actor"),
        client=(scope.get("client") or ("-",))[0],
    )

"""Compression of what is large and holds no secret: JSON that somebody reads.

Whoever watches the length of an encrypted answer, and can have the reader's browser ask with words of their own, learns
from it what else it holds (BREACH). So nothing is compressed that another site's page asked for, nor an answer to a
change, nor what tells a secret.
"""

import gzip

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Below this a network carries both alike.
_WORTH_IT = 1024
#: Above this somebody else would notice the wait.
_BESIDE = 16 * 1024
_LEVEL = 5
#: `GET /api/session` tells what a page's changes have to carry.
_TELLS_A_PROOF = "/api/session"
_JSON = frozenset({"application/json", "application/problem+json"})
_OWN = frozenset({None, "same-origin", "none"})


class Compressed:
    """Wraps the application. What comes in pieces, as events do, goes out as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or not _may_be(scope):
            await self._app(scope, receive, send)
            return
        begun: Message | None = None

        async def tell(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start" and _is_json(message):
                begun = message
                return
            if begun is not None:
                start, begun = begun, None
                message = await _smaller(start, message)
                await send(start)
            await send(message)

        await self._app(scope, receive, tell)


def _may_be(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    secret = scope["path"] == _TELLS_A_PROOF or scope["path"].startswith(f"{_TELLS_A_PROOF}/")
    ours = headers.get("sec-fetch-site") in _OWN
    return scope["method"] == "GET" and not secret and ours and accepts(headers.get("accept-encoding"), "gzip")


def accepts(header: str | None, coding: str) -> bool:
    """Whether the caller takes that coding."""
    for each in (header or "").lower().split(","):
        name, _, weight = each.partition(";")
        if name.strip() == coding:
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def _is_json(start: Message) -> bool:
    headers = Headers(raw=start.get("headers", []))
    media_type = headers.get("content-type", "").partition(";")[0]
    as_it_is = "content-encoding" in headers or "content-disposition" in headers
    return media_type in _JSON and not as_it_is


async def _smaller(start: Message, message: Message) -> Message:
    body: bytes = message.get("body", b"")
    headers = MutableHeaders(raw=start["headers"])
    headers.add_vary_header("Accept-Encoding")
    start["headers"] = headers.raw
    if message.get("more_body") or len(body) < _WORTH_IT:
        return message
    packed = await run_in_threadpool(_packed, body) if len(body) > _BESIDE else _packed(body)
    headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(len(packed))
    return {**message, "body": packed}


def _packed(body: bytes) -> bytes:
    return gzip.compress(body, _LEVEL, mtime=0)

"""Cookies as they come: what could cost much to read is not looked at."""

from starlette.types import ASGIApp, Receive, Scope, Send

#: No cookie may have one (RFC 6265), and none of ours has. To take them out takes Python the square of their number
#: (CVE-2024-7592), of every request, whoever sends it.
_ODD = b"\\"


class PlainCookies:
    """Wraps the application: cookies with a backslash are as if they had not come."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request without them."""
        if scope["type"] == "http" and any(name == b"cookie" and _ODD in value for name, value in scope["headers"]):
            scope = {**scope, "headers": [(name, _plain(name, value)) for name, value in scope["headers"]]}
        await self._app(scope, receive, send)


def _plain(name: bytes, value: bytes) -> bytes:
    return b";".join(one for one in value.split(b";") if _ODD not in one) if name == b"cookie" else value

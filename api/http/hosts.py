"""Hosts: under which names we answer. A page that calls its own name ours learns nothing and does nothing here."""

import ipaddress
import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.problems import misdirected
from runtime.settings import Settings
from runtime.words import listed

#: Of this machine; no other site can have them.
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
#: A name or an address, and perhaps a port; nobody signs in by a host.
_HOST = re.compile(r"(?P<name>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{1,5}))?")
_LAST_PORT = 65535
#: A year, in which browsers come by TLS only.
_BY_TLS = "max-age=31536000"


class Hosts:
    """Wraps the application: 421 for a name that is not ours; browsers that come by TLS are told to keep to it."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        public = urlsplit(settings.public_url or "")
        self._names = {*_LOOPBACK, *map(str.lower, listed(settings.host_names)), settings.host, public.hostname}
        self._by_number = settings.listens_everywhere and not settings.public_url
        self._by_tls = public.scheme == "https"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what is meant for us."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start" and (self._by_tls or scope["scheme"] == "https"):
                MutableHeaders(scope=message).setdefault("strict-transport-security", _BY_TLS)
            await send(message)

        answers = (
            self._app if self._is_ours(Headers(scope=scope).get("host", "")) else misdirected().response(Request(scope))
        )
        await answers(scope, receive, tell)

    def _is_ours(self, host: str) -> bool:
        found = _HOST.fullmatch(host)
        if found is None or int(found["port"] or 0) > _LAST_PORT:
            return False
        name = found["name"].strip("[]").removesuffix(".").lower()
        return name in self._names or (self._by_number and _is_number(name))


def _is_number(name: str) -> bool:
    """Whether it is an address itself, which no name service can turn elsewhere."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True

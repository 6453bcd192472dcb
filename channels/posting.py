"""Posting: letters that leave by HTTP. A name is looked up once, and nobody but who has that address is spoken to."""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx2

from channels.channel import DelayedError, DownError, NotSentError, RefusedError
from channels.writing import one_line

#: Seconds for a name to be found, and for the whole of an answer.
_NAME_S, _ANSWER_S = 5, 20
_PORTS = {"http": 80, "https": 443}
#: Nothing leaves while these are answered, whichever letter is sent; what is not said here is said of the letter.
_OF_ALL = frozenset(
    {
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.METHOD_NOT_ALLOWED,
        HTTPStatus.GONE,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    }
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back.

    Attributes:
        after_s: so long it asks to be left alone.
    """

    status: int
    body: bytes = b""
    after_s: float = 0

    def failure(self) -> NotSentError | None:
        """What its status means for a letter; None: it was taken."""
        if HTTPStatus(200) <= self.status < HTTPStatus.MULTIPLE_CHOICES:
            return None
        if self.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return RefusedError(str(self.status))
        leads_elsewhere = self.status < HTTPStatus.BAD_REQUEST
        kind = DownError if leads_elsewhere or self.status in _OF_ALL else DelayedError
        return kind(f"{self.status}, which is not followed" if leads_elsewhere else str(self.status), self.after_s)


@dataclass(frozen=True, slots=True)
class Posting:
    """Posts to other machines.

    Attributes:
        private: names of hosts that may have addresses of a private network.
    """

    private: frozenset[str] = frozenset()
    _trusted: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    async def post(self, url: str, body: bytes, headers: Mapping[str, str], most: int = 0) -> Answer:
        """Send it there; of what is answered ``most`` bytes are read. No proxy, no redirect.

        Raises:
            NotSentError: there was no answer; in words that hold neither address nor body.
        """
        return await self._asked("POST", url, body, headers, most)

    async def get(self, url: str, most: int) -> Answer:
        """What is said there, in the same way.

        Raises:
            NotSentError: there was no answer.
        """
        return await self._asked("GET", url, b"", {}, most)

    async def _asked(self, method: str, url: str, body: bytes, headers: Mapping[str, str], most: int) -> Answer:
        asked = httpx2.URL(url)
        address = await self._address(asked)
        given = {"Host": asked.netloc.decode(), "Content-Type": "application/json; charset=utf-8", **headers}
        given["Accept-Encoding"] = "identity"  # what is packed may unpack to anything
        named = {"sni_hostname": asked.raw_host.decode()}
        there = asked.copy_with(host=address)
        client = httpx2.AsyncClient(verify=self._trusted, trust_env=False, timeout=_ANSWER_S)
        try:
            request = client.stream(method, there, content=body, headers=given, extensions=named)
            async with asyncio.timeout(_ANSWER_S), client, request as answer:
                told = await _read(answer, most)
                return Answer(answer.status_code, told, _after_s(answer.headers.get("Retry-After", "")))
        except (httpx2.ConnectError, httpx2.ConnectTimeout) as failure:
            raise DownError(f"{type(failure).__name__}: {one_line(str(failure))}") from None
        except (httpx2.HTTPError, TimeoutError) as failure:
            raise DelayedError(f"no answer ({type(failure).__name__})") from None

    async def _address(self, asked: httpx2.URL) -> str:
        """Where the name leads: looked up once, so that it leads nowhere else when it is connected to."""
        host, port = asked.raw_host.decode(), asked.port or _PORTS[asked.scheme]
        try:
            async with asyncio.timeout(_NAME_S):
                found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as failure:
            raise DownError(f"the name of the host is not found ({type(failure).__name__})") from None
        addresses = [str(place[0]) for *_, place in found]
        if host not in self.private and not all(map(is_public, addresses)):
            raise DownError("the host has an address of a private network; ZHISHOU_PRIVATE_HOSTS allows it by name")
        return addresses[0]


def is_public(address: str) -> bool:
    """Whether it is anybody's on the internet: no machine of ours, none of our network, and none behind another."""
    known = ipaddress.ip_address(address.partition("%")[0])
    is_another = isinstance(known, ipaddress.IPv6Address) and (known.sixtofour is not None or known.is_site_local)
    return known.is_global and not (known.is_multicast or known.is_reserved or is_another)


async def _read(answer: httpx2.Response, most: int) -> bytes:
    told = b""
    if most:
        async for piece in answer.aiter_raw():
            told += piece
            if len(told) >= most:
                break
    return told[:most]


def _after_s(told: str) -> float:
    """Of `Retry-After`: seconds, or an instant; nothing where it is neither."""
    if told.isdecimal():
        return float(told)
    try:
        return max(0.0, (parsedate_to_datetime(told) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return 0.0

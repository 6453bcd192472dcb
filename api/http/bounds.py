"""Bounds: how long a request may take to arrive. Nobody keeps a connection, or a right, by sending slowly.

The head is bounded where connections are; the body where it is read.
"""

import asyncio
from http import HTTPStatus
from typing import Any

import h11
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from api.http.arriving import BoundedReading
from api.http.problems import Problem, invalid
from domain.words.label import Label

#: Without anything new, in all, and how fast what is more than the free part has to come.
IDLE_S, WHOLE_S = 10.0, 60.0
FREE, RATE = 2**20, 32 * 1024

#: Bytes and parameters of a query, of which a list of tickets takes two hundred numbers.
QUERY, PARAMETERS = 8 * 1024, 300

_QUERY_TOO_LONG = Label(
    f"查询参数过长或过多，最多 {PARAMETERS} 个、{QUERY} 字节",
    f"The query is too long: at most {PARAMETERS} parameters and {QUERY} bytes",
)
_TOO_LONG = b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class BoundedConnection(H11Protocol):
    """A connection that ends where a head does not come, or a body that nobody reads goes on."""

    _idle: asyncio.TimerHandle | None = None
    _whole: asyncio.TimerHandle | None = None
    _some_came = False

    def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401  # as uvicorn has it
        super().__init__(*arguments, **named)
        self.conn: BoundedReading = BoundedReading()

    def connection_made(self, transport: Any) -> None:  # noqa: ANN401  # as uvicorn has it
        """A head is awaited from now on."""
        super().connection_made(transport)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        """Part of a head keeps the connection for a while, a whole one gives it to the request."""
        self._some_came = True
        super().data_received(data)
        if self.conn.their_state is h11.IDLE and not self.transport.is_closing():
            self._await_head()
        elif self._whole is not None and not self._is_unread:
            self._stop()

    def send_400_response(self, msg: str) -> None:
        """What cannot be read ends the connection, with words where no answer was begun."""
        if self.conn.our_state not in {h11.IDLE, h11.SEND_RESPONSE}:
            self.transport.close()
        elif self.conn.refused_with == HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE:
            self.transport.write(_TOO_LONG)
            self.transport.close()
        else:
            super().send_400_response(msg)

    def on_response_complete(self) -> None:
        """The rest of a body after its answer is waited for briefly, so that the answer arrives."""
        super().on_response_complete()
        if self._is_unread:
            self._whole = self._whole or self.loop.call_later(IDLE_S, self._end)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is awaited any more."""
        self._stop()
        super().connection_lost(exc)

    @property
    def _is_unread(self) -> bool:
        return self.cycle is not None and self.cycle.response_complete and self.conn.their_state is h11.SEND_BODY

    def _await_head(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
        self._idle = self.loop.call_later(IDLE_S, self._end)
        self._whole = self._whole or self.loop.call_later(WHOLE_S, self._end)

    def _stop(self) -> None:
        for timer in (self._idle, self._whole):
            if timer is not None:
                timer.cancel()
        self._idle = self._whole = None
        self._some_came = False

    def _end(self) -> None:
        if self.conn.their_state is h11.IDLE and self._some_came:
            self.transport.write(_TOO_SLOW)
        self.transport.close()


class BoundedQuery:
    """Wraps the application: a query that is too long is refused before anybody takes it apart."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request whose query is not too long; 422 otherwise."""
        query = scope.get("query_string", b"")
        if len(query) > QUERY or query.count(b"&") >= PARAMETERS:
            await invalid(detail=_QUERY_TOO_LONG).response(Request(scope))(scope, receive, send)
        else:
            await self._app(scope, receive, send)


class BoundedBody:
    """Wraps the application: what it reads comes in time, or the request is over."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request whose body does not take too long; 408 otherwise."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        clock = asyncio.get_running_loop().time
        until, came, is_whole, is_answered = clock() + WHOLE_S, 0, False, False

        async def receive_in_time() -> Message:
            nonlocal came, is_whole
            if is_whole:
                return await receive()
            left = until + max(0, came - FREE) / RATE - clock()
            try:
                async with asyncio.timeout(min(IDLE_S, left)):
                    message = await receive()
            except TimeoutError:
                if is_answered:
                    return {"type": "http.disconnect"}
                raise too_slow() from None
            came += len(message.get("body", b""))
            is_whole = not message.get("more_body", False)
            return message

        async def note(message: Message) -> None:
            nonlocal is_answered
            is_answered = True
            await send(message)

        await self._app(scope, receive_in_time, note)


def too_slow() -> Problem:
    """408: the rest of the request did not come."""
    title = Label("请求内容传输过慢，请重新发送", "The request took too long to arrive; send it again")
    return Problem(408, "too-slow", title, headers={"Connection": "close"})

"""What stands in an address, a head or between the chunks of a body costs the event loop little, whoever sends it."""

from contextlib import suppress
from urllib.parse import quote

import h11
import pytest
from starlette.datastructures import QueryParams

from api.http.arriving import HEAD, SMALL, BoundedReading
from api.http.bounds import PARAMETERS, QUERY
from tests.costs import MOST_STEPS, steps
from tests.served import Served

QUERIES = {
    "signs of parts": "&a" * (QUERY // 2),
    "parts of nothing": "&" * (QUERY - 1),
    "signs of escapes": "%" * QUERY,
    "escapes": quote("　") * (QUERY // 9),
}
LINES = {"lines of nothing": b"a:\r\n", "lines": b"a:b\r\n", "lines that go on": b" a\r\n"}
CHUNKED = b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
BODY = 64 * 1024
BODIES = {
    "chunks of one byte": b"1\r\na\r\n" * BODY,
    "chunks of nearly nothing": b"0000001;a\r\na\r\n" * BODY,
    "chunks of five bytes": b"5\r\nabcde\r\n" * (BODY // 5),
    "chunks behind a large one": b"%x\r\n%b\r\n" % (BODY, b"a" * BODY) + b"1\r\na\r\n" * BODY,
    "lines behind the last one": b"0\r\n" + b"a:\r\n" * BODY + b"\r\n",
    "chunks as small as may be": (b"100\r\n%b\r\n" % (b"a" * 256)) * (BODY // 256),
}


def began(came: bytes) -> BoundedReading:
    """A connection on which this came at once."""
    connection = BoundedReading()
    connection.receive_data(came)
    return connection


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_a_query_costs_little(query: str):
    """It is taken apart twice."""
    assert steps(lambda: (QueryParams(query), QueryParams(query))) < MOST_STEPS


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_a_head_costs_little(line: bytes):
    """Of any lines, however many of them have room."""
    first = b"GET / HTTP/1.1\r\nHost: a\r\nb: b\r\n"
    head = first + line * ((HEAD - len(first) - 2) // len(line)) + b"\r\n"
    assert isinstance(began(head).next_event(), h11.Request)
    assert steps(lambda: began(head).next_event()) < MOST_STEPS


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_body_in_chunks_costs_little(body: bytes):
    """It is read to its end, or to where it is refused, however much of it came at once."""

    def read() -> None:
        connection = began(CHUNKED + body)
        with suppress(h11.RemoteProtocolError):
            while connection.next_event() is not h11.NEED_DATA:
                pass

    assert steps(read) < MOST_STEPS


def test_a_body_in_chunks_of_a_usual_size_is_read_whole():
    """However large; a few small ones are no harm."""
    parts = [b"a"] * SMALL + [b"b" * 1000] * 500
    connection, read = BoundedReading(), b""
    connection.receive_data(CHUNKED + b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n")
    while not isinstance(event := connection.next_event(), h11.EndOfMessage):
        read += bytes(event.data) if isinstance(event, h11.Data) else b""
    assert read == b"".join(parts)


@pytest.mark.parametrize("path", ["/healthz", "/api/tickets", "/api/session", "/nothing"])
def test_a_longer_query_is_refused_before_it_is_taken_apart(desk: Served, path: str):
    """On every route, also on those that take none."""
    for query in ("&a" * PARAMETERS, "a=" + "x" * QUERY):
        answer = desk.stranger.get(f"{path}?{query}")
        assert answer.status_code == 422
        assert str(PARAMETERS) in answer.json()["detail"]

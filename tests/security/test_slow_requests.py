"""Requests that arrive slowly or never: a connection is nobody's to keep, a right nobody's to save up."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest

from api.http import arriving, bounds
from domain.people.actors import Role
from tests.patience import PATIENCE_S
from tests.security.newcomers import newcomer, token_of
from tests.served import Served

HEAD = b"POST /api/tokens HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"


@contextmanager
def connected(desk: Served) -> Iterator[socket.socket]:
    """A connection on which nothing has been sent."""
    place = urlsplit(desk.url)
    assert place.hostname is not None
    with socket.create_connection((place.hostname, place.port), PATIENCE_S) as opened:
        yield opened


@pytest.fixture
def brief() -> Iterator[None]:
    """In tests what takes ten seconds or a minute takes less."""
    with patch.object(bounds, "IDLE_S", 0.5), patch.object(bounds, "WHOLE_S", 2.0):
        yield


def answered(connection: socket.socket) -> bytes:
    """All that comes until the other side hangs up; the patience of the tests where it never does."""
    try:
        return connection.makefile("rb").read()
    except ConnectionResetError:
        return b""


def drip(connection: socket.socket, bit: bytes) -> None:
    """A little at a time, for ever, so that something new always comes in time."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        try:
            connection.sendall(bit)
        except OSError:
            return
        time.sleep(0.1)
    pytest.fail("the connection was kept")


def rest(desk: Served, length: int) -> bytes:
    """The end of a head that lets its sender in, before so long a body."""
    token = token_of(desk, newcomer(desk, Role.ENGINEER))
    return f"Authorization: Bearer {token}\r\nContent-Length: {length}\r\n\r\n".encode()


class TestAHead:
    def test_before_a_long_body_is_read(self, desk: Served):
        """What follows a head is not of it."""
        with connected(desk) as connection:
            body = b" " * (arriving.HEAD * 2)
            connection.sendall(HEAD + rest(desk, len(body)) + body)
            assert b"HTTP/1.1 422 " in connection.recv(100)


@pytest.mark.usefixtures("brief")
class TestAHeadThatIsSlow:
    def test_that_never_begins_keeps_no_connection(self, desk: Served):
        """Nothing is answered, for nothing was asked."""
        with connected(desk) as connection:
            assert answered(connection) == b""

    def test_that_stops_half_way_is_answered_408(self, desk: Served):
        """Ten seconds without anything new."""
        with connected(desk) as connection:
            connection.sendall(HEAD)
            assert answered(connection).startswith(b"HTTP/1.1 408 ")

    def test_that_comes_byte_by_byte_ends_all_the_same(self, desk: Served):
        """A minute in all, whatever comes meanwhile."""
        with connected(desk) as connection:
            connection.sendall(HEAD + b"X: ")
            drip(connection, b"x")

    def test_that_is_too_long_is_not_read_though_all_of_it_came_at_once(self, desk: Served):
        """Thousands of lines cost everybody else the time in which they are taken apart."""
        lines = b"a:\r\n" * (arriving.HEAD // 4)
        for before in (b"", b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"):
            with connected(desk) as connection:
                connection.sendall(before + b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n" + lines + b"\r\n")
                assert b"HTTP/1.1 431 " in answered(connection)


@pytest.mark.usefixtures("brief")
class TestABody:
    def test_that_stops_half_way_is_answered_408(self, desk: Served):
        """In words, as a problem; the connection is over."""
        sent = HEAD + rest(desk, 100) + b"{"
        with connected(desk) as connection:
            connection.sendall(sent)
            head, _, body = answered(connection).partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 408 ")
        assert json.loads(body)["type"] == "urn:zhishou:problem:too-slow"

    def test_that_comes_byte_by_byte_ends_all_the_same(self, desk: Served):
        """A minute in all, and what is larger than a mebibyte by its rate."""
        sent = HEAD + rest(desk, 60_000)
        with connected(desk) as connection:
            connection.sendall(sent)
            drip(connection, b" ")

    def test_that_nobody_reads_ends_with_its_answer(self, desk: Served):
        """Whoever may not is told at once, and what they go on to send is heard by nobody."""
        with connected(desk) as connection:
            connection.sendall(HEAD + b"Content-Length: 60000\r\n\r\n")
            drip(connection, b" ")

    def test_that_is_large_may_take_as_long_as_its_rate(self, desk: Served):
        """A photo from a phone is not a slow request: what came beyond the free part buys time."""
        path = f"/api/tickets/{desk.open()['number']}/attachments"
        head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        file = b"Content-Type: text/plain\r\nX-File-Name: a.txt\r\n" + rest(desk, 4000)
        hurried = patch.multiple(bounds, IDLE_S=PATIENCE_S, WHOLE_S=1.0, FREE=0, RATE=1)
        with hurried, connected(desk) as connection:
            connection.sendall(head.encode() + file)
            for _ in range(20):
                connection.sendall(b"log line\n" * 20 + b"." * 20)
                time.sleep(0.1)
            assert answered(connection).startswith(b"HTTP/1.1 201 ")


class TestABodyInChunks:
    """Refused once they are many and small, whoever sends them: taking them apart holds up everybody else."""

    SMALL = b"1\r\n \r\n" * 2000

    def test_that_are_small_is_answered_400(self, desk: Served):
        """And the connection is over."""
        with connected(desk) as connection:
            connection.sendall(HEAD + rest(desk, 0).partition(b"Content")[0] + b"Transfer-Encoding: chunked\r\n\r\n")
            connection.sendall(self.SMALL)
            assert answered(connection).startswith(b"HTTP/1.1 400 ")

    def test_that_goes_on_behind_its_answer_ends_the_connection(self, desk: Served):
        """Nobody reads it, and it would cost the same."""
        with connected(desk) as connection:
            connection.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
            assert connection.recv(100).startswith(b"HTTP/1.1 401 ")
            connection.sendall(self.SMALL)
            answered(connection)

    def test_with_many_lines_behind_it_is_answered_431(self, desk: Served):
        """They are as long as a head at most."""
        with connected(desk) as connection:
            connection.sendall(HEAD + rest(desk, 0).partition(b"Content")[0] + b"Transfer-Encoding: chunked\r\n\r\n")
            connection.sendall(b"2\r\n{}\r\n0\r\n" + b"a:\r\n" * (arriving.HEAD // 4) + b"\r\n")
            assert answered(connection).startswith(b"HTTP/1.1 431 ")

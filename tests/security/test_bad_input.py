"""Bad input: named, refused, and nothing of it reaches Temporal."""

import asyncio
import json
import re
import socket
import time
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from temporalio.client import Client

from domain.people.actors import Role
from tests.patience import PATIENCE_S
from tests.security.asking import USERS
from tests.security.corpus import BODIES
from tests.served import Served

TELLTALES = ("Traceback", "sqlalchemy", "psycopg", "temporalio", "SELECT ", 'File "')


@pytest.fixture(scope="module")
def number(desk: Served) -> str:
    return str(desk.open(level="A")["number"])


def post(desk: Served, path: str, body: bytes) -> httpx2.Response:
    headers = {"Idempotency-Key": uuid.uuid4().hex, "Content-Type": "application/json"}
    return desk.as_user("hotline").post(path, content=body, headers=headers)


def expect_refused(desk: Served, answer: httpx2.Response, status: int) -> None:
    """A problem document that gives nothing away, from a server that is well."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert not [telltale for telltale in TELLTALES if telltale in answer.text]
    assert desk.stranger.get("/healthz").status_code == 200


class TestABody:
    @pytest.mark.parametrize("name", BODIES)
    def test_that_is_malformed_opens_no_ticket(self, desk: Served, name: str):
        """413 where it is too large, else 422."""
        body, status = BODIES[name]
        expect_refused(desk, post(desk, "/api/tickets", body), status)

    @pytest.mark.parametrize("name", BODIES)
    def test_that_is_malformed_commands_nothing(self, desk: Served, number: str, name: str):
        """On an existing ticket; on another one there is nothing to say about it."""
        body, status = BODIES[name]
        expect_refused(desk, post(desk, f"/api/tickets/{number}/commands", body), status)
        expect_refused(desk, post(desk, "/api/tickets/22222222/commands", body), 404)

    @pytest.mark.parametrize("name", BODIES)
    def test_that_is_malformed_signs_nobody_in(self, desk: Served, name: str):
        """The one door that is open to strangers."""
        body, status = BODIES[name]
        expect_refused(desk, post(desk, "/api/session", body), status)

    def test_names_the_field_that_cannot_be_stored(self, desk: Served):
        """By its path, wherever it is."""
        body = json.dumps({"contact": {"name": "a\x00"}, "facts": ["\ud800"]}).encode()
        errors = post(desk, "/api/tickets", body).json()["errors"]
        assert {error["field"] for error in errors} == {"contact.name", "facts[0]"}

    def test_is_refused_at_once(self, desk: Served):
        """However it is made, it costs the server, who works in this process, nothing worth mentioning."""
        for name, (body, _) in BODIES.items():
            began = time.process_time()
            post(desk, "/api/tickets", body)
            assert time.process_time() - began < 1, name

    def test_is_read_without_the_cookies_that_would_cost_much(self, desk: Served):
        """CVE-2024-7592: to take backslashes out of a cookie takes the square of their number; a head has 16 KiB."""
        for cookie in ('zhishou_session="' + '\\"' * 7_000, 'x="' + '\\"' * 7_000 + '"; y=1'):
            began = time.process_time()
            assert desk.stranger.get("/api/session", headers={"Cookie": cookie}).status_code == 401
            assert time.process_time() - began < 1

    async def test_leaves_no_trace_in_temporal(self, desk: Served, number: str, client: Client):
        """Neither a workflow nor an event."""

        async def count(query: str) -> int:
            return (await client.count_workflows(f"TaskQueue = '{desk.settings.task_queue}'{query}")).count

        async def settled() -> tuple[int, int]:
            """When a ticket that is opened now can be found, which follows a while later, so can all before it."""
            last = (await asyncio.to_thread(desk.open))["number"]
            async with asyncio.timeout(PATIENCE_S):
                while not await count(f" AND WorkflowId = '{last}'"):
                    await asyncio.sleep(0.1)
            return await count(""), (await client.get_workflow_handle(number).describe()).history_length

        workflows, events = await settled()
        for body, _ in BODIES.values():
            await asyncio.to_thread(post, desk, "/api/tickets", body)
            await asyncio.to_thread(post, desk, f"/api/tickets/{number}/commands", body)
        assert await settled() == (workflows + 1, events)


class TestAConnection:
    @pytest.fixture
    def line(self, desk: Served) -> Iterator[socket.socket]:
        """A socket to the server, for what no client would send."""
        address = urlsplit(desk.url)
        with socket.create_connection((address.hostname, address.port), timeout=PATIENCE_S) as line:
            yield line

    def head(self, desk: Served, *headers: str, path: str = "/api/tickets") -> bytes:
        token = desk.as_user("hotline").headers["authorization"]
        lines = (f"POST {path} HTTP/1.1", "Host: 127.0.0.1", f"Authorization: {token}", "Idempotency-Key: k", *headers)
        return "\r\n".join(lines).encode() + b"\r\n\r\n"

    def test_that_never_stops_sending_is_ended(self, desk: Served, line: socket.socket):
        """In chunks, without saying how much will come."""
        line.sendall(self.head(desk, "Transfer-Encoding: chunked"))
        chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
        line.sendall(chunk)
        line.sendall(chunk)
        assert b" 413 " in line.recv(4096).splitlines()[0]

    def test_that_announces_too_much_is_refused_before_it_is_sent(self, desk: Served, line: socket.socket):
        """Nobody waits for it."""
        line.sendall(self.head(desk, "Content-Length: 9999999999"))
        assert b" 413 " in line.recv(4096).splitlines()[0]

    @pytest.mark.parametrize("length", ["-1", "x", "1, 2", "٣"])
    def test_that_announces_nonsense_is_refused(self, desk: Served, line: socket.socket, length: str):
        """As what it is: no HTTP."""
        line.sendall(self.head(desk, f"Content-Length: {length}"))
        assert b" 400 " in line.recv(4096).splitlines()[0]
        assert desk.stranger.get("/healthz").status_code == 200

    def test_that_breaks_off_harms_nobody(self, desk: Served, line: socket.socket):
        """A phone in a tunnel."""
        line.sendall(self.head(desk, "Content-Length: 1000") + b'{"title":')
        line.close()
        assert desk.stranger.get("/healthz").status_code == 200
        assert desk.open()["stage"] == "triage"

    @pytest.mark.parametrize(
        "path", ["/api/tickets/%00/commands", "/api/tickets/%ff%fe/commands", "/api/" + "x" * 9000]
    )
    def test_to_an_impossible_address_finds_nothing(self, desk: Served, line: socket.socket, path: str):
        """Not an error of ours."""
        line.sendall(self.head(desk, "Content-Length: 2", path=path) + b"{}")
        assert b" 404 " in line.recv(4096).splitlines()[0]


class TestAnAddressOfTheInterface:
    @pytest.mark.parametrize("said", ["%00", "x%00y", "%ff%fe", "%E2%80%AE"])
    def test_that_names_the_impossible_is_no_error_of_ours(self, desk: Served, interface: dict[str, Any], said: str):
        """Whatever is named there, and whoever may ask."""
        wrong = []
        for path, operations in interface["paths"].items():
            for method, operation in operations.items() if "{" in path else ():
                roles = operation.get("x-permission", {}).get("roles") or ["hotline"]
                asking = desk.as_user(USERS[Role(roles[0])])
                answer = asking.request(method.upper(), re.sub(r"\{\w+\}", said, path), json={})
                if not 400 <= answer.status_code < 500:
                    wrong.append((method, path, answer.status_code))
        assert wrong == []

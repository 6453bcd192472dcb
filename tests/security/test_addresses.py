"""Under which names we answer, whom we believe who a caller is, and what of a request stands in a log."""

import json
import logging
import socket
from collections.abc import Iterator
from unittest.mock import patch

import httpx2
import pytest
from sqlalchemy.exc import ProgrammingError
from structlog.testing import capture_logs

from api.inbox import routes
from runtime.settings import Settings
from store.access.throttle import of_flow, of_sign_in
from tests.links import applied, asked_for, letter
from tests.patience import eventually
from tests.served import Served, served

PUBLIC = "https://zhishou.example"
#: Names that are not ours, and what is none.
OTHERS = [
    *("evil.example", "127.0.0.1.evil.example", "zhishou.example", "localhost.evil.example:8080", "10.0.0.7"),
    *(
        "[::2]",
        "[",
        "evil.example@127.0.0.1",
        "127.0.0.1:99999",
        "127.0.0.1:",
        "localhost@evil.example",
        "evil.example/localhost",
        "",
        "a b",
    ),
]
PUBLISHED = ["zhishou.example", "ZHISHOU.example:443", "probe.internal:8080", "other.internal"]


@pytest.fixture(scope="module")
def behind_a_proxy(settings: Settings) -> Iterator[Served]:
    """With a public address, and a proxy on this machine that is named."""
    told = {"public_url": PUBLIC, "trusted_proxies": "127.0.0.1", "host_names": "probe.internal, other.internal"}
    with served(settings.model_copy(update=told), working=False) as running:
        yield running


@pytest.fixture(scope="module")
def everywhere(settings: Settings) -> Iterator[Served]:
    """Told to listen on every address of the machine; here it is asked over loopback all the same."""
    with served(settings.model_copy(update={"host": "0.0.0.0"}), working=False) as running:
        yield running


def status(desk: Served, host: str) -> int:
    return desk.stranger.get("/healthz", headers={"Host": host}).status_code


class TestAHostName:
    @pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8080", "localhost", "LOCALHOST:1", "[::1]:8080"])
    def test_of_this_machine_is_ours(self, desk: Served, behind_a_proxy: Served, host: str):
        assert status(desk, host) == 200
        assert status(behind_a_proxy, host) == 200

    @pytest.mark.parametrize("host", OTHERS)
    def test_of_somebody_else_is_misdirected(self, desk: Served, host: str):
        """A page whose name was turned to our address asks under its own; the answer names the way out."""
        answer = desk.stranger.get("/api/tickets", headers={"Host": host, "Accept-Language": "en"})
        assert answer.status_code == 421
        assert "ZHISHOU_HOST_NAMES" in answer.json()["detail"]
        assert answer.headers["x-content-type-options"] == "nosniff"

    def test_that_is_missing_is_misdirected(self, desk: Served):
        """As HTTP/1.0 allows."""
        with socket.create_connection(("127.0.0.1", int(desk.url.rpartition(":")[2]))) as line:
            line.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
            assert b" 421 " in line.recv(100)

    @pytest.mark.parametrize(
        "host", ["zhishou.example", "ZHISHOU.example:443", "probe.internal:8080", "other.internal"]
    )
    def test_that_was_published_or_named_is_ours(self, behind_a_proxy: Served, host: str):
        assert status(behind_a_proxy, host) == 200

    @pytest.mark.parametrize(("host", "expected"), [("10.0.0.7:8080", 200), ("[fd00::7]", 200), ("evil.example", 421)])
    def test_may_be_any_number_where_every_address_is_ours(self, everywhere: Served, host: str, expected: int):
        """No name service can turn a number elsewhere."""
        assert status(everywhere, host) == expected

    def test_in_the_request_makes_no_link(self, desk: Served):
        """Of two names that are ours the link has the published one, or the one that is bound."""
        number = applied(desk)
        answer = desk.as_user("tech").post(
            f"/api/tickets/{number}/approval-link",
            json={},
            headers={"Host": "localhost:4444", "X-Forwarded-Host": "evil.example"},
        )
        assert answer.json()["url"].startswith(f"http://127.0.0.1:{desk.settings.port}/a/")


class TestAForwardedHeader:
    def test_of_a_caller_is_not_believed(self, desk: Served):
        """Who calls from another address each time waits all the same; who says TLS gets no cookie of TLS."""
        with capture_logs() as lines:
            answer = desk.stranger.get(
                "/healthz", headers={"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}
            )
            eventually(lambda: bool(lines), "the line of the log")
        assert {line["client"] for line in lines} == {"127.0.0.1"}
        assert "strict-transport-security" not in answer.headers

    def test_of_a_proxy_that_was_named_is_believed(self, behind_a_proxy: Served):
        """The last address that is no proxy's; what a caller wrote before it is the caller's word."""
        with capture_logs() as lines:
            heard = {"X-Forwarded-For": "198.51.100.1, 203.0.113.9, 127.0.0.1", "X-Forwarded-Proto": "https"}
            answer = behind_a_proxy.stranger.get("/healthz", headers=heard)
            eventually(lambda: bool(lines), "the line of the log")
        assert {line["client"] for line in lines} == {"203.0.113.9"}
        assert answer.headers["strict-transport-security"].startswith("max-age=")

    def test_counts_a_network_of_ipv6_as_one_caller(self):
        """Who has one such address has the 2^64 beside it; who comes by IPv4 over IPv6 is the same."""
        for counted in (of_flow, lambda address: of_sign_in("somebody", address, None)):
            assert counted("2001:db8::1") == counted("2001:db8::ffff:0:1") != counted("2001:db8:0:1::1")
            assert counted("::ffff:203.0.113.9") == counted("203.0.113.9") != counted("203.0.113.8")


class TestALog:
    @pytest.mark.parametrize(
        "spelling",
        ["/a/{}", "//a/{}", "/A/{}", "/%61/{}", "/%2561/{}", "/a%2F{}", "/./a/{}", "/api/tickets/{}", "/a/{}/x", "/{}"],
    )
    def test_has_no_secret_of_a_path(self, desk: Served, spelling: str):
        """However it was typed, quoted or cut."""
        token = letter(desk, applied(desk)).path.removeprefix("/a/")
        asked = desk.url + spelling.format(token)
        with capture_logs() as lines, httpx2.Client() as client:
            client.get(httpx2.URL(asked))
            eventually(lambda: bool(lines), "the line of the log")
        assert token not in json.dumps(lines, default=str)

    def test_and_an_answer_have_nothing_of_what_broke(self, desk: Served, caplog: pytest.LogCaptureFixture):
        """Where it broke stands in the log; the statement, its values and the words of the error stand nowhere."""
        secret = "Geheimnis-4711"
        broken = ProgrammingError(f"SELECT {secret}", {"token": secret}, Exception(f"DETAIL: Key ({secret})"))
        with (
            patch.object(routes, "inbox", side_effect=broken),
            capture_logs() as lines,
            caplog.at_level(logging.DEBUG),
        ):
            answer = desk.as_user("pm").get("/api/inbox")
            eventually(lambda: len(lines) >= 2, "both lines of the log")
        assert answer.status_code == 500
        assert answer.json()["request_id"] == answer.headers["x-request-id"] == lines[0]["request_id"]
        assert any("/api/inbox/routes.py:" in place for place in lines[0]["at"])
        assert secret not in json.dumps(lines, default=str) + caplog.text + answer.text


def test_a_link_is_made_of_the_public_address(behind_a_proxy: Served, desk: Served):
    number = applied(desk)
    answer = behind_a_proxy.as_user("tech").post(f"/api/tickets/{number}/approval-link", json={})
    assert answer.json()["url"].startswith(f"{PUBLIC}/a/")
    assert asked_for(desk, number).look().status_code == 200

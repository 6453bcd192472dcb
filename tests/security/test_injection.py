"""Injection: every parameter, cursor, id and token of the interface is a value, never a piece of a statement.

CVE-2022-39323: time-based SQL injection in a token of the API. ruff's S608 (bandit B608) forbids SQL made of texts in
`make check`; here all of it is tried over HTTP.
"""

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from domain.people.actors import Role
from tests.security.asking import USERS, says_nothing
from tests.served import Served

SLEEPS_S = 60
#: Texts that end a statement, widen a condition, wait, or shout; in the ways of several databases.
SQL = (
    "'", '"', "''", "\\", "\\'", "%", "_", ";", "--", "/*", "' OR '1'='1", "' OR 1=1 --", '" OR ""="',
    "1; DROP TABLE ticket", "'; DROP TABLE ticket; --", "' UNION SELECT password_hash FROM person --",
    "' AND pg_sleep(60) --", "'; SELECT pg_sleep(60); --", "1 AND (SELECT 1 FROM pg_sleep(60))",
    "(SELECT pg_sleep(60))",
    "x' || pg_sleep(60) || '", "' AND extractvalue(1,concat(0x7e,version())) --", "$$; SELECT pg_sleep(60); $$",
    "${7*7}", "%(x)s", ":x", "{0}", "1/(select 1 from (select count(*)) x)", "ARRAY['x']", "null",
    "\u02bc OR 1=1 --", "%27%20OR%201=1",
)  # fmt: skip


@pytest.fixture(scope="module")
def number(desk: Served) -> str:
    return str(desk.open(level="A")["number"])


class TestInjection:
    """Values are bound: they widen nothing, wait for nothing, and come back as the texts that they are."""

    def test_in_any_parameter_of_any_list_finds_nothing_and_waits_for_nothing(
        self, desk: Served, interface: dict[str, Any]
    ):
        """200 or 422, at once, and no row more than there is."""
        tried = 0
        for path, name, permission in _parameters(interface):
            client = desk.as_user(USERS[Role(permission["roles"][0])])
            for text in SQL if path == "/api/tickets" else SQL[tried % 3 :: 3]:
                began = time.monotonic()
                answer = client.get(path, params={name: text})
                assert answer.status_code in {200, 422}, (path, name, text)
                assert time.monotonic() - began < SLEEPS_S, (path, name, text)
                assert says_nothing(answer), (path, name, text)
                tried += 1
        assert tried > 100

    def test_in_a_filter_is_a_text_like_any_other(self, desk: Served, number: str):
        """What it would widen stays empty, and a ticket that holds the text is found by it."""
        for text in SQL:
            query = {"text": text} if text not in {"%", "_", ";", "--", "/*", "'", '"', "\\"} else {"assignee": text}
            numbers = {one["number"] for one in desk.as_user("pm").get("/api/tickets", params=query).json()["items"]}
            assert number not in numbers, text
        opened = desk.open(title="数据库 ' OR '1'='1 报错")
        found = desk.as_user("pm").get("/api/tickets", params={"text": "' OR '1'='1"}).json()["items"]
        assert [one["number"] for one in found] == [opened["number"]]

    def test_in_a_token_a_cookie_or_an_id_is_nobodys(self, desk: Served, number: str):
        """401 and 404, at once."""
        for text in SQL:
            began = time.monotonic()
            shown = {b"Authorization": b"Bearer " + text.encode()}, {b"Cookie": b"zhishou_session=" + text.encode()}
            for headers in shown:
                answer = desk.stranger.get("/api/tickets", headers=headers)
                assert answer.status_code == 401, text
                assert says_nothing(answer)
            for path in (f"/api/tickets/{quote(text, safe='')}", f"/api/inbox/{quote(text, safe='')}/read"):
                method = "POST" if path.endswith("read") else "GET"
                answer = desk.as_user("pm").request(method, path)
                assert answer.status_code in {404, 405}, (path, answer.status_code)
                assert says_nothing(answer)
            assert time.monotonic() - began < SLEEPS_S, text


def _parameters(interface: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every parameter of every question that names nothing in its address."""
    for path, operations in interface["paths"].items():
        operation = operations.get("get")
        if operation is None or "{" in path or operation["x-permission"]["name"] == "public":
            continue
        for parameter in operation.get("parameters", []):
            if parameter["in"] == "query":
                yield path, parameter["name"], operation["x-permission"]

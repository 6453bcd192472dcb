"""A request that outlives its right: it was let in, and before it acts the right ends. It changes nothing any more.

A body may take as long as its sender likes, so what held when the head came says nothing of when the act comes. For
every route that changes something, by the OpenAPI document.
"""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode, urlsplit

import httpx2
import pytest
from sqlalchemy import text

from api.access import identity
from api.approval import answering
from api.sign_in import entering
from domain.people.actors import Role
from store.access import sessions, tokens
from store.access.passwords import reset_password, signs_in
from store.registry.people import change_person
from tests.deputies import named
from tests.links import Letter, applied, issued, timeline
from tests.patience import PATIENCE_S
from tests.security.changing import ASKING, EXAMPLES, OTHERWISE, SIGNED, Asked
from tests.security.newcomers import newcomer, session_of, token_of, tokens_of
from tests.served import Served

pytestmark = pytest.mark.usefixtures("quick_passwords")

End = Callable[[Served, str], Any]


def _revoke(desk: Served, user: str) -> None:
    for token in tokens_of(desk, user):
        tokens.revoke(desk.engine, user, token, _now(desk))


def _now(desk: Served) -> Any:
    with desk.engine.connect() as connection:
        return connection.scalar(text("SELECT now()"))


def _leave(desk: Served, user: str) -> None:
    change_person(desk.engine, user, {"active": False})


def _change_role(desk: Served, user: str) -> None:
    change_person(desk.engine, user, {"role": Role.AUDITOR, "customers": (), "department": None})


ENDS: dict[str, tuple[End, int]] = {
    "the token is revoked": (_revoke, 401),
    "the person is deactivated": (_leave, 401),
    "the role is another": (_change_role, 403),
    "the password is reset": (lambda desk, user: reset_password(desk.engine, user), 401),
}


@contextmanager
def let_in_and_then(way: str, happens: Callable[[], object]) -> Iterator[None]:
    """What happens once, when the API has let somebody in and before it does anything else."""
    original, due = getattr(identity, way), iter([happens])

    async def let_in(*given: Any) -> Any:
        found = await original(*given)
        if found is not None and (once := next(due, None)) is not None:
            thread = threading.Thread(target=once)  # the loop waits: nothing else of the request runs meanwhile
            thread.start()
            thread.join(PATIENCE_S)
        return found

    with patch.object(identity, way, let_in):
        yield
    assert next(due, None) is None, "nobody was let in"


def changing(desk: Served) -> set[tuple[str, str]]:
    """Every operation that changes something."""
    paths = desk.stranger.get("/openapi.json").json()["paths"]
    return {(method.upper(), path) for path, one in paths.items() for method in one if method != "get"}


def sent(desk: Served, method: str, asked: Asked, token: str) -> httpx2.Response:
    headers = asked.headers | {"Authorization": f"Bearer {token}"}
    return desk.stranger.request(method, asked.path, content=asked.body, headers=headers)


class TestEveryRouteThatChangesSomething:
    def test_is_tried_here(self, desk: Served):
        """A new route without an example would be one that nobody has tried."""
        assert changing(desk) == set(EXAMPLES) | OTHERWISE | SIGNED | ASKING

    @pytest.mark.parametrize("route", EXAMPLES, ids=" ".join)
    def test_takes_the_request_while_the_right_holds(self, desk: Served, route: tuple[str, str]):
        """Else what follows would say nothing."""
        role, example = EXAMPLES[route]
        user = newcomer(desk, role)
        answer = sent(desk, route[0], example(desk, user), token_of(desk, user))
        assert answer.is_success, answer.text

    @pytest.mark.parametrize("end", ENDS)
    @pytest.mark.parametrize("route", EXAMPLES, ids=" ".join)
    def test_changes_nothing_once_the_right_has_ended(self, desk: Served, route: tuple[str, str], end: str):
        """Although whoever asks had been let in."""
        role, example = EXAMPLES[route]
        user = newcomer(desk, role)
        asked, token = example(desk, user), token_of(desk, user)
        happens, status = ENDS[end]
        with let_in_and_then("_by_token", lambda: happens(desk, user)):
            answer = sent(desk, route[0], asked, token)
        assert answer.status_code == status, answer.text


class Held:
    """A request whose last byte is held back."""

    def __init__(self, url: str, method: str, asked: Asked, **headers: str) -> None:
        place = urlsplit(url)
        assert place.hostname is not None
        self._socket = socket.create_connection((place.hostname, place.port), PATIENCE_S)
        all_headers = asked.headers | headers | {"Content-Length": str(len(asked.body)), "Connection": "close"}
        lines = [f"{method} {asked.path} HTTP/1.1", f"Host: {place.netloc}"]
        head = "\r\n".join([*lines, *(f"{name}: {value}" for name, value in all_headers.items())])
        self._last = asked.body[-1:]
        self._socket.sendall(f"{head}\r\n\r\n".encode() + asked.body[:-1])

    def complete(self) -> int:
        """The answer's status, once the last byte has come."""
        with self._socket:
            self._socket.sendall(self._last)
            answer = self._socket.makefile("rb").read()
        return int(answer.split(b" ", 2)[1])


@contextmanager
def noticed(way: str, room: ModuleType = identity) -> Iterator[threading.Event]:
    """Set once somebody has been let in."""
    original, happened = getattr(room, way), threading.Event()

    async def let_in(*given: Any) -> Any:
        found = await original(*given)
        happened.set()
        return found

    with patch.object(room, way, let_in):
        yield happened


class TestABodyWhoseLastByteIsHeldBack:
    @pytest.mark.parametrize(
        "route",
        [
            ("POST", "/api/tickets/{number}/commands"), ("POST", "/api/tickets"), ("POST", "/api/tokens"),
            ("POST", "/api/people"), ("PATCH", "/api/people/{person}"), ("POST", "/api/people/import"),
            ("POST", "/api/tickets/{number}/attachments"), ("POST", "/api/tickets/{number}/approval-link"),
        ],
        ids=" ".join,
    )  # fmt: skip
    @pytest.mark.parametrize("end", ENDS)
    def test_brings_about_nothing(self, desk: Served, route: tuple[str, str], end: str):
        """As it was found: let in with the head, everything ended, then the last byte."""
        role, example = EXAMPLES[route]
        user = newcomer(desk, role)
        asked, token = example(desk, user), token_of(desk, user)
        happens, status = ENDS[end]
        with noticed("_by_token") as let_in:
            held = Held(desk.url, route[0], asked, Authorization=f"Bearer {token}")
            assert let_in.wait(PATIENCE_S)
            happens(desk, user)
            assert held.complete() == status

    def test_of_a_browser_brings_about_nothing_once_the_session_has_ended(self, desk: Served):
        """Nor a token, which would outlast it."""
        user = newcomer(desk, Role.ENGINEER)
        opened = session_of(desk, user)
        _, example = EXAMPLES["POST", "/api/tokens"]
        cookie = {"Cookie": f"zhishou_session={opened.renewed}", identity.CSRF: opened.csrf}
        with noticed("_by_session") as let_in:
            held = Held(desk.url, "POST", example(desk, user), **cookie)
            assert let_in.wait(PATIENCE_S)
            sessions.end_all(desk.engine, user)
            assert held.complete() == 401
        assert tokens_of(desk, user) == []

    @pytest.mark.parametrize("end", ["the person is deactivated", "the role is another", "the link is revoked"])
    def test_of_a_link_decides_nothing(self, desk: Served, end: str):
        """The page says what it says of every link that opens nothing."""
        number, user = applied(desk), newcomer(desk, Role.CUSTOMER_APPROVER)
        letter = Letter(desk, issued(desk, number, user).path)
        form = urlencode({"decision": "approve", "opinion": "同意"}).encode()
        before = len(timeline(desk, number))
        asked = Asked(letter.path, form, {"Content-Type": "application/x-www-form-urlencoded"})
        with noticed("_link_in_hand", answering) as in_hand:
            held = Held(desk.url, "POST", asked)
            assert in_hand.wait(PATIENCE_S)
            _end_link(desk, user, end)
            assert held.complete() == 404
        happened = [line["happening"] for line in timeline(desk, number)[before:]]
        assert "approved" not in happened

    def test_of_a_link_speaks_for_no_department_but_the_one_that_was_asked(self, desk: Served):
        """Its holder stood in for the technical approver, and for the other one when the answer had come."""
        number, user = applied(desk), newcomer(desk, Role.CUSTOMER_CONTACT)
        first = named(desk, "tech", user)
        bearer = {"Authorization": f"Bearer {token_of(desk, user)}"}
        link = desk.stranger.post(f"/api/tickets/{number}/approval-link", json={}, headers=bearer)
        form = urlencode({"decision": "refuse", "opinion": "不同意"}).encode()
        path = urlsplit(link.json()["url"]).path
        asked = Asked(path, form, {"Content-Type": "application/x-www-form-urlencoded"})
        with noticed("_link_in_hand", answering) as in_hand:
            held = Held(desk.url, "POST", asked)
            assert in_hand.wait(PATIENCE_S)
            assert desk.as_user("tech").delete(first.headers["location"]).status_code == 204
            second = named(desk, "business", user, approver="business")
            assert held.complete() == 409
        assert timeline(desk, number)[-1]["data"]["reason"] == "no_department"
        assert desk.as_user("business").delete(second.headers["location"]).status_code == 204


def _end_link(desk: Served, user: str, end: str) -> None:
    if end in ENDS:
        ENDS[end][0](desk, user)
        return
    with desk.engine.begin() as connection:
        connection.execute(text("UPDATE approval_link SET revoked_at = now() WHERE person = :who"), {"who": user})


class TestASignIn:
    def test_with_a_password_that_is_another_by_now_opens_no_session(self, desk: Served):
        """It was right when it was looked at."""
        user = newcomer(desk, Role.ENGINEER)
        password = reset_password(desk.engine, user)
        looked_at = signs_in

        def looked_at_too_early(*given: Any) -> Any:
            proven = looked_at(*given)
            reset_password(desk.engine, user)
            return proven

        with patch.object(entering, "signs_in", looked_at_too_early):
            answer = desk.stranger.post("/api/session", json={"user": user, "password": password})
        assert (answer.status_code, answer.cookies.get("zhishou_session")) == (401, None)

    def test_changes_no_password_once_its_session_has_ended(self, desk: Served):
        """Whoever ended it did not know that another password was on its way."""
        user = newcomer(desk, Role.ENGINEER)
        password, opened = reset_password(desk.engine, user), session_of(desk, user)
        body = {"current": password, "new": "neunundneunzig Ballons"}
        headers = {"Cookie": f"zhishou_session={opened.renewed}", identity.CSRF: opened.csrf}
        with let_in_and_then("_by_session", lambda: sessions.end_all(desk.engine, user)):
            answer = desk.stranger.put("/api/session/password", json=body, headers=headers)
        assert answer.status_code == 401
        assert signs_in(desk.engine, user, password) is not None

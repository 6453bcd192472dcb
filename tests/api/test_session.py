"""A browser's session."""

from collections.abc import Iterator

import httpx2
import pytest

from api.identity import COOKIE
from store.registry.passwords import reset_password
from tests.served import Served


@pytest.fixture
def browser(desk: Served) -> Iterator[httpx2.Client]:
    """Not signed in yet."""
    with httpx2.Client(base_url=desk.url, timeout=20) as client:
        yield client


def sign_in(desk: Served, browser: httpx2.Client, user: str) -> httpx2.Response:
    return browser.post("/api/session", json={"user": user, "password": reset_password(desk.engine, user)})


class TestASession:
    def test_begins_with_the_right_password(self, desk: Served, browser: httpx2.Client):
        """The cookie is for the browser alone, not for scripts and not for other sites."""
        answer = sign_in(desk, browser, "engineer")
        assert answer.status_code == 200
        assert (answer.json()["id"], answer.json()["role"]) == ("engineer", "engineer")
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert browser.get("/api/tickets").status_code == 200

    @pytest.mark.parametrize("user", ["engineer", "nobody", "engineer' OR '1'='1"])
    def test_never_begins_with_a_wrong_one(self, desk: Served, browser: httpx2.Client, user: str):
        """Whether the user exists is not told."""
        answer = browser.post("/api/session", json={"user": user, "password": "guess"})
        assert answer.status_code == 401
        assert answer.json()["type"] == "urn:zhishou:problem:wrong-password"
        assert "set-cookie" not in answer.headers

    def test_ends_on_the_server(self, desk: Served, browser: httpx2.Client):
        """A copy of the cookie opens nothing afterwards."""
        sign_in(desk, browser, "engineer")
        copy = browser.cookies[COOKIE]
        assert browser.delete("/api/session").status_code == 204
        answer = desk.stranger.get("/api/tickets", headers={"Cookie": f"{COOKIE}={copy}"})
        assert answer.status_code == 401

    def test_acts_for_its_own_page_only(self, desk: Served, browser: httpx2.Client):
        """Another site's page makes the browser send the cookie, but not an own origin."""
        sign_in(desk, browser, "engineer")
        assert browser.delete("/api/session", headers={"Origin": "https://evil.example"}).status_code == 403
        assert browser.delete("/api/session", headers={"Origin": desk.url}).status_code == 204

    def test_says_who_it_is_and_what_the_role_may(self, desk: Served):
        """The console shows only what is possible."""
        me = desk.as_user("tech").get("/api/session").json()
        assert (me["role"], me["department"], me["may_open"]) == ("customer_approver", "technical", False)
        assert me["commands"] == ["note", "approve", "refuse"]

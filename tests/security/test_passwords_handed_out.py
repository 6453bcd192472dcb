"""A password that is handed out: it takes two, opens nothing before it is changed, and ends what was open before."""

from collections.abc import Iterator

import httpx2
import pytest

from domain.people.actors import Role
from store.access.passwords import reset_password, signs_in
from tests.patience import PATIENCE_S
from tests.security.newcomers import newcomer, session_of, token_of
from tests.security.test_two_for_a_way_in import asks, inbox
from tests.served import Served

OWN = "twelve bananas at dawn"


def handed_out(desk: Served, first: str, second: str, person: str) -> str:
    """What the second one is shown for what the first one asked for."""
    asked = asks(desk, first, "POST", f"/api/people/{person}/password")
    assert asked.status_code == 202, asked.text
    shown = asks(desk, second, "POST", f"/api/confirmations/{asked.json()['id']}", decision="confirm")
    assert (shown.status_code, shown.json()["person"]) == (200, person)
    return str(shown.json()["password"])


@pytest.fixture
def admins(desk: Served) -> tuple[str, str]:
    return newcomer(desk, Role.ADMINISTRATOR), newcomer(desk, Role.ADMINISTRATOR)


@pytest.fixture
def browser(desk: Served) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=desk.url, timeout=PATIENCE_S) as client:
        yield client


def sign_in(browser: httpx2.Client, user: str, password: str) -> dict[str, object]:
    answer = browser.post("/api/session", json={"user": user, "password": password})
    assert answer.status_code == 200, answer.text
    browser.headers["X-CSRF-Token"] = answer.json()["csrf"]
    signed: dict[str, object] = answer.json()
    return signed


class TestHandingOutAPassword:
    def test_takes_a_second_administrator_who_alone_is_shown_it(self, desk: Served, admins: tuple[str, str]):
        """Whoever could give an approver a password alone could enter as them, and approve."""
        first, second = admins
        approver = newcomer(desk, Role.CUSTOMER_APPROVER)
        asked = asks(desk, first, "POST", f"/api/people/{approver}/password")
        assert (asked.status_code, asked.json()["password"]) == (202, True)
        waits = f"/api/confirmations/{asked.json()['id']}"
        assert asks(desk, first, "POST", waits, decision="confirm").status_code == 409
        shown = asks(desk, second, "POST", waits, decision="confirm")
        assert signs_in(desk.engine, approver, shown.json()["password"]) is not None
        assert shown.headers["cache-control"] == "no-store"
        assert asks(desk, second, "POST", waits, decision="confirm").status_code == 404

    def test_that_is_refused_leaves_everything_as_it_is(self, desk: Served, admins: tuple[str, str]):
        engineer = newcomer(desk, Role.ENGINEER)
        before = reset_password(desk.engine, engineer)
        asked = asks(desk, admins[0], "POST", f"/api/people/{engineer}/password")
        refused = asks(desk, admins[1], "POST", f"/api/confirmations/{asked.json()['id']}", decision="refuse")
        assert refused.status_code == 204
        assert signs_in(desk.engine, engineer, before) is not None

    def test_ends_all_that_was_open_and_tells_whoever_it_is_about(self, desk: Served, admins: tuple[str, str]):
        """Of an administrator too, whom another one cannot put out unnoticed."""
        third = newcomer(desk, Role.ADMINISTRATOR)
        opened, token = session_of(desk, third), token_of(desk, third)
        handed_out(desk, *admins, third)
        cookie = {"Cookie": f"zhishou_session={opened.renewed}"}
        assert desk.stranger.get("/api/session", headers=cookie).status_code == 401
        assert desk.stranger.get("/api/session", headers={"Authorization": f"Bearer {token}"}).status_code == 401
        told = inbox(desk, third)
        assert "已为您发放新密码" in {one["title"] for one in told}

    def test_is_never_asked_for_oneself(self, desk: Served, admins: tuple[str, str]):
        """Nor is anybody let in who is not to be."""
        first, _ = admins
        own = asks(desk, first, "POST", f"/api/people/{first}/password")
        assert (own.status_code, "您自己的账号" in own.text) == (409, True)
        assert asks(desk, first, "POST", "/api/people/no-such/password").status_code == 404
        gone = newcomer(desk, Role.ENGINEER)
        assert asks(desk, first, "PATCH", f"/api/people/{gone}", active=False).status_code == 200
        assert asks(desk, first, "POST", f"/api/people/{gone}/password").status_code == 409
        assert asks(desk, "duty", "POST", f"/api/people/{gone}/password").status_code == 403

    def test_is_on_record_without_the_password(self, desk: Served, admins: tuple[str, str]):
        engineer = newcomer(desk, Role.ENGINEER)
        password = handed_out(desk, *admins, engineer)
        record = asks(desk, "auditor", "GET", f"/api/registry/changes?whom={engineer}&kind=person")
        (change,) = [one for one in record.json()["items"] if one["after"].get("password_to_change")]
        assert (change["person"], change["after"]["password_hash"]) == (admins[1], "***")
        assert password not in record.text


class TestAPasswordThatWasHandedOut:
    def test_opens_nothing_before_its_owner_has_chosen_another(
        self, desk: Served, admins: tuple[str, str], browser: httpx2.Client
    ):
        """Every refusal names the way out."""
        engineer = newcomer(desk, Role.ENGINEER)
        password = handed_out(desk, *admins, engineer)
        assert sign_in(browser, engineer, password)["password_to_change"] is True
        tries = [("GET", "/api/inbox"), ("GET", "/api/tickets"), ("GET", "/api/sessions"), ("GET", "/api/events")]
        made = {"name": "x", "scopes": ["all"], "days": 1}
        for method, path in tries:
            refused = browser.request(method, path)
            assert (refused.status_code, refused.json()["type"].rpartition(":")[2]) == (403, "password-to-change"), path
            assert "PUT /api/session/password" in refused.text
        assert browser.post("/api/tokens", json=made).status_code == 403
        assert browser.get("/api/session").json()["password_to_change"] is True
        same = browser.put("/api/session/password", json={"current": password, "new": password})
        assert same.status_code == 422
        changed = browser.put("/api/session/password", json={"current": password, "new": OWN})
        assert changed.status_code == 204, changed.text
        assert browser.get("/api/session").json()["password_to_change"] is False
        assert browser.get("/api/inbox").status_code == 200
        assert sign_in(browser, engineer, OWN)["password_to_change"] is False

    def test_lets_its_owner_leave(self, desk: Served, admins: tuple[str, str], browser: httpx2.Client):
        engineer = newcomer(desk, Role.ENGINEER)
        sign_in(browser, engineer, handed_out(desk, *admins, engineer))
        assert browser.delete("/api/session").status_code == 204
        assert browser.get("/api/session").status_code == 401

    def test_holds_up_no_program_of_its_owners(self, desk: Served, admins: tuple[str, str]):
        """A token stands for itself; those of before have ended."""
        engineer = newcomer(desk, Role.ENGINEER)
        handed_out(desk, *admins, engineer)
        assert asks(desk, engineer, "GET", "/api/inbox").status_code == 200

    def test_can_be_made_at_the_machine_too(self, desk: Served, browser: httpx2.Client):
        """`zhishou password USER --to-change`; without it the password is good for everything."""
        engineer = newcomer(desk, Role.ENGINEER)
        assert sign_in(browser, engineer, reset_password(desk.engine, engineer, to_change=True))["password_to_change"]
        assert not sign_in(browser, engineer, reset_password(desk.engine, engineer))["password_to_change"]

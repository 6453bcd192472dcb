"""A password that is handed out: it takes two, opens nothing before it is changed, and ends what was open before."""

from collections.abc import Iterator
from datetime import UTC, datetime

import httpx2
import pytest
from sqlalchemy import select

from domain.people.actors import Role
from store.access.passwords import reset_password, signs_in
from store.models import ConfirmationRow
from store.registry.confirmations import LASTS, lapse
from tests.patience import PATIENCE_S
from tests.security.newcomers import newcomer, session_of, token_of
from tests.security.test_two_for_a_way_in import asks, bound, inbox
from tests.served import Served

OWN = "twelve bananas at dawn"


def handed_out(desk: Served, first: str, second: str, person: str) -> str:
    """What its owner makes of the halves that the two were shown."""
    waits, half = asked_for(desk, first, person)
    shown = asks(desk, second, "POST", waits, decision="confirm")
    assert (shown.status_code, shown.json()["person"]) == (200, person)
    assert shown.json()["name"] == asks(desk, first, "GET", f"/api/people/{person}").json()["name"]
    return half + str(shown.json()["half"])


def asked_for(desk: Served, first: str, person: str) -> tuple[str, str]:
    """What waits now, and the half that who asked was shown."""
    asked = asks(desk, first, "POST", f"/api/people/{person}/password")
    assert asked.status_code == 202, asked.text
    return f"/api/confirmations/{asked.json()['id']}", str(asked.json()["half"])


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
    def test_takes_two_of_whom_neither_learns_it(self, desk: Served, admins: tuple[str, str]):
        """Whoever knew an approver's password could enter as them before them, and approve."""
        first, second = admins
        approver = newcomer(desk, Role.CUSTOMER_APPROVER)
        waits, half = asked_for(desk, first, approver)
        assert asks(desk, first, "POST", waits, decision="confirm").status_code == 409
        listed = asks(desk, second, "GET", "/api/confirmations").text
        shown = asks(desk, second, "POST", waits, decision="confirm")
        other = shown.json()["half"]
        assert [word for word in (half, other, "argon2") if word in listed] == []
        assert [word for word in (half, other, other + half) if signs_in(desk.engine, approver, word)] == []
        assert signs_in(desk.engine, approver, half + other) is not None
        assert shown.headers["cache-control"] == "no-store"
        assert asks(desk, second, "POST", waits, decision="confirm").status_code == 404

    def test_is_one_thing_for_each_who_asks(self, desk: Served, admins: tuple[str, str]):
        """Else who asks for what another has asked for would hold one half, and be shown the other."""
        first, second = admins
        engineer = newcomer(desk, Role.ENGINEER)
        waits, half = asked_for(desk, first, engineer)
        own, _ = asked_for(desk, second, engineer)
        assert own != waits
        assert asks(desk, second, "POST", own, decision="confirm").status_code == 409
        shown = asks(desk, second, "POST", waits, decision="confirm")
        assert signs_in(desk.engine, engineer, half + shown.json()["half"]) is not None

    def test_that_is_asked_for_again_is_another(self, desk: Served, admins: tuple[str, str]):
        """Who lost a half gets a new one; the old one goes with nothing."""
        first, second = admins
        engineer = newcomer(desk, Role.ENGINEER)
        (before, lost), (waits, half) = (asked_for(desk, first, engineer) for _ in range(2))
        assert before == waits
        other = asks(desk, second, "POST", waits, decision="confirm").json()["half"]
        assert signs_in(desk.engine, engineer, lost + other) is None
        assert signs_in(desk.engine, engineer, half + other) is not None

    @pytest.mark.parametrize("ends", ["confirm", "refuse", "lapse"])
    def test_leaves_nothing_behind_once_it_is_answered(self, desk: Served, admins: tuple[str, str], ends: str):
        """Nor stands a half of it in the record of the registry."""
        engineer = newcomer(desk, Role.ENGINEER)
        waits, _ = asked_for(desk, admins[0], engineer)
        its = select(ConfirmationRow.password_hash, ConfirmationRow.second_half).where(
            ConfirmationRow.id == waits.rpartition("/")[2]
        )
        with desk.engine.connect() as connection:
            hashed, half = map(str, connection.execute(its).one())
        if ends == "lapse":
            lapse(desk.engine, datetime.now(UTC) + LASTS)
        else:
            asks(desk, admins[1], "POST", waits, decision=ends)
        with desk.engine.connect() as connection:
            assert tuple(connection.execute(its).one()) == (None, None)
        record = asks(desk, "auditor", "GET", f"/api/registry/changes?whom={engineer}&limit=100").text
        assert ("confirmation" in record, hashed in record, half in record) == (True, False, False)

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

    @pytest.mark.parametrize("way", ["password", "identities"])
    def test_is_not_confirmed_for_somebody_who_is_out(self, desk: Served, admins: tuple[str, str], way: str):
        """Nor is any other way in: else who was let go would find it when they come back."""
        first, second = admins
        engineer = newcomer(desk, Role.ENGINEER)
        waits = asked_for(desk, first, engineer)[0] if way == "password" else bound(desk, first, engineer)[0]
        assert asks(desk, second, "PATCH", f"/api/people/{engineer}", active=False).status_code == 200
        refused = asks(desk, second, "POST", waits, decision="confirm")
        assert (refused.status_code, "账号已停用" in refused.text) == (409, True)
        assert asks(desk, second, "POST", waits, decision="refuse").status_code == 204

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

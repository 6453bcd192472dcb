"""A browser's session."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import update

from api.access.cookies import DEVICE, SESSION
from api.access.identity import CSRF
from runtime.settings import Settings
from store.access.passwords import reset_password
from store.models import SessionSecretRow
from tests.patience import PATIENCE_S
from tests.served import Served, served

pytestmark = pytest.mark.usefixtures("quick_passwords")


@pytest.fixture
def browser(desk: Served) -> Iterator[httpx2.Client]:
    """Not signed in yet."""
    with httpx2.Client(base_url=desk.url, timeout=PATIENCE_S) as client:
        yield client


def sign_in(desk: Served, browser: httpx2.Client, user: str) -> httpx2.Response:
    """As the page does it: what it has to send with every change it keeps."""
    answer = browser.post("/api/session", json={"user": user, "password": reset_password(desk.engine, user)})
    browser.headers[CSRF] = answer.json()["csrf"]
    return answer


def cookies_of(answer: httpx2.Response) -> dict[str, str]:
    """The lines that set cookies, by their names."""
    return {line.partition("=")[0]: line for line in answer.headers.get_list("set-cookie")}


class TestASession:
    def test_begins_with_the_right_password(self, desk: Served, browser: httpx2.Client):
        """The cookie is for the browser alone, not for scripts and not for other sites."""
        answer = sign_in(desk, browser, "engineer")
        assert answer.status_code == 200
        assert (answer.json()["id"], answer.json()["role"]) == ("engineer", "engineer")
        assert browser.get("/api/session").json()["name"] == answer.json()["name"] == "李建国"
        assert set(cookies_of(answer)) == {SESSION, DEVICE}
        for line in cookies_of(answer).values():
            assert "; httponly" in line.lower()
            assert "; samesite=lax" in line.lower()
        assert browser.get("/api/tickets").status_code == 200

    @pytest.mark.parametrize("typed", ["Engineer", "ENGINEER", "ｅｎｇｉｎｅｅｒ", "Ｅngineer", " engineer\u3000"])
    def test_begins_however_the_name_is_typed(self, desk: Served, browser: httpx2.Client, typed: str):
        """A phone's keyboard begins with a capital, a Chinese one may write in full width."""
        body = {"user": typed, "password": reset_password(desk.engine, "engineer")}
        answer = browser.post("/api/session", json=body)
        assert (answer.status_code, answer.json()["id"]) == (200, "engineer")

    def test_over_https_has_a_cookie_that_no_other_host_can_set(self, settings: Settings):
        """A proxy on this machine says how the browser asked; the cookie without the prefix opens nothing there."""
        https = {"X-Forwarded-Proto": "https"}
        proxied = settings.model_copy(update={"trusted_proxies": "127.0.0.1"})
        with served(proxied, working=False) as desk:
            self._has_one(desk, https)

    def _has_one(self, desk: Served, https: dict[str, str]) -> None:
        signing_in = {"user": "engineer", "password": reset_password(desk.engine, "engineer")}
        answer = desk.stranger.post("/api/session", json=signing_in, headers=https)
        line = cookies_of(answer)[f"__Host-{SESSION}"]
        assert "; Secure" in line
        assert "; Path=/" in line
        assert "Domain" not in line
        secret = line.partition("=")[2].partition(";")[0]
        for name, status in ((f"__Host-{SESSION}", 200), (SESSION, 401)):
            shown = desk.stranger.get("/api/session", headers=https | {"Cookie": f"{name}={secret}"})
            assert shown.status_code == status

    @pytest.mark.parametrize("user", ["engineer", "nobody", "engineer' OR '1'='1"])
    def test_never_begins_with_a_wrong_one(self, desk: Served, browser: httpx2.Client, user: str):
        """Whether the user exists is not told."""
        answer = browser.post("/api/session", json={"user": user, "password": "guess"})
        assert answer.status_code == 401
        assert answer.json()["type"] == "urn:zhishou:problem:wrong-password"
        assert "set-cookie" not in answer.headers

    def test_is_a_new_one_whatever_the_browser_showed(self, desk: Served, browser: httpx2.Client):
        """Nobody can prepare a session for somebody else; the one before ends."""
        sign_in(desk, browser, "engineer")
        before = browser.cookies[SESSION]
        sign_in(desk, browser, "pm")
        assert browser.cookies[SESSION] != before
        browser.cookies.clear()
        assert browser.get("/api/session", headers={"Cookie": f"{SESSION}={before}"}).status_code == 401

    def test_ends_on_the_server(self, desk: Served, browser: httpx2.Client):
        """A copy of the cookie opens nothing afterwards."""
        sign_in(desk, browser, "engineer")
        copy = browser.cookies[SESSION]
        assert browser.delete("/api/session").status_code == 204
        assert SESSION not in browser.cookies
        answer = desk.stranger.get("/api/tickets", headers={"Cookie": f"{SESSION}={copy}"})
        assert answer.status_code == 401

    @pytest.mark.parametrize(("user", "kept"), [("engineer", True), ("pm", True), ("hotline", False), ("tech", False)])
    def test_is_kept_for_who_goes_where_no_network_is(
        self, desk: Served, browser: httpx2.Client, user: str, *, kept: bool
    ):
        """Only where they ask for it; an approver's is over after two hours however they ask."""
        for keep, expected in ((True, kept), (False, False)):
            body = {"user": user, "password": reset_password(desk.engine, user), "keep": keep}
            browser.headers.update({CSRF: browser.post("/api/session", json=body).json()["csrf"]})
            own = next(each for each in browser.get("/api/sessions").json()["items"] if each["current"])
            assert own["kept"] is expected

    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {CSRF: "guess"},
            {CSRF: ""},
            {CSRF: "\u00e9"},
        ],
    )
    def test_acts_for_its_own_page_only(self, desk: Served, browser: httpx2.Client, headers: dict[str, str]):
        """Another site's page makes the browser send the cookie, but not an own origin, nor what only ours can read."""
        sign_in(desk, browser, "engineer")
        sent = {name.encode(): value.encode("latin-1") for name, value in headers.items()}
        assert browser.delete("/api/session", headers=sent).status_code == 403
        own = {"Origin": desk.url, "Sec-Fetch-Site": "same-origin"}
        assert browser.delete("/api/session", headers=own).status_code == 204

    def test_is_not_begun_by_another_sites_page(self, desk: Served, browser: httpx2.Client):
        """Nobody is signed in as somebody else without noticing."""
        body = {"user": "engineer", "password": reset_password(desk.engine, "engineer")}
        answer = browser.post("/api/session", json=body, headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers

    def test_needs_no_more_than_its_cookie_to_read(self, desk: Served, browser: httpx2.Client):
        """And tells its page what its changes need, as long as it lasts."""
        sign_in(desk, browser, "engineer")
        csrf = browser.headers.pop(CSRF)
        assert browser.get("/api/session").json()["csrf"] == csrf

    @pytest.mark.parametrize(("path", "status"), [("/api/tickets", 200), ("/api/tickets/22222222", 404)])
    def test_changes_its_secret_with_whatever_is_answered(
        self, desk: Served, browser: httpx2.Client, path: str, status: int
    ):
        """A quarter of an hour after the last time; of many requests at once none fails, and one gets the new one."""
        sign_in(desk, browser, "engineer")
        with desk.engine.begin() as connection:
            aged = SessionSecretRow.issued_at - timedelta(minutes=16)
            connection.execute(update(SessionSecretRow).values(issued_at=aged))
        old = {"Cookie": f"{SESSION}={browser.cookies[SESSION]}"}
        with ThreadPoolExecutor(10) as tabs:
            answers = list(tabs.map(lambda _: desk.stranger.get(path, headers=old), range(10)))
        assert {answer.status_code for answer in answers} == {status}
        (line,) = (cookies_of(answer)[SESSION] for answer in answers if "set-cookie" in answer.headers)
        new = line.partition("=")[2].partition(";")[0]
        assert new != browser.cookies[SESSION]
        assert desk.stranger.get("/api/session", headers={"Cookie": f"{SESSION}={new}"}).status_code == 200

    def test_says_who_it_is_and_what_the_role_may(self, desk: Served):
        """The console shows only what is possible."""
        me = desk.as_user("tech").get("/api/session").json()
        assert (me["role"], me["department"], me["may_open"]) == ("customer_approver", "technical", False)
        acts = ["note", "agree_change", "refuse_change", "accept_change", "approve", "refuse", "hand_link"]
        assert me["commands"] == acts
        assert me["csrf"] is None
        assert set(me["customer_names"]) == set(me["customers"])
        assert me["customer_names"]["demo-sitech"] != "demo-sitech"

    def test_shows_nobody_what_is_for_another_department(self, desk: Served):
        """A change is judged by the technical department (002-14)."""
        assert desk.as_user("business").get("/api/session").json()["commands"] == ["note", "approve", "refuse"]


class TestTheSessionsOfAPerson:
    def test_are_listed_and_ended_by_their_owner(self, desk: Served, browser: httpx2.Client):
        """One, or all but the one that asks."""
        password = {"user": "supervisor", "password": reset_password(desk.engine, "supervisor")}
        browser.headers[CSRF] = browser.post("/api/session", json=password).json()["csrf"]
        others = [
            httpx2.Client(base_url=desk.url, headers={"User-Agent": f"Other {n}"}, timeout=PATIENCE_S) for n in range(3)
        ]
        for other in others:
            assert other.post("/api/session", json=password).status_code == 200
        items: list[dict[str, Any]] = browser.get("/api/sessions").json()["items"]
        assert [item["agent"] for item in items if not item["current"]] == ["Other 2", "Other 1", "Other 0"]
        (first,) = (item["id"] for item in items if item["agent"] == "Other 0")
        assert browser.delete(f"/api/sessions/{first}").status_code == 204
        assert browser.delete(f"/api/sessions/{first}").status_code == 404
        assert [other.get("/api/session").status_code for other in others] == [401, 200, 200]
        assert browser.delete("/api/sessions").status_code == 204
        assert [other.get("/api/session").status_code for other in others] == [401, 401, 401]
        assert browser.get("/api/session").status_code == 200
        for other in others:
            other.close()

    def test_are_ended_by_an_administrator(self, desk: Served, browser: httpx2.Client):
        """Of anybody, at once."""
        sign_in(desk, browser, "stock")
        assert desk.as_user("pm").delete("/api/people/stock/sessions").status_code == 403
        assert desk.as_user("admin").delete("/api/people/stock/sessions").status_code == 204
        assert browser.get("/api/session").status_code == 401

    def test_end_with_the_password_that_began_them(self, desk: Served, browser: httpx2.Client):
        """But for the browser in which it was changed."""
        old = reset_password(desk.engine, "business")
        with httpx2.Client(base_url=desk.url, timeout=PATIENCE_S) as other:
            other.post("/api/session", json={"user": "business", "password": old})
            answer = browser.post("/api/session", json={"user": "business", "password": old})
            browser.headers[CSRF] = answer.json()["csrf"]
            new = "an umbrella for every season"
            changed = browser.put("/api/session/password", json={"current": old, "new": new})
            assert changed.status_code == 204, changed.text
            assert other.get("/api/session").status_code == 401
            assert browser.get("/api/session").status_code == 200
            for password, status in ((old, 401), (new, 200)):
                assert other.post("/api/session", json={"user": "business", "password": password}).status_code == status


class TestAChangeOfPassword:
    @pytest.mark.parametrize(
        ("current", "new", "field"),
        [
            (None, "short", "new"),
            (None, "duty-manager-here", "new"),
            ("wrong", "an umbrella for every season", "current"),
        ],
    )
    def test_that_will_not_do_names_the_field(
        self, desk: Served, browser: httpx2.Client, current: str | None, new: str, field: str
    ):
        """And changes nothing."""
        password = reset_password(desk.engine, "duty")
        answer = browser.post("/api/session", json={"user": "duty", "password": password})
        browser.headers[CSRF] = answer.json()["csrf"]
        refused = browser.put("/api/session/password", json={"current": current or password, "new": new})
        assert refused.status_code == 422
        assert [error["field"] for error in refused.json()["errors"]] == [field]
        assert browser.post("/api/session", json={"user": "duty", "password": password}).status_code == 200

    def test_is_not_for_programs(self, desk: Served):
        """Whoever stole a token does not take over the person."""
        body = {"current": "x", "new": "an umbrella for every season"}
        assert desk.as_user("duty").put("/api/session/password", json=body).status_code == 403

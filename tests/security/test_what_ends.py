"""What opens something ends with what it came from: the password, the person, the customer, the token, the session."""

import uuid
from datetime import UTC, datetime

import httpx2
import pytest

from api.access.identity import CSRF
from domain.people.actors import Role
from store.access.passwords import reset_password
from store.registry.people import change_person
from tests.links import Letter, applied, asked_for
from tests.patience import PATIENCE_S
from tests.security.newcomers import newcomer, session_of, token_of
from tests.served import Served
from tests.uploads import brought


class Person:
    """Somebody with a browser, a token and a program."""

    def __init__(self, desk: Served, role: Role = Role.ENGINEER) -> None:
        self.desk, self.id = desk, newcomer(desk, role)
        self.password = reset_password(desk.engine, self.id)
        self.token = token_of(desk, self.id)
        opened = session_of(desk, self.id)
        self.session, self.cookie = opened.id, {"Cookie": f"zhishou_session={opened.renewed}", CSRF: opened.csrf}

    def by_token(self, method: str = "GET", path: str = "/api/session", **body: object) -> httpx2.Response:
        return self._ask(method, path, {"Authorization": f"Bearer {self.token}"}, body)

    def by_session(self, method: str = "GET", path: str = "/api/session", **body: object) -> httpx2.Response:
        return self._ask(method, path, self.cookie, body)

    def _ask(self, method: str, path: str, headers: dict[str, str], body: dict[str, object]) -> httpx2.Response:
        return self.desk.stranger.request(method, path, headers=headers, json=body or None)

    def link(self, number: str) -> Letter:
        """A link that they asked for with the token."""
        asked = self.by_token("POST", f"/api/tickets/{number}/approval-link", action="approve_major")
        return Letter(self.desk, "/a/" + asked.json()["url"].partition("/a/")[2])

    def enters(self) -> tuple[bool, bool]:
        """By the token, and by the browser."""
        return self.by_token().is_success, self.by_session().is_success


def made_by(answer: httpx2.Response) -> str:
    assert answer.status_code == 201, answer.text
    token: str = answer.json()["token"]
    return token


def opens(desk: Served, token: str) -> bool:
    return desk.stranger.get("/api/session", headers={"Authorization": f"Bearer {token}"}).is_success


TOKEN = {"name": "x", "scopes": ["read"], "days": 1}


class TestEverything:
    def test_ends_with_a_password_that_is_reset(self, desk: Served):
        """Whoever knew the old one may have made a token with it."""
        one = Person(desk)
        assert one.enters() == (True, True)
        reset_password(desk.engine, one.id)
        assert one.enters() == (False, False)

    def test_ends_with_a_password_that_is_changed_but_for_the_browser_that_changed_it(self, desk: Served):
        """They are there, in that browser, and nowhere else any more."""
        one = Person(desk)
        body = {"current": one.password, "new": "neunundneunzig Ballons"}
        assert one.by_session("PUT", "/api/session/password", **body).status_code == 204
        assert one.enters() == (False, True)

    def test_ends_when_an_administrator_ends_all_sessions(self, desk: Served):
        """Tokens too: who took a browser over has made one."""
        one = Person(desk)
        assert desk.as_user("admin").delete(f"/api/people/{one.id}/sessions").status_code == 204
        assert one.enters() == (False, False)

    @pytest.mark.parametrize(("asks", "left"), [("by_session", (False, True)), ("by_token", (True, False))])
    def test_ends_when_its_owner_ends_all_but_what_asks(self, desk: Served, asks: str, left: tuple[bool, bool]):
        """Whether a browser asks or a program."""
        one = Person(desk)
        assert getattr(one, asks)("DELETE", "/api/sessions").status_code == 204
        assert one.enters() == left

    def test_stays_ended_when_somebody_comes_back(self, desk: Served):
        """A link too, also one that has been used."""
        number, one = applied(desk), Person(desk, Role.CUSTOMER_APPROVER)
        phone = one.link(number)
        assert phone.answer().status_code == 200
        for active in (False, True):
            change_person(desk.engine, one.id, {"active": active})
        assert one.enters() == (False, False)
        assert phone.look().status_code == 404


class TestATokenThatWasMade:
    def test_in_a_session_ends_where_that_is_revoked(self, desk: Served):
        """And not where its owner only signs out: it is for a program that works on."""
        stolen, left = Person(desk), Person(desk)
        tokens = [made_by(one.by_session("POST", "/api/tokens", **TOKEN)) for one in (stolen, left)]
        assert stolen.by_token("DELETE", f"/api/sessions/{stolen.session}").status_code == 204
        assert left.by_session("DELETE", "/api/session").status_code == 204
        assert [opens(desk, token) for token in tokens] == [False, True]


class TestALinkThatWasAskedFor:
    def test_with_a_token_ends_with_that(self, desk: Served):
        """Whoever stole the token asked for it."""
        number, one = applied(desk), Person(desk, Role.CUSTOMER_APPROVER)
        phone = one.link(number)
        assert phone.look().status_code == 200
        (token,) = one.by_session("GET", "/api/tokens").json()["items"]
        assert one.by_session("DELETE", f"/api/tokens/{token['id']}").status_code == 204
        assert phone.look().status_code == 404

    def test_is_listed_for_its_owner_and_for_our_managers_and_revoked_by_its_owner(self, desk: Served):
        """Nobody sees what would open it."""
        number = applied(desk)
        phone = asked_for(desk, number)
        path = f"/api/tickets/{number}/approval-links"
        (own,) = desk.as_user("tech").get(path).json()["items"]
        assert (own["person"], own["department"], own["version"]) == ("tech", "technical", 1)
        assert desk.as_user("pm").get(path).json()["items"] == [own]
        assert desk.as_user("business").get(path).json()["items"] == []
        assert phone.path.removeprefix("/a/") not in str(own)
        for user, status in (("expert", 403), ("customer", 200), ("vendor", 403), ("auditor", 200)):
            assert desk.as_user(user).get(path).status_code == status, user
        # Who hands links over sees their own, and this is none.
        assert desk.as_user("engineer").get(path).json()["items"] == []
        assert desk.as_user("business").delete(f"{path}/{own['id']}").status_code == 404
        assert desk.as_user("pm").delete(f"{path}/{own['id']}").status_code == 404
        assert desk.as_user("tech").delete(f"{path}/{own['id']}").status_code == 204
        assert phone.look().status_code == 404
        (ended,) = desk.as_user("pm").get(path).json()["items"]
        assert ended["revoked_at"]

    def test_is_for_the_department_that_was_asked(self, desk: Served):
        """Who speaks for another one by now answers nothing with it."""
        number, one = applied(desk), Person(desk, Role.CUSTOMER_APPROVER)
        phone = one.link(number)
        change_person(desk.engine, one.id, {"department": "business"})
        assert phone.look().status_code == 404


class TestPeopleOfACustomer:
    def test_are_out_with_it_everywhere(self, desk: Served):
        """Tokens, browsers, passwords, attachments, for good; its ticket is worked on by ours."""
        customer, admin = f"c-{uuid.uuid4().hex[:12]}", desk.as_user("admin")
        admin.post("/api/customers", json={"id": customer, "name": "某公司"})
        admin.post(f"/api/customers/{customer}/contracts", json={"id": f"{customer}-1", "pack": "sitech"})
        number = str(desk.open(customer={"id": customer})["number"])
        one = Person(desk, Role.CUSTOMER_CONTACT)
        change_person(desk.engine, one.id, {"customers": (customer,)})
        one.token, opened = token_of(desk, one.id), session_of(desk, one.id)
        one.cookie = {"Cookie": f"zhishou_session={opened.renewed}", CSRF: opened.csrf}
        file = brought(desk, number, "engineer")
        assert one.by_token(path=f"/api/tickets/{number}").status_code == 200
        assert admin.patch(f"/api/customers/{customer}", json={"active": False} | desk.seen).status_code == 200
        assert one.enters() == (False, False)
        signs_in = {"user": one.id, "password": one.password}
        assert desk.stranger.post("/api/session", json=signs_in).status_code == 401
        assert one.by_token(path=f"/api/tickets/{number}/attachments/{file}").status_code == 401
        assert desk.command("engineer", number, "note", text="继续处理").status_code == 200
        assert admin.patch(f"/api/customers/{customer}", json={"active": True} | desk.seen).status_code == 200
        assert one.enters() == (False, False)
        assert desk.stranger.post("/api/session", json=signs_in).status_code == 200

    def test_who_act_for_another_too_see_that_ones_only(self, desk: Served):
        """And begin anew: what they had open showed both."""
        customer, admin = f"c-{uuid.uuid4().hex[:12]}", desk.as_user("admin")
        admin.post("/api/customers", json={"id": customer, "name": "某公司"})
        admin.post(f"/api/customers/{customer}/contracts", json={"id": f"{customer}-1", "pack": "sitech"})
        theirs, others = desk.open(customer={"id": customer})["number"], desk.open()["number"]
        one = Person(desk, Role.CUSTOMER_CONTACT)
        change_person(desk.engine, one.id, {"customers": (customer, "demo-sitech")})
        assert one.by_token(path=f"/api/tickets/{theirs}").status_code == 200
        admin.patch(f"/api/customers/{customer}", json={"active": False} | desk.seen)
        assert [one.by_token(path=f"/api/tickets/{number}").status_code for number in (theirs, others)] == [404, 200]

    def test_see_their_streams_end(self, desk: Served):
        """At once, however long they would have lasted."""
        customer, admin = f"c-{uuid.uuid4().hex[:12]}", desk.as_user("admin")
        admin.post("/api/customers", json={"id": customer, "name": "某公司"})
        one = Person(desk, Role.CUSTOMER_CONTACT)
        change_person(desk.engine, one.id, {"customers": (customer,)})
        headers = {"Authorization": f"Bearer {token_of(desk, one.id)}"}
        began = datetime.now(UTC)
        with desk.stranger.stream("GET", "/api/events", headers=headers) as stream:
            assert stream.headers["connection"] == "close"  # who waits for its end waits for nothing else
            lines = stream.iter_lines()
            assert next(lines).startswith(("event", "id", "data"))
            admin.patch(f"/api/customers/{customer}", json={"active": False} | desk.seen)
            for _ in lines:
                pass
        assert (datetime.now(UTC) - began).total_seconds() < PATIENCE_S

"""An administrator does not become an approver: by what somebody enters is changed by two."""

import uuid
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest

from domain.people.actors import Role
from store.access.identities import person_behind, person_with_email
from store.registry.confirmations import LASTS, lapse, waiting_for
from tests.security.newcomers import newcomer, session_of, token_of
from tests.served import Served


def asks(desk: Served, user: str, method: str, path: str, **body: object) -> httpx2.Response:
    headers = {"Authorization": f"Bearer {token_of(desk, user)}"}
    said = body | desk.seen if method == "PATCH" else body
    return desk.stranger.request(method, path, json=said or None, headers=headers)


def bound(desk: Served, admin: str, person: str) -> tuple[str, str]:
    """What an administrator asked for, and the provider's word in it."""
    subject = uuid.uuid4().hex
    asked = asks(desk, admin, "POST", f"/api/people/{person}/identities", provider="oidc", subject=subject)
    assert asked.status_code == 202, asked.text
    return f"/api/confirmations/{asked.json()['id']}", subject


def inbox(desk: Served, user: str) -> list[dict[str, Any]]:
    """What somebody was told of such changes, newest first."""
    items: list[dict[str, Any]] = asks(desk, user, "GET", "/api/inbox?limit=100").json()["items"]
    return [one for one in items if one["ticket"] is None]


class TestAnIdentityOfSomebodyElse:
    def test_stands_for_nobody_until_a_second_administrator_says_so(
        self, desk: Served, admins: tuple[str, str], approver: str
    ):
        """The first one's own yes is none."""
        first, second = admins
        waits, subject = bound(desk, first, approver)
        assert person_behind(desk.engine, "oidc", subject) is None
        refused = asks(desk, first, "POST", waits, decision="confirm")
        assert (refused.status_code, "另一位管理员" in refused.text) == (409, True)
        assert person_behind(desk.engine, "oidc", subject) is None
        assert asks(desk, second, "POST", waits, decision="confirm").status_code == 204
        found = person_behind(desk.engine, "oidc", subject)
        assert found is not None
        assert found.id == approver
        assert asks(desk, second, "POST", waits, decision="confirm").status_code == 404

    def test_stands_for_whoever_confirms_it_themselves_and_ends_their_other_sessions(
        self, desk: Served, admins: tuple[str, str], approver: str
    ):
        """They see what waits about them, and nobody else of their kind does."""
        waits, subject = bound(desk, admins[0], approver)
        opened = session_of(desk, approver)
        other = newcomer(desk, Role.CUSTOMER_APPROVER)
        assert asks(desk, other, "GET", "/api/confirmations").json()["items"] == []
        assert asks(desk, other, "POST", waits, decision="confirm").status_code == 404
        (shown,) = asks(desk, approver, "GET", "/api/confirmations").json()["items"]
        assert (shown["asked_by"], shown["subject"]) == (None, subject), "who of ours asked is not told outside"
        assert asks(desk, approver, "POST", waits, decision="confirm").status_code == 204
        assert person_behind(desk.engine, "oidc", subject) is not None
        cookie = {"Cookie": f"zhishou_session={opened.renewed}"}
        assert desk.stranger.get("/api/session", headers=cookie).status_code == 401

    def test_is_refused_by_anybody_whom_it_concerns(self, desk: Served, admins: tuple[str, str], approver: str):
        """And taken back by who asked."""
        for who in (*admins, approver):
            waits, subject = bound(desk, admins[0], approver)
            assert asks(desk, who, "POST", waits, decision="refuse").status_code == 204
            assert person_behind(desk.engine, "oidc", subject) is None

    def test_is_not_confirmed_by_another_account_of_the_same_administrator(
        self, desk: Served, admins: tuple[str, str], approver: str
    ):
        """Persons are compared, not accounts."""
        first, second = admins
        assert asks(desk, "admin", "PATCH", f"/api/people/{second}", same_as=first).status_code == 200
        waits, subject = bound(desk, first, approver)
        assert asks(desk, second, "POST", waits, decision="confirm").status_code == 409
        assert person_behind(desk.engine, "oidc", subject) is None

    @pytest.mark.parametrize("ends", [{"active": False}, {"role": "engineer"}])
    def test_is_not_confirmed_once_who_asked_is_no_administrator(
        self, desk: Served, admins: tuple[str, str], approver: str, ends: dict[str, Any]
    ):
        """What somebody began ends with their right to; one yes is none of two. It can be refused."""
        waits, (first, second) = bound(desk, admins[0], approver)[0], admins
        assert asks(desk, second, "PATCH", f"/api/people/{first}", **ends).status_code == 200
        for who in (second, approver):
            refused = asks(desk, who, "POST", waits, decision="confirm")
            assert (refused.status_code, "由管理员重新申请" in refused.text) == (409, True)
        assert asks(desk, second, "POST", waits, decision="refuse").status_code == 204

    def test_is_on_record(self, desk: Served, admins: tuple[str, str], approver: str):
        """Who asked, who said yes, and what came of it."""
        first, second = admins
        waits, _ = bound(desk, first, approver)
        asks(desk, second, "POST", waits, decision="confirm")
        lines = asks(desk, "auditor", "GET", f"/api/registry/changes?whom={approver}").json()["items"]
        told = [(line["kind"], line["action"], line["person"]) for line in reversed(lines)]
        for line in (
            ("confirmation", "added", first), ("confirmation", "changed", second), ("identity", "added", second),
        ):  # fmt: skip
            assert line in told


class TestWhomItConcerns:
    """The person, and each other administrator: once when it is asked for, and once how it ended."""

    @pytest.mark.parametrize("ends", ["confirm", "refuse"])
    def test_are_told_by_whom_it_was_asked_for_and_answered(
        self, desk: Served, admins: tuple[str, str], approver: str, ends: str
    ):
        """However often it is asked; people of a customer are not told the names of ours."""
        first, second = admins
        waits, subject = bound(desk, first, approver)
        again = asks(desk, first, "POST", f"/api/people/{approver}/identities", provider="oidc", subject=subject)
        assert again.status_code == 202
        (to_person,) = inbox(desk, approver)
        assert (to_person["title"], to_person["grounds"]["whom"]) == (
            "请核对：有人申请为您绑定外部登录账号",
            "concerned",
        )
        assert "我方管理员申请为您" in to_person["text"]
        assert first not in to_person["text"]
        assert to_person["action"]
        (to_second,) = (one for one in inbox(desk, second) if approver in one["title"])
        assert f"管理员{first}申请为{approver}绑定外部登录账号" in to_second["text"]
        assert not [one for one in inbox(desk, first) if approver in one["title"]]
        assert asks(desk, second, "POST", waits, decision=ends).status_code == 204
        done, before = inbox(desk, approver)
        assert before["id"] == to_person["id"]
        assert (
            done["title"] == {"confirm": "已为您绑定外部登录账号", "refuse": "为您绑定外部登录账号的申请已被拒绝"}[ends]
        )
        assert "另一位管理员" in done["text"]
        (to_first,) = (one for one in inbox(desk, first) if approver in one["title"])
        assert f"管理员{second}" in to_first["text"]
        assert len([one for one in inbox(desk, second) if approver in one["title"]]) == 1

    def test_are_told_what_the_person_answered_themselves(self, desk: Served, admins: tuple[str, str], approver: str):
        """Who need not be told of that."""
        waits, _ = bound(desk, admins[0], approver)
        assert asks(desk, approver, "POST", waits, decision="confirm").status_code == 204
        assert len(inbox(desk, approver)) == 1
        for admin in admins:
            newest = next(one for one in inbox(desk, admin) if approver in one["title"])
            assert (newest["title"], "已由本人确认" in newest["text"]) == (f"已为{approver}绑定外部登录账号", True)

    def test_are_told_when_nobody_answered_in_time(self, desk: Served, admins: tuple[str, str], approver: str):
        """Once, by whoever watches; then nothing is left to answer."""
        waits, _ = bound(desk, admins[0], approver)
        (asked,) = waiting_for(desk.engine, approver, datetime.now(UTC))
        lapse(desk.engine, asked.expires_at - LASTS)
        assert len(inbox(desk, approver)) == 1
        for _ in range(2):
            lapse(desk.engine, asked.expires_at)
        lapsed, _ = inbox(desk, approver)
        assert lapsed["title"] == "为您绑定外部登录账号的申请已作废"
        (to_first,) = (one for one in inbox(desk, admins[0]) if approver in one["title"])
        assert "请重新申请" in to_first["text"]
        assert asks(desk, admins[1], "POST", waits, decision="confirm").status_code == 404


class TestAnIdentityThatIsTakenAway:
    def test_takes_one_administrator_and_is_told_to_whom_it_concerns(
        self, desk: Served, admins: tuple[str, str], approver: str
    ):
        """It opens nothing to anybody; who was let in by it is out at once, and hears of it."""
        first, second = admins
        waits, subject = bound(desk, first, approver)
        assert asks(desk, second, "POST", waits, decision="confirm").status_code == 204
        path = f"/api/people/{approver}/identities/oidc/{subject}"
        assert [asks(desk, first, "DELETE", path).status_code for _ in range(2)] == [204, 404]
        assert person_behind(desk.engine, "oidc", subject) is None
        taken, _, _ = inbox(desk, approver)
        assert (taken["title"], "我方管理员已为您解绑" in taken["text"]) == ("已为您解绑外部登录账号", True)
        newest = next(one for one in inbox(desk, second) if approver in one["title"])
        assert newest["text"] == f"管理员{first}已为{approver}解绑外部登录账号，立即生效。"


class TestTheMailOfSomebodyElse:
    def test_is_another_once_a_second_says_so(self, desk: Served, admins: tuple[str, str], approver: str):
        """Until then messages go where they went."""
        first, second = admins
        mail = f"{uuid.uuid4().hex}@example.com"
        changed = asks(desk, first, "PATCH", f"/api/people/{approver}", email=mail).json()
        assert (changed["email"], changed["awaits"]) == (None, mail)
        assert person_with_email(desk.engine, "oidc", mail) is None
        (waits,) = asks(desk, approver, "GET", "/api/confirmations").json()["items"]
        assert asks(desk, second, "POST", f"/api/confirmations/{waits['id']}", decision="confirm").status_code == 204
        assert asks(desk, first, "GET", f"/api/people/{approver}").json()["email"] == mail
        assert person_with_email(desk.engine, "oidc", mail) is not None

    def test_that_is_removed_is_told_to_whom_it_concerns(self, desk: Served, admins: tuple[str, str], approver: str):
        """It takes one alone, and nobody can be written to any more: the inbox says so, and the record."""
        first, second = admins
        mail = f"{uuid.uuid4().hex}@example.com"
        asks(desk, first, "PATCH", f"/api/people/{approver}", email=mail)
        (waits,) = asks(desk, approver, "GET", "/api/confirmations").json()["items"]
        assert asks(desk, second, "POST", f"/api/confirmations/{waits['id']}", decision="confirm").status_code == 204
        for _ in range(2):
            assert asks(desk, first, "PATCH", f"/api/people/{approver}", email=None).json()["email"] is None
        taken, *before = inbox(desk, approver)
        assert (taken["title"], "我方管理员已为您移除邮箱" in taken["text"]) == ("已为您移除邮箱", True)
        assert taken["title"] not in {one["title"] for one in before}
        newest = next(one for one in inbox(desk, second) if approver in one["title"])
        assert newest["text"] == f"管理员{first}已为{approver}移除邮箱，立即生效。"
        lines = asks(desk, "auditor", "GET", f"/api/registry/changes?whom={approver}&kind=person").json()["items"]
        assert [line["person"] for line in lines if line["before"].get("email") == mail] == [first]

    def test_of_somebody_new_lets_nobody_enter_until_a_second_gives_the_same(
        self, desk: Served, admins: tuple[str, str]
    ):
        """Else an administrator would make an approver and enter as them."""
        first, second = admins
        who, mail = f"n-{uuid.uuid4().hex[:12]}", f"{uuid.uuid4().hex}@example.com"
        new = {"id": who, "name": who, "role": "engineer", "email": mail}
        assert asks(desk, first, "POST", "/api/people", **new).status_code == 201
        assert person_with_email(desk.engine, "oidc", mail) is None
        assert asks(desk, first, "PATCH", f"/api/people/{who}", email=mail).status_code == 200
        assert person_with_email(desk.engine, "oidc", mail) is None
        assert asks(desk, second, "PATCH", f"/api/people/{who}", email=mail).status_code == 200
        assert person_with_email(desk.engine, "oidc", mail) is not None


class TestAnApproversAccountThatIsCalledOnesOwn:
    """Which accounts are one person's an administrator says alone; it takes rights away and gives none."""

    def test_lets_no_administrator_in_alone(self, desk: Served, admins: tuple[str, str], approver: str):
        """Linked with it, they bind no identity, give no mail and name no deputy of it, and its owner hears of each."""
        first, _ = admins
        assert asks(desk, first, "PATCH", f"/api/people/{approver}", same_as=first).status_code == 200
        waits, subject = bound(desk, first, approver)
        assert asks(desk, first, "POST", waits, decision="confirm").status_code == 409
        assert person_behind(desk.engine, "oidc", subject) is None
        mail = f"{uuid.uuid4().hex}@example.com"
        changed = asks(desk, first, "PATCH", f"/api/people/{approver}", email=mail).json()
        assert (changed["email"], changed["awaits"]) == (None, mail)
        *_, linked = told = inbox(desk, approver)
        assert (len(told), f"({first})" in linked["title"]) == (3, True)
        deputy = {"approver": approver, "deputy": "customer", "ends_on": "2099-01-01"}
        named = asks(desk, first, "POST", "/api/customers/demo-sitech/deputies", **deputy)
        assert "evidence" in {error["field"] for error in named.json()["errors"]}

    def test_is_not_confirmed_for_by_another_account(self, desk: Served, admins: tuple[str, str], approver: str):
        """The administrator may have that one too, and not have said so."""
        first, second = admins
        other = newcomer(desk, Role.ENGINEER)
        assert asks(desk, first, "PATCH", f"/api/people/{approver}", same_as=other).status_code == 200
        waits, subject = bound(desk, first, approver)
        assert asks(desk, other, "GET", "/api/confirmations").json()["items"] == []
        assert asks(desk, other, "POST", waits, decision="confirm").status_code == 404
        assert person_behind(desk.engine, "oidc", subject) is None
        assert asks(desk, second, "POST", waits, decision="confirm").status_code == 204


class TestAnAccountIntoWhichSomebodyHasAWay:
    @pytest.mark.parametrize(
        ("was", "role"), [(Role.ENGINEER, "customer_approver"), (Role.CUSTOMER_APPROVER, "engineer")]
    )
    def test_does_not_change_sides(self, desk: Served, admins: tuple[str, str], was: Role, role: str):
        """The administrator may have it themselves, and would be an approver; a new account takes two to enter."""
        one = newcomer(desk, was)
        theirs = {"customers": ["demo-sitech"], "department": "technical"}
        of_nobody: dict[str, Any] = {"customers": [], "department": None}
        fields = theirs if was is Role.ENGINEER else of_nobody
        refused = asks(desk, admins[0], "PATCH", f"/api/people/{one}", role=role, **fields)
        assert (refused.status_code, "另建新账号" in refused.text) == (409, True), refused.text

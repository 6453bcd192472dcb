"""What a token lets its program do: the person's rights, cut to the token's scopes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from store.access.scopes import Scope
from store.access.tokens import issue
from tests.served import Served


def ask(desk: Served, user: str, scopes: tuple[str, ...], method: str, path: str, body: Any = None) -> httpx2.Response:
    """A request of a program with a token of these scopes."""
    token = issue(desk.engine, user, name="test", lasts=timedelta(days=2), now=datetime.now(UTC), scopes=scopes)
    return desk.stranger.request(method, path, json=body, headers={"Authorization": f"Bearer {token}"})


def operations(desk: Served) -> list[tuple[str, str, dict[str, Any]]]:
    """Every operation, and what it asks of its caller."""
    paths = desk.stranger.get("/openapi.json").json()["paths"]
    return [(method, path, one["x-permission"]) for path, methods in paths.items() for method, one in methods.items()]


class TestAScope:
    def test_is_asked_of_every_operation_that_its_word_stands_for(self, desk: Served):
        """Cell by cell: with every other scope the answer is 403, whatever else is wrong with the request."""
        users = (
            ("auditor", Scope.READ),
            ("hotline", Scope.OPEN),
            ("engineer", Scope.COMMAND),
            ("admin", Scope.ADMINISTER),
            ("duty", Scope.WALL),
            ("hotline", Scope.TELEPHONE),
        )
        asked = [one for one in operations(desk) if one[2]["scope"]]
        assert {permission["scope"] for _, _, permission in asked} == set(Scope)
        for user, scope in users:
            role = desk.as_user(user).get("/api/session").json()["role"]
            others = tuple(word for word in Scope if word not in {scope, Scope.ALL})
            for method, path, permission in asked:
                if role in permission["roles"] and permission["scope"] == scope:
                    answer = ask(desk, user, others, method, path.replace("{", "").replace("}", ""))
                    assert (answer.status_code, scope in answer.json()["detail"]) == (403, True), (method, path)

    @pytest.mark.parametrize(("scopes", "status"), [(("read",), 200), (("all",), 200), (("open", "command"), 403)])
    def test_read_opens_what_the_role_may_read(self, desk: Served, scopes: tuple[str, ...], status: int):
        """And nothing that changes a ticket."""
        assert ask(desk, "engineer", scopes, "GET", "/api/tickets").status_code == status

    def test_gives_no_right_that_the_role_does_not_have(self, desk: Served):
        """Scopes only take away."""
        assert ask(desk, "engineer", ("all",), "GET", "/api/people/pm/tokens").status_code == 403
        assert ask(desk, "admin", ("all",), "GET", "/api/tickets").status_code == 403

    @pytest.mark.parametrize(
        ("user", "scopes", "opens"),
        [
            ("duty", ("wall",), {"/api/wall": 200}),
            ("hotline", ("telephone",), {"/api/cti/calls": 422}),
            ("hotline", ("wall", "telephone"), {"/api/wall": 200, "/api/cti/calls": 422}),
        ],
    )
    def test_of_one_thing_opens_that_and_nothing_else(
        self, desk: Served, user: str, scopes: tuple[str, ...], opens: dict[str, int]
    ):
        """It lies on a screen in a room, or in a telephone system, for months: not even whose it is is told, nor is
        another made with it.
        """
        for method, path, permission in operations(desk):
            if permission["name"] == "public":
                continue
            answer = ask(desk, user, scopes, method, path.replace("{", "").replace("}", ""))
            assert answer.status_code == opens.get(path, 403), (method, path)

    def test_is_told_to_whoever_holds_the_token(self, desk: Served):
        """Whatever it is."""
        answer = ask(desk, "engineer", ("open",), "GET", "/api/session")
        assert (answer.status_code, answer.json()["scopes"]) == (200, ["open"])


class TestAToken:
    def test_is_made_by_its_owner_and_shown_once(self, desk: Served):
        """The list has everything but what opens something."""
        me = desk.as_user("pm")
        made = me.post("/api/tokens", json={"name": "接口", "scopes": ["read", "command"], "days": 0})
        assert [error["field"] for error in made.json()["errors"]] == ["days"]
        session = {"name": "接口", "scopes": ["read", "command"], "days": 1}
        answer = ask(desk, "pm", ("all",), "POST", "/api/tokens", session)
        assert answer.status_code == 201, answer.text
        token, id_ = answer.json()["token"], answer.json()["id"]
        shown = me.get("/api/tokens")
        assert token not in shown.text
        (item,) = (item for item in shown.json()["items"] if item["id"] == id_)
        assert (item["name"], item["scopes"]) == ("接口", ["read", "command"])
        bearer = {"Authorization": f"Bearer {token}"}
        assert desk.stranger.get("/api/tickets", headers=bearer).status_code == 200
        assert me.delete(f"/api/tokens/{id_}").status_code == 204
        assert desk.stranger.get("/api/tickets", headers=bearer).status_code == 401

    @pytest.mark.parametrize("field", ["person", "user", "role", "person_id", "expires_at", "parent_id", "id", "hash"])
    def test_takes_no_field_of_another(self, desk: Served, field: str):
        """CVE-2021-42086: nobody becomes anybody by sending more than was asked for."""
        body = {"name": "x", "scopes": ["read"], "days": 1, field: "admin"}
        answer = desk.as_user("pm").post("/api/tokens", json=body)
        assert [error["field"] for error in answer.json()["errors"]] == [field]

    @pytest.mark.parametrize("wanted", [["all"], ["read", "command"], ["administer"]])
    def test_makes_none_that_may_do_more_than_itself(self, desk: Served, wanted: list[str]):
        """However it is asked; what it has itself it may pass on."""
        body = {"name": "x", "scopes": wanted, "days": 1}
        assert ask(desk, "pm", ("read", "open"), "POST", "/api/tokens", body).status_code == 403
        passed_on = {"name": "x", "scopes": ["read"], "days": 1}
        assert ask(desk, "pm", ("read", "open"), "POST", "/api/tokens", passed_on).status_code == 201

    def test_makes_none_that_outlasts_it(self, desk: Served):
        """A stolen token does not renew itself."""
        answer = ask(desk, "pm", ("all",), "POST", "/api/tokens", {"name": "x", "scopes": ["read"], "days": 3})
        assert [error["field"] for error in answer.json()["errors"]] == ["days"]

    def test_of_others_is_seen_and_revoked_by_administrators(self, desk: Served):
        """Who never make one for somebody else."""
        issue(desk.engine, "vendor", name="厂家接口", lasts=timedelta(days=1), now=datetime.now(UTC))
        admin = desk.as_user("admin")
        items = admin.get("/api/people/vendor/tokens").json()["items"]
        (id_,) = (item["id"] for item in items if item["name"] == "厂家接口")
        assert admin.post("/api/people/vendor/tokens", json={}).status_code == 405
        assert admin.delete(f"/api/people/pm/tokens/{id_}").status_code == 404
        assert admin.delete(f"/api/people/vendor/tokens/{id_}").status_code == 204
        assert admin.get("/api/people/vendor/tokens").json()["items"] == []

    def test_of_somebody_else_does_not_exist_for_the_others(self, desk: Served):
        """Its id is no secret, so it must not be a key."""
        issue(desk.engine, "stock", name="库房", lasts=timedelta(days=1), now=datetime.now(UTC))
        (id_,) = (
            item["id"] for item in desk.as_user("stock").get("/api/tokens").json()["items"] if item["name"] == "库房"
        )
        assert desk.as_user("pm").delete(f"/api/tokens/{id_}").status_code == 404


class TestAnIdentity:
    def test_is_bound_and_unbound_by_administrators(self, desk: Served):
        """A provider's word may hold anything; it stands for one person at a time."""
        admin, subject = desk.as_user("admin"), "auth0|a/b c"
        body = {"provider": "oidc", "subject": subject}
        assert desk.as_user("pm").post("/api/people/pm/identities", json=body).status_code == 403
        assert [admin.post("/api/people/pm/identities", json=body).status_code for _ in range(2)] == [202, 202]
        (waits,) = desk.as_user("pm").get("/api/confirmations").json()["items"]
        confirmed = desk.as_user("pm").post(f"/api/confirmations/{waits['id']}", json={"decision": "confirm"})
        assert confirmed.status_code == 204
        assert admin.post("/api/people/pm/identities", json=body).status_code == 204
        taken = admin.post("/api/people/duty/identities", json=body)
        assert [error["field"] for error in taken.json()["errors"]] == ["subject"]
        (item,) = admin.get("/api/people/pm/identities").json()["items"]
        assert (item["subject"], item["bound_by"]) == (subject, "admin")
        assert admin.delete("/api/people/duty/identities/oidc/auth0%7Ca%2Fb%20c").status_code == 404
        assert admin.delete("/api/people/pm/identities/oidc/auth0%7Ca%2Fb%20c").status_code == 204
        assert admin.get("/api/people/pm/identities").json()["items"] == []

    def test_of_a_provider_that_does_not_exist_is_refused(self, desk: Served):
        """The valid ones are named."""
        answer = desk.as_user("admin").post("/api/people/pm/identities", json={"provider": "x", "subject": "y"})
        assert (answer.status_code, "wecom" in answer.json()["detail"]) == (422, True)

    @pytest.mark.parametrize("person", ["nobody", "%00", "a%2Fb"])
    def test_of_nobody_is_not_found(self, desk: Served, person: str):
        """Whatever the address holds."""
        admin = desk.as_user("admin")
        assert admin.get(f"/api/people/{person}/identities").status_code == 404
        assert admin.delete(f"/api/people/{person}/sessions").status_code == 404
        assert admin.delete(f"/api/people/{person}/identities/oidc/%00").status_code == 404
        body = {"provider": "oidc", "subject": "y"}
        assert admin.post(f"/api/people/{person}/identities", json=body).status_code == 404

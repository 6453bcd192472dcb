"""Who is in charge, over HTTP: taken, taken by acting, and given to those alone who could act."""

from typing import Any

import pytest

from tests.served import Served


def ticket(desk: Served, number: str) -> dict[str, Any]:
    shown: dict[str, Any] = desk.as_user("pm").get(f"/api/tickets/{number}").json()
    return shown


class TestTaking:
    def test_names_who_was_in_charge(self, desk: Served):
        number = desk.open(level="B")["number"]
        assert desk.command("engineer", number, "take").status_code == 200
        answer = desk.command("engineer2", number, "take", text="我离现场近")
        assert answer.json()["happening"] == "taken"
        assert ticket(desk, number)["assignee"] == "engineer2"
        again = desk.command("engineer2", number, "take")
        assert (again.status_code, again.json()["reason"]) == (409, "already_yours")

    def test_happens_by_the_first_act(self, desk: Served):
        number = desk.open(level="B")["number"]
        answer = desk.command("engineer", number, "respond", text="已联系")
        assert answer.json()["happening"] == "responded"
        lines = desk.as_user("auditor").get(f"/api/tickets/{number}/timeline").json()["items"]
        (taken,) = (line for line in lines if line["happening"] == "taken")
        assert (taken["actor"]["id"], taken["data"]["by_itself"]) == ("engineer", True)
        assert taken["seq"] == answer.json()["seq"] + 1


class TestWorkIsGiven:
    @pytest.mark.parametrize(
        "to", ["supervisor", "hotline", "stock", "leader", "commercial", "vendor", "customer", "x"]
    )
    @pytest.mark.parametrize(("kind", "more"), [("dispatch", {}), ("reassign", {"reason": "换人"})])
    def test_to_nobody_who_could_not_act(self, desk: Served, to: str, kind: str, more: dict[str, str]):
        number = desk.open(level="B")["number"]
        answer = desk.command("pm", number, kind, to=to, **more)
        assert answer.status_code == 422
        assert [error["field"] for error in answer.json()["errors"]] == ["data.to"]

    def test_to_nobody_who_has_it(self, desk: Served):
        """Nobody is told again."""
        number = desk.open(level="B")["number"]
        assert desk.command("engineer", number, "take").status_code == 200
        before = len(desk.as_user("customer").get("/api/inbox?limit=500").json()["items"])
        answer = desk.command("hotline", number, "reassign", to="engineer", reason="再派一次")
        assert (answer.status_code, answer.json()["reason"]) == (409, "already_theirs")
        assert len(desk.as_user("customer").get("/api/inbox?limit=500").json()["items"]) == before

    def test_by_who_has_it_to_whoever_is_on_duty_or_next(self, desk: Served):
        """Called away, they hand it over: the taker and the project manager hear why."""
        number = desk.open(level="B")["number"]
        answer = desk.command("engineer", number, "reassign", to="engineer2", reason="去另一现场")
        assert (answer.status_code, answer.json()["reason"]) == (409, "not_yours")
        assert desk.command("engineer", number, "take").status_code == 200
        resting = {"id": "resting", "name": "休假工程师", "role": "engineer"}
        assert desk.as_user("admin").post("/api/people", json=resting).status_code == 201
        answer = desk.command("engineer", number, "reassign", to="resting", reason="去另一现场")
        assert (answer.status_code, answer.json()["reason"]) == (409, "off_duty")
        answer = desk.command("engineer", number, "reassign", to="engineer2", reason="去另一现场")
        assert answer.status_code == 200, answer.text
        assert ticket(desk, number)["assignee"] == "engineer2"
        for who in ("engineer2", "pm"):
            told = desk.as_user(who).get("/api/inbox?limit=500").json()["items"]
            assert any(one["ticket"] == number and "去另一现场" in one["text"] for one in told), who
        assert desk.command("engineer2", number, "unassign", reason="家中有急事").status_code == 200
        assert ticket(desk, number)["assignee"] is None

    def test_by_a_dispatch_without_changing_who_is_in_charge(self, desk: Served):
        number = desk.open(level="B")["number"]
        assert desk.command("engineer", number, "take").status_code == 200
        assert desk.command("hotline", number, "dispatch", to="engineer2").status_code == 200
        assert ticket(desk, number)["assignee"] == "engineer"
        listed = desk.as_user("hotline").get("/api/colleagues?limit=500").json()["items"]
        assert {one["role"] for one in listed} == {"engineer", "expert", "project_manager", "duty_manager"}

"""Merging over HTTP: who may, what is refused, and what everybody sees of two reports of one fault."""

import time
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from store.queries.hands import hands
from tests.patience import PATIENCE_S
from tests.served import Served

AGAIN = {"name": "赵工", "phone": "13700000000"}


def two(desk: Served, **later: Any) -> tuple[str, str]:
    """A report, and another of the same fault."""
    since = (datetime.now(UTC) - timedelta(minutes=2)).isoformat()
    first = str(desk.open("sitech", level="B", received_at=since)["number"])
    return first, str(desk.open("sitech", **({"level": "B", "contact": AGAIN} | later))["number"])


def merge(desk: Served, number: str, into: str, who: str = "hotline", command_id: str | None = None) -> httpx2.Response:
    return desk.command(who, number, "merge", command_id=command_id, into=into)


def shown(desk: Served, number: str, who: str = "pm") -> dict[str, Any]:
    document: dict[str, Any] = desk.as_user(who).get(f"/api/tickets/{number}").json()
    return document


class TestTwoReportsOfOneFault:
    def test_are_one_ticket_for_everybody(self, desk: Served):
        first, later = two(desk)
        answer = merge(desk, later, f" {first.lower()} ")
        assert (answer.status_code, answer.json()["happening"]) == (200, "merged"), answer.text
        for who in ("pm", "customer"):
            ended, goes_on = shown(desk, later, who), shown(desk, first, who)
            assert (ended["stage"], ended["ended_as"], ended["merged_into"]) == ("closed", "merged", first)
            assert (goes_on["merged_from"], goes_on["other_contacts"]) == ([later], [AGAIN])
        items = desk.as_user("pm").get("/api/tickets", params={"text": AGAIN["phone"], "limit": "500"}).json()["items"]
        assert {first, later} <= {each["number"] for each in items}
        timeline = desk.as_user("customer").get(f"/api/tickets/{first}/timeline?limit=500").json()["items"]
        assert [line["data"] for line in timeline if line["happening"] == "merged_in"] == [
            {"from": later, "contact": AGAIN}
        ]
        obligations = desk.as_user("pm").get(f"/api/tickets/{later}/obligations").json()["items"]
        assert {(each["state"], each["reason"]) for each in obligations} == {("cancelled", "merged")}

    def test_are_told_to_owner_and_contact(self, desk: Served):
        first, later = two(desk)
        for number in (first, later):
            assert desk.command("engineer", number, "take").status_code == 200
        assert merge(desk, later, first).status_code == 200
        told = messages(desk, "customer", later)
        assert first in told["merged"]["title"]
        assert first in messages(desk, "engineer", later)["merged"]["action"]
        assert AGAIN["phone"] in messages(desk, "engineer", first)["merged_in"]["text"]

    def test_a_note_on_the_later_one_reaches_whoever_goes_on(self, desk: Served):
        first, later = two(desk)
        assert desk.command("engineer", first, "take").status_code == 200
        assert merge(desk, later, first).status_code == 200
        assert not any("负责" in each["title"] for each in messages(desk, "customer", later).values())
        assert desk.command("customer", later, "note", text="又断了").status_code == 409
        for who in ("engineer", "hotline"):
            told = messages(desk, who, later, "command_refused")["command_refused"]
            assert first in told["title"], who
            assert first in told["action"], who

    def test_the_other_contact_is_on_record_for_what_they_say_by_telephone(self, desk: Served):
        first, later = two(desk)
        assert merge(desk, later, first).status_code == 200
        said = {"name": AGAIN["name"], "channel": "phone"}
        assert desk.command("hotline", first, "grant_remote", scope="主机", on_behalf=said).status_code == 200
        timeline = desk.as_user("pm").get(f"/api/tickets/{first}/timeline?limit=500").json()["items"]
        granted = next(line for line in timeline if line["happening"] == "remote_granted")
        assert granted["data"]["on_behalf"]["on_record"] is True

    def test_bring_along_who_worked_on_the_later_one(self, desk: Served):
        first, later = two(desk)
        last = str(desk.open("sitech", level="B", contact=AGAIN)["number"])
        assert desk.command("engineer2", last, "take").status_code == 200
        assert merge(desk, last, later).status_code == 200
        assert desk.command("engineer", later, "request_remote", scope="主机", text="查看日志").status_code == 200
        found = hands(desk.engine, later)
        assert (found["handlers"], found["askers"]) == (["engineer", "engineer2"], ["engineer"])
        assert {"engineer", "engineer2", "hotline"} <= set(found["workers"])
        assert merge(desk, later, first).status_code == 200

    def test_repeated_it_is_one_decision(self, desk: Served):
        first, later = two(desk)
        command_id = str(uuid.uuid4())
        answers = [merge(desk, later, first, command_id=command_id).json() for _ in range(2)]
        assert answers[0] == answers[1]
        other = merge(desk, later, first)
        assert (other.status_code, other.json()["reason"]) == (409, "closed")
        assert first in other.json()["detail"]

    def test_counts_as_one(self, desk: Served):
        before = desk.as_user("pm").get("/api/counts").json()["stages"]["closed"]
        first, later = two(desk)
        assert merge(desk, later, first).status_code == 200
        assert desk.as_user("pm").get("/api/counts").json()["stages"]["closed"] == before


class TestWhatIsRefused:
    def test_by_role(self, desk: Served):
        first, later = two(desk)
        for who in ("engineer", "expert", "commercial", "customer", "leader", "supervisor"):
            assert merge(desk, later, first, who).status_code == 403, who

    @pytest.mark.parametrize("into", ["22222222", "x"])
    def test_into_what_does_not_exist(self, desk: Served, into: str):
        _, later = two(desk)
        wrong = merge(desk, later, into)
        assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "data.into")

    def test_into_itself(self, desk: Served):
        _, later = two(desk)
        wrong = merge(desk, later, later)
        assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "data.into")

    def test_into_the_later_one(self, desk: Served):
        first, later = two(desk)
        refused = merge(desk, first, later)
        assert (refused.status_code, refused.json()["reason"]) == (409, "received_first")

    def test_into_one_that_is_closed(self, desk: Served):
        first, later = two(desk)
        assert desk.command("duty", first, "discard", reason="误开").status_code == 200
        refused = merge(desk, later, first)
        assert (refused.status_code, refused.json()["reason"]) == (409, "other_closed")
        assert desk.command("engineer", later, "respond", text="已联系").status_code == 200

    def test_under_another_contract(self, desk: Served):
        first, later = two(desk, customer={"name": "来电单位"})
        refused = merge(desk, later, first)
        assert (refused.status_code, refused.json()["reason"]) == (409, "not_one_contract")
        assert "identify" in refused.json()["detail"]
        assert desk.command("hotline", later, "identify", customer="demo-sitech").status_code == 200
        assert merge(desk, later, first).status_code == 200

    def test_the_graver_one(self, desk: Served):
        first, later = two(desk, level="A")
        assert merge(desk, later, first).json()["reason"] == "graver_than_the_other"

    def test_while_something_runs(self, desk: Served):
        first, later = two(desk)
        assert desk.command("engineer", later, "request_part", text="电源").status_code == 200
        refused = merge(desk, later, first)
        assert (refused.status_code, refused.json()["reason"]) == (409, "something_runs")

    def test_the_systems_own_word(self, desk: Served):
        first, later = two(desk)
        for who in ("pm", "hotline", "admin"):
            answer = desk.command(who, first, "merge_in", **{"from": later})
            assert answer.status_code in {403, 404, 422}, who


def messages(desk: Served, who: str, number: str, *of: str) -> dict[str, dict[str, Any]]:
    """What somebody was told of a ticket, by what happened; once the merging has come."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        items = desk.as_user(who).get("/api/inbox?limit=500").json()["items"]
        told = {each["happening"]: each for each in items if each["ticket"] == number}
        if set(of or ("merged", "merged_in")) & told.keys():
            return told
        time.sleep(0.2)
    raise AssertionError(f"{who} was not told")

"""A beginning and an end over HTTP: what follows, legs, mistakes, appointments, customers who are not satisfied."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.served import Served, report

DONE = {"summary": "更换电源模块后恢复运行"}


def shown(desk: Served, number: str, who: str = "pm") -> dict[str, Any]:
    document: dict[str, Any] = desk.as_user(who).get(f"/api/tickets/{number}").json()
    return document


def happened(desk: Served, number: str, who: str) -> list[str]:
    lines = desk.as_user(who).get(f"/api/tickets/{number}/timeline?limit=500").json()["items"]
    return [line["happening"] for line in lines]


def does(desk: Served, who: str, number: str, kind: str, **data: Any) -> None:
    answer = desk.command(who, number, kind, **data)
    assert answer.status_code == 200, answer.text


def closed(desk: Served, pack: str = "sitech", level: str = "D") -> str:
    """A ticket that an engineer solved and the customer confirmed."""
    number = str(desk.open(pack, level=level)["number"])
    does(desk, "engineer", number, "resolve", **DONE)
    does(desk, "customer", number, "confirm")
    assert shown(desk, number)["stage"] == "closed"
    return number


class TestATicketThatFollowsAnother:
    def test_is_shown_on_both_and_proposes_the_engineer_who_had_it(self, desk: Served):
        """002-04: the same problem has a fixed engineer; whom we plan to send is ours to know."""
        before = closed(desk)
        number = str(desk.open(level="D", follows=f" {before.lower()} ")["number"])
        ours = shown(desk, number)
        assert (ours["follows"], ours["proposed_engineer"]) == (before, "engineer")
        assert shown(desk, before)["followed_by"] == [number]
        theirs = shown(desk, number, "customer")
        assert theirs["follows"] == before
        assert "proposed_engineer" not in theirs
        assert shown(desk, before, "customer")["followed_by"] == [number]
        does(desk, "engineer2", number, "take")
        assert shown(desk, number)["proposed_engineer"] is None

    def test_comes_after_one_that_is_closed(self, desk: Served):
        is_open = str(desk.open(level="D")["number"])
        wrong = desk.post_ticket(report("sitech", level="D", follows=is_open))
        assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "follows")

    def test_is_of_the_same_customer(self, desk: Served):
        before = closed(desk)
        for of in ({"pack": "fuao", "level": "regular"}, {"pack": "sitech", "level": "D", "customer": {"name": "甲"}}):
            wrong = desk.post_ticket(report(str(of.pop("pack")), **of, follows=before))
            assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "follows")
        assert desk.post_ticket(report("sitech", level="D", follows="22222222")).status_code == 422


class TestLegs:
    def test_are_shown_with_who_and_when_as_far_as_the_viewer_may_see(self, desk: Served):
        number = str(desk.open(level="A")["number"])
        for who, kind, data in (
            ("customer", "grant_remote", {"scope": "核心交换机"}),
            ("engineer", "request_part", {"text": "电源模块"}),
            ("customer", "refuse_part", {"reason": "自备"}),
            ("engineer", "request_part", {"text": "风扇"}),
            ("engineer", "request_consultation", {"text": "会诊"}),
            ("engineer", "open_vendor_case", {"vendor": "vendor", "text": "支援"}),
            ("engineer", "resolve", DONE),
        ):
            does(desk, who, number, kind, **data)
        ours = legs(desk, number, "pm")
        assert ours["remote_access", None] == ["remote_granted", "grant_ended"]
        assert ours["part", "P1"] == ["part_requested", "part_refused"]
        assert ours["part", "P2"] == ["part_requested"]
        assert {("consultation", "E1"), ("vendor_case", "V1")} <= ours.keys()
        theirs = legs(desk, number, "customer")
        assert {("remote_access", None), ("part", "P1")} <= theirs.keys()
        assert not {leg for leg, _ in theirs} & {"consultation"}
        assert {leg for leg, _ in legs(desk, number, "vendor")} == {"vendor_case"}
        first = shown(desk, number)["legs"][0]["entries"][0]
        assert (first["actor"]["id"], first["data"]["scope"]) == ("customer", "核心交换机")
        assert datetime.fromisoformat(first["at"]) <= datetime.now(UTC)


def asked_of(desk: Served, user: str, number: str) -> list[dict[str, Any]]:
    """What somebody was told when it was opened."""
    items = desk.as_user(user).get("/api/inbox?limit=100").json()["items"]
    return [one for one in items if (one["ticket"], one["happening"]) == (number, "opened")]


class TestAMistake:
    def test_is_discarded_by_a_manager_who_says_why(self, desk: Served):
        number = str(desk.open(level="A")["number"])
        before = desk.as_user("pm").get("/api/counts").json()["stages"]["closed"]
        assert [(one["overtaken"], bool(one["action"])) for one in asked_of(desk, "expert", number)] == [(None, True)]
        for who in ("engineer", "hotline", "commercial", "customer", "expert", "leader"):
            assert desk.command(who, number, "discard", reason="误开").status_code == 403, who
        assert desk.command("pm", number, "discard").status_code == 422
        does(desk, "pm", number, "discard", reason="客户打错电话")
        ended = shown(desk, number)
        assert (ended["stage"], ended["ended_as"]) == ("closed", "discarded")
        assert [(one["overtaken"], one["action"]) for one in asked_of(desk, "expert", number)] == [("discarded", None)]
        assert desk.as_user("pm").get("/api/counts").json()["stages"]["closed"] == before
        lines = desk.as_user("customer").get(f"/api/tickets/{number}/timeline?limit=500").json()["items"]
        assert [line["data"]["reason"] for line in lines if line["happening"] == "discarded"] == ["客户打错电话"]
        assert desk.command("pm", number, "note", text="x").json()["reason"] == "closed"

    def test_is_none_once_something_was_done(self, desk: Served):
        number = str(desk.open(level="B")["number"])
        does(desk, "engineer", number, "respond", text="已联系")
        refused = desk.command("duty", number, "discard", reason="误开")
        assert (refused.status_code, refused.json()["reason"]) == (409, "work_done")


class TestAnAppointment:
    @staticmethod
    def booking(desk: Served) -> str:
        return str(desk.open("nuobida", level="IV", facts={"nature": "booking"})["number"])

    def test_is_made_and_moved_by_the_customer_and_seen(self, desk: Served):
        number = self.booking(desk)
        for days in (2, 3):
            at = datetime.now(UTC).replace(microsecond=0) + timedelta(days=days)
            does(desk, "customer", number, "book", at=at.isoformat(), text="上午")
            for who in ("pm", "customer"):
                assert datetime.fromisoformat(shown(desk, number, who)["booked_at"]) == at
        assert happened(desk, number, "customer").count("booked") == 2

    def test_is_recorded_for_a_customer_who_phones(self, desk: Served):
        number, at = self.booking(desk), (datetime.now(UTC) + timedelta(days=2)).isoformat()
        assert desk.command("hotline", number, "book", at=at, text="上午").status_code == 403
        said = {"name": "王工", "channel": "phone"}
        does(desk, "hotline", number, "book", at=at, text="上午", on_behalf=said)
        assert shown(desk, number)["booked_at"] is not None

    @pytest.mark.parametrize("who", ["expert", "supervisor", "stock", "leader", "commercial"])
    def test_is_not_for_others_to_make(self, desk: Served, who: str):
        number, at = self.booking(desk), (datetime.now(UTC) + timedelta(days=2)).isoformat()
        said = {"name": "王工", "channel": "phone"}
        assert desk.command(who, number, "book", at=at, text="上午", on_behalf=said).status_code == 403

    def test_lies_in_the_future_and_is_of_a_booking(self, desk: Served):
        number, past = self.booking(desk), (datetime.now(UTC) - timedelta(hours=1)).isoformat()
        assert desk.command("customer", number, "book", at=past, text="x").json()["reason"] == "appointment_in_the_past"
        number, soon = str(desk.open(level="B")["number"]), (datetime.now(UTC) + timedelta(days=1)).isoformat()
        assert desk.command("customer", number, "book", at=soon, text="x").json()["reason"] == "no_booking"


class TestACustomerWhoIsNotSatisfied:
    def test_is_followed_up_by_the_supervisor_until_satisfied(self, desk: Served):
        """001-30; what we say to one another about it is not for them."""
        number = closed(desk, "fuao", "urgent")
        survey = {"text": "电话回访", "satisfaction": "dissatisfied"}
        assert desk.command("supervisor", number, "record_followup", text="x").json()["reason"] == "no_followup"
        does(desk, "supervisor", number, "record_survey", **survey)
        for who in ("pm", "hotline", "engineer", "customer", "leader"):
            assert desk.command(who, number, "record_followup", text="x").status_code == 403, who
        does(desk, "supervisor", number, "record_followup", text="仍不满意，经理上门", satisfied=False)
        does(desk, "supervisor", number, "record_followup", text="补救后满意", satisfied=True)
        again = desk.command("supervisor", number, "record_followup", text="x")
        assert again.json()["reason"] in {"no_followup", "closed"}
        assert happened(desk, number, "pm").count("followed_up") == 2
        assert "followed_up" not in happened(desk, number, "customer")
        assert legs(desk, number, "pm")["followups", None] == ["survey_recorded", "followed_up", "followed_up"]


def legs(desk: Served, number: str, who: str) -> dict[tuple[str, str | None], list[str]]:
    """What happened on each leg, as somebody sees it."""
    return {
        (leg["leg"], leg["id"]): [entry["happening"] for entry in leg["entries"]]
        for leg in shown(desk, number, who)["legs"]
    }

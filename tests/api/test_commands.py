"""Commanding a ticket: every command is answered, accepted or refused, once."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from domain.contract.calendars import CHINA
from tests.patience import PATIENCE_S
from tests.served import Served


@pytest.fixture(scope="module")
def number(desk: Served) -> str:
    """A ticket on which the commands of this module tread."""
    return str(desk.open(level="A")["number"])


def closed(desk: Served) -> str:
    """The number of a ticket that has gone all its way."""
    number = str(desk.open("standard", level="medium")["number"])
    for user, kind, data in (
        ("engineer", "respond", {"text": "已联系"}),
        ("engineer", "resolve", {"summary": "更换电源"}),
        ("customer", "confirm", {}),
    ):
        assert desk.command(user, number, kind, **data).status_code == 200
    answer = desk.as_user("pm").get(f"/api/tickets/{number}").json()
    if answer["stage"] != "closed":
        assert desk.command("pm", number, "close").status_code == 200
    return number


def wait_for_the_end(desk: Served, number: str) -> dict[str, Any]:
    """The first refusal that nobody recorded any more."""
    deadline = datetime.now(UTC) + timedelta(seconds=PATIENCE_S)
    while datetime.now(UTC) < deadline:
        answer = desk.command("engineer", number, "note", text="太晚")
        assert answer.status_code == 409
        refusal: dict[str, Any] = answer.json()
        address = f"/api/tickets/{number}/commands/{refusal['command_id']}"
        if desk.as_user("auditor").get(address).status_code == 404:
            return refusal
    raise AssertionError("the aftercare did not end")


class TestACommand:
    def test_is_accepted_with_the_entry_that_records_it(self, desk: Served, number: str):
        """The timeline shows it under that number."""
        answer = desk.command("engineer", number, "note", text="到场检查")
        assert answer.status_code == 200
        decision = answer.json()
        assert decision["decision"] == "accepted"
        line = desk.as_user("pm").get(f"/api/tickets/{number}/timeline").json()["items"][decision["seq"] - 1]
        assert (line["seq"], line["happening"]) == (decision["seq"], "noted")
        assert (line["actor"]["id"], line["data"]["text"]) == ("engineer", "到场检查")
        assert line["command_id"] == decision["command_id"]

    def test_to_a_number_in_small_letters_is_one_to_that_ticket(self, desk: Served, number: str):
        """The answer names the ticket as it is."""
        answer = desk.command("engineer", number.lower(), "note", text="一句")
        assert (answer.status_code, answer.json()["number"]) == (200, number)

    @pytest.mark.parametrize(
        ("kind", "field", "days", "data"),
        [
            ("grant_remote", "expires_at", 31, {"scope": "日志"}),
            ("consent", "until", 367, {"subject": "003-16", "text": "可以晚到", "evidence": "x"}),
        ],
    )
    def test_grants_and_waits_for_no_longer_than_somebody_answers_for(
        self, desk: Served, number: str, kind: str, field: str, days: int, data: dict[str, Any]
    ):
        """2099 is a slip, and would outlive everybody who knows of it; the refusal says what to do instead."""
        for ends in (datetime.now(UTC) + timedelta(days=days), datetime(2099, 1, 1, tzinfo=UTC)):
            refused = desk.command("customer", number, kind, **data, **{field: ends.isoformat()})
            assert [one["field"] for one in refused.json()["errors"]] == [f"data.{field}"], refused.text

    def test_keeps_its_instants_in_the_time_of_china(self, desk: Served):
        """Whatever their offset was: timelines and explanations show them as they stand."""
        number = str(desk.open("sitech", level="A")["number"])
        until = (datetime.now(UTC) + timedelta(days=3)).astimezone(timezone(timedelta(hours=16)))
        grant = desk.command("customer", number, "grant_remote", scope="日志", expires_at=until.isoformat())
        assert grant.status_code == 200, grant.text
        (line,) = (
            line
            for line in desk.as_user("pm").get(f"/api/tickets/{number}/timeline").json()["items"]
            if line["happening"] == "remote_granted"
        )
        assert line["data"]["expires_at"] == until.astimezone(CHINA).isoformat()

    def test_in_the_wrong_stage_is_refused_with_what_is_possible(self, desk: Served, number: str):
        """The refusal is a problem document, and is recorded."""
        answer = desk.command("pm", number, "close")
        assert answer.status_code == 409
        assert answer.headers["content-type"] == "application/problem+json"
        refusal = answer.json()
        assert (refusal["decision"], refusal["reason"]) == ("refused", "wrong_stage")
        assert refusal["detail"].startswith("工单处于“")
        assert "note" in refusal["allowed"]
        line = desk.as_user("auditor").get(f"/api/tickets/{number}/timeline").json()["items"][refusal["seq"] - 1]
        assert line["happening"] == "command_refused"

    def test_of_another_role_is_told_whose_it_is(self, desk: Served, number: str):
        """And to whom a customer may say it, that it can be taken down for them."""
        assert desk.command("stock", number, "reassign", to="engineer2", reason="有事").json()["detail"] == (
            "此操作由热线、工程师、项目经理、值班经理、技术专家、主管领导、商务执行。"
        )
        assert desk.command("engineer", number, "confirm").json()["detail"] == (
            "此操作由客户联系人执行。客户口头或书面表示的，可代客户记录（on_behalf）。"
        )
        assert desk.command("business", number, "refuse_change", reason="不行").json()["detail"] == (
            "此操作由客户联系人、客户审批人执行。审批人中仅限技术部门。"
        )
        assert desk.as_user("pm").post("/api/roster", json={}).json()["detail"] == "此操作由值班经理、系统管理员执行。"
        assert desk.command("engineer", number, "take_contract").json()["detail"] == "此操作由系统执行。"

    def test_that_is_sent_again_gets_the_recorded_decision(self, desk: Served, number: str):
        """Accepted or refused, and nothing happens a second time."""
        for user, kind in (("engineer", "note"), ("customer", "confirm")):
            command_id = str(uuid.uuid4())
            first = desk.command(user, number, kind, command_id=command_id, text="一句")
            again = desk.command(user, number, kind, command_id=command_id, text="一句")
            upper = desk.command(user, number, kind, command_id=command_id.upper(), text="一句")
            assert first.status_code == again.status_code == upper.status_code
            assert first.json()["seq"] == again.json()["seq"] == upper.json()["seq"]

    def test_is_another_one_under_the_same_id_and_is_not_taken(self, desk: Served, number: str):
        """Another kind, other data, another time or another sender: 409, and the first answer stays."""
        command_id, at = str(uuid.uuid4()), datetime.now(UTC).isoformat()
        first = desk.command("engineer", number, "note", command_id=command_id, text="一句")
        others = (
            ("engineer", "note", {"text": "另一句"}),
            ("engineer", "respond", {"text": "一句"}),
            ("pm", "note", {"text": "一句"}),
            ("engineer", "note", {"text": "一句", "occurred_at": at}),
        )
        for user, kind, data in others:
            answer = desk.command(user, number, kind, command_id=command_id, **data)
            assert (answer.status_code, answer.json()["type"]) == (409, "urn:zhishou:problem:id_reused")
        assert desk.as_user("auditor").get(f"/api/tickets/{number}").json()["seq"] == first.json()["seq"]

    def test_of_somebody_who_saw_an_older_state_is_refused(self, desk: Served, number: str):
        """When they say what they had seen."""
        seq = desk.as_user("engineer").get(f"/api/tickets/{number}").json()["seq"]
        assert desk.command("engineer", number, "note", text="一", expect_seq=seq).status_code == 200
        stale = desk.command("engineer", number, "note", text="二", expect_seq=seq)
        assert (stale.status_code, stale.json()["reason"]) == (409, "stale")

    def test_may_say_when_it_happened(self, desk: Served):
        """The timeline shows both times."""
        number = desk.open("sitech", level="A")["number"]
        at = datetime.now(UTC)
        answer = desk.command("engineer", number, "respond", text="已回电", occurred_at=at.isoformat())
        assert datetime.fromisoformat(answer.json()["at"]) == at

    def test_may_call_a_level_by_its_chinese_name(self, desk: Served):
        """As people do."""
        number = desk.open("nuobida")["number"]
        assert desk.command("hotline", number, "classify", level="三级", facts={"major": True}).status_code == 200
        ticket = desk.as_user("pm").get(f"/api/tickets/{number}").json()
        assert (ticket["level"], ticket["facts"]) == ("III", {"major": True})

    def test_is_answered_fast_also_when_twenty_come_at_once(self, desk: Served, number: str):
        """Each gets its own decision."""
        ids = [str(uuid.uuid4()) for _ in range(20)]
        with ThreadPoolExecutor(20) as people:
            answers = list(
                people.map(lambda id_: desk.command("engineer", number, "note", command_id=id_, text=id_), ids)
            )
        assert [answer.status_code for answer in answers] == [200] * 20
        assert [answer.json()["command_id"] for answer in answers] == ids
        assert len({answer.json()["seq"] for answer in answers}) == 20

    def test_can_be_asked_about(self, desk: Served, number: str):
        """By the address that a 202 names."""
        decision = desk.command("engineer", number, "note", text="一句").json()
        address = f"/api/tickets/{number}/commands/{decision['command_id']}"
        assert desk.as_user("auditor").get(address).json() == decision
        assert desk.as_user("auditor").get(f"{address[:-1]}x").status_code == 404
        assert desk.as_user("auditor").get(f"/api/tickets/{number}/commands/{uuid.uuid4()}").status_code == 404


class TestACommandThatIsWrong:
    @pytest.mark.parametrize(
        ("kind", "data", "named"),
        [
            ("note", {}, "data.text"),
            ("note", {"text": ""}, "data.text"),
            ("note", {"text": "x" * 4001}, "data.text"),
            ("note", {"text": "\u200b"}, "data.text"),
            ("resolve", {"summary": "\u3164\u2800"}, "data.summary"),
            ("note", {"text": "x", "internal": True}, "data.internal"),
            ("note", {"text": "x", "attachments": "a"}, "data.attachments"),
            ("note", {"text": "x", "attachments": ["../etc/passwd"]}, "data.attachments[0]"),
            ("classify", {"level": "一级"}, "data.level"),
            ("classify", {"facts": {"nonsense": True}}, "data.facts.nonsense"),
            ("classify", {"facts": {"remote_calendar": "5*8"}}, "data.facts.remote_calendar"),  # the contract sets it
            ("advance", {"stage": "closed", "reason": "x"}, "data.stage"),
            ("advance", {"stage": "phone"}, "data.reason"),
            ("dispatch", {"to": "nobody"}, "data.to"),
            ("dispatch", {"to": "customer"}, "data.to"),
            ("dispatch", {"to": "engineer", "unit": "north"}, "data.unit"),
            ("pause", {"reason": "customer_approval", "text": "x"}, "data.reason"),
            ("write_log", {"text": "已按步骤完成", "waived": "yes"}, "data.waived"),
            ("resolve", {"text": "x"}, "data.summary"),
        ],
    )
    def test_names_its_field(self, desk: Served, number: str, kind: str, data: dict[str, Any], named: str):
        """Whatever the kind."""
        answer = desk.command("engineer", number, kind, **data)
        assert answer.status_code == 422, answer.text
        assert named in [error["field"] for error in answer.json()["errors"]]

    @pytest.mark.parametrize("kind", [None, "", "explode", "NOTE", 1, ["note"], {"note": 1}])
    def test_of_no_kind_that_there_is_lists_those_that_there_are(self, desk: Served, number: str, kind: object):
        """In the message for the field."""
        body = {"command_id": str(uuid.uuid4()), "kind": kind, "data": {}}
        answer = desk.as_user("engineer").post(f"/api/tickets/{number}/commands", json=body)
        (error,) = answer.json()["errors"]
        assert (answer.status_code, error["field"]) == (422, "kind")
        assert "classify" in error["message"]

    @pytest.mark.parametrize("field", ["command_id", "occurred_at", "expect_seq", "actor", "accepted_at"])
    def test_names_a_field_of_its_own(self, desk: Served, number: str, field: str):
        """Those that every command has, and those that none has."""
        body = {"command_id": str(uuid.uuid4()), "kind": "note", "data": {"text": "x"}} | {field: "nonsense"}
        answer = desk.as_user("engineer").post(f"/api/tickets/{number}/commands", json=body)
        assert [error["field"] for error in answer.json()["errors"]] == [field]

    def test_is_told_so_only_to_those_who_may_send_it(self, desk: Served, number: str):
        """Who may comes before what is wrong."""
        assert desk.command("engineer", number, "approve").status_code == 403
        assert desk.command("engineer", "22222222", "explode").status_code == 404


class TestAClosedTicket:
    def test_refuses_what_is_new_and_repeats_what_it_decided(self, desk: Served):
        """Also when its workflow has ended."""
        number = closed(desk)
        timeline = desk.as_user("auditor").get(f"/api/tickets/{number}/timeline").json()["items"]
        responded = next(line for line in timeline if line["happening"] == "responded")
        again = desk.command(
            "engineer", number, "respond", command_id=responded["command_id"], text=responded["data"]["text"]
        )
        assert (again.status_code, again.json()["seq"]) == (200, responded["seq"])
        late = desk.command("engineer", number, "note", text="太晚")
        assert (late.status_code, late.json()["reason"]) == (409, "closed")

    def test_takes_what_it_still_owes_and_then_nothing_any_more(self, desk: Served):
        """A refusal is recorded as long as there is somebody to record it; the answer stays the same."""
        number = closed(desk)
        recorded = desk.command("engineer", number, "note", text="太晚").json()
        assert desk.as_user("auditor").get(f"/api/tickets/{number}").json()["seq"] == recorded["seq"]
        survey = desk.command("supervisor", number, "record_survey", text="很满意", satisfaction="very_satisfied")
        assert survey.status_code == 200
        unrecorded = wait_for_the_end(desk, number)
        assert (unrecorded["reason"], unrecorded["decision"]) == ("closed", "refused")
        assert unrecorded["detail"] == recorded["detail"]

    def test_stays_readable(self, desk: Served):
        """For whoever could read it before; the survey is still owed."""
        number = closed(desk)
        for user in ("customer", "auditor", "engineer"):
            answer = desk.as_user(user).get(f"/api/tickets/{number}")
            assert answer.json()["stage"] == "closed"
            assert answer.json()["next_due"]["key"].startswith("survey")


class TestTheInbox:
    def test_tells_an_engineer_of_his_work(self, desk: Served):
        """Once, until it is read and after; of its opening they heard if it was their turn."""
        number = desk.open(level="A")["number"]
        assert desk.command("hotline", number, "reassign", to="engineer2", reason="值班").status_code == 200
        inbox = desk.as_user("engineer2").get("/api/inbox").json()["items"]
        (message,) = [one for one in inbox if (one["ticket"], one["happening"]) == (number, "reassigned")]
        assert message["read_at"] is None
        address = f"/api/inbox/{message['id']}/read"
        assert desk.as_user("engineer").post(address).status_code == 404
        before = datetime.now(UTC)
        assert desk.as_user("engineer2").post(address).status_code == 204
        inbox = desk.as_user("engineer2").get("/api/inbox").json()["items"]
        (read,) = [one for one in inbox if one["id"] == message["id"]]
        assert before <= datetime.fromisoformat(read["read_at"]) <= datetime.now(UTC)

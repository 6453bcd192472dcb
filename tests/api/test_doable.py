"""What may be done now, why not, what opens it and what a form chooses between: over HTTP, for its reader alone."""

import time
import uuid
from typing import Any

from gateway.tickets import PATIENCE_S
from runtime.settings import Settings
from tests.served import Served, served


def asked(desk: Served, user: str, number: str) -> dict[str, Any]:
    answer = desk.as_user(user).get(f"/api/tickets/{number}/commands")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    assert found["number"] == number
    return found


def offers(desk: Served, user: str, number: str) -> dict[str, dict[str, Any]]:
    return {each["kind"]: each for each in asked(desk, user, number)["items"]}


def values(offer: dict[str, Any], field: str) -> dict[Any, dict[str, Any]]:
    return {each["value"]: each for each in offer["needs"]["choices"][field]}


def does(desk: Served, user: str, number: str, kind: str, /, **data: Any) -> None:
    answer = desk.command(user, number, kind, **data)
    assert answer.status_code == 200, answer.text


class TestTheAnswer:
    def test_says_what_is_possible_and_what_opens_the_rest(self, desk: Served):
        """What it calls impossible is refused for the very reason; what opens it does."""
        number = desk.open("sitech", level="B")["number"]
        session = offers(desk, "engineer", number)["start_remote"]
        refused = desk.command("engineer", number, "start_remote", text="登录").json()
        assert (session["possible"], session["reason"]) == (False, refused["reason"])
        assert session["detail"]["zh"] == refused["detail"]
        assert session["opened_by"] == ["request_remote", "grant_remote"]
        assert "客户联系人" in session["of"]["zh"]
        does(desk, "customer", number, "grant_remote", scope="数据库")
        assert offers(desk, "engineer", number)["start_remote"]["possible"]
        does(desk, "engineer", number, "start_remote", text="登录")

    def test_has_for_each_role_its_own_commands(self, desk: Served):
        number = desk.open("sitech", level="B")["number"]
        assert set(offers(desk, "supervisor", number)) == {"record_survey", "record_followup", "note"}
        assert offers(desk, "auditor", number) == {}
        assert "consent" in offers(desk, "hotline", number)
        assert offers(desk, "hotline", number)["consent"]["recorded"] is True
        assert offers(desk, "hotline", number)["confirm"]["needs"]["contacts"] == ["王工"]
        assert offers(desk, "customer", number)["consent"]["recorded"] is False

    def test_is_as_fresh_as_the_last_decision(self, desk: Served):
        number = desk.open("sitech", level="B")["number"]
        answer = desk.command("engineer", number, "take").json()
        found = asked(desk, "engineer", number)
        assert found["seq"] >= answer["seq"]
        assert not {each["kind"]: each for each in found["items"]}["take"]["possible"]

    def test_says_which_words_the_customer_reads(self, desk: Served):
        """In the composer of each command, before anything is sent."""
        found = offers(desk, "engineer", desk.open("sitech", level="B")["number"])
        assert found["respond"]["seen_by_customer"] is True
        assert (found["resolve"]["seen_by_customer"], found["resolve"]["seen_fields"]) == (True, ["summary"])
        assert found["note"]["seen_by_customer"] is False
        assert found["respond"]["meets"] == ["respond"]

    def test_of_a_closed_ticket_that_owes_nothing_is_that_it_is_closed(self, desk: Served):
        number = desk.open("sitech", level="D")["number"]
        does(desk, "pm", number, "discard", reason="误报")
        found = offers(desk, "engineer", number)
        assert {each["reason"] for each in found.values()} == {"closed"}
        assert found["respond"]["opened_by"] == []

    def test_of_a_closed_ticket_is_what_it_still_owes(self, desk: Served):
        number = desk.open("sitech", level="B")["number"]
        does(desk, "engineer", number, "deliver_substitute", text="备机一台")
        does(
            desk,
            "engineer",
            number,
            "resolve",
            summary="更换电源后恢复",
            cause="电源",
            measures="更换",
            prevention="双路",
        )
        does(desk, "customer", number, "confirm")
        assert desk.as_user("pm").get(f"/api/tickets/{number}").json()["stage"] == "closed"
        found = offers(desk, "engineer", number)
        assert found["return_substitute"]["possible"]
        assert found["respond"]["reason"] == "closed"


class TestTheForms:
    def test_choose_between_the_levels_and_facts_of_the_contract(self, desk: Served):
        number = desk.open("sitech", level="B")["number"]
        classify = offers(desk, "hotline", number)["classify"]
        assert [each["value"] for each in classify["needs"]["choices"]["level"]] == ["A", "B", "C", "D"]
        assert values(classify, "level")["B"]["current"] is True
        assert values(classify, "facts.cause")["environment"]["label"]["zh"] == "运行环境"
        assert "facts.on_site" not in classify["needs"]["choices"]

    def test_choose_between_the_stages_that_are_open(self, desk: Served):
        number = desk.open("sitech", level="B")["number"]
        does(desk, "engineer", number, "advance", stage="remote", reason="转远程")
        stages = values(offers(desk, "engineer", number)["advance"], "stage")
        assert stages["onsite"]["reason"] == "no_onsite_application"
        assert stages["phone"]["possible"]
        assert stages["remote"]["current"]

    def test_choose_between_people_on_duty_first(self, desk: Served):
        """With how much each has to do."""
        number = desk.open("sitech", level="B")["number"]
        does(desk, "hotline", number, "reassign", to="engineer2", reason="换人")
        found = offers(desk, "hotline", number)
        people = found["reassign"]["needs"]["choices"]["to"]
        assert people == sorted(people, key=lambda each: not each["on_duty"])
        assert values(found["dispatch"], "to")["engineer2"]["current"] is True
        assert values(found["dispatch"], "to")["engineer2"]["load"] >= 1

    def test_choose_between_vendors_and_pauses(self, desk: Served):
        found = offers(desk, "engineer", desk.open("sitech", level="B")["number"])
        assert "vendor" in values(found["open_vendor_case"], "vendor")
        reasons = values(found["pause"], "reason")
        assert reasons["customer"]["label"]["zh"] == "等待客户"
        assert all("days" in each for each in reasons.values())

    def test_choose_between_the_parts_that_were_asked_for(self, desk: Served):
        """Each with its words and what has become of it; what only we know of it stays ours."""
        number = desk.open("sitech", level="B")["number"]
        does(desk, "engineer", number, "request_part", text="电源模块")
        does(desk, "engineer", number, "request_part", text="风扇")
        does(desk, "engineer", number, "verify_part", text="型号无误", part="P1")
        agree = values(offers(desk, "customer", number)["agree_part"], "part")
        assert (agree["P1"]["text"], agree["P1"]["states"]) == ("电源模块", [])
        assert values(offers(desk, "stock", number)["verify_part"], "part")["P1"]["states"] == ["verified"]
        does(desk, "customer", number, "refuse_part", reason="不换", part="P1")
        part = values(offers(desk, "customer", number)["agree_part"], "part")["P1"]
        assert (part["possible"], part["reason"], part["states"]) == (False, "part_refused", ["refused"])

    def test_choose_between_what_can_be_consented_to(self, desk: Served):
        number = desk.open("fuao", level="urgent", facts={"cause": "environment", "severity": "serious"})["number"]
        consent = offers(desk, "customer", number)["consent"]
        subjects = values(consent, "subject")
        assert (subjects["paid_work"]["agree"], subjects["paid_work"]["label"]["zh"]) == (True, "收费服务")
        assert any(each["kinds"] for each in subjects.values())

    def test_of_an_approver_shows_the_application(self, desk: Served):
        number = desk.open("nuobida", level="I", facts={"major": True})["number"]
        does(desk, "pm", number, "submit_formal_report", text="主控板故障")
        does(desk, "pm", number, "apply_major", title="更换主控板", plan="今晚切换", risk="中断 10 分钟")
        does(desk, "business", number, "approve", opinion="同意")
        approve = offers(desk, "tech", number)["approve"]
        shown = approve["needs"]["application"]
        assert approve["possible"]
        assert (shown["version"], shown["title"], shown["risk"]) == (1, "更换主控板", "中断 10 分钟")
        assert shown["approvals"] == [{"department": "business", "by": "business"}]
        assert not offers(desk, "business", number)["approve"]["possible"]

    def test_of_the_close_shows_all_that_is_missing(self, desk: Served):
        number = desk.open("xinhe", level="emergency")["number"]
        close = offers(desk, "pm", number)["close"]
        assert {each["reason"] for each in close["needs"]["missing"]} == {
            "not_confirmed",
            "no_service_log",
            "steps_open",
        }


class TestOutside:
    def test_nobody_asks_about_a_ticket_of_others(self, desk: Served):
        number = desk.open(customer={"name": "别家单位"}, contact={"name": "别人", "phone": "1"})["number"]
        for user in ("customer", "tech", "vendor"):
            assert desk.as_user(user).get(f"/api/tickets/{number}/commands").status_code == 404

    def test_a_vendor_chooses_between_their_own_cases(self, desk: Served):
        number = desk.open("sitech", level="B")["number"]
        does(desk, "engineer", number, "open_vendor_case", vendor="别的厂家", text="请支持存储")
        does(desk, "engineer", number, "open_vendor_case", vendor="vendor", text="请支持交换机")
        found = offers(desk, "vendor", number)
        assert set(found) == {"note", "close_vendor_case"}
        assert list(values(found["close_vendor_case"], "case")) == ["V2"]
        assert "meets" not in found["note"]

    def test_nobody_learns_who_of_ours_has_how_much_to_do(self, desk: Served):
        number = desk.open("sitech", level="B")["number"]
        for user in ("customer", "tech"):
            text = desk.as_user(user).get(f"/api/tickets/{number}/commands").text
            assert '"load"' not in text
            assert '"on_duty"' not in text
            assert "engineer2" not in text


class TestWithoutAWorker:
    def test_it_says_so_and_does_not_hang(self, settings: Settings):
        """Nothing is guessed: what is possible is for the ticket to say."""
        own = settings.model_copy(update={"task_queue": uuid.uuid4().hex})
        with served(own, working=False) as alone:
            number = alone.open(level="A")["number"]
            began = time.monotonic()
            answer = alone.as_user("engineer").get(f"/api/tickets/{number}/commands")
            assert time.monotonic() - began < PATIENCE_S * 10
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
            assert "没有应答" in answer.json()["detail"]

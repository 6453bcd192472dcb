"""Messages: who is told of what, on what grounds, in which words; without any database."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.audience.desk import Desk, Duty, How, StandIn
from domain.audience.messages import messages
from domain.audience.notices.notice import Whom
from domain.contract.clauses import Kind
from domain.people.actors import Role
from domain.ticket.timeline import Happening
from domain.words.label import Label
from tests.domain.notices import DESK, MEMBERS, NOW, ON_DUTY, TICKET, alarm, entry, rung, told, without

UNOWNED = replace(TICKET, owner=None)


class TestARole:
    def test_means_those_on_duty(self):
        assert set(told(entry(Happening.OPENED, "hotline"))) == {"engineer", "pm"}

    def test_means_a_substitute_in_the_place_of_the_person(self):
        desk = Desk(MEMBERS, (*ON_DUTY[:1], Duty(Role.ENGINEER, "engineer", "engineer2"), *ON_DUTY[2:]))
        sent = told(entry(Happening.OPENED, "hotline"), desk=desk, ticket=UNOWNED)
        assert set(sent) == {"engineer2", "pm"}
        assert sent["engineer2"].how is How.SUBSTITUTE

    def test_means_all_of_it_where_nobody_is_on_duty_and_the_duty_manager_learns_of_the_gap(self):
        desk = Desk(MEMBERS, tuple(duty for duty in ON_DUTY if duty.role is not Role.ENGINEER))
        sent = messages((entry(Happening.OPENED, "hotline"),), UNOWNED, desk)
        assert {each.recipient.id: each.how for each in sent if each.gap is None} == {
            "engineer": How.NOBODY_ON_DUTY,
            "engineer2": How.NOBODY_ON_DUTY,
            "pm": How.ON_DUTY,
        }
        (gap,) = [each for each in sent if each.gap]
        assert (gap.recipient.id, gap.gap) == ("duty", Role.ENGINEER)
        assert gap.sentence.title.zh == "排班有空档：工程师此刻无人值班"

    def test_that_is_not_always_called_has_a_gap_only_where_a_roster_is_kept(self):
        called = entry(Happening.CONSULTATION_REQUESTED, "engineer", text="请会诊")
        assert told(called)["expert"].how is How.OF_THE_ROLE
        kept = replace(DESK, rostered=frozenset({Role.EXPERT}))
        assert told(called, desk=kept)["expert"].how is How.NOBODY_ON_DUTY

    def test_that_nobody_has_goes_to_the_duty_manager_then_the_leader_then_the_administrator(self):
        called = entry(Happening.CONSULTATION_REQUESTED, "engineer", text="请会诊")
        assert Whom.EXPERTS is told(called, desk=without("expert"))["duty"].whom
        assert "leader" in told(called, desk=without("expert", "duty"))
        sent = told(called, desk=without("expert", "duty", "leader"))
        assert sent["admin"].how is How.NOBODY_OF_THE_ROLE

    def test_never_means_somebody_who_has_left(self):
        assert "pm" not in told(entry(Happening.OPENED, "hotline"), desk=without("pm"))


class TestTheOwner:
    ASKED = entry(Happening.NOTED, "customer", text="请尽快处理")

    def test_is_told_on_duty_and_off(self):
        assert set(told(self.ASKED)) == {"engineer"}
        assert set(told(self.ASKED, desk=Desk(MEMBERS))) == {"engineer"}

    def test_who_is_off_duty_is_told_together_with_the_substitute(self):
        desk = Desk(MEMBERS, (Duty(Role.ENGINEER, "engineer", "engineer2"),))
        assert set(told(self.ASKED, desk=desk)) == {"engineer", "engineer2"}

    @pytest.mark.parametrize("left", [(), ("engineer",)])
    def test_that_there_is_not_is_the_hotline(self, left: tuple[str, ...]):
        ticket = TICKET if left else UNOWNED
        assert set(told(self.ASKED, ticket=ticket, desk=without(*left))) == {"hotline"}


class TestTheCustomer:
    def test_of_another_ticket_is_never_told(self):
        assert set(told(entry(Happening.RESOLVED, "engineer", summary="更换电源后恢复"))) == {"customer"}

    def test_that_is_not_known_is_nobody(self):
        unknown = replace(TICKET, customer=replace(TICKET.customer, id=None))
        assert told(entry(Happening.RESOLVED, "engineer", summary="更换电源后恢复"), ticket=unknown) == {}

    def test_is_reminded_in_silent_departments_only(self):
        reminded = alarm("approval_reminder", departments=["business"], version=1)
        assert set(told(reminded)) == {"business", "pm"}

    def test_stands_in_for_an_approver_who_is_asked_and_for_nobody_else(self):
        """A deputy is told where the approver decides; not as a technician, not in a department that has spoken."""
        desk = replace(DESK, deputies=(StandIn("customer", "tech"), StandIn("foreign", "somebody else")))
        applied = told(entry(Happening.MAJOR_APPLIED, "pm", version=1), desk=desk)
        assert set(applied) == {"tech", "business", "customer", "engineer", "duty"}
        assert (applied["customer"].how, applied["customer"].whom) == (How.SUBSTITUTE, Whom.APPROVERS)
        assert applied["customer"].sentence.action == applied["tech"].sentence.action
        said = applied["customer"].sentence.text
        assert said.zh.startswith("您作为马俊峰（技术部门）的代理人收到此消息。我方提交了")
        assert said.en.startswith(
            "You are told in the place of 马俊峰 (the technical department), whose deputy you are. "
        )
        assert "代理人" not in applied["tech"].sentence.text.zh
        for silent, whom in (("technical", {"tech", "customer"}), ("business", {"business"})):
            reminded = told(alarm("approval_reminder", departments=[silent], roles=[]), desk=desk)
            assert set(reminded) - {"pm"} == whom
        assert "customer" not in told(alarm("approval_reminder", departments=["technical"], roles=[]))
        assert set(told(entry(Happening.MAJOR_APPLIED, "pm", version=1), desk=without("customer", desk=desk))) == {
            "tech",
            "business",
            "engineer",
            "duty",
        }

    @pytest.mark.parametrize("happening", [Happening.APPROVED, Happening.REFUSED])
    def test_learns_of_each_answer_that_a_deputy_gave_in_their_place(self, happening: Happening):
        """The approver, and nobody of the other department; of one's own answer nobody is told."""
        answer: dict[str, Any] = {"department": "technical", "version": 1, "opinion": "停机窗口已定"}
        by_deputy = told(entry(happening, "customer", deputy_for="tech", **answer))
        said = by_deputy["tech"]
        assert (said.whom, said.how) == (Whom.ANSWERED_FOR, How.BY_NAME)
        assert "刘雅琴以您的代理人身份" in said.sentence.text.zh
        assert "停机窗口已定" in said.sentence.text.zh
        assert "business" not in by_deputy
        assert Whom.ANSWERED_FOR not in {one.whom for one in told(entry(happening, "tech", **answer)).values()}
        assert "foreign" not in told(entry(happening, "customer", deputy_for="foreign", **answer))

    def test_learns_who_comes_by_name_and_phone(self):
        sent = told(entry(Happening.DISPATCHED, "pm", to="engineer2"))
        assert sent["customer"].sentence.text.zh.startswith("我方已安排 王海涛（电话 13900000003）上门处理。")
        assert set(sent) == {"customer", "engineer2", "engineer"}

    def test_reads_no_word_that_is_hidden(self):
        """The reason of a hand-over is ours."""
        handed = entry(Happening.REASSIGNED, "pm", to="engineer2", reason="李工太忙")
        handed.data["from"] = "engineer"
        sent = told(handed)
        assert set(sent) == {"engineer", "engineer2", "customer"}
        assert "李工太忙" in sent["engineer2"].sentence.text.zh
        assert "李工太忙" not in str(sent["customer"].sentence)
        assert sent["customer"].data == {"to": "engineer2"}


class TestAnAct:
    def test_tells_nobody_who_did_it(self):
        assert "pm" not in told(entry(Happening.OPENED, "pm"))

    def test_tells_a_person_once_with_what_asks_them_to_act(self):
        """The owner informed as owner, and asked as the person named."""
        sent = messages((entry(Happening.DISPATCHED, "pm", to="engineer"),), TICKET, DESK)
        (one,) = [each for each in sent if each.recipient.id == "engineer"]
        assert one.whom is Whom.NAMED
        assert one.sentence.action is not None

    def test_tells_a_person_once_also_of_what_follows_from_it(self):
        """An opening that makes a candidate for a major incident."""
        opened = replace(entry(Happening.OPENED, "hotline", seq=1), command_id=None)
        sent = messages((opened, entry(Happening.MAJOR_PROPOSED, seq=2, level="I")), TICKET, DESK)
        (one,) = [each for each in sent if each.recipient.id == "pm"]
        assert one.entry.happening is Happening.MAJOR_PROPOSED
        assert "另：新报障：江北通信公司，核心交换机宕机。" in one.sentence.text.zh

    def test_that_comes_later_is_another_one(self):
        later = NOW + timedelta(minutes=1)
        first, second = entry(Happening.REMOTE_REFUSED, "customer"), entry(Happening.NOTED, "customer", seq=4, text="x")
        sent = messages((first, replace(second, at=later, recorded_at=later)), TICKET, DESK)
        assert [each.entry.seq for each in sent if each.recipient.id == "engineer"] == [3, 4]


class TestTheSentence:
    def test_of_a_new_report(self):
        said = told(entry(Happening.OPENED, "hotline"), ticket=UNOWNED)["engineer"].sentence
        assert said.title.zh == "新报障：江北通信公司，核心交换机宕机"
        reported = "王工（13800000000）报障：“核心交换机宕机”。"
        assert said.text.zh == reported + "工单 TOLD2222，江北通信公司，A级，16:00 受理。响应须在 16:10 前完成。"
        assert said.action is not None
        assert said.action.zh == "请接单，并尽快给客户回电话。"

    @pytest.mark.parametrize(
        ("percent", "minutes", "zh", "late"),
        [
            (50, 5, "响应须在 16:10 前完成，还剩 5 分钟，负责人：李建国。", None),
            (100, 0, "响应本应在 16:05 前完成，刚刚超时，负责人：李建国。", 0),
            (150, -90, "响应本应在 14:35 前完成，已超时 1 小时 30 分钟，负责人：李建国。", 5400),
        ],
    )
    def test_of_an_alarm_says_how_late_it_is(self, percent: int, minutes: int, zh: str, late: int | None):
        sent = told(rung(percent, minutes=minutes, roles=["duty_manager"], people=[]))["duty"]
        assert sent.sentence.text.zh.startswith(zh)
        assert sent.late_s == late

    def test_of_an_alarm_asks_who_acts_to_act_and_managers_to_see_to_it(self):
        sent = told(rung(100, minutes=0, roles=["duty_manager"], people=["engineer"]))
        asked = {user: one.sentence.action.zh for user, one in sent.items() if one.sentence.action}
        assert asked == {"engineer": "请马上响应客户，并向客户说明。", "duty": "请马上过问，必要时调人支援。"}

    def test_asks_for_what_keeps_the_promise(self):
        sent = told(rung(80, Kind.ARRIVE, roles=[], people=["engineer"]))["engineer"]
        assert sent.sentence.action is not None
        assert sent.sentence.action.zh == "请尽快赶到现场。"

    @pytest.mark.parametrize(
        ("data", "title"),
        [
            ({"moved": "raised", "calls": ["duty_manager"]}, "已提高定级：江北通信公司，A级"),
            ({"major": True}, "已认定为重大问题：江北通信公司，核心交换机宕机"),
            ({"calls": ["duty_manager"]}, "已列为最严重的一类：江北通信公司，核心交换机宕机"),
        ],
    )
    def test_of_a_classification_says_what_has_become_graver(self, data: dict[str, Any], title: str):
        assert told(entry(Happening.CLASSIFIED, "pm", **data))["engineer"].sentence.title.zh == title

    @pytest.mark.parametrize(
        ("data", "zh"),
        [
            ({"subject": "paid_work"}, "就“收费服务”表示同意"),
            ({"subject": "004-05"}, "就“常设授权（条款 004-05）”表示同意"),
            (
                {"subject": "001-22", "kinds": ["arrive"], "until": "2026-02-13T18:00:00+08:00"},
                "推迟至 18:00（条款 001-22）",
            ),
            ({"subject": "002-06", "kinds": ["substitute"]}, "就“提供备用设备（条款 002-06）”表示同意"),
        ],
    )
    def test_of_a_consent_says_in_words_to_what(self, data: dict[str, Any], zh: str):
        """The clause stands beside them; a contract's document has its own word for a promise."""
        ticket = replace(TICKET, kind_names={"substitute": Label("提供备用设备", "spare device")})
        said = told(entry(Happening.CONSENTED, "customer", **data), ticket=ticket)["pm"].sentence
        assert zh in said.text.zh

    def test_calls_a_device_as_the_document_does(self):
        """002 says 备用设备, 001 代用设备."""
        ticket = replace(TICKET, kind_names={"substitute": Label("提供备用设备", "spare device")})
        happened = entry(Happening.SUBSTITUTE_DELIVERED, "engineer2", substitute="S1")
        assert told(happened, ticket=ticket)["customer"].sentence.title == Label(
            "备用设备已送到", "A spare device has been delivered"
        )
        assert told(happened)["customer"].sentence.title.zh == "代用设备已送到"

    def test_of_a_check_goes_to_the_other_side_and_asks_for_no_third_one(self):
        first = told(entry(Happening.PART_VERIFIED, "engineer", part="P1"))
        assert {"stock", "commercial"} <= set(first)
        assert first["stock"].sentence.action
        second = told(entry(Happening.PART_VERIFIED, "stock", part="P1", checked_twice=True))
        assert {each: message.sentence.action for each, message in second.items()} == {
            "commercial": None,
            "engineer": None,
        }

    def test_of_an_objection_reaches_the_leader_who_heard_of_the_plan(self):
        assert {"pm", "duty", "leader"} == set(told(entry(Happening.EMERGENCY_PLAN_OBJECTED, "pm"))) | {"pm"}

    def test_of_what_a_close_still_lacks_names_the_steps(self):
        said = told(alarm("closing_missing", missing="steps_open", steps=["cleaning"]))["engineer"].sentence
        assert said.text.zh.startswith("还缺：故障处理五步还有未完成也未豁免的，请补记（write_log）：系统清理。")

    @pytest.mark.parametrize(
        ("by", "zh"),
        [
            (Happening.REFUSED, "《重大问题服务申请》被拒，远程授权随之终止。"),
            (Happening.RESOLVED, "问题已解决，远程授权随之终止。"),
            (Happening.CUSTOMER_CHANGED, "客户已停用，远程授权随之终止。"),
        ],
    )
    def test_of_a_grant_that_ended_says_by_what(self, by: Happening, zh: str):
        assert told(entry(Happening.GRANT_ENDED, ended_by=by))["engineer"].sentence.text.zh.startswith(zh)

    @pytest.mark.parametrize("by", ["revoked", "expired", "applied", Happening.CUSTOMER_CHANGED])
    def test_of_a_session_that_something_ended_reaches_who_worked_in_it(self, by: str):
        """Whether or not they are in charge; of one that they ended, or that the resolution did, they know."""
        said = told(entry(Happening.REMOTE_ENDED, ended_by=by, worked="expert"))["expert"].sentence
        assert said.action == Label("请立即退出远程，勿再操作。", "Leave the device now, and do nothing more on it.")
        assert "expert" not in told(entry(Happening.REMOTE_ENDED, text="结束"))
        assert "expert" not in told(entry(Happening.REMOTE_ENDED, ended_by=Happening.RESOLVED, worked="expert"))

    @pytest.mark.parametrize(
        ("active", "zh"), [(False, "客户已停用：江北通信公司"), (True, "客户已恢复：江北通信公司")]
    )
    def test_of_a_customer_that_goes_or_comes_back_reaches_who_has_its_tickets(self, active: bool, zh: str):
        sent = told(entry(Happening.CUSTOMER_CHANGED, active=active))
        assert {who: one.sentence.title.zh for who, one in sent.items()} == {"engineer": zh, "pm": zh}

    def test_to_the_administrator_is_number_and_reason_only(self):
        alone = without(*(id_ for id_ in MEMBERS if id_ != "admin"))
        sent = told(rung(100, roles=["duty_manager"], people=[]), desk=alone)["admin"]
        assert "TOLD2222" in sent.sentence.text.zh
        assert "江北" not in str(sent.sentence)
        assert sent.data == {}

    def test_of_a_forgery_goes_to_the_administrator_too(self):
        sent = told(entry(Happening.COMMAND_REFUSED, reason="forged", kind="close"))
        assert set(sent) == {"admin", "duty"}
        assert "江北" not in str(sent["admin"].sentence)
        assert "签名" in sent["admin"].sentence.title.zh

    def test_ends_once_where_somebody_asks_or_cries(self):
        sent = told(entry(Happening.REMOTE_REFUSED, "customer", text="今天封网，为什么不改天？"))
        assert "说明：“今天封网，为什么不改天？”。工单" in sent["engineer"].sentence.text.zh

    def test_quotes_what_was_said_in_one_line(self):
        sent = told(entry(Happening.REMOTE_REFUSED, "customer", reason="今天封网。\n改天再说。"))
        assert "刘雅琴不同意远程，说明：“今天封网。 改天再说。”。" in sent["engineer"].sentence.text.zh

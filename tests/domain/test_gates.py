"""Gates: no event, no act."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.contract.terms import EDITION_6
from domain.ticket.obligations import State
from tests.domain.told import Told, tell
from tests.people import PEOPLE

MINUTES = timedelta(minutes=1)
HOURS = timedelta(hours=1)


def a_major_incident() -> Told:
    told = tell("nuobida", "I", facts={"major": True})
    told.does("engineer", "respond", text="已响应")
    told.does("engineer", "submit_plan", text="方案")
    return told


class TestMajorIncident:
    """000-09..11: formal report, application, two departments; nothing before, nothing after a refusal."""

    @pytest.mark.parametrize(
        ("kind", "data"),
        [
            ("restore", {"text": "x"}),
            ("resolve", {"summary": "更换电源后恢复"}),
            ("start_plan", {"text": "x"}),
        ],
    )
    def test_work_is_impossible_before_the_approval(self, kind: str, data: dict[str, str]):
        a_major_incident().expect_refused("pm", kind, "not_approved", **data)

    def test_no_part_is_ordered_before_it_as_none_is_reserved(self):
        """Of a ticket of before, what was accepted then is accepted in every replay."""
        for edition in (EDITION_6 - 1, EDITION_6):
            told = tell("nuobida", "I", facts={"major": True}, terms={"edition": edition})
            told.does("engineer", "request_part", text="主控板")
            told.does("customer", "agree_part", text="同意")
            told.does("engineer", "verify_part", text="型号无误")
            told.does("commercial", "verify_part", text="型号无误")
            if edition == EDITION_6:
                told.expect_refused("commercial", "order_part", "not_approved", text="订货")
            else:
                told.does("commercial", "order_part", text="订货")

    def test_an_application_needs_the_formal_report(self):
        told = a_major_incident()
        told.expect_refused("pm", "apply_major", "no_formal_report", title="t", plan="p", risk="r")
        told.does("pm", "submit_formal_report", text="正式报告")
        told.does("pm", "apply_major", title="t", plan="p", risk="r")
        told.expect_refused("pm", "apply_major", "already_applied", title="t", plan="p", risk="r")

    def test_both_departments_open_the_gate(self):
        told = applied()
        told.does("tech", "approve", opinion="同意")
        told.expect_refused("engineer", "resolve", "not_approved", summary="更换电源后恢复")
        told.expect_refused("tech", "approve", "already_decided", opinion="再次同意")
        told.does("business", "approve", opinion="同意")
        told.does("engineer", "resolve", summary="更换电源后恢复")

    def test_any_refusal_refuses_and_a_new_version_may_follow(self):
        told = applied()
        told.does("tech", "approve", opinion="同意")
        told.does("business", "refuse", opinion="业务高峰")
        told.expect_refused("engineer", "resolve", "not_approved", summary="更换电源后恢复")
        told.expect_refused("tech", "approve", "already_decided", opinion="x")
        told.does("pm", "apply_major", title="t", plan="p2", risk="r")
        assert told.ticket.applications[-1].version == 2
        told.does("business", "approve", opinion="同意")
        told.does("tech", "approve", opinion="同意")
        told.does("engineer", "restore", text="恢复")

    def test_waiting_stops_resolve_only_from_the_application_to_the_decision(self):
        told = applied()
        due = told.due("resolve")
        assert told.state("resolve") is State.PAUSED
        assert told.state("plan") is State.MET
        told.passes(3 * HOURS)
        assert told.rungs("resolve") == []
        told.does("tech", "refuse", opinion="不同意")
        assert told.due("resolve") == due + 3 * HOURS
        assert told.state("resolve") is State.RUNNING

    def test_a_contract_may_forbid_the_pause(self):
        told = tell("nuobida", "I", facts={"major": True}, switches={"approval_pauses": False})
        told.does("pm", "submit_formal_report", text="正式报告")
        told.does("pm", "apply_major", title="t", plan="p", risk="r")
        assert told.state("resolve") is State.RUNNING

    def test_approvers_are_reminded_after_5_10_and_15_minutes(self):
        told = applied()
        applied_at = told.now
        told.passes(60 * MINUTES)
        reminders = told.alarms("approval_reminder")
        assert [entry.at - applied_at for entry in reminders] == [5 * MINUTES, 10 * MINUTES, 15 * MINUTES]
        assert not reminders[2].data["goes_on"]
        assert reminders[0].data["departments"] == ["technical", "business"]

    def test_other_packs_need_no_approval(self):
        told = tell("fuao", "urgent", facts={"major": True})
        told.expect_refused("pm", "apply_major", "approval_not_needed", title="t", plan="p", risk="r")
        told.does("engineer", "restore", text="恢复")

    def test_a_pause_of_a_person_and_of_the_approval_overlap_and_the_clock_runs_when_nothing_stops_it(self):
        told = applied()
        due = told.due("resolve")
        told.passes(10 * MINUTES)
        told.does("engineer", "pause", reason="customer", text="等客户")
        told.passes(10 * MINUTES)
        told.does("tech", "refuse", opinion="不同意")
        assert told.state("resolve") is State.PAUSED
        told.passes(10 * MINUTES)
        told.does("engineer", "resume")
        assert told.due("resolve") == due + 30 * MINUTES


def applied() -> Told:
    told = a_major_incident()
    told.does("pm", "submit_formal_report", text="正式报告")
    told.does("pm", "apply_major", title="t", plan="p", risk="r")
    return told


class TestParts:
    """001-29: agreed by the customer, the model verified twice, then reserved."""

    def test_a_part_is_reserved_only_when_agreed_and_verified_by_two(self):
        told = tell("fuao", "urgent")
        told.expect_refused("stock", "reserve_part", "no_part", text="x")
        told.does("engineer", "request_part", text="电源模块")
        told.expect_refused("stock", "reserve_part", "part_not_agreed", text="x")
        told.does("customer", "agree_part", text="同意")
        told.does("engineer", "verify_part", text="型号无误")
        told.expect_refused("pm", "verify_part", "part_verified", text="型号无误")
        told.expect_refused("stock", "reserve_part", "part_not_verified", text="x")
        told.expect_refused("stock", "part_arrived", "part_not_reserved", text="x")
        told.does("stock", "verify_part", text="型号无误")
        told.does("stock", "reserve_part", text="已预留")
        told.expect_refused("stock", "reserve_part", "part_provided", text="x")
        told.does("stock", "part_arrived", text="已到")
        told.expect_refused("stock", "part_arrived", "part_arrived", text="x")

    def test_what_is_not_in_stock_is_ordered_by_commercial_staff(self):
        """The second check is theirs or the stock keeper's."""
        told = tell("fuao", "urgent")
        told.does("engineer", "request_part", text="电源模块")
        told.does("engineer", "verify_part", text="型号无误")
        told.expect_refused("commercial", "order_part", "part_not_agreed", text="x")
        told.does("customer", "agree_part", text="同意")
        told.expect_refused("commercial", "order_part", "part_not_verified", text="x")
        told.does("commercial", "verify_part", text="型号无误")
        told.expect_refused("stock", "verify_part", "part_verified", text="x")
        told.does("commercial", "order_part", text="已下单")
        told.expect_refused("stock", "reserve_part", "part_provided", text="x")
        told.does("stock", "part_arrived", text="已到")

    def test_what_the_customer_refuses_is_never_provided(self):
        """They may also take back what they agreed to; another part may be requested."""
        told = tell("fuao", "urgent")
        told.does("engineer", "request_part", text="电源模块")
        told.does("engineer", "verify_part", text="对")
        told.does("stock", "verify_part", text="对")
        told.does("customer", "agree_part", text="同意")
        told.does("customer", "refuse_part", reason="预算未批")
        told.expect_refused("stock", "reserve_part", "part_refused", text="x")
        told.expect_refused("customer", "agree_part", "part_refused", text="x")
        told.does("engineer", "request_part", text="另一型号")
        told.does("customer", "agree_part", text="同意")
        assert [part.agreed for part in told.ticket.parts] == [True, True]

    def test_a_part_that_is_named_is_the_one_meant(self):
        told = tell("fuao", "urgent")
        told.does("engineer", "request_part", text="电源模块")
        told.does("engineer", "request_part", text="风扇")
        told.does("customer", "agree_part", text="同意", part="P1")
        assert [part.agreed for part in told.ticket.parts] == [True, False]
        told.expect_refused("customer", "agree_part", "part_agreed", text="同意", part="P1")
        told.expect_refused("customer", "agree_part", "no_part", text="同意", part="P9")


class TestTheSurvey:
    """004-12: by somebody who never was in charge."""

    def test_is_not_made_by_who_handed_the_ticket_over(self):
        told = tell("xinhe", "normal", facts={"asset": "application"})
        told.expect_refused("hotline", "reassign", "cannot_act", to="supervisor", reason="试错")
        told.does("engineer2", "respond", text="已联系")
        told.does("hotline", "reassign", to="engineer", reason="转工程师")
        told.does("engineer", "resolve", summary="更换电源后恢复")
        for step in ("diagnosis", "repair", "cleaning", "protection", "evidence"):
            told.does("engineer", "write_log", text="已按步骤完成", step=step)
        told.does("customer", "confirm")
        handler = replace(PEOPLE["supervisor"], also=("engineer2",))
        told.expect_refused(handler, "record_survey", "own_work", text="满意")
        told.does("supervisor", "record_survey", text="满意")


class TestWhatIsAllowed:
    """A refusal says what would be accepted instead."""

    def test_it_names_what_the_gates_leave_open_and_nothing_else(self):
        told = a_major_incident()
        refused = told.expect_refused("pm", "resolve", "not_approved", summary="更换电源后恢复")
        assert {"submit_formal_report", "pause", "advance", "note"} <= set(refused.data["allowed"])
        assert not {"resolve", "restore", "apply_major", "resume", "start_remote", "close"} & set(
            refused.data["allowed"]
        )

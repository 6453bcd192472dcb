"""The ladder: stages, branches and legs, each with the requirement it comes from."""

from datetime import timedelta

import pytest

from domain.ticket.obligations import State
from domain.ticket.stages import Stage
from tests.domain.told import tell

MINUTES = timedelta(minutes=1)
HOURS = timedelta(hours=1)


class TestStages:
    """The stage moves by advance, forward with a reason; back only once cause or asset have been revised."""

    def test_any_forward_stage_may_be_named_and_the_present_one_changes_nothing(self):
        told = tell("standard", "severe")
        told.does("engineer", "advance", stage="vendor", reason="厂家问题")
        told.does("engineer", "advance", stage="vendor", reason="再次")
        assert told.ticket.stage is Stage.VENDOR

    def test_back_only_after_a_revision_of_cause_or_asset(self):
        told = tell("sitech", "B")
        told.does("engineer", "advance", stage="vendor", reason="环境问题")
        told.expect_refused("engineer", "advance", "stage_behind", stage="phone", reason="x")
        told.does("engineer", "classify", level="C")
        told.expect_refused("engineer", "advance", "stage_behind", stage="phone", reason="x")
        told.does("engineer", "classify", facts={"cause": "own"})
        told.does("engineer", "advance", stage="phone", reason="实为本系统问题")

    def test_resolved_and_closed_cannot_be_named(self):
        told = tell("standard", "severe")
        told.expect_refused("engineer", "advance", "bad_data", stage="resolved", reason="x")

    def test_a_hand_over_needs_a_reason(self):
        told = tell("standard", "severe")
        told.expect_refused("pm", "reassign", "bad_data", to="engineer2")
        told.does("pm", "reassign", to="engineer2", reason="原工程师休假")
        assert told.ticket.assignee == "engineer2"


class TestSitechBranches:
    """003-03, 003-06, 003-07: environment to the vendor, unknown on site and to the vendor at once."""

    def test_entering_vendor_opens_a_case_whose_vendor_is_still_to_be_named(self):
        told = tell("sitech", "B", facts={"cause": "environment"})
        told.does("engineer", "advance", stage="vendor", reason="环境问题")
        assert [case.vendor for case in told.ticket.vendor_cases] == [None]
        told.does("engineer", "open_vendor_case", vendor="vendor", text="请协助")
        assert [case.vendor for case in told.ticket.vendor_cases] == ["vendor"]
        told.does("engineer", "open_vendor_case", vendor="another", text="另一家")
        told.does("vendor", "note", text="收到")
        told.does("vendor", "close_vendor_case", text="已修复")
        told.expect_refused("vendor", "close_vendor_case", "no_vendor_case", text="x")

    def test_unknown_goes_on_site_and_to_the_vendor_at_once(self):
        told = tell("sitech", "C", facts={"cause": "unknown"})
        told.does("engineer", "advance", stage="onsite", reason="无法判断")
        assert len(told.ticket.vendor_cases) == 1
        assert told.obligation("arrive@onsite").promise.clause.id == "003-07"
        assert told.due("arrive@onsite") == told.now + 24 * HOURS

    def test_a_known_cause_opens_no_case_on_site(self):
        told = tell("sitech", "C", facts={"cause": "own"})
        told.does("engineer", "advance", stage="onsite", reason="远程未解决")
        assert told.ticket.vendor_cases == ()

    def test_a_vendor_without_a_case_may_do_nothing(self):
        tell("sitech", "C").expect_refused("vendor", "note", "not_allowed", text="x")

    def test_the_division_departs_only_when_declared_necessary(self):
        told = tell("sitech", "C")
        assert told.state("depart@declared") is State.PENDING
        told.does("engineer", "dispatch", to="engineer", unit="local")
        assert told.state("depart@declared") is State.PENDING
        told.does("engineer", "dispatch", to="engineer2", unit="division")
        assert told.state("depart@declared") is State.RUNNING

    def test_silence_from_the_site_is_reported_once_until_something_is_heard(self):
        told = tell("sitech", "B")
        told.does("engineer", "advance", stage="onsite", reason="上门")
        told.passes(29 * MINUTES)
        told.does("engineer", "note", text="正在更换")
        told.passes(29 * MINUTES)
        assert told.alarms("heartbeat") == []
        told.passes(2 * HOURS)
        assert len(told.alarms("heartbeat")) == 1
        told.does("engineer", "note", text="更换完成")
        told.passes(31 * MINUTES)
        assert len(told.alarms("heartbeat")) == 2


class TestXinheEscalation:
    """004-09, 004-10: half of resolve brings the expert, the breach the emergency, and plan one by itself."""

    def test_half_of_resolve_moves_the_work_to_the_expert(self):
        told = tell("xinhe", "emergency")
        told.passes(2 * HOURS)
        assert told.ticket.stage is Stage.EXPERT

    def test_a_later_stage_is_left_where_it_is(self):
        told = tell("xinhe", "emergency")
        told.does("engineer", "advance", stage="vendor", reason="厂家")
        told.passes(2 * HOURS)
        assert told.ticket.stage is Stage.VENDOR

    def test_the_breach_of_resolve_starts_plan_one_ten_minutes_later(self):
        told = tell("xinhe", "emergency")
        told.passes(4 * HOURS)
        assert told.ticket.stage is Stage.EMERGENCY
        told.passes(9 * MINUTES)
        assert "emergency_plan_started" not in told.happened()
        told.passes(1 * MINUTES)
        assert told.happened()[-1] == "emergency_plan_started"
        told.expect_refused("pm", "start_plan", "plan_running", text="x")
        told.does("pm", "end_plan", text="厂家已恢复")

    def test_an_objection_in_time_keeps_plan_one_from_starting(self):
        told = tell("xinhe", "emergency")
        told.passes(4 * HOURS)
        told.does("customer", "object_plan", text="夜间不要切换")
        told.passes(1 * HOURS)
        assert "emergency_plan_started" not in told.happened()
        told.expect_refused("customer", "object_plan", "no_plan_pending", text="x")
        told.does("duty", "start_plan", text="启动预案二", plan="two")
        assert told.ticket.plan is not None
        assert told.ticket.plan.number == "two"

    def test_an_engineer_may_ask_for_the_emergency_before_time_brings_it(self):
        told = tell("xinhe", "normal")
        told.does("engineer", "advance", stage="emergency", reason="工程师和专家都无法解决")
        told.passes(10 * MINUTES)
        assert "emergency_plan_started" in told.happened()


class TestConsultation:
    """000-28: at levels I and II half of resolve, or a missed plan, opens one and leaves the stage."""

    @pytest.mark.parametrize(("level", "after"), [("I", 30 * MINUTES), ("II", 2 * HOURS)])
    def test_it_opens_by_itself_once(self, level: str, after: timedelta):
        told = tell("nuobida", level)
        told.passes(after - MINUTES)
        assert told.ticket.consultations == ()
        told.passes(24 * HOURS)
        assert len(told.ticket.consultations) == 1
        assert told.ticket.stage is Stage.TRIAGE
        told.does("expert", "conclude_consultation", text="更换主控板")
        told.expect_refused("expert", "conclude_consultation", "no_consultation", text="x")

    def test_at_lower_levels_it_opens_only_on_request(self):
        told = tell("nuobida", "IV")
        told.passes(240 * HOURS)
        assert told.ticket.consultations == ()
        told.does("engineer", "request_consultation", text="疑难")
        assert len(told.ticket.consultations) == 1

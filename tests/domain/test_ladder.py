"""The ladder: stages, branches and legs, each with the requirement it comes from."""

from datetime import timedelta
from typing import Any

import pytest

from domain.people.actors import SYSTEM
from domain.ticket.obligations import State
from domain.ticket.stages import Stage
from tests.domain.told import tell

MINUTES = timedelta(minutes=1)
HOURS = timedelta(hours=1)


class TestStages:
    """Any stage of work may be named with a reason, an earlier one too; going back lifts nothing."""

    def test_any_stage_may_be_named_and_the_present_one_changes_nothing(self):
        told = tell("standard", "severe")
        told.does("engineer", "advance", stage="vendor", reason="厂家问题")
        told.does("engineer", "advance", stage="vendor", reason="再次")
        assert told.ticket.stage is Stage.VENDOR

    def test_from_the_vendor_people_go_back_on_site(self):
        """003-03, step 10; 004-09: the expert works with the engineer on site."""
        told = tell("sitech", "B")
        told.does("engineer", "advance", stage="vendor", reason="环境问题")
        told.does("engineer", "advance", stage="onsite", reason="回现场更换")
        assert told.ticket.stage is Stage.ONSITE

    def test_a_stage_needs_a_reason(self):
        tell("standard", "severe").expect_refused("engineer", "advance", "bad_data", stage="phone")

    def test_what_was_remote_needs_the_application_from_any_earlier_stage_too(self):
        told = tell("nuobida", "II")
        told.does("engineer", "advance", stage="remote", reason="远程处理")
        told.does("engineer", "advance", stage="phone", reason="退回电话")
        told.expect_refused("engineer", "advance", "no_onsite_application", stage="onsite", reason="x")
        told.expect_refused("engineer", "dispatch", "no_onsite_application", to="engineer")
        for kind in ("depart", "arrive"):
            told.expect_refused("engineer", kind, "no_onsite_application")
        told.does("engineer", "apply_onsite", text="内部申请")
        told.does("engineer", "dispatch", to="engineer")

    def test_the_emergency_asks_whether_the_experts_were_ever_there(self):
        """004-10: the way back on site does not undo that the expert has tried."""
        told = tell("xinhe", "emergency")
        told.passes(2 * HOURS)
        told.does("engineer", "advance", stage="onsite", reason="专家与现场一起处理")
        told.passes(2 * HOURS)
        assert told.ticket.stage is Stage.EMERGENCY


class TestTheStageFollowsTheWork:
    """One table from act to stage, forward only."""

    @pytest.mark.parametrize(
        ("who", "kind", "data", "stage"),
        [
            ("hotline", "respond", {"text": "已联系"}, Stage.PHONE),
            ("engineer", "contact", {"text": "已联系"}, Stage.PHONE),
            ("engineer", "start_remote", {"text": "开始"}, Stage.REMOTE),
            ("engineer", "dispatch", {"to": "engineer"}, Stage.ONSITE),
            ("engineer", "depart", {}, Stage.ONSITE),
            ("engineer", "arrive", {}, Stage.ONSITE),
            ("pm", "start_plan", {"text": "启动"}, Stage.EMERGENCY),
        ],
    )
    def test_an_act_leads_to_its_stage_and_the_entry_says_so(
        self, who: str, kind: str, data: dict[str, Any], stage: Stage
    ):
        told = tell("sitech", "C")
        told.does("customer", "grant_remote", scope="数据库")
        assert told.does(who, kind, **data).data["stage"] == stage
        assert told.ticket.stage is stage

    def test_it_never_leads_back(self):
        told = tell("sitech", "C")
        told.does("engineer", "advance", stage="expert", reason="疑难")
        acts = (
            told.does("engineer", "respond", text="已联系"),
            told.does("engineer", "dispatch", to="engineer"),
            told.does("engineer", "arrive"),
        )
        assert not any("stage" in each.data for each in acts)
        assert told.ticket.stage is Stage.EXPERT

    @pytest.mark.parametrize(
        ("pack", "level", "key"), [("nuobida", "II", "arrive@dispatched|onsite"), ("sitech", "C", "arrive@onsite")]
    )
    def test_a_dispatch_arms_the_arrival(self, pack: str, level: str, key: str):
        told = tell(pack, level)
        told.does("engineer", "dispatch", to="engineer")
        assert told.state(key) is State.RUNNING

    def test_from_a_later_stage_the_dispatch_is_when_it_counts_from(self):
        told = tell("sitech", "C")
        told.does("engineer", "advance", stage="expert", reason="疑难")
        told.passes(30 * MINUTES)
        told.does("engineer", "dispatch", to="engineer")
        assert told.due("arrive@onsite") == told.now + 24 * HOURS

    def test_a_plan_that_starts_by_itself_leads_back_into_the_emergency(self):
        told = tell("xinhe", "emergency")
        told.passes(4 * HOURS)
        told.does("engineer", "advance", stage="onsite", reason="继续在现场处理")
        told.passes(10 * MINUTES)
        assert told.ticket.plan is not None
        assert told.ticket.plan.started_at is not None
        assert told.ticket.stage is Stage.EMERGENCY


class TestAssignment:
    """002-04: a hand-over is told why."""

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
        """003-08: from the arrival on, whatever the stage."""
        told = tell("sitech", "B")
        told.does("engineer", "advance", stage="expert", reason="疑难")
        told.passes(2 * HOURS)
        assert told.alarms("heartbeat") == []
        told.does("engineer", "arrive")
        told.passes(29 * MINUTES)
        told.does("engineer", "note", text="正在更换")
        told.passes(29 * MINUTES)
        assert told.alarms("heartbeat") == []
        told.passes(2 * HOURS)
        assert len(told.alarms("heartbeat")) == 1
        told.does("engineer", "note", text="更换完成")
        told.passes(31 * MINUTES)
        assert len(told.alarms("heartbeat")) == 2

    @pytest.mark.parametrize(("kind", "data"), [("end_visit", {}), ("resolve", {"summary": "更换电源，业务恢复"})])
    def test_after_the_visit_nobody_waits_for_the_site(self, kind: str, data: dict[str, Any]):
        told = tell("sitech", "A")
        told.does("engineer", "arrive")
        told.does("engineer", kind, **data)
        told.passes(3 * HOURS)
        assert told.alarms("heartbeat") == []


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
        happened = [each for each in told.happened() if each != "alarm_raised"]
        assert happened[-2:] == ["emergency_plan_started", "vendor_case_opened"]
        told.expect_refused("pm", "start_plan", "plan_running", text="x")
        told.does("pm", "end_plan", text="厂家已恢复")

    def test_an_objection_in_time_keeps_plan_one_from_starting(self):
        told = tell("xinhe", "emergency")
        told.passes(4 * HOURS)
        told.does("duty", "object_plan", text="夜间不要切换")
        told.passes(1 * HOURS)
        assert "emergency_plan_started" not in told.happened()
        told.expect_refused("leader", "object_plan", "no_plan_pending", text="x")
        told.expect_refused("customer", "object_plan", "not_allowed", text="x")
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


class TestAVendorsPersonWhoLeaves:
    def test_leaves_the_case_to_another_or_openly_to_nobody(self):
        told = tell("sitech", "B")
        told.does("engineer", "open_vendor_case", vendor="vendor", text="请协助")
        entry = told.does(SYSTEM, "hand_vendor_case", case="V1", vendor="vendor2", reason="离职")
        assert (entry.data["from"], told.ticket.vendors) == ("vendor", ("vendor2",))
        told.expect_refused("vendor", "close_vendor_case", "not_allowed", text="x")
        told.does(SYSTEM, "hand_vendor_case", case="V1", reason="离职")
        told.expect_refused("pm", "close_vendor_case", "vendor_not_named", text="x")
        told.does("engineer", "open_vendor_case", vendor="vendor", text="请协助")
        told.does("vendor", "close_vendor_case", text="已处理")
        told.expect_refused(SYSTEM, "hand_vendor_case", "vendor_case_closed", case="V1", vendor="vendor2", reason="x")

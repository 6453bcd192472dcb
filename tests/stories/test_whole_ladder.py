"""The whole ladder on the real server: every branch, gate and pause of a ticket's life."""

import asyncio
from datetime import timedelta

from domain.ticket.obligations import State
from tests.desk import Case, Desk
from tests.patience import PATIENCE_S

MINUTES = timedelta(minutes=1)
HOURS = timedelta(hours=1)


async def happened(case: Case) -> list[str]:
    """The timeline, in words."""
    return [entry.happening for entry in await case.timeline()]


class TestMajorIncident:
    """000-09..11: refused, applied for again, approved by both departments, and only then touched."""

    async def test_a_refusal_makes_work_impossible_until_a_new_application_is_approved(self, desk: Desk):
        case = await desk.open("nuobida", "I", facts={"major": True})
        await case.does("engineer", "respond", text="已联系")
        await case.expect_refused("engineer", "restore", "not_approved", text="x")
        await case.does("pm", "submit_formal_report", text="正式报告")
        await case.does("pm", "apply_major", title="重装系统", plan="备份后重装", risk="停机一小时")
        due = (await case.obligation("resolve")).promise.due_at
        await case.expect("resolve", State.PAUSED)
        await case.passes(20 * MINUTES)
        await case.does("business", "refuse", opinion="业务高峰")
        await case.expect_refused("engineer", "resolve", "not_approved", summary="更换电源后恢复")
        await case.does("pm", "apply_major", title="重装系统", plan="夜间重装", risk="停机一小时")
        await case.does("tech", "approve", opinion="同意")
        await case.does("business", "approve", opinion="同意")
        running = await case.expect("resolve", State.RUNNING)
        assert due is not None
        assert running.promise.due_at is not None
        assert running.promise.due_at > due + 20 * MINUTES
        await case.does("engineer", "resolve", summary="更换电源后恢复")
        await case.does("customer", "confirm")
        await case.closes()
        assert (await happened(case)).count("alarm_raised") >= 3  # the reminders of the first application

    async def test_two_approvers_at_once_and_one_of_each_department_counts(self, desk: Desk):
        case = await desk.open("nuobida", "I", facts={"major": True})
        await case.does("pm", "submit_formal_report", text="正式报告")
        await case.does("pm", "apply_major", title="t", plan="p", risk="r")
        await asyncio.gather(
            case.does("tech", "approve", opinion="同意"), case.does("business", "approve", opinion="同意")
        )
        await case.expect_refused("tech", "refuse", "already_decided", opinion="反悔")


class TestRemoteThenOnSite:
    """000-24: silence leads on site through the internal application."""

    async def test_silence_proposes_the_visit_and_the_visit_needs_the_application(self, desk: Desk):
        case = await desk.open("nuobida", "II")
        await case.does("engineer", "advance", stage="remote", reason="电话未解决")
        await case.does("engineer", "request_remote", scope="数据库", text="查看锁等待")
        await case.passes(16 * MINUTES)
        assert (await case.expect_entry("remote_silence"))["proposes"] == "apply_onsite"
        await case.expect_refused("engineer", "arrive", "no_onsite_application")
        await case.does("engineer", "apply_onsite", text="内部申请")
        await case.does("engineer", "advance", stage="onsite", reason="上门")
        await case.does("engineer", "dispatch", to="engineer2")
        await case.expect("arrive@dispatched|onsite", State.RUNNING)
        await case.does("engineer2", "arrive")

    async def test_an_expired_grant_ends_the_session(self, desk: Desk):
        case = await desk.open("xinhe", "normal")
        ends = case.now() + HOURS
        await case.does("customer", "grant_remote", scope="主机", expires_at=ends.isoformat())
        await case.does("engineer", "start_remote", text="开始")
        await case.reaches(ends)
        await case.expect_entry("remote_expired")
        await case.expect_refused("engineer", "start_remote", "no_grant", text="x")


class TestSitech:
    """003-07, 003-08: on site and to the vendor at once; silence from the site is noticed."""

    async def test_the_unknown_goes_both_ways_and_the_site_reports(self, desk: Desk):
        case = await desk.open("sitech", "B", facts={"cause": "unknown"})
        await case.does("engineer", "arrive")
        assert [leg.vendor for leg in (await case.ticket()).vendor_cases] == [None]
        await case.does("engineer", "open_vendor_case", vendor="vendor", text="请协助定位")
        await case.passes(31 * MINUTES)
        await case.expect_entry("heartbeat")
        await case.does("vendor", "close_vendor_case", text="厂家已修复")


class TestXinhe:
    """004-09, 004-10: the expert at half, the emergency at the breach, plan one after ten minutes."""

    async def test_time_alone_climbs_from_triage_to_plan_one(self, desk: Desk):
        case = await desk.open("xinhe", "emergency")
        await case.passes(4 * HOURS + 11 * MINUTES)
        await case.expect_entry("emergency_plan_started")
        assert (await case.ticket()).stage == "emergency"
        climbed = [entry for entry in await happened(case) if entry in {"advanced", "emergency_plan_started"}]
        assert climbed == ["advanced", "advanced", "emergency_plan_started"]


class TestConsultation:
    """000-28: a missed plan opens a consultation and leaves the stage."""

    async def test_a_missed_plan_calls_the_experts(self, desk: Desk):
        case = await desk.open("nuobida", "I")
        await case.passes(31 * MINUTES)
        await case.expect_entry("consultation_requested")
        await case.does("expert", "conclude_consultation", text="更换主控板")
        assert (await case.ticket()).stage == "triage"


class TestPauses:
    """A pause costs no history while it lasts, and ends at its cap. What brings a substitute device runs on."""

    async def test_a_pause_for_the_customer_ends_at_its_cap_and_took_no_events_meanwhile(self, desk: Desk):
        case = await desk.open("standard", "general", facts={"asset": "system_software"})
        await case.does("engineer", "contact", text="已联系")
        await case.does("engineer", "submit_plan", text="方案")
        await case.does("engineer", "arrive")
        await case.does("engineer", "pause", reason="customer", text="等客户提供机房门禁")
        pause = (await case.ticket()).pause
        assert pause is not None
        assert pause.until is not None
        before = len((await case.handle.fetch_history()).events)
        await case.reaches(pause.until - MINUTES)
        quiet = await case.handle.fetch_history()
        assert len(quiet.events) - before <= 3  # the skips of the test itself
        await case.expect("restore", State.PAUSED)
        await case.reaches(pause.until)
        await case.expect("restore", State.RUNNING)
        await case.expect_entry("pause_capped")


class TestReclassification:
    """A level raised after its budget is spent fires at once, once."""

    async def test_the_new_budget_is_already_spent(self, desk: Desk):
        case = await desk.open("nuobida", "II")
        await case.passes(170 * MINUTES)
        await case.does("engineer", "classify", level="I")
        await case.passes(2 * MINUTES)
        await case.expect("resolve", State.BREACHED)
        await case.expect_alarm("resolve", 100)
        await case.does("engineer", "classify", level="II", reason="影响面小于预计")
        await case.expect("resolve", State.BREACHED)

    async def test_consent_moves_the_visit_to_the_second_working_day(self, desk: Desk):
        case = await desk.open("fuao", "urgent", facts={"severity": "general"})
        await case.does("customer", "consent", subject="001-06", text="同意第二个工作日上门", evidence="传真")
        arrive = await case.obligation("arrive")
        assert (arrive.promise.clause.id, arrive.promise.superseded) == ("001-06", ())


class TestAftercare:
    """What is owed after the close keeps its own clock."""

    async def test_the_survey_is_breached_alarmed_and_still_recorded_by_another_person(self, desk: Desk):
        case = await desk.open("fuao", "regular")
        await case.does("engineer", "resolve", summary="更换电源后恢复")
        await case.does("customer", "confirm")
        await case.closes()
        await case.expect("survey@closed", State.RUNNING)
        owed = "survey@closed", "report@resolved"
        dues = [(await case.obligation(key)).promise.due_at for key in owed]
        await case.reaches(max(due for due in dues if due))  # by working days: at a long holiday in more than twelve
        for key in owed:
            await case.expect_alarm(key, 100)
        await case.expect_refused("engineer", "record_survey", "not_allowed", text="x")
        await case.does("supervisor", "record_survey", text="满意", satisfaction="satisfied")
        await case.does("engineer", "deliver_report", text="迟到的报告")
        await asyncio.wait_for(case.handle.result(), PATIENCE_S)
        assert [entry.seq for entry in await case.timeline()] == list(range(1, len(await case.timeline()) + 1))

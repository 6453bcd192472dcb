"""A ticket under each of the five packs, from the call to the archive, with one promise broken on the way."""

import asyncio
from datetime import timedelta

from domain.ticket.obligations import State
from tests.desk import Desk

MINUTES = timedelta(minutes=1)


class TestNuobida:
    """000: respond 10 min, plan 30 min, resolve 2 h, all counted from the report."""

    async def test_a_plan_that_nobody_submits_is_breached_on_time_and_the_ticket_still_closes(self, desk: Desk):
        case = await desk.open("nuobida", "I")
        await case.does("engineer", "respond", text="已致电客户")
        await case.reaches_due("plan")
        await case.expect("plan", State.BREACHED)
        await case.expect_alarm("plan", 100)
        await case.expect("respond", State.MET)
        await case.does("pm", "classify", facts={"major": False}, reason="单台设备")
        await case.does("engineer", "resolve", summary="更换主控板")
        await case.does("customer", "confirm")
        outcome = await case.closes()
        assert outcome.obligations["resolve"] == "met"
        assert outcome.obligations["plan"] == "breached"


class TestFuao:
    """001: three scales at once; the strictest rules, a substitute follows a missed repair."""

    async def test_a_missed_repair_arms_the_substitute_counted_from_the_fault(self, desk: Desk):
        case = await desk.open("fuao", "full_urgent", fault_ago=90 * MINUTES)
        respond = await case.obligation("respond")
        assert respond.promise.clause.id == "001-31"
        assert "001-05" in respond.promise.superseded
        await case.expect("substitute@breach:resolve", State.PENDING)
        await case.does("engineer", "respond", text="已致电客户")
        await case.reaches_due("resolve")
        await case.expect_alarm("resolve", 100)
        armed = await case.expect("substitute@breach:resolve", State.RUNNING)
        assert armed.promise.due_at == case.fault_at + timedelta(hours=12)
        await case.does("engineer", "resolve", summary="更换主控板")
        await case.expect("substitute@breach:resolve", State.CANCELLED)
        await case.expect("report@resolved", State.RUNNING)
        await case.does("engineer", "deliver_report", text="原因、方法、结果")
        await case.does("customer", "confirm")
        assert (await case.closes()).obligations["report@resolved"] == "met"


class TestStandard:
    """002: ten minutes for what we supplied, half an hour to restore, a report three days after a visit."""

    async def test_a_late_restoration_is_breached_and_a_visit_owes_a_report(self, desk: Desk):
        case = await desk.open("standard", "severe")
        await case.does("engineer", "contact", text="已联系")
        await case.reaches_due("restore")
        await case.expect_alarm("restore", 100)
        await case.does("engineer", "restore", text="绕行恢复")
        restored = await case.expect("restore", State.BREACHED)
        assert restored.met_at is not None
        await case.does("engineer", "arrive")
        await case.does("engineer", "end_visit")
        await case.expect("report@visit_end", State.PENDING)
        await case.does("engineer", "resolve", summary="更换部件")
        await case.expect("report@visit_end", State.RUNNING)
        await case.does("customer", "confirm")
        assert (await case.closes()).obligations["arrive"] == "met"


class TestSitech:
    """003: local staff on site in half an hour; a failed restoration makes the division set out."""

    async def test_a_missed_restoration_arms_the_departure_of_the_division(self, desk: Desk):
        case = await desk.open("sitech", "A")
        await case.expect("arrive", State.RUNNING)
        await case.does("engineer", "contact", text="已联系")
        await case.does("engineer", "arrive")
        await case.expect("depart@breach:restore|declared", State.PENDING)
        await case.reaches_due("restore")
        await case.expect_alarm("restore", 100)
        departs = await case.expect("depart@breach:restore|declared", State.RUNNING)
        assert departs.promise.due_at == case.received_at + timedelta(hours=3)
        await case.does("engineer2", "depart")
        await case.does("engineer", "resolve", summary="更换电源后恢复")
        await case.does("customer", "confirm")
        assert (await case.closes()).obligations["restore"] == "breached"


class TestXinhe:
    """004: taking the call is the response; five steps before the archive."""

    async def test_nobody_taking_over_breaches_the_hand_over_and_five_steps_come_before_the_close(self, desk: Desk):
        case = await desk.open("xinhe", "emergency", channel="phone")
        await case.expect("respond", State.MET)
        await case.reaches_due("handover")
        await case.expect_alarm("handover", 100)
        await case.does("hotline", "reassign", to="engineer", reason="移交")
        await case.expect("handover", State.BREACHED)
        await case.does("engineer", "resolve", summary="更换电源")
        await case.does("customer", "confirm")
        await case.expect_refused("pm", "close", "steps_open")
        for step in ("diagnosis", "repair", "cleaning", "protection"):
            await case.does("engineer", "write_log", text="已按步骤完成", step=step)
        await case.does("engineer", "write_log", text="客户不需要", step="evidence", waived=True)
        await case.passes(timedelta(days=4))
        told = [row.data["missing"] for row in await case.timeline() if row.data.get("alarm") == "closing_missing"]
        assert told[0] == "steps_open"
        assert "" in told[1:]  # until somebody closes it
        await case.does("pm", "close")
        await case.closes()


class TestTheCustomersSilence:
    """A resolution that nobody objects to is confirmed when the window ends."""

    async def test_silence_confirms_after_three_working_days(self, desk: Desk):
        case = await desk.open("nuobida", "IV")
        await case.does("engineer", "resolve", summary="更换电源后恢复")
        resolution = (await case.ticket()).resolution
        assert resolution is not None
        await case.reaches(resolution.silent_until)
        await case.closes()
        happened = [entry.happening for entry in await case.timeline()]
        assert happened[-2:] == ["silence_confirmed", "closed"]


class TestARejection:
    """Clocks run on with what they had consumed; the wait for the customer is not counted."""

    async def test_a_rejected_resolution_reopens_with_the_wait_not_counted(self, desk: Desk):
        case = await desk.open("nuobida", "II")
        await case.does("engineer", "advance", stage="phone", reason="电话处理")
        due = (await case.obligation("resolve")).promise.due_at
        await case.does("engineer", "resolve", summary="更换电源后恢复")
        await case.passes(60 * MINUTES)
        await case.does("customer", "reject", reason="问题仍在")
        reopened = await case.expect("resolve", State.RUNNING)
        await case.expect("plan", State.RUNNING)
        assert (await case.ticket()).stage == "phone"
        assert due is not None
        assert reopened.promise.due_at is not None
        assert timedelta(minutes=60) <= reopened.promise.due_at - due < timedelta(minutes=61)


class TestBehindTheDecisionTable:
    """Whoever asks, in whatever stage, is answered; a repeat changes nothing."""

    async def test_the_wrong_role_the_wrong_stage_and_a_foreign_customer_are_refused_and_recorded(self, desk: Desk):
        case = await desk.open("nuobida", "II")
        await case.expect_refused("hotline", "resolve", "not_allowed", summary="更换电源后恢复")
        await case.expect_refused("auditor", "note", "not_allowed", text="x")
        await case.expect_refused("stranger", "note", "not_allowed", text="x")
        await case.expect_refused("customer", "confirm", "wrong_stage")
        refusals = [entry for entry in await case.timeline() if entry.happening == "command_refused"]
        assert len(refusals) == 4
        assert "note" in refusals[-1].data["allowed"]
        assert "confirm" not in refusals[-1].data["allowed"]

    async def test_without_a_level_only_respond_and_contact_count_and_resolve_waits_for_classify(self, desk: Desk):
        case = await desk.open("sitech")
        assert {each.key for each in (await case.ticket()).obligations} == {"respond", "contact"}
        await case.expect_refused("engineer", "resolve", "not_classified", summary="更换电源后恢复")
        await case.does("hotline", "classify", level="B", facts={"cause": "unknown"})
        assert (await case.obligation("restore")).promise.due_at == case.received_at + timedelta(hours=4)


class TestAnsweredInTime:
    """Judged by when it happened, not by when it was processed."""

    async def test_an_act_reported_after_the_breach_turns_it_into_met_and_the_alarm_stays(self, desk: Desk):
        case = await desk.open("nuobida", "I")
        await case.passes(12 * MINUTES)
        await case.expect("respond", State.BREACHED)
        await case.does("engineer", "respond", text="当时信号不好", ago=5 * MINUTES)
        late = await case.expect("respond", State.MET)
        assert late.reported_late
        await case.expect_alarm("respond", 100)

    async def test_a_stated_time_before_the_report_counts_as_now(self, desk: Desk):
        case = await desk.open("nuobida", "I")
        await case.passes(12 * MINUTES)
        await case.does("engineer", "respond", text="记错了", ago=60 * MINUTES)
        await case.expect("respond", State.BREACHED)


class TestSideBySide:
    """Tickets do not wait for one another."""

    async def test_ten_tickets_raise_their_alarms_each_on_its_own_clock(self, desk: Desk):
        cases = await asyncio.gather(*(desk.open("nuobida", "I") for _ in range(10)))
        await asyncio.gather(*(case.reaches_due("respond") for case in cases))
        await asyncio.gather(*(case.expect_alarm("respond", 100) for case in cases))

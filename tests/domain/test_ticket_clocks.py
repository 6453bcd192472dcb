"""A ticket's clocks: arming, pauses, re-classification, reopening, late reports, rungs."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.contract.calendars import CHINA
from domain.people.actors import Role
from domain.ticket.obligations import State
from tests.domain.told import FRIDAY, tell
from tests.people import PEOPLE

MINUTES = timedelta(minutes=1)
HOURS = timedelta(hours=1)
DAYS = timedelta(days=1)


class TestPauses:
    """Pauses stop restore and resolve; consumed time stays; a cap ends them."""

    def test_what_was_consumed_is_kept(self):
        told = tell("standard", "general")
        told.passes(30 * MINUTES)
        told.does("engineer", "pause", reason="customer", text="等机房开门")
        assert told.state("restore") is State.PAUSED
        assert told.state("arrive") is State.RUNNING
        told.passes(5 * HOURS)
        told.does("engineer", "resume")
        assert told.due("restore") == FRIDAY + 120 * MINUTES + 5 * HOURS

    def test_a_second_pause_is_refused_and_resume_needs_one(self):
        told = tell("standard", "general")
        told.expect_refused("engineer", "resume", "not_paused")
        told.does("engineer", "pause", reason="customer", text="等客户提供日志")
        told.expect_refused("engineer", "pause", "already_paused", reason="customer", text="x")

    @pytest.mark.parametrize("reason", ["parts", "third_party", "force_majeure"])
    def test_other_reasons_only_where_the_contract_allows_them(self, reason: str):
        """None of the five documents stops a clock for them."""
        tell("standard", "general").expect_refused("engineer", "pause", "reason_not_allowed", reason=reason, text="x")
        told = tell("standard", "general", switches={"pause_reasons": ("customer", reason)})
        told.does("engineer", "pause", reason=reason, text="台风停运")
        assert (told.state("restore"), told.state("resolve")) == (State.PAUSED, State.PAUSED)

    def test_a_pause_over_the_spring_festival_ends_at_its_cap(self):
        told = tell("standard", "general", switches={"pause_reasons": ("customer", "parts")})
        told.does("engineer", "pause", reason="parts", text="等备件")
        told.passes(30 * DAYS)
        capped = next(entry for entry in told.ticket.fresh if entry.happening == "pause_capped")
        # Saturday the 14th is worked, then the festival; the third working day is Wednesday the 25th.
        assert capped.at == datetime(2026, 2, 25, 17, 0, tzinfo=CHINA)
        assert told.due("restore") == capped.at + 120 * MINUTES

    def test_resolving_ends_the_pause(self):
        told = tell("standard", "general", switches={"pause_reasons": ("customer", "parts")})
        told.does("engineer", "pause", reason="parts", text="等备件")
        told.does("engineer", "resolve", summary="无需备件")
        assert told.ticket.pause is None


class TestReclassification:
    """Open obligations are derived anew, from their origin; nothing is un-breached."""

    def test_a_level_raised_after_its_budget_is_spent_fires_at_once_and_once(self):
        told = tell("nuobida", "IV", at=FRIDAY - 6 * HOURS)
        told.passes(3 * HOURS)
        told.does("engineer", "classify", level="I")
        told.passes(timedelta(0))
        assert told.state("resolve") is State.BREACHED
        assert told.rungs("resolve")[-2:] == [100, 150]
        assert told.obligation("resolve").alarms[-1].lateness_ms == 0
        told.does("engineer", "classify", level="IV", reason="误判")
        assert told.state("resolve") is State.BREACHED

    def test_a_kind_without_a_clause_is_superseded_and_comes_back(self):
        told = tell("sitech", "A")
        due = told.due("restore")
        told.does("engineer", "classify", level="C", reason="误判")
        assert told.state("restore") is State.SUPERSEDED
        told.does("engineer", "classify", level="A")
        assert told.state("restore") is State.RUNNING
        assert told.due("restore") == due

    def test_consumed_time_is_counted_anew_under_the_clause_that_now_rules(self):
        told = tell("nuobida", "I")
        told.passes(30 * MINUTES)
        told.does("engineer", "pause", reason="customer", text="等")
        told.passes(60 * MINUTES)
        told.does("engineer", "resume")
        told.does("engineer", "classify", level="II", reason="误判")
        assert told.due("resolve") == FRIDAY + 5 * HOURS

    def test_without_a_level_only_respond_and_contact_count(self):
        told = tell("nuobida")
        assert [each.key for each in told.ticket.obligations] == ["respond"]
        assert told.due("respond") == FRIDAY + 10 * MINUTES
        told.expect_refused("engineer", "resolve", "not_classified", summary="更换电源后恢复")
        told.expect_refused("engineer", "classify", "unknown_level", level="V")

    def test_the_strictest_rules_once_two_of_a_kind_are_armed(self):
        told = tell("fuao", "urgent", at=FRIDAY - 6 * HOURS)
        assert told.due("arrive") == FRIDAY - 2 * HOURS
        told.does("engineer", "dispatch", to="engineer")
        assert told.state("arrive@dispatched") is State.RUNNING
        assert told.state("arrive") is State.SUPERSEDED
        told.does("engineer", "arrive")
        assert told.state("arrive@dispatched") is State.MET

    def test_consent_replaces_the_four_hours_by_the_second_working_day(self):
        told = tell("fuao", "urgent", facts={"severity": "general"})
        told.does("customer", "consent", subject="001-06", text="同意次工作日上门", evidence="传真")
        arrive = told.obligation("arrive")
        assert (arrive.promise.clause.id, arrive.promise.superseded) == ("001-06", ())
        assert told.due("arrive") == datetime(2026, 2, 24, 17, 30, tzinfo=CHINA)


class TestReopening:
    """After a rejection the clocks run on with what they had consumed at the effective time of resolve."""

    def test_the_wait_for_the_customer_is_not_counted(self):
        told = tell("nuobida", "I", switches={"major_needs_approval": False})
        told.passes(40 * MINUTES)
        told.does("engineer", "resolve", summary="更换电源后恢复", ago=10 * MINUTES)
        told.passes(5 * HOURS)
        told.does("customer", "reject", reason="问题仍在")
        assert told.due("resolve") == FRIDAY + 2 * HOURS + 5 * HOURS + 10 * MINUTES
        assert told.state("resolve") is State.RUNNING

    def test_what_the_resolution_cancelled_returns(self):
        told = tell("nuobida", "III")
        told.does("engineer", "resolve", summary="更换电源后恢复")
        assert told.state("plan") is State.CANCELLED
        told.does("customer", "reject", reason="问题仍在")
        assert told.state("plan") is State.RUNNING

    def test_what_was_breached_stays_breached(self):
        told = tell("nuobida", "I", switches={"major_needs_approval": False})
        told.passes(3 * HOURS)
        told.does("engineer", "resolve", summary="更换电源后恢复")
        told.does("customer", "reject", reason="问题仍在")
        assert told.state("resolve") is State.BREACHED
        assert told.obligation("resolve").met_at is None

    def test_work_goes_on_at_the_stage_it_was_resolved_from(self):
        told = tell("nuobida", "III")
        told.does("engineer", "advance", stage="expert", reason="疑难")
        told.does("engineer", "resolve", summary="更换电源后恢复")
        told.does("pm", "reopen", reason="监控仍告警")
        assert told.ticket.stage == "expert"


class TestEffectiveTime:
    """A verdict compares the due time with when the act took effect."""

    def test_an_answer_given_in_time_and_processed_late_is_met_and_reported_late(self):
        told = tell("nuobida", "I")
        told.passes(20 * MINUTES)
        told.does("engineer", "respond", text="当时没信号", ago=15 * MINUTES)
        assert told.state("respond") is State.MET
        assert told.obligation("respond").reported_late
        assert told.rungs("respond") == [50, 80, 100, 150]

    def test_a_time_before_the_origin_counts_as_now(self):
        told = tell("nuobida", "I")
        told.passes(20 * MINUTES)
        told.does("engineer", "respond", text="记错", ago=21 * MINUTES)
        assert told.state("respond") is State.BREACHED
        assert told.obligation("respond").met_at == told.now

    def test_a_contract_may_go_by_the_time_of_the_report_only(self):
        told = tell("nuobida", "I", switches={"reported_times": False})
        told.passes(20 * MINUTES)
        told.does("engineer", "respond", text="x", ago=15 * MINUTES)
        assert told.state("respond") is State.BREACHED

    def test_a_dispatch_counts_from_when_it_was_decided(self):
        told = tell("nuobida", "II")
        told.passes(30 * MINUTES)
        told.does("engineer", "dispatch", to="engineer", ago=5 * MINUTES)
        assert told.due("depart@dispatched") == told.now + 10 * MINUTES

    def test_pauses_take_effect_when_they_are_accepted(self):
        told = tell("standard", "general")
        told.passes(30 * MINUTES)
        told.does("engineer", "pause", reason="customer", text="x", ago=20 * MINUTES)
        assert told.ticket.stops[0].since == told.now


class TestClosing:
    """Confirmation, the service log, and under xinhe the five steps."""

    def test_silence_confirms_on_the_third_working_day_and_closes(self):
        told = tell("nuobida", "IV")
        told.does("engineer", "resolve", summary="更换电源后恢复")
        told.passes(30 * DAYS)
        confirmed = told.happened().index("silence_confirmed")
        assert told.happened()[confirmed + 1] == "closed"
        assert told.ticket.closed_at == datetime(2026, 2, 25, 17, 0, tzinfo=CHINA)

    def test_a_manager_cannot_close_before_the_customer_agrees(self):
        told = tell("nuobida", "IV")
        told.expect_refused("pm", "close", "wrong_stage")
        told.does("engineer", "resolve", summary="更换电源后恢复")
        told.expect_refused("pm", "close", "not_confirmed")

    def test_xinhe_waits_for_the_five_steps(self):
        told = tell("xinhe", "normal")
        told.does("engineer", "resolve", summary="更换电源")
        told.does("customer", "confirm")
        told.does("engineer", "write_log", text="已诊断故障", step="diagnosis")
        refused = told.expect_refused("pm", "close", "steps_open")
        words = refused.data["detail"]["zh"]
        assert ("系统清理" in words, "故障诊断" in words) == (True, False)
        alarm = told.alarms("closing_missing")[-1]
        assert alarm.data["steps"] == ["diagnosis", "repair", "cleaning", "protection", "evidence"]
        for step in ("diagnosis", "repair", "cleaning", "protection", "evidence"):
            told.does("engineer", "write_log", text="已按步骤完成", step=step, waived=step == "evidence")
        told.does("pm", "close")

    def test_who_handled_the_ticket_does_not_survey_it(self):
        told = tell("fuao", "regular")
        told.does("engineer", "resolve", summary="已答复客户")
        told.does("customer", "confirm")
        as_supervisor = replace(PEOPLE["engineer"], role=Role.SUPERVISOR)
        told.expect_refused(as_supervisor, "record_survey", "own_work", text="满意")

    def test_nobody_is_surveyed_before_the_close(self):
        """Not under xinhe either, where a resolved ticket takes late reports of what was done before."""
        told = tell("xinhe", "normal")
        told.expect_refused("supervisor", "record_survey", "not_closed", text="满意")
        told.passes(HOURS)
        told.does("engineer", "resolve", summary="更换电源后恢复")
        told.expect_refused("supervisor", "record_survey", "not_closed", text="满意")
        late = told.says("supervisor", "record_survey", HOURS, {"text": "满意"})
        assert late.data["reason"] == "not_closed"

    def test_a_closed_ticket_takes_what_it_still_owes_and_nothing_else(self):
        told = tell("fuao", "regular")
        told.does("engineer", "resolve", summary="更换电源后恢复")
        told.does("customer", "confirm")
        told.expect_refused("engineer", "note", "closed", text="x")
        told.does("engineer", "deliver_report", text="原因、方法、结果")
        told.does("supervisor", "record_survey", text="满意", satisfaction="satisfied")
        assert told.state("report@resolved") is State.MET
        assert told.state("survey@closed") is State.MET

"""What counts: the act that happened first, the resolution and what it ends, the report on a visit."""

from datetime import datetime, timedelta

import pytest

from domain.contract.calendars import CHINA
from domain.ticket.obligations import State
from tests.domain.told import Told, tell

MINUTES = timedelta(minutes=1)
HOURS = timedelta(hours=1)
DAYS = timedelta(days=1)


class TestTheFirstActCounts:
    """The one that happened first, not the one that was told first."""

    def test_an_earlier_answer_that_is_learnt_later_meets_it(self):
        """Fault 10: a late response, then the one of six minutes ago."""
        told = tell("sitech", "A")
        told.passes(12 * MINUTES)
        told.does("engineer", "respond", text="已响应")
        assert told.state("respond") is State.BREACHED
        told.does("engineer", "respond", text="当时已接", ago=6 * MINUTES)
        assert (told.state("respond"), told.obligation("respond").reported_late) == (State.MET, True)
        assert told.obligation("respond").met_at == told.now - 6 * MINUTES
        told.does("engineer", "respond", text="又一次", ago=4 * MINUTES)
        assert told.obligation("respond").met_at == told.now - 6 * MINUTES

    def test_an_earlier_repair_shows_that_no_device_was_owed(self):
        told = tell("fuao", "full_urgent")
        told.passes(5 * HOURS)
        told.does("engineer", "resolve", summary="更换电源后恢复")
        assert told.state("resolve") is State.BREACHED
        told.does("engineer", "resolve", summary="早已修复", ago=2 * HOURS)
        assert told.state("resolve") is State.MET
        assert told.obligation("substitute@breach:resolve").reason == "not_breached"

    def test_no_resolution_takes_effect_before_the_last_rejection(self):
        told = tell("nuobida", "II")
        told.passes(HOURS)
        told.does("engineer", "resolve", summary="更换电源后恢复")
        told.passes(HOURS)
        told.does("customer", "reject", reason="问题仍在")
        told.passes(30 * MINUTES)
        told.does("engineer", "resolve", summary="其实早已修复", ago=HOURS)
        assert told.ticket.resolution is not None
        assert told.ticket.resolution.at == told.obligation("resolve").met_at == told.now


class TestWhatAResolutionEnds:
    """Open promises are cancelled; what was due before it took effect stays breached."""

    def test_a_breach_before_it_stays_and_one_after_it_is_cancelled_with_its_alarms_kept(self):
        told = tell("standard", "severe")
        told.passes(3 * HOURS)
        assert (told.state("plan"), told.state("arrive")) == (State.BREACHED, State.BREACHED)
        told.does("engineer", "resolve", summary="更换电源后恢复", ago=90 * MINUTES)
        assert told.state("plan") is State.BREACHED  # due after one hour
        arrive = told.obligation("arrive")  # due after two
        assert (told.state("arrive"), arrive.reason) == (State.CANCELLED, "resolved")
        assert told.rungs("arrive") == [50, 80, 100, 150]

    def test_they_return_with_what_they_had_consumed(self):
        told = tell("standard", "severe")
        told.passes(3 * HOURS)
        told.does("engineer", "resolve", summary="更换电源后恢复", ago=90 * MINUTES)
        told.passes(HOURS)
        told.does("customer", "reject", reason="仍然断网")
        assert (told.state("arrive"), told.due("arrive")) == (State.RUNNING, told.now + 30 * MINUTES)
        told.reaches_due("arrive")
        assert told.state("arrive") is State.BREACHED
        assert told.happened()[-1] == "promise_breached"

    def test_handover_and_centre_are_among_them(self):
        told = tell("xinhe", "emergency")
        told.does("pm", "resolve", summary="已恢复供电")
        assert (told.state("handover"), told.state("centre")) == (State.CANCELLED, State.CANCELLED)

    def test_what_was_done_before_it_and_told_after_it_is_met(self):
        told = tell("standard", "severe")
        told.passes(HOURS)
        told.does("engineer", "resolve", summary="更换电源后恢复")
        told.does("engineer", "arrive", ago=20 * MINUTES)
        assert told.state("arrive") is State.MET

    @pytest.mark.parametrize("delivered", [False, True])
    def test_the_report_is_pending_again_once_it_is_rejected(self, delivered: bool):
        """Fault 13: it ran on with no due time."""
        told = tell("fuao", "urgent")
        told.does("engineer", "resolve", summary="更换主控板")
        if delivered:
            told.does("engineer", "deliver_report", text="原因、方法、结果")
        told.does("customer", "reject", reason="仍有告警")
        report = told.obligation("report@resolved")
        assert (told.state("report@resolved"), report.promise.due_at, report.met_at) == (State.PENDING, None, None)
        told.does("engineer", "resolve", summary="更换背板")
        assert told.state("report@resolved") is State.RUNNING

    def test_a_restoration_by_its_own_act_outlives_the_rejection(self):
        told = tell("sitech", "A")
        told.passes(HOURS)
        told.does("engineer", "restore", text="绕行")
        told.does("engineer", "resolve", summary="更换板卡")
        told.does("customer", "reject", reason="仍有告警")
        assert told.obligation("restore").met_at == told.now


class TestARestoration:
    """003-16: a restoration cancels a departure that is still open."""

    KEY = "depart@breach:restore|declared"

    def test_an_open_one_is_cancelled(self):
        told = tell("sitech", "B")
        told.does("pm", "dispatch", to="engineer", unit="division")
        told.passes(HOURS)
        told.does("engineer", "restore", text="绕行恢复")
        assert (told.state(self.KEY), told.obligation(self.KEY).reason) == (State.CANCELLED, "restored")

    def test_what_is_breached_stays(self):
        told = tell("sitech", "A")
        told.passes(4 * HOURS)
        told.does("engineer", "restore", text="终于恢复")
        assert told.state(self.KEY) is State.BREACHED

    def test_a_breach_after_it_is_cancelled_when_it_is_told_late(self):
        told = tell("sitech", "A")
        told.passes(3 * HOURS + 30 * MINUTES)
        assert told.state(self.KEY) is State.BREACHED
        told.does("engineer", "restore", text="其实早已恢复", ago=HOURS)
        assert (told.state(self.KEY), told.obligation(self.KEY).reason) == (State.CANCELLED, "restored")

    def test_declared_necessary_after_it_it_counts(self):
        told = tell("sitech", "C")
        told.does("engineer", "restore", text="绕行恢复")
        told.passes(HOURS)
        told.does("pm", "dispatch", to="engineer", unit="division")
        assert told.state("depart@declared") is State.RUNNING


class TestTheReportOnAVisit:
    """002-07: 现场排除故障后 3 天内."""

    KEY = "report@visit_end"

    def visited(self) -> Told:
        told = tell("standard", "severe")
        told.does("engineer", "arrive")
        told.passes(HOURS)
        return told

    def test_it_waits_for_the_resolution(self):
        told = self.visited()
        told.does("engineer", "end_visit")
        assert told.state(self.KEY) is State.PENDING
        told.does("engineer", "resolve", summary="更换电源")
        assert told.state(self.KEY) is State.RUNNING
        assert told.due(self.KEY) == datetime(2026, 2, 17, tzinfo=CHINA)

    def test_a_visit_ends_with_the_resolution_at_the_latest(self):
        """Fault 5: arrive, resolve, and no end of the visit."""
        told = self.visited()
        told.does("engineer", "resolve", summary="更换电源")
        assert told.state(self.KEY) is State.RUNNING
        told.passes(2 * DAYS)
        told.does("engineer", "end_visit")
        assert told.due(self.KEY) == datetime(2026, 2, 17, tzinfo=CHINA)

    def test_of_several_visits_the_last_counts(self):
        told = self.visited()
        told.does("engineer", "end_visit")
        told.passes(DAYS)
        told.does("engineer", "arrive")
        told.does("engineer", "end_visit")
        told.does("engineer", "resolve", summary="更换电源")
        assert told.due(self.KEY) == datetime(2026, 2, 18, tzinfo=CHINA)

    def test_without_a_visit_none_is_owed(self):
        told = tell("standard", "severe")
        told.does("engineer", "resolve", summary="远程修复")
        assert told.state(self.KEY) is State.PENDING

    def test_it_is_pending_again_once_the_resolution_is_rejected(self):
        told = self.visited()
        told.does("engineer", "resolve", summary="更换电源")
        told.does("engineer", "deliver_report", text="原因、方法、结果")
        told.does("customer", "reject", reason="仍有告警")
        assert told.state(self.KEY) is State.PENDING
        told.passes(HOURS)
        told.does("engineer", "resolve", summary="再次更换")
        assert told.state(self.KEY) is State.RUNNING

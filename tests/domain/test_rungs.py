"""Rungs: 50 and 80 warn, 100 breaches, 150 escalates; and the substitute that a breach arms."""

from datetime import timedelta

import pytest

from domain.ticket.obligations import State
from tests.domain.told import FRIDAY, tell

MINUTES = timedelta(minutes=1)
HOURS = timedelta(hours=1)


class TestRungs:
    """50 and 80 warn, 100 breaches, 150 escalates; each once."""

    def test_all_four_are_raised_in_order_when_nobody_acts(self):
        told = tell("nuobida", "I")
        told.passes(15 * MINUTES)
        assert told.rungs("respond") == [50, 80, 100, 150]

    def test_after_an_outage_each_is_on_record_with_its_lateness(self):
        told = tell("nuobida", "I")
        told.sleeps(60 * MINUTES)
        told.passes(timedelta(0))
        late = {alarm.rung: alarm.lateness_ms // 60_000 for alarm in told.obligation("respond").alarms}
        assert late == {50: 55, 80: 52, 100: 50, 150: 45}

    def test_what_is_already_past_when_it_is_armed_raises_only_breach_and_escalation(self):
        told = tell("nuobida", "I", received_at=FRIDAY - 60 * MINUTES)
        told.passes(timedelta(0))
        assert told.rungs("respond") == [100, 150]
        assert [alarm.lateness_ms for alarm in told.obligation("respond").alarms] == [0, 0]

    def test_a_met_obligation_raises_nothing_more(self):
        told = tell("nuobida", "I")
        told.passes(6 * MINUTES)
        told.does("engineer", "respond", text="已响应")
        told.passes(60 * MINUTES)
        assert told.rungs("respond") == [50]

    def test_an_act_at_the_very_due_instant_is_in_time(self):
        told = tell("nuobida", "I")
        told.sleeps(10 * MINUTES)
        told.does("engineer", "respond", text="已响应")
        assert told.state("respond") is State.MET

    def test_whom_a_rung_reaches(self):
        told = tell("nuobida", "I")
        told.passes(6 * MINUTES)
        assert told.alarms("rung")[-1].data["roles"] == ["hotline"]
        told.does("pm", "reassign", to="engineer", reason="值班")
        told.passes(9 * MINUTES)
        reached = {entry.data["rung"]: (entry.data["roles"], entry.data["people"]) for entry in told.alarms("rung")}
        assert reached[80] == (["project_manager"], ["engineer"])
        assert reached[100] == (["project_manager", "duty_manager"], ["engineer"])
        assert reached[150] == (["leader"], [])


class TestSubstitute:
    """001-32: armed when the repair is missed, due twelve hours after the fault."""

    def test_it_is_armed_by_the_breach_and_counted_from_the_fault(self):
        fault = FRIDAY - 3 * HOURS
        told = tell("fuao", "full_urgent", fault_at=fault)
        assert told.due("substitute@breach:resolve") == fault + 12 * HOURS
        assert told.state("substitute@breach:resolve") is State.PENDING
        told.reaches_due("resolve")
        assert told.state("substitute@breach:resolve") is State.RUNNING

    def test_a_fault_older_than_its_due_time_breaches_it_at_once(self):
        """Clauses, worked examples: fuao urgent, fault at 10:00, report at 20:00."""
        received = FRIDAY + 4 * HOURS
        told = tell("fuao", "urgent", at=received, fault_at=received - 10 * HOURS)
        key = "substitute@breach:resolve"
        assert told.due(key) == received + 2 * HOURS
        told.reaches(received + 3 * HOURS)
        assert told.state(key) is State.PENDING
        told.reaches_due("resolve")
        assert told.state(key) is State.BREACHED
        assert (told.rungs(key), told.obligation(key).alarms[0].lateness_ms) == ([100], 0)

    @pytest.mark.parametrize(
        ("pack", "level", "key", "after"),
        [
            ("standard", "severe", "substitute@half:resolve", 12),
            ("fuao", "full_urgent", "substitute@breach:resolve", 4),
        ],
    )
    def test_no_pause_keeps_the_device_from_coming(self, pack: str, level: str, key: str, after: int):
        """Clauses, pauses: waiting is what the device is for."""
        told = tell(pack, level)
        told.passes(2 * HOURS)
        told.does("engineer", "pause", reason="customer", text="客户机房下午开门")
        told.passes((after - 2) * HOURS - MINUTES)
        assert told.state(key) is State.PENDING
        told.passes(MINUTES)
        assert (told.state(key), told.state("resolve")) == (State.RUNNING, State.PAUSED)
        told.passes(HOURS)
        told.does("engineer", "resume")
        assert told.state(key) is State.RUNNING

    def test_a_pause_moves_resolve_and_not_the_device(self):
        """Clauses, worked examples: standard severe, paused for the customer 12:00-18:00."""
        told = tell("standard", "severe", at=FRIDAY - 6 * HOURS)
        told.passes(2 * HOURS)
        told.does("engineer", "pause", reason="customer", text="等客户开门")
        told.passes(6 * HOURS)
        told.does("engineer", "resume")
        key = "substitute@half:resolve"
        assert (told.due(key), told.due("resolve")) == (FRIDAY + 18 * HOURS, FRIDAY + 24 * HOURS)
        told.reaches(FRIDAY + 6 * HOURS)
        assert told.obligation(key).armed_at == FRIDAY + 6 * HOURS

    def test_an_application_gets_none(self):
        told = tell("fuao", "full_urgent", facts={"asset": "application"})
        assert "substitute@breach:resolve" not in {each.key for each in told.ticket.obligations}

    def test_a_repair_reported_late_but_done_in_time_cancels_it(self):
        told = tell("fuao", "full_urgent")
        told.passes(5 * HOURS)
        assert told.state("substitute@breach:resolve") is State.RUNNING
        told.does("engineer", "resolve", summary="早已修好", ago=2 * HOURS)
        assert told.state("resolve") is State.MET
        assert told.obligation("substitute@breach:resolve").reason == "not_breached"

    def test_standard_orders_it_at_half_of_the_time_to_resolve(self):
        told = tell("standard", "severe")
        told.passes(12 * HOURS)
        assert told.state("substitute@half:resolve") is State.RUNNING
        assert told.due("substitute@half:resolve") == FRIDAY + 24 * HOURS

    def test_one_that_is_out_is_tracked_after_the_close(self):
        told = tell("standard", "severe")
        told.does("engineer", "deliver_substitute", text="代用机已到")
        told.does("engineer", "resolve", summary="更换电源后恢复")
        told.does("customer", "confirm")
        assert told.ticket.closed
        told.does("stock", "return_substitute", text="已收回")
        told.expect_refused("stock", "return_substitute", "no_substitute", text="x")

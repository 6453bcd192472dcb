"""What is told late, or by a clock that is off: it counts when it happened, and what was claimed is kept."""

from datetime import timedelta

from domain.ticket.obligations import State
from domain.ticket.stages import Stage
from tests.domain.told import tell

MINUTES = timedelta(minutes=1)
HOURS = timedelta(hours=1)


class TestToldLate:
    """An act that is told late counts when it happened, also of a resolved ticket."""

    def test_an_arrival_and_the_end_of_a_visit_are_taken_after_the_resolution(self):
        told = tell("standard", "severe")
        told.passes(60 * MINUTES)
        told.does("engineer", "resolve", summary="更换电源，业务恢复")
        told.does("engineer", "arrive", ago=30 * MINUTES)
        told.does("engineer", "end_visit")
        told.does("engineer", "write_log", text="现场更换电源")
        assert told.state("arrive") is State.MET
        assert told.state("report@visit_end") is State.RUNNING

    def test_what_happened_after_the_resolution_needs_a_reopening(self):
        told = tell("standard", "severe")
        told.does("engineer", "resolve", summary="更换电源，业务恢复")
        told.passes(60 * MINUTES)
        told.expect_refused("engineer", "arrive", "after_the_resolution")
        told.expect_refused("engineer", "dispatch", "after_the_resolution", to="engineer")
        told.expect_refused("engineer", "request_part", "wrong_stage", text="电源")

    def test_a_visit_told_late_is_where_a_rejection_leads_back_to(self):
        told = tell("sitech", "B")
        told.passes(30 * MINUTES)
        told.does("engineer", "resolve", summary="更换电源，业务恢复")
        told.does("engineer", "arrive", ago=10 * MINUTES)
        told.does("customer", "reject", reason="仍然中断")
        assert told.ticket.stage is Stage.ONSITE
        told.passes(40 * MINUTES)
        assert told.alarms("heartbeat") == []

    def test_a_resolution_told_again_is_earlier_and_the_window_stays(self):
        told = tell("standard", "severe")
        told.passes(60 * MINUTES)
        told.does("engineer", "resolve", summary="更换电源，业务恢复")
        first = told.ticket.resolution
        assert first is not None
        told.does("engineer", "resolve", ago=20 * MINUTES, summary="更换电源，业务恢复")
        again = told.ticket.resolution
        assert again is not None
        assert again.at == told.now - 20 * MINUTES
        assert again.silent_until == first.silent_until


class TestAClockThatIsOff:
    """What a sender claims is kept beside what counts, and they are told where it cannot be."""

    def test_one_that_is_ahead(self):
        told = tell("sitech", "A")
        entry = told.does("engineer", "respond", ago=-8 * HOURS, text="已联系")
        assert entry.at == told.now
        assert entry.claimed_at == told.now + 8 * HOURS
        assert entry.data["clock_off_s"] == 8 * 3600

    def test_one_that_is_behind(self):
        told = tell("sitech", "A")
        assert told.does("engineer", "respond", ago=8 * HOURS, text="已联系").data["clock_off_s"] == -8 * 3600

    def test_a_late_report_that_can_be_is_no_wrong_clock(self):
        told = tell("sitech", "A")
        told.passes(5 * MINUTES)
        entry = told.does("engineer", "respond", ago=3 * MINUTES, text="已联系")
        assert "clock_off_s" not in entry.data
        assert entry.at == entry.claimed_at == told.now - 3 * MINUTES

    def test_a_note_goes_by_no_clock_of_its_sender_but_keeps_it(self):
        told = tell("sitech", "A")
        entry = told.does("engineer", "note", ago=3 * HOURS, text="备注")
        assert "clock_off_s" not in entry.data
        assert (entry.at, entry.claimed_at) == (told.now, told.now - 3 * HOURS)

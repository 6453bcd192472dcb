"""Nobody in charge (000-03), and what is confirmed and cannot be closed: told in time, and not for ever."""

from datetime import timedelta
from typing import Any

from domain.contract.calendars import CHINA
from domain.contract.terms import EDITION_9
from domain.matters.service_log import Step
from tests.domain.notices import alarm
from tests.domain.notices import told as hears
from tests.domain.samples import at
from tests.domain.told import FRIDAY, Told, tell

MINUTES = timedelta(minutes=1)
HOURS = timedelta(hours=1)


class TestNobodyInCharge:
    def test_is_told_two_minutes_after_the_opening(self):
        told = tell("sitech", "A")
        told.passes(timedelta(seconds=119))
        assert not told.alarms("unowned")
        told.passes(timedelta(seconds=1))
        (alarm,) = told.alarms("unowned")
        assert alarm.data["clause"] == "000-03"

    def test_is_told_again_at_half_of_the_time_to_respond_and_then_no_more(self):
        told = tell("sitech", "A")  # ten minutes
        told.passes(5 * MINUTES)
        assert [entry.at - FRIDAY for entry in told.alarms("unowned_half")] == [5 * MINUTES]
        told.passes(24 * HOURS)
        assert (len(told.alarms("unowned")), len(told.alarms("unowned_half"))) == (1, 1)

    def test_is_no_news_once_somebody_is(self):
        told = tell("sitech", "A")
        told.does("hotline", "reassign", to="engineer", reason="值班")
        told.passes(HOURS)
        assert not told.alarms("unowned") + told.alarms("unowned_half")

    def test_sleeps_where_the_response_does(self):
        """Level D of sitech is answered in service hours; received at night."""
        night = at("2026-02-12T23:00:00")
        told = tell("sitech", "D", at=night)
        told.passes(9 * HOURS)
        assert not told.alarms("unowned")
        told.passes(24 * HOURS)
        (alarm,) = told.alarms("unowned")
        assert alarm.at.astimezone(CHINA).hour in range(8, 18)

    def test_begins_anew_when_whoever_was_in_charge_leaves(self):
        told = tell("sitech", "A")
        told.does("hotline", "reassign", to="engineer", reason="值班")
        told.passes(HOURS)
        entry = told.does("duty", "unassign", reason="李工离职")
        assert entry.data["from"] == "engineer"
        assert told.ticket.assignee is None
        told.passes(2 * MINUTES)
        assert [entry.at - FRIDAY for entry in told.alarms("unowned")] == [HOURS + 2 * MINUTES]

    def test_cannot_be_made_twice(self):
        tell("sitech", "A").expect_refused("duty", "unassign", "nobody_in_charge", reason="x")

    def test_ends_with_the_work(self):
        told = tell("sitech", "A")
        told.does("engineer", "resolve", summary="远程重启后恢复，观察半小时正常")
        told.passes(HOURS)
        assert not told.alarms("unowned")


def complete(**report: Any) -> Told:
    """Confirmed before its five steps were written."""
    told = tell("xinhe", "normal", **report)
    told.does("engineer", "resolve", summary="更换电源模块后恢复运行")
    told.does("customer", "confirm")
    for step in Step:
        told.does("engineer", "write_log", text="已按步骤完成", step=step.value)
    return told


class TestConfirmedAndNotClosed:
    def test_is_told_at_once_and_each_working_day_at_nine(self):
        """Xinhe asks for five steps; the fault was confirmed on the Friday before a make-up Saturday."""
        told = tell("xinhe", "normal")
        told.does("hotline", "reassign", to="engineer", reason="值班")
        told.does("engineer", "resolve", summary="更换电源模块后恢复运行")
        told.does("customer", "confirm")
        told.passes(timedelta(days=12))
        when = [f"{entry.at.astimezone(CHINA):%m-%d %H:%M}" for entry in told.alarms("closing_missing")]
        assert when == ["02-13 16:00", "02-14 09:00", "02-24 09:00", "02-25 09:00"]
        assert {entry.data["missing"] for entry in told.alarms("closing_missing")} == {"steps_open"}

    def test_is_told_until_somebody_closes_it(self):
        """Fault 21: once the last step was written nobody was reminded, and it stayed confirmed for ever."""
        told = complete()
        told.passes(timedelta(days=12))
        assert [entry.data["missing"] for entry in told.alarms("closing_missing")[1:]] == ["", "", ""]
        assert hears(alarm("closing_missing", missing="", steps=[]))["pm"].sentence.text.zh.startswith("已无缺项，")
        told.does("pm", "close")
        told.passes(timedelta(days=3))
        assert len(told.alarms("closing_missing")) == 4
        before = complete(terms={"edition": EDITION_9 - 1})
        before.passes(timedelta(days=12))
        assert len(before.alarms("closing_missing")) == 1

    def test_is_no_news_where_nothing_is_missing(self):
        told = tell("sitech", "A")
        told.does("engineer", "resolve", summary="更换电源模块后恢复运行")
        told.does("customer", "confirm")
        told.passes(timedelta(days=3))
        assert not told.alarms("closing_missing")

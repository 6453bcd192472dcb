"""A vendor who has a case and says nothing is reminded, and whoever waits for them hears of it."""

from datetime import timedelta

import pytest

from domain.audience.visibility import entry as seen
from domain.contract.terms import EDITION_6
from domain.people.actors import SYSTEM, Actor, Role
from domain.ticket.timeline import Happening
from domain.timekeeping import deadlines
from tests.domain.notices import TICKET, alarm
from tests.domain.notices import told as told_of
from tests.domain.samples import at
from tests.domain.told import Told, tell

MINUTES = timedelta(minutes=1)


def asked(level: str = "A", **terms: int) -> Told:
    """A ticket on which a vendor has just been asked."""
    told = tell("sitech", level, terms=terms)
    told.does("engineer", "open_vendor_case", vendor="vendor", text="请支援")
    return told


def reminders(told: Told) -> list[tuple[bool, bool]]:
    return [(each.data["again"], each.data["goes_on"]) for each in told.alarms("vendor_silent")]


class TestASilentVendor:
    def test_is_reminded_after_one_two_and_four_hours_then_each_working_day_at_nine(self):
        told = asked()
        for minutes, known in ((59, 0), (1, 1), (59, 1), (1, 2), (119, 2), (1, 3)):
            told.passes(minutes * MINUTES)
            assert len(reminders(told)) == known
        told.reaches(at("2026-02-14T08:59:00"))
        assert reminders(told) == [(False, False), (True, False), (True, True)]
        told.passes(MINUTES)  # a make-up Saturday
        told.reaches(at("2026-02-24T09:00:00"))
        assert [each.at for each in told.alarms("vendor_silent")][3:] == [
            at("2026-02-14T09:00:00"),
            at("2026-02-24T09:00:00"),
        ]

    def test_begins_anew_with_a_word_of_theirs_and_with_no_word_of_ours(self):
        told = asked()
        told.passes(50 * MINUTES)
        told.does("engineer", "note", text="已电话联系厂家")
        told.passes(10 * MINUTES)
        assert len(reminders(told)) == 1
        told.does("vendor", "note", text="备件明早发出")
        told.passes(59 * MINUTES)
        assert len(reminders(told)) == 1
        told.passes(MINUTES)
        assert reminders(told) == [(False, False), (False, False)]

    @pytest.mark.parametrize(("kind", "field"), [("close_vendor_case", "text"), ("resolve", "summary")])
    def test_is_left_alone_once_nothing_is_awaited(self, kind: str, field: str):
        told = asked()
        told.says("engineer", kind, None, {field: "厂家已更换电源"})
        assert not [each for each in deadlines(told.ticket) if each.startswith("vendor")]

    def test_after_a_rejection_has_as_long_again(self):
        told = asked()
        told.does("engineer", "resolve", summary="更换电源")
        told.passes(300 * MINUTES)
        told.does("customer", "reject", reason="仍有告警")
        told.passes(59 * MINUTES)
        assert not reminders(told)
        told.passes(MINUTES)
        assert len(reminders(told)) == 1

    def test_sleeps_where_the_level_sleeps(self):
        """Level D answers in office hours: what falls behind those of Friday is for Saturday, a make-up day."""
        told = tell("sitech", "D", at=at("2026-02-13T16:30:00"))
        told.does("engineer", "open_vendor_case", vendor="vendor", text="请支援")
        assert deadlines(told.ticket)["vendor V1"].at == at("2026-02-14T09:00:00")

    def test_of_several_is_reminded_of_each_by_itself(self):
        told = asked()
        told.passes(30 * MINUTES)
        told.does("engineer", "open_vendor_case", vendor="vendor", text="另一设备")
        told.passes(30 * MINUTES)
        assert [each.data["case"] for each in told.alarms("vendor_silent")] == ["V1"]
        told.passes(30 * MINUTES)
        assert [each.data["case"] for each in told.alarms("vendor_silent")] == ["V1", "V2"]

    def test_is_awaited_once_a_case_of_a_stage_has_its_vendor(self):
        told = tell("sitech", "A")
        told.does("engineer", "advance", stage="vendor", reason="厂家支持")
        assert "vendor V1" not in deadlines(told.ticket)
        told.does("engineer", "open_vendor_case", vendor="vendor", text="请支援")
        assert "vendor V1" in deadlines(told.ticket)

    def test_of_a_ticket_of_before_is_not_reminded(self):
        assert "vendor V1" not in deadlines(asked(edition=EDITION_6 - 1).ticket)


class TestWhoHearsOfIt:
    @pytest.mark.parametrize(
        ("again", "goes_on", "who"),
        [
            (False, False, {"vendor", "engineer"}),
            (True, False, {"vendor", "engineer", "expert", "pm"}),
            (True, True, {"vendor", "engineer", "expert", "pm", "duty"}),
        ],
    )
    def test_is_more_each_time(self, again: bool, goes_on: bool, who: set[str]):
        since = TICKET.received_at.isoformat()
        entry = alarm("vendor_silent", vendor="vendor", case="V1", silent_since=since, again=again, goes_on=goes_on)
        sent = told_of(entry)
        assert set(sent) == who
        assert "16:00" in sent["vendor"].sentence.text.zh
        assert "吴志强" in sent["engineer"].sentence.text.zh
        assert sent["vendor"].data == {"alarm": "vendor_silent", "case": "V1", "silent_since": since}

    def test_is_a_line_of_the_timeline_of_that_vendor_alone(self):
        """What names a vendor is that vendor's own; a customer's people are reminded by message alone."""
        told = {"alarm": "vendor_silent", "case": "V1", "silent_since": TICKET.received_at.isoformat()}
        data = told | {"vendor": "vendor", "again": True, "goes_on": True, "lateness_ms": 3}
        vendor, rival = Actor("vendor", Role.VENDOR), Actor("rival", Role.VENDOR)
        customer = Actor("customer", Role.CUSTOMER_APPROVER, customers=("demo-sitech",))
        assert seen(vendor, Happening.ALARM_RAISED, SYSTEM, data) == told
        assert seen(rival, Happening.ALARM_RAISED, SYSTEM, data) is None
        assert seen(customer, Happening.ALARM_RAISED, SYSTEM, data) is None

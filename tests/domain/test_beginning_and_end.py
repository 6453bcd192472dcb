"""A ticket's beginning and end: labels, appointments, mistakes, a log that says something, follow-ups."""

from datetime import timedelta
from typing import Any

import pytest

from domain.contract.terms import EDITION_7
from domain.matters.aftercare import owes
from domain.ticket.obligations import State
from domain.ticket.stages import Stage
from domain.words.text import letters
from tests.domain.told import Told, tell

MINUTES = timedelta(minutes=1)
DAYS = timedelta(days=1)
DONE = "更换电源后恢复"


class TestWhatWasOpenedByMistake:
    def test_is_discarded_by_a_manager_with_a_reason(self):
        told = tell("standard", "severe")
        told.does("engineer", "classify", level="general", reason="误报")
        told.does("pm", "reassign", to="engineer2", reason="分派")
        told.does("hotline", "note", text="客户来电说打错了")
        told.expect_refused("engineer", "discard", "not_allowed", reason="误开")
        told.does("pm", "discard", reason="误开")
        assert told.ticket.stage is Stage.CLOSED
        assert {told.state(each.key) for each in told.ticket.obligations} == {State.CANCELLED}
        assert not owes(told.ticket)
        told.expect_refused("pm", "note", "closed", text="x")

    def test_keeps_what_it_had_breached(self):
        told = tell("standard", "severe")
        told.passes(11 * MINUTES)
        told.does("duty", "discard", reason="误开")
        assert told.state("respond") is State.BREACHED

    @pytest.mark.parametrize(("kind", "data"), [("respond", {"text": "已联系"}), ("dispatch", {"to": "engineer"})])
    def test_is_no_longer_a_mistake_once_something_was_done(self, kind: str, data: dict[str, Any]):
        told = tell("standard", "severe")
        told.does("engineer", kind, **data)
        told.expect_refused("pm", "discard", "work_done", reason="误开")


class TestAnAppointment:
    def test_is_made_and_moved_and_what_counts_from_it_follows(self):
        told = tell("nuobida", "IV", facts={"nature": "booking"})
        first, then = told.now + 3 * DAYS, told.now + 4 * DAYS
        told.does("customer", "book", at=first.isoformat(), text="周一上午")
        due = told.due("plan")
        told.does("customer", "book", at=then.isoformat(), text="改到周二")
        assert told.due("plan") - due == then - first

    def test_is_of_a_booking_and_in_the_future(self):
        told = tell("nuobida", "IV")
        told.expect_refused("customer", "book", "no_booking", at=(told.now + DAYS).isoformat(), text="x")
        told = tell("nuobida", "IV", facts={"nature": "booking"})
        told.expect_refused("customer", "book", "appointment_in_the_past", at=told.now.isoformat(), text="x")
        told.expect_refused("customer", "book", "appointment_too_far", at="2099-01-01T09:00:00+08:00", text="x")


class TestTheServiceLog:
    @pytest.mark.parametrize("said", ["……", "好了", "ok!", "。。。。。", "— — — —", "OK。"])
    def test_says_something(self, said: str):
        """At least four letters or characters that are no punctuation."""
        told = tell("standard", "severe")
        told.expect_refused("engineer", "resolve", "log_says_nothing", summary=said)
        told.expect_refused("engineer", "write_log", "log_says_nothing", text=said)

    def test_four_are_enough(self):
        told = tell("standard", "severe")
        told.does("engineer", "write_log", text="已经修复")
        told.does("engineer", "resolve", summary="done")

    def test_a_pack_may_ask_for_more(self):
        told = tell("standard", "severe", switches={"log_asks": ("cause", "measures", "prevention")})
        refused = told.expect_refused("engineer", "resolve", "log_incomplete", summary=DONE, cause="电源老化")
        assert "measures" in refused.data["detail"]["en"]
        assert "cause" not in refused.data["detail"]["en"]
        told.does("engineer", "resolve", summary=DONE, cause="电源老化", measures="更换", prevention="巡检")

    @pytest.mark.parametrize(("text", "many"), [("a b-c.", 3), ("１２３，四", 4), ("（恢复）", 2), ("\u200b\u200b", 0)])
    def test_counts_what_a_reader_sees(self, text: str, many: int):
        assert letters(text) == many


class TestAConfirmation:
    def test_is_given_once_and_undone_by_a_manager_alone(self):
        told = tell("xinhe", "normal")
        told.does("engineer", "resolve", summary=DONE)
        told.does("customer", "confirm")
        told.expect_refused("customer", "confirm", "already_confirmed")
        told.expect_refused("customer", "reject", "already_confirmed", reason="又坏了")
        told.expect_refused("customer", "reopen", "already_confirmed", reason="又坏了")
        told.does("pm", "reopen", reason="客户来电：又坏了")
        assert told.ticket.stage.is_work


def surveyed(satisfaction: str, **terms: int) -> Told:
    """A ticket that is closed, and what its customer says of it."""
    told = tell("fuao", "urgent", terms=terms)
    told.does("pm", "reassign", to="engineer", reason="分派")
    told.does("engineer", "resolve", summary=DONE)
    told.does("engineer", "deliver_report", text="故障报告")
    told.does("customer", "confirm")
    told.does("supervisor", "record_survey", text="电话回访", satisfaction=satisfaction)
    return told


class TestACustomerWhoIsNotSatisfied:
    """001-30: until they are, or until three contacts on record found nobody."""

    @pytest.mark.parametrize("satisfaction", ["satisfied", "very_satisfied"])
    def test_who_is_satisfied_is_left_alone(self, satisfaction: str):
        told = surveyed(satisfaction)
        assert not owes(told.ticket)
        told.expect_refused("supervisor", "record_followup", "no_followup", text="x")

    @pytest.mark.parametrize("satisfaction", ["neutral", "dissatisfied", "very_dissatisfied"])
    def test_is_followed_up_until_satisfied(self, satisfaction: str):
        told = surveyed(satisfaction)
        assert owes(told.ticket)
        told.does("supervisor", "record_followup", text="仍不满意", satisfied=False)
        assert owes(told.ticket)
        told.does("supervisor", "record_followup", text="补救后满意", satisfied=True)
        assert not owes(told.ticket)

    def test_is_asked_once_and_what_they_said_stands(self):
        """002-22: a survey is for the assessment of people, and immutable once given."""
        told = surveyed("dissatisfied")
        told.expect_refused("supervisor", "record_survey", "surveyed_already", text="改口", satisfaction="satisfied")
        before = surveyed("dissatisfied", edition=EDITION_7 - 1)
        before.does("supervisor", "record_survey", text="改口", satisfaction="satisfied")

    def test_three_contacts_without_answer_are_enough(self):
        told = surveyed("dissatisfied")
        for _ in range(2):
            told.does("supervisor", "record_followup", text="无人接听")
        assert owes(told.ticket)
        told.does("supervisor", "record_followup", text="无人接听")
        assert not owes(told.ticket)

    def test_the_supervisor_is_reminded_each_working_day(self):
        told = surveyed("dissatisfied")
        told.passes(15 * DAYS)  # one working day before the Spring Festival, then 24 to 27 February
        reminders = told.alarms("followup")
        assert len(reminders) == len({entry.at.date() for entry in reminders}) >= 3
        assert {entry.at.hour for entry in reminders} == {9}


class TestLabels:
    def test_are_the_packs(self):
        """001-10, 000-06."""
        told = tell("fuao", "urgent")
        told.does("engineer", "classify", service="D")
        assert told.ticket.service == "D"
        refused = told.expect_refused("engineer", "classify", "unknown_label", service="X")
        assert "A, B, C" in refused.data["detail"]["en"]
        told = tell("nuobida", "I")
        told.does("engineer", "classify", category="feedback")
        assert told.ticket.category == "feedback"

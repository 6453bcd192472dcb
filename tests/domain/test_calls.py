"""Somebody answers: what is grave, broken or nobody's is acknowledged, or goes on by the ladder until it is."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from domain.audience.authority import MAY, authorize
from domain.contract.terms import EDITION, EDITION_8
from domain.doable import offer
from domain.matters.calls import NOT_CALLED
from domain.people.actors import CUSTOMER_SIDE, Role
from domain.ticket.call import Why
from domain.ticket.commands import CommandKind as C
from domain.timekeeping import deadlines
from tests.domain.calling import DAYS, HOURS, MINUTES, acknowledges, call_of, grave, lives, rungs, who_has_it
from tests.domain.told import FRIDAY, tell
from tests.people import PEOPLE


class TestWhatCalls:
    def test_a_report_of_the_gravest_level_calls_from_its_opening(self):
        told = tell("sitech", "A")
        assert told.ticket.fresh[0].data["call"] == 1
        assert [each.why for each in call_of(told).causes] == [Why.GRAVEST]

    def test_and_one_that_becomes_it(self):
        told = tell("sitech", "C")
        told.does("hotline", "reassign", to="engineer", reason="值班")
        assert told.ticket.call is None
        entry = told.does("engineer", "classify", level="A")
        assert entry.data["call"] == entry.seq == call_of(told).id

    def test_a_broken_promise_calls_and_its_alarm_says_so(self):
        told = tell("sitech", "C")
        told.does("hotline", "reassign", to="engineer", reason="值班")
        told.reaches_due("respond")
        broken = [each for each in told.alarms("rung") if each.data["rung"] == 100]
        assert {each.data["call"] for each in broken} == {call_of(told).id} == {broken[0].seq}
        assert "respond" in {each.key for each in call_of(told).causes}

    def test_a_ticket_that_nobody_is_in_charge_of_calls_after_two_minutes_until_somebody_is(self):
        told = tell("sitech", "C")
        told.passes(2 * MINUTES)
        assert told.alarms("unowned")[0].data["call"] == call_of(told).id
        told.does("hotline", "reassign", to="engineer", reason="值班")
        told.passes(HOURS / 6)
        assert not rungs(told), "somebody is in charge, and will be told of what they miss"

    def test_what_comes_while_nobody_has_answered_joins_the_call_that_waits(self):
        told = tell("sitech", "A")
        told.passes(2 * MINUTES)
        assert [each.why for each in call_of(told).causes] == [Why.GRAVEST, Why.UNOWNED]
        assert told.alarms("unowned")[0].data["call"] == call_of(told).id == 1

    def test_what_comes_once_somebody_has_it_calls_anew(self):
        told = grave()
        acknowledges(told, "duty")
        told.reaches_due("respond")
        assert call_of(told).id > 1
        assert who_has_it(told) is None

    def test_a_report_or_a_survey_that_is_late_wakes_nobody(self):
        told = grave("standard")
        told.does("engineer", "resolve", summary="更换电源模块", cause="老化", measures="更换", prevention="巡检")
        told.does("customer", "confirm")
        told.passes(60 * DAYS)
        assert {"report", "survey"} & {each.data["kind"] for each in told.alarms("rung")}
        assert told.ticket.call is None

    def test_under_terms_of_before_nobody_is_called(self):
        told = tell("sitech", "A", terms={"edition": EDITION_8 - 1})
        told.passes(10 * DAYS)
        assert told.ticket.call is None
        assert not rungs(told)
        assert EDITION >= EDITION_8

    def test_nor_where_the_contract_calls_nobody(self):
        told = tell("sitech", "A", switches={"call_ladder": ()})
        told.passes(DAYS)
        assert not rungs(told)


class TestTheLadder:
    def test_calls_the_next_on_duty_the_duty_manager_and_the_leader_every_five_minutes(self):
        told = grave()
        lives(told, 26 * MINUTES)
        assert rungs(told) == [(5, "engineer"), (10, "duty_manager"), (15, "leader"), (20, "leader"), (25, "leader")]
        assert [each.data["step"] for each in told.alarms("unanswered")] == [1, 2, 3, 4, 5]

    def test_comes_on_the_minute_however_late_each_was_noticed(self):
        told = grave()
        for _ in range(200):
            told.passes(timedelta(seconds=7))
        assert all((each.at - FRIDAY) % (5 * MINUTES) == timedelta() for each in told.alarms("unanswered"))

    def test_is_data_of_the_contract(self):
        told = grave(switches={"call_ladder": ("expert", "leader"), "call_every_min": 2})
        lives(told, 5 * MINUTES)
        assert rungs(told) == [(2, "expert"), (4, "leader")]

    def test_at_its_end_waits_twice_as_long_each_time_and_a_day_at_most(self):
        told = grave(switches={"pause_reasons": ()})
        lives(told, 30 * DAYS)
        at = [each.at for each in told.alarms("unanswered")]
        waited = [(later - one) // MINUTES for one, later in pairwise(at)]
        assert waited[:8] == [5, 5, 5, 5, 10, 20, 40, 80]
        assert set(waited[12:]) == {1440}
        assert len(at) < 30 + 15, "of a month nobody answered for, one a day"

    def test_whoever_could_not_be_told_in_time_has_as_long_to_answer(self):
        """While nothing of ours ran nobody was called: one rung is called then, and not all that were missed."""
        told = grave()
        told.sleeps(3 * HOURS)
        told.passes(timedelta())
        last = told.alarms("unanswered")[-1]
        assert last.recorded_at == told.now
        assert len(told.alarms("unanswered")) <= 3  # of what calls meanwhile each begins once
        assert deadlines(told.ticket)["call"].at == told.now + 5 * MINUTES


class TestAnswering:
    def test_acknowledging_ends_the_ladder_and_says_who_has_it(self):
        told = grave()
        entry = acknowledges(told, "duty")
        assert (entry.happening, entry.data["answers"]) == ("acknowledged", 1)
        assert entry.data["answers_for"] == [{"why": "gravest"}]
        told.passes(9 * MINUTES)
        assert not rungs(told)
        assert who_has_it(told) == "duty"

    def test_whose_shift_nobody_knows_has_it_for_twelve_hours(self):
        """They may have left meanwhile, and nobody would be called any more."""
        told = grave()
        acknowledges(told, "duty")
        assert call_of(told).until == told.now + 12 * HOURS
        assert deadlines(told.ticket)["call"].at == told.now + 12 * HOURS

    def test_meets_no_promise_and_takes_no_ticket(self):
        told = tell("xinhe", "general" if "general" in tell("xinhe").ticket.terms.levels else None)
        told.passes(3 * MINUTES)
        before = told.ticket.obligations
        acknowledges(told, "engineer")
        assert told.ticket.obligations == before
        assert told.ticket.assignee is None
        assert not told.ticket.touched

    @pytest.mark.parametrize(
        ("who", "kind", "data"),
        [("engineer", "contact", {"text": "已联系"}), ("duty", "dispatch", {"to": "engineer"})],
    )
    def test_so_does_acting_on_the_ticket(self, who: str, kind: str, data: dict[str, Any]):
        told = grave()
        entry = told.does(who, kind, **data)
        assert entry.data["answers"] == 1
        assert who_has_it(told) == who

    @pytest.mark.parametrize(
        ("who", "kind", "data"),
        [
            ("engineer", "note", {"text": "听说了"}),
            ("customer", "note", {"text": "怎么样了"}),
            ("hotline", "classify", {"service": "A"}),
        ],
    )
    def test_a_word_about_it_does_not(self, who: str, kind: str, data: dict[str, Any]):
        told = grave()
        told.says(who, kind, None, data)
        assert who_has_it(told) is None

    def test_the_first_who_answers_has_it_and_the_second_is_told_so(self):
        told = grave()
        acknowledges(told, "duty")
        told.does("engineer", "contact", text="已联系")
        assert who_has_it(told) == "duty"
        told.expect_refused("leader", "acknowledge", "answered", known={"called": [1]})

    def test_whoever_takes_the_ticket_takes_its_call_too(self):
        told = grave()
        acknowledges(told, "duty")
        told.does("engineer2", "take")
        assert who_has_it(told) == "engineer2"

    def test_whoever_was_not_called_does_not_acknowledge(self):
        told = grave()
        told.expect_refused("leader", "acknowledge", "not_called", known={"called": []})
        told.expect_refused("leader", "acknowledge", "not_called")
        lives(told, 10 * MINUTES)
        assert len(rungs(told)) == 2

    def test_nor_is_it_offered_to_them(self):
        told = grave()
        leader = PEOPLE["leader"]
        assert offer(told.ticket, leader, C.ACKNOWLEDGE, told.now, {"called": []}).refusal == NOT_CALLED
        assert offer(told.ticket, leader, C.ACKNOWLEDGE, told.now, {"called": [1]}).refusal is None

    def test_where_nothing_calls_there_is_nothing_to_acknowledge(self):
        told = tell("sitech", "C")
        told.expect_refused("duty", "acknowledge", "nobody_is_called", known={"called": [1]})

    @pytest.mark.parametrize("role", sorted(CUSTOMER_SIDE | {Role.VENDOR, Role.AUDITOR, Role.ADMINISTRATOR}))
    def test_nobody_from_outside_acknowledges(self, role: Role):
        assert C.ACKNOWLEDGE not in MAY[role]
        assert not authorize(replace(PEOPLE["customer"], role=role), C.ACKNOWLEDGE, "demo-sitech")

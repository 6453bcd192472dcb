"""Visits: each person sets out, arrives and leaves in this order, and may tell it late or out of order."""

from datetime import timedelta

import pytest

from domain.contract.terms import EDITION_4, EDITION_7
from domain.decisions import possible
from domain.doable import offer
from domain.ticket.commands import CommandKind
from domain.ticket.obligations import State
from tests.domain.told import Told, tell
from tests.people import PEOPLE

MINUTES = timedelta(minutes=1)
GRAVE = {"standard": "severe", "sitech": "A"}
KINDS = ("depart", "arrive", "end_visit")


def told_by(*kinds: str, pack: str = "standard", **terms: int) -> Told:
    """A ticket an hour old, and what an engineer has told since, ten minutes from step to step."""
    told = tell(pack, GRAVE[pack], terms=terms)
    told.passes(60 * MINUTES)
    for kind in kinds:
        told.passes(10 * MINUTES)
        told.does("engineer", kind)
    told.passes(10 * MINUTES)
    return told


class TestTheOrder:
    @pytest.mark.parametrize(
        ("before", "kind", "why"),
        [
            ((), "end_visit", "no_visit"),
            (("depart",), "depart", "on_the_way_already"),
            (("arrive",), "depart", "on_site_already"),
            (("arrive",), "arrive", "on_site_already"),
            (("depart", "arrive"), "arrive", "on_site_already"),
            (("depart", "end_visit"), "end_visit", "no_visit"),
            (KINDS, "end_visit", "no_visit"),
        ],
    )
    def test_is_kept_and_the_refusal_says_the_way_out(self, before: tuple[str, ...], kind: str, why: str):
        told = told_by(*before)
        offered = offer(told.ticket, PEOPLE["engineer"], CommandKind(kind), told.now, {})
        assert [each.refusal and each.refusal.code for each in offered.choices if not each.data] == [why]
        detail = told.expect_refused("engineer", kind, why).data["detail"]
        assert all("occurred_at" in said for said in detail.values())
        assert CommandKind.END_VISIT in possible(told.ticket, PEOPLE["engineer"], told.now) or why == "no_visit"

    def test_begins_again_with_the_next_visit(self):
        told = told_by(*KINDS, *KINDS)
        assert [each.over for each in told.ticket.visits] == [True, True]

    def test_is_not_asked_of_a_ticket_of_before(self):
        told = told_by("end_visit", "arrive", "arrive", "depart", "depart", edition=EDITION_4 - 1)
        assert (told.ticket.visits, bool(told.ticket.on_site_since)) == ((), True)

    def test_may_begin_on_site_where_the_report_says_so(self):
        told = tell("fuao", "urgent", facts={"on_site": True})
        told.does("engineer", "end_visit")
        told.does("engineer", "arrive")
        told.does("engineer", "end_visit")
        told.expect_refused("engineer", "end_visit", "no_visit")


class TestPeople:
    def test_come_and_go_each_by_themselves(self):
        told = told_by("depart", "arrive", pack="sitech")
        told.does("engineer2", "depart")
        told.does("expert", "arrive", unit="division")
        told.does("engineer", "end_visit")
        told.expect_refused("engineer", "end_visit", "no_visit")
        assert (bool(told.ticket.on_way_since), bool(told.ticket.on_site_since)) == (True, True)
        told.does("engineer2", "end_visit")
        told.passes(29 * MINUTES)
        assert told.ticket.on_way_since is None
        told.passes(60 * MINUTES)
        assert len(told.alarms("heartbeat")) == 1
        told.does("expert", "end_visit")
        assert told.ticket.on_site_since is None

    def test_whose_telephone_is_dead_are_reported_by_a_manager(self):
        told = told_by("depart")
        told.does("duty", "arrive")
        told.expect_refused("pm", "arrive", "on_site_already")
        told.expect_refused("engineer2", "arrive", "on_site_already")
        told.does("pm", "end_visit")
        told.does("pm", "end_visit")  # whoever had set out, too
        told.expect_refused("engineer", "end_visit", "no_visit")

    def test_may_be_counted_for_others_afterwards(self):
        told = tell("sitech", "A")
        told.does("pm", "dispatch", to="engineer", unit="division")
        told.does("engineer", "depart")
        told.does("engineer", "depart", unit="division")
        assert told.state("depart@breach:restore|declared") is State.MET
        told.expect_refused("engineer", "depart", "on_the_way_already", unit="division")


class TestToldLate:
    def test_what_happened_earlier_than_was_told_is_taken_once(self):
        told = told_by("arrive")
        for kind, ago in (("depart", 35), ("arrive", 15), ("depart", 45)):
            told.does("engineer", kind, ago=ago * MINUTES)
            assert told.ticket.on_way_since is None
        (visit,) = told.ticket.visits
        assert (visit.departed_at, visit.arrived_at) == (told.now - 45 * MINUTES, told.now - 15 * MINUTES)
        for kind in ("depart", "arrive"):
            again = told.says("engineer", kind, 15 * MINUTES, {})
            assert again.data["reason"] == "on_site_already"
        assert told.ticket.on_site_since == told.now - 15 * MINUTES

    def test_the_way_to_a_visit_that_is_over_is_no_new_one(self):
        told = told_by("arrive", "end_visit")
        told.does("engineer", "depart", ago=40 * MINUTES)
        assert (told.ticket.on_way_since, len(told.ticket.visits)) == (None, 1)

    def test_a_whole_visit_before_another_is_taken(self):
        told = told_by(*KINDS)
        told.does("engineer", "arrive", ago=70 * MINUTES)
        assert told.ticket.on_site_since is None
        told.does("engineer", "end_visit", ago=60 * MINUTES)
        told.expect_refused("engineer", "end_visit", "no_visit")

    def test_of_a_resolved_ticket_each_step_is_taken_once(self):
        told = tell("standard", "severe")
        told.passes(60 * MINUTES)
        told.does("engineer", "resolve", summary="更换电源，业务恢复")
        told.expect_refused("engineer", "end_visit", "no_visit")
        for kind, ago in (("arrive", 20), ("depart", 40)):
            told.does("engineer", kind, ago=ago * MINUTES)
            assert told.says("engineer", kind, ago * MINUTES, {}).data["reason"] == "on_site_already"
        told.does("engineer", "end_visit", ago=MINUTES)
        told.expect_refused("engineer", "end_visit", "no_visit")
        assert told.state("report@visit_end") is State.RUNNING

    def test_the_end_of_a_visit_that_the_resolution_ended_is_told_once(self):
        told = told_by("arrive")
        told.does("engineer", "resolve", summary="更换电源，业务恢复")
        told.does("engineer", "end_visit")
        told.expect_refused("engineer", "end_visit", "no_visit")

    def test_after_a_rejection_people_come_again(self):
        told = told_by("arrive")
        told.does("engineer", "resolve", summary="更换电源，业务恢复")
        told.does("customer", "reject", reason="仍有告警")
        assert told.ticket.on_site_since is None
        for kind in KINDS:
            told.does("engineer", kind)


class TestTurningBack:
    def test_on_the_way_owes_no_report_on_a_visit(self):
        """002-07: 现场排除故障后."""
        told = told_by("depart", "end_visit")
        told.does("engineer", "resolve", summary="远程修复")
        assert told.state("report@visit_end") is State.PENDING

    def test_is_possible_before_another_sets_out(self):
        told = told_by("depart", "end_visit", "depart")
        assert told.ticket.on_way_since


class TestADispatch:
    def test_is_of_nobody_who_was_sent_and_has_set_out(self):
        """Nobody is told again that they will come; who is still at home, or back, is sent."""
        told = tell("sitech", "A")
        told.does("pm", "dispatch", to="engineer", unit="local")
        told.does("pm", "dispatch", to="engineer", unit="local")
        told.passes(MINUTES)
        for kind in ("depart", "arrive"):
            told.does("engineer", kind, unit="local")
            told.expect_refused("pm", "dispatch", "set_out_already", to="engineer", unit="local")
        told.does("pm", "dispatch", to="engineer2")
        told.does("duty", "dispatch", to="engineer", unit="division")  # which declares the division necessary
        told.does("engineer", "end_visit")
        told.does("pm", "dispatch", to="engineer")

    def test_is_taken_of_who_went_before_anybody_said_so(self):
        """Told late, it counts from when it was decided."""
        first = told_by("depart")
        first.does("pm", "dispatch", to="engineer")
        told = told_by("depart")
        told.does("pm", "dispatch", to="engineer2")
        told.does("pm", "dispatch", to="engineer", ago=25 * MINUTES)
        told.expect_refused("pm", "dispatch", "set_out_already", to="engineer")

    def test_was_sent_again_on_a_ticket_of_before(self):
        told = tell("standard", "severe", terms={"edition": EDITION_7 - 1})
        told.does("pm", "dispatch", to="engineer")
        told.does("engineer", "depart")
        told.does("pm", "dispatch", to="engineer")

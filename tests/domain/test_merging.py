"""Two reports of one fault: the one received later ends in the other, once that has recorded it."""

from datetime import timedelta
from typing import Any

import pytest

from domain.matters.aftercare import owes
from domain.matters.assignment import has_worked
from domain.matters.merging import Answer, as_seen, asks_the_other
from domain.people.actors import SYSTEM, Actor, Role
from domain.ticket.commands import Command, CommandKind
from domain.ticket.obligations import State
from domain.ticket.stages import Stage
from tests.domain.told import FRIDAY, Told, tell
from tests.people import PEOPLE

MINUTES = timedelta(minutes=1)
FROM: dict[str, Any] = {"from": "LATER222"}


def two(pack: str = "standard", level: str = "severe", **later: Any) -> tuple[Told, Told]:
    """A report, and another of the same fault two minutes later."""
    first = tell(pack, level, number="FIRST222")
    report: dict[str, Any] = {"level": level, "at": FRIDAY + 2 * MINUTES, "number": "LATER222"} | later
    return first, tell(pack, **report)


def asked(first: Told, later: Told) -> dict[str, Any]:
    """What the API finds about both."""
    return {"other": as_seen(first.ticket), "asks": {}}


def takes_in(first: Told, later: Told) -> None:
    """The other records it."""
    known = {"other": as_seen(later.ticket), "by": "hotline"}
    data: dict[str, Any] = {"from": later.ticket.opening.number}
    first.does(SYSTEM, "merge_in", known=known, **data)


def merges(first: Told, later: Told) -> None:
    takes_in(first, later)
    known = asked(first, later) | {"answer": Answer(accepted=True)}
    later.does("hotline", "merge", into=first.ticket.opening.number, known=known)


def refused(first: Told, later: Told, why: str) -> str:
    """Why it is not merged; what it says."""
    entry = later.expect_refused("pm", "merge", why, into=first.ticket.opening.number, known=asked(first, later))
    return str(entry.data["detail"]["en"])


class TestTheLaterReport:
    def test_ends_in_the_other(self):
        first, later = two()
        merges(first, later)
        ticket = later.ticket
        assert (ticket.stage, ticket.ended_as, ticket.merged_into) == (Stage.CLOSED, "merged", "FIRST222")
        assert later.happened()[-1] == "merged"
        assert (ticket.assignee, "taken" in later.happened()) == (None, False)
        assert {(each.let_go, each.reason) for each in ticket.obligations} == {(State.CANCELLED, "merged")}
        assert not owes(ticket)
        told = later.expect_refused("pm", "note", "closed", text="x")
        assert "FIRST222" in told.data["detail"]["zh"]

    def test_keeps_what_it_had_breached(self):
        first, later = two()
        later.passes(11 * MINUTES)
        merges(first, later)
        assert later.state("respond") is State.BREACHED

    def test_brings_its_contact_along(self):
        first, later = two()
        later.does("hotline", "identify", contact={"name": "赵工", "phone": "13700000000"})
        merges(first, later)
        assert [(each.number, each.contact.name) for each in first.ticket.merged] == [("LATER222", "赵工")]
        assert first.ticket.fresh[-1].data["contact"] == {"name": "赵工", "phone": "13700000000"}

    def test_is_recorded_once_however_often_the_other_is_told(self):
        first, later = two()
        for _ in range(2):
            takes_in(first, later)
        assert len(first.ticket.merged) == 1

    @pytest.mark.parametrize("who", ["engineer", "expert", "commercial", "customer", "leader", "supervisor"])
    def test_is_merged_by_hotline_and_managers(self, who: str):
        _, later = two()
        later.expect_refused(who, "merge", "not_allowed", into="FIRST222")

    def test_is_taken_in_by_the_systems_word_alone(self):
        first, _ = two()
        for who in ("pm", "hotline", "admin"):
            first.expect_refused(who, "merge_in", "not_allowed", **FROM)

    def test_that_is_discarded_instead_is_nobodys_either(self):
        _, later = two()
        later.does("pm", "discard", reason="误开")
        assert "taken" not in later.happened()


class TestTheOther:
    def test_is_asked_before_anybody_decides(self):
        first, later = two()

        def command() -> Command:
            data, known = {"into": "FIRST222"}, asked(first, later)
            return Command("x", CommandKind.MERGE, PEOPLE["pm"], later.now, data=data, known=known)

        assert asks_the_other(later.ticket, command())
        first.does("engineer", "classify", level="general", reason="核实")
        assert not asks_the_other(later.ticket, command())

    def test_that_is_closed_takes_nothing_in(self):
        first, later = two()
        first.does("pm", "discard", reason="误开")
        known = {"other": as_seen(later.ticket)}
        first.expect_refused(SYSTEM, "merge_in", "closed", known=known, **FROM)
        for answer in (Answer(accepted=False), Answer(accepted=False, reason="closed", detail={"zh": "x", "en": "x"})):
            known = asked(first, later) | {"answer": answer}
            later.expect_refused("pm", "merge", "other_closed", into="FIRST222", known=known)
        later.expect_refused("pm", "merge", "other_closed", into="FIRST222")

    def test_says_itself_why_not(self):
        """What the API has seen of it may be older than what it knows of itself."""
        first, later = two()
        first.does("engineer", "classify", level="general", reason="核实")
        known = {"other": as_seen(later.ticket)}
        entry = first.expect_refused(SYSTEM, "merge_in", "graver_than_the_other", known=known, **FROM)
        answer = Answer(accepted=False, reason=entry.data["reason"], detail=entry.data["detail"])
        known = asked(first, later) | {"answer": answer}
        later.expect_refused("pm", "merge", "graver_than_the_other", into="FIRST222", known=known)
        assert later.ticket.stage is Stage.TRIAGE

    def test_that_was_received_later_takes_nothing_in(self):
        first, later = two()
        refused(later, first, "received_first")

    def test_on_a_tie_is_the_one_of_the_lower_number(self):
        """Never in a circle."""
        one, two_ = tell("standard", "severe", number="AAAA2222"), tell("standard", "severe", number="BBBB2222")
        refused(two_, one, "received_first")
        merges(one, two_)

    def test_that_was_resolved_before_takes_no_new_outage_in(self):
        """Another fault by all that is known; reopened, the other takes it in."""
        first, later = two()
        first.does("engineer", "resolve", summary="更换电源模块，业务已恢复正常", cause="电源老化")
        later = tell("standard", "severe", at=first.now + MINUTES, number="LATER222")
        assert "reopen" in refused(first, later, "reported_since")
        first.expect_refused(SYSTEM, "merge_in", "reported_since", known={"other": as_seen(later.ticket)}, **FROM)
        first.does("pm", "reopen", reason="同一故障再次出现")
        merges(first, later)

    def test_that_was_resolved_later_takes_in_what_was_reported_before(self):
        first, later = two()
        first.passes(5 * MINUTES)
        first.does("engineer", "resolve", summary="更换电源模块，业务已恢复正常", cause="电源老化")
        merges(first, later)


class TestWhoeverWorkedOnTheLaterReport:
    """Another role by now undoes nothing of what they did there (000-10, 004-12)."""

    @pytest.mark.parametrize("who", ["engineer", "engineer2", "commercial", "hotline"])
    def test_neither_approves_nor_surveys_the_other(self, who: str):
        first, later = two("nuobida", "II")
        later.does("engineer2", "take")
        later.does("engineer", "note", text="看过日志")
        later.does("commercial", "note", text="已核对合同")
        merges(first, later)
        first.does("pm", "submit_formal_report", text="正式报告")
        first.does("pm", "apply_major", title="t", plan="p", risk="r")
        by_now = Actor(who, Role.CUSTOMER_APPROVER, ("demo-nuobida",), "technical")
        first.expect_refused(by_now, "approve", "own_matter", opinion="x")
        first.does("tech", "approve", opinion="同意")

    def test_does_not_grant_the_access_that_they_asked_for_there(self):
        first, later = two()
        later.does("engineer", "request_remote", scope="主机", text="查看日志")
        merges(first, later)
        by_now = Actor("engineer", Role.CUSTOMER_CONTACT, ("demo-standard",))
        first.expect_refused(by_now, "grant_remote", "own_request", scope="主机")
        first.does("customer", "grant_remote", scope="主机")

    def test_was_in_charge_also_under_the_rules_of_before(self):
        first, later = two("nuobida", "II", terms={"edition": 2})
        first = tell("nuobida", "II", number="FIRST222", terms={"edition": 2})
        later.does("engineer2", "take")
        merges(first, later)
        assert "engineer2" in has_worked(first.ticket)

    def test_was_nobody_for_a_merging_that_was_signed_before_this_was_law(self):
        first, later = two()
        known = {"other": {name: value for name, value in as_seen(later.ticket).items() if name != "hands"}}
        first.does(SYSTEM, "merge_in", known=known, **FROM)
        assert len(first.ticket.merged) == 1


class TestReportsUnderTwoContracts:
    @pytest.mark.parametrize("customer", ["another", None])
    def test_stay_two_tickets(self, customer: str | None):
        first, later = two(customer=customer)
        refused(first, later, "not_one_contract")

    def test_of_one_customer_too(self):
        first, later = two(terms={"contract": "another"})
        refused(first, later, "not_one_contract")

    def test_of_callers_whom_nobody_knows(self):
        first = tell("standard", "severe", customer=None, number="AAAA2222")
        refused(first, tell("standard", "severe", customer=None, number="BBBB2222"), "not_one_contract")


class TestTheGraverReport:
    def test_by_level_stays(self):
        first, later = two("standard", "severe")
        first.does("engineer", "classify", level="general", reason="核实")
        refused(first, later, "graver_than_the_other")

    def test_than_one_that_nobody_has_classified_stays(self):
        first, later = tell("standard", number="AAAA2222"), tell("standard", "general", number="BBBB2222")
        refused(first, later, "graver_than_the_other")

    def test_that_is_major_stays_beside_one_that_is_not(self):
        first, later = two("nuobida", "II")
        later.does("pm", "classify", facts={"major": True})
        refused(first, later, "graver_than_the_other")
        first.does("pm", "classify", facts={"major": True})
        merges(first, later)

    def test_that_is_a_candidate_stays_beside_one_that_is_judged(self):
        first, later = two("nuobida", "I")
        first.does("duty", "classify", facts={"major": False}, reason="核实")
        refused(first, later, "graver_than_the_other")


class TestWhatRunsOrIsOut:
    @pytest.mark.parametrize(
        ("steps", "what"),
        [
            ((("customer", "grant_remote", {"scope": "主机"}), ("engineer", "start_remote", {"text": "x"})), "session"),
            ((("engineer", "depart", {}),), "visit"),
            ((("engineer", "arrive", {}),), "visit"),
            ((("engineer", "request_part", {"text": "电源"}),), "part"),
            ((("engineer", "deliver_substitute", {"text": "备机"}),), "substitute"),
            ((("engineer", "open_vendor_case", {"vendor": "vendor", "text": "支援"}),), "vendor"),
            ((("pm", "start_plan", {"plan": "two", "text": "x"}),), "plan"),
        ],
    )
    def test_is_ended_first(self, steps: tuple[tuple[str, str, dict[str, Any]], ...], what: str):
        first, later = two()
        for who, kind, data in steps:
            later.does(who, kind, **data)
        assert what in refused(first, later, "something_runs")

    def test_a_visit_that_is_over_keeps_nothing_open(self):
        first, later = two()
        for kind in ("depart", "arrive", "end_visit"):
            later.does("engineer", kind)
        merges(first, later)

    def test_whoever_turns_back_on_the_way_ends_the_visit(self):
        first, later = two()
        for kind in ("depart", "end_visit"):
            later.does("engineer", kind)
        merges(first, later)

    def test_an_application_is_answered_first(self):
        first, later = two("nuobida", "II")
        for told in (first, later):
            told.does("pm", "classify", facts={"major": True})
        later.does("pm", "submit_formal_report", text="正式报告")
        later.does("pm", "apply_major", title="更换", plan="今晚", risk="中断")
        assert "application" in refused(first, later, "something_runs")

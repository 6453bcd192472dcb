"""What if the same facts had come under other terms: what would have been met or breached, and what refused."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from domain.matters.rebaseline import rebaseline
from domain.ticket.commands import Command, CommandKind
from domain.ticket.timeline import Entry
from domain.what_if.comparing import Pair, Result, Totals, UnlikeError, compared, outcomes
from domain.what_if.facts import Asked, Facts, Passed, Published, Step
from domain.what_if.living import Supposed, lived
from policies import load_pack
from tests.domain.test_any_life import Step as Sent
from tests.domain.test_any_life import lives, told
from tests.domain.told import Told, tell

MINUTES = timedelta(minutes=1)
HOURS = timedelta(hours=1)
FIXED: dict[str, Any] = {"summary": "更换电源后恢复", "cause": "电源", "measures": "更换", "prevention": "巡检"}


@dataclass
class Noted(Told):
    """A ticket that is told, and the facts of it."""

    steps: list[Step] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.agreed = self.ticket.terms

    def hears(self, command: Command) -> Entry:
        entry = super().hears(command)
        refused = entry.data["reason"] if entry.happening == "command_refused" else None
        self.steps.append(Asked(command, self.now, refused))
        return entry

    def passes(self, duration: timedelta) -> None:
        super().passes(duration)
        self.steps.append(Passed(self.now))

    @property
    def facts(self) -> Facts:
        return Facts(self.ticket.opening, self.agreed, tuple(self.steps), self.ticket)


def noted(life: Told) -> Noted:
    return Noted(life.ticket, life.now, life.ids, life.known)


def under(pack: str, /, **said: Any) -> Supposed:
    return Supposed(load_pack(pack).terms(overrides=said.pop("switches", None)), **said)


def pair(life: Noted, supposed: Supposed, key: str) -> Pair:
    return next(each for each in compared(life.facts, supposed).promises if each.key == key)


class TestTheSameTerms:
    @settings(max_examples=100)
    @given(lives)
    def test_give_the_same_whatever_the_life(self, life: tuple[str, str | None, bool, list[Sent]]):
        pack, level, major, taken = life
        ticket = noted(told(pack, level, major=major))
        for step in taken:
            ticket.says(step.who, step.kind, step.ago, dict(step.data))
            ticket.passes(step.wait)
        again = lived(ticket.facts)
        assert again.otherwise == ()
        assert outcomes(again.ticket, ticket.now) == outcomes(ticket.ticket, ticket.now)

    def test_give_no_ground_where_the_facts_are_not_those_of_the_histories(self):
        life = noted(tell("sitech", "C"))
        life.does("engineer", "respond", text="已响应")
        lost = replace(life.facts, steps=())
        with pytest.raises(UnlikeError):
            compared(lost, under("standard"))

    def test_know_the_working_days_that_were_published_meanwhile(self):
        life = noted(tell("sitech", "C"))
        terms = replace(life.ticket.terms, schedule=replace(life.ticket.terms.schedule, last_year=2025))
        before = replace(life.ticket, terms=terms)
        days = load_pack("sitech").schedule
        after = rebaseline(before, days, life.now)
        facts = Facts(before.opening, terms, (Published(days, life.now),), after)
        assert lived(facts).ticket.terms.schedule == after.terms.schedule


class TestOtherTerms:
    def test_breach_what_was_met_and_say_by_how_much(self):
        """In sitech C is responded to within 6 hours of service time, nuobida's first level within 10 minutes."""
        life = noted(tell("sitech", "C", at=tell("sitech").now - 6 * HOURS))
        life.passes(30 * MINUTES)
        life.does("engineer", "respond", text="已响应")
        found = pair(life, under("nuobida", levels={"C": "I"}), "respond")
        assert found.results == (Result.MET, Result.BREACHED)
        assert found.was
        assert found.now
        assert (found.was.late_s or 0) < 0
        assert found.now.late_s == 20 * 60
        assert found.now.rungs == (50, 80, 100, 150)

    def test_raise_alarms_at_their_instants_though_nobody_was_there_then(self):
        life = noted(tell("sitech", "C"))
        life.passes(3 * HOURS)
        ticket = lived(life.facts, under("nuobida", levels={"C": "I"})).ticket
        (respond,) = [each for each in ticket.obligations if each.key == "respond"]
        assert {alarm.lateness_ms for alarm in respond.alarms} == {0}

    def test_list_what_one_of_their_gates_refuses_and_do_none_of_it(self):
        """What is major is not resolved under nuobida's terms before its departments agree (000-09)."""
        life = noted(tell("standard", "severe", facts={"major": True}))
        life.does("engineer", "respond", text="已响应")
        life.does("engineer", "resolve", **FIXED)
        found = compared(life.facts, under("nuobida"))
        (otherwise,) = found.otherwise
        assert (otherwise.kind, otherwise.was) == ("resolve", None)
        assert otherwise.now is not None
        assert next(each for each in found.promises if each.key == "resolve").results == (Result.MET, Result.OPEN)

    def test_list_what_they_would_have_let_through(self):
        life = noted(tell("nuobida", "I", facts={"major": True}))
        life.does("engineer", "respond", text="已响应")
        life.expect_refused("engineer", "resolve", "not_approved", **FIXED)
        (otherwise,) = compared(life.facts, under("standard")).otherwise
        assert (otherwise.was, otherwise.now) == ("not_approved", None)

    def test_do_not_let_through_what_was_sent_without_seeing_the_latest(self):
        life = noted(tell("nuobida", "I"))
        life.hears(
            Command("stale", CommandKind.NOTE, life.ticket.opening.opener, life.now, expect_seq=99, data={"text": "x"})
        )
        assert lived(life.facts, under("standard")).otherwise == ()

    def test_hold_also_where_the_report_was_found_to_be_under_another_contract(self):
        life = noted(tell("standard", "severe", customer=None))
        known = {"contract": "demo-sitech", "terms": load_pack("sitech").terms(contract="demo-sitech")}
        life.does("pm", "identify", contract="demo-sitech", level="C", reason="核实", known=known)
        again = lived(life.facts, under("xinhe"))
        assert (again.ticket.terms.pack, again.otherwise) == ("xinhe", ())
        assert again.ticket.level in load_pack("xinhe").level_ids

    def test_leave_what_is_no_term_as_it_was(self):
        life = noted(tell("sitech", "C"))
        agreed = replace(life.ticket.terms, edition=2, covered=False, agreed=False, signers={"a": "b"})
        instead = under("nuobida").instead_of(agreed)
        assert (instead.edition, instead.covered, instead.agreed, instead.signers) == (2, False, False, {"a": "b"})
        assert (instead.pack, instead.schedule) == ("nuobida", agreed.schedule)


class TestALevel:
    def test_is_the_one_that_is_said_else_of_the_same_id_else_at_the_same_place(self):
        sitech, supposed = load_pack("sitech").terms(), under("standard", levels={"A": "general"})
        names = load_pack("standard").level_ids
        assert supposed.level("A", sitech) == "general"
        assert supposed.level("B", sitech) == names[1]
        assert supposed.level("D", sitech) == names[-1]
        assert supposed.level("medium", sitech) == "medium"
        assert supposed.level("no such level", sitech) == "no such level"


class TestTotals:
    def test_add_up_what_came_of_promises_and_what_would_have(self):
        life = noted(tell("sitech", "C"))
        life.passes(30 * MINUTES)
        life.does("engineer", "respond", text="已响应")
        totals = Totals()
        for _ in range(2):
            totals.add(compared(life.facts, under("nuobida", levels={"C": "I"})))
        (respond,) = [kind for kind in totals.kinds if kind == "respond"]
        assert (totals.tickets, totals.changed) == (2, 2)
        assert totals.counted(Result.MET, [respond]) == (2, 0)
        assert totals.counted(Result.BREACHED, [respond]) == (0, 2)

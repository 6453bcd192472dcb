"""Agreements to wait: what the customer consents to in writing, and the level that has no visit."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.contract.terms import EDITION_9
from domain.ticket.obligations import State
from tests.domain.told import Told, tell

HOURS = timedelta(hours=1)
GRAVER: list[dict[str, Any]] = [{"facts": {"severity": "serious"}}, {"facts": {"major": True}, "reason": "全网中断"}]


class TestExtension:
    """001-05: the customer may agree in writing to wait; the contract's time stands otherwise."""

    def test_it_needs_evidence_in_writing(self):
        told = tell("fuao", "full_urgent")
        until = (told.now + 30 * HOURS).isoformat()
        told.expect_refused("customer", "consent", "not_in_writing", subject="001-23", text="可以晚到", until=until)

    def test_so_is_the_later_arrival_that_a_clause_itself_names(self):
        """Fault 4: 001-06 without `until` moved the arrival to the second working day on a word that nothing shows."""
        told = tell("fuao", "urgent")
        due = told.due("arrive")
        told.expect_refused("customer", "consent", "not_in_writing", subject="001-06", text="可以晚到")
        assert told.due("arrive") == due
        told.does("customer", "consent", subject="001-06", text="可以晚到", evidence="传真")
        assert told.due("arrive") > due
        told.does("customer", "consent", subject="001-06", text="还是照合同", agreed=False)

    def test_that_of_a_ticket_that_is_older_than_the_rule_is_not(self):
        told = tell("fuao", "urgent", terms={"edition": EDITION_9 - 1})
        told.does("customer", "consent", subject="001-06", text="可以晚到")

    def waits(self, told: Told, until: datetime, subject: str, why: str = "", **kind: str) -> None:
        """The customer agrees to wait, or that is refused."""
        said: dict[str, Any] = {
            "text": "可以晚到",
            "until": until.isoformat(),
            "evidence": "传真",
            "subject": subject,
            **kind,
        }
        if why:
            told.expect_refused("customer", "consent", why, **said)
        else:
            told.does("customer", "consent", **said)

    def test_it_rules_the_whole_kind_and_moves_its_rungs(self):
        """Fault 4: fuao, 001-05 until later with evidence moved nothing, for 001-23 was due before."""
        told = tell("fuao", "full_urgent")
        due = told.due("arrive")
        until = due + 36 * HOURS
        self.waits(told, until, "001-05")
        assert told.due("arrive") == until
        assert (told.obligation("arrive").promise.clause.id, told.obligation("arrive").promise.superseded) == (
            "001-05",
            (),
        )
        told.does("engineer", "dispatch", to="engineer2")
        assert [each.key for each in told.ticket.obligations if each.counts and each.kind == "arrive"] == ["arrive"]
        told.reaches(due)
        assert 100 not in told.rungs("arrive")
        told.reaches(until)
        assert told.state("arrive") is State.BREACHED

    @pytest.mark.parametrize("raised", [{"level": "full_urgent"}, *GRAVER])
    def test_it_holds_until_the_report_is_found_graver(self, raised: dict[str, Any]):
        told = tell("fuao", "urgent")
        due = told.due("arrive")
        self.waits(told, due + 36 * HOURS, "001-06")
        assert told.due("arrive") == due + 36 * HOURS
        entry = told.does("engineer", "classify", **raised)
        assert entry.data["consents_ended"] == ["001-06"]
        assert told.due("arrive") <= due
        assert not told.ticket.extensions

    def test_it_is_for_one_kind(self):
        """The arrival where the clause promises one, else its only kind, else the one that is named."""
        told = tell("nuobida", "II")
        later = told.now + 30 * HOURS
        self.waits(told, later, "000-30", "which_one")
        self.waits(told, later, "000-30", "which_one", kind="arrive")
        self.waits(told, later, "000-30", kind="resolve")
        assert (told.due("resolve"), told.due("plan")) == (later, told.now + 2 * HOURS)
        other = tell("sitech", "A")
        self.waits(other, later, "003-16")
        assert (other.due("arrive"), other.due("restore")) == (later, other.now + 2 * HOURS)

    @pytest.mark.parametrize(
        ("subject", "why"),
        [("made_up", "unknown_subject"), ("003-16", "unknown_subject"), ("001-23", "consent_changes_nothing")],
    )
    def test_what_means_nothing_or_moves_nothing_is_refused(self, subject: str, why: str):
        told = tell("fuao", "urgent")
        told.expect_refused("customer", "consent", why, subject=subject, text="同意")
        self.waits(told, told.now, subject, why)

    def test_nobody_agrees_to_wait_for_what_is_owed_no_more(self):
        told = tell("sitech", "A")
        later = told.now + 30 * HOURS
        told.does("engineer", "respond", text="您好")
        told.does("engineer", "restore", text="重启")
        assert told.state("depart@breach:restore|declared") is State.CANCELLED
        self.waits(told, later, "003-16", "consent_changes_nothing", kind="depart")

    def test_a_gate_that_is_not_shut_is_not_opened(self):
        told = tell("fuao", "urgent")
        for subject in ("paid_work", "001-08", "level_lowering", "004-05"):
            told.expect_refused("customer", "consent", "consent_changes_nothing", subject=subject, text="同意")
        told.expect_refused("customer", "consent", "consent_changes_nothing", subject="001-06", text="x", agreed=False)

    def test_the_contracts_time_stands_again_once_it_is_withdrawn(self):
        told = tell("fuao", "urgent")
        due = told.due("arrive")
        self.waits(told, due + HOURS, "001-06")
        told.does("customer", "consent", subject="001-06", text="还是照合同", agreed=False)
        assert told.due("arrive") == due


class TestRegular:
    """001-07: a regular ticket has no on-site service."""

    def test_nobody_is_sent_unless_it_is_graver_or_paid_for(self):
        told = tell("fuao", "regular")
        told.expect_refused("engineer", "dispatch", "no_onsite_service", to="engineer2")
        told.does("customer", "consent", subject="paid_work", text="同意按实际工作日收费", evidence="报价单 12")
        told.does("engineer", "dispatch", to="engineer2")

    @pytest.mark.parametrize("graver", [{"level": "urgent"}, *GRAVER])
    def test_level_severity_and_major_say_otherwise(self, graver: dict[str, Any]):
        told = tell("fuao", "regular")
        told.does("engineer", "classify", **graver)
        told.does("engineer", "dispatch", to="engineer2")

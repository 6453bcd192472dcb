"""The laws bite: whichever gate or rule is switched off, the machine finds the law that it kept broken."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from types import ModuleType

import pytest

from domain.contract.clauses import Arming
from domain.matters import assignment, index, lowering, major, on_behalf, remote, service_log
from domain.matters.index import ROWS
from domain.matters.matter import no_reaction
from domain.ticket import clocks
from domain.ticket.commands import Command
from domain.ticket.commands import CommandKind as C
from domain.ticket.obligations import Obligation
from domain.ticket.ticket import Ticket
from domain.words.refusals import Refusal
from tests.separation.in_domain import Domain
from tests.separation.machine import AT_ONCE, BrokenError, machine, runs, walks
from tests.separation.starts import STARTS

Does = Callable[[Ticket, Command, datetime], Ticket]

#: By gate, the law that it keeps and the contract under which that is tried.
GATES = {
    "remote_grant": ("S5", "sitech"),
    "onsite_application": ("S6", "sitech"),
    "parts": ("S7", "sitech"),
    "change_before": ("S8", "standard"),
    "change_after": ("S8 after", "standard"),
    "paid_work": ("P1", "fuao"),
    "onsite_service": ("P5", "fuao"),
    "level_lowering": ("S11", "fuao"),
    "extension": ("P2", "fuao"),
    "standing_authorisation": ("P3", "strict"),
    "still_major": ("S17", "nuobida"),
    "major_incident": ("S1", "nuobida"),
    "closing": ("P4", "xinhe"),
}
#: By rule and the one refusal of it that is switched off, the same.
RULES_OFF = {
    (C.APPLY_MAJOR, "no_formal_report"): ("S3", "nuobida"),
    (C.APPROVE, "own_matter"): ("S4", "nuobida"),
    (C.APPROVE, "no_department"): ("S4", "nuobida"),
    (C.APPROVE, "already_decided"): ("S4", "nuobida"),
    (C.RECORD_SURVEY, "own_work"): ("S9", "xinhe"),
    (C.END_REMOTE, "no_session"): ("S5", "sitech"),
    (C.MERGE, "something_runs"): ("P6", "sitech"),
    (C.MERGE, "graver_than_the_other"): ("S17", "nuobida"),
}


def finds(law: str, contract: str) -> None:
    """The machine finds this law broken: on the way to where tickets start, or by what people try from there."""

    def tries() -> None:
        tried = machine(STARTS[contract], Domain, frozenset({law}))
        walks(tried)
        runs(tried, examples=1000, steps=50, phases=AT_ONCE)

    with pytest.raises(BrokenError, match=f"^{law}: "):
        tries()


def says_nothing(_: Ticket, __: Command) -> Refusal | None:
    return None


class TestASwitchedOffGate:
    @pytest.mark.parametrize("gate", list(GATES))
    def test_is_noticed(self, gate: str, monkeypatch: pytest.MonkeyPatch):
        law, contract = GATES[gate]
        for kind, gates in index.GATES_OF.items():
            kept = tuple(replace(each, before=says_nothing) if each.id == gate else each for each in gates)
            monkeypatch.setitem(index.GATES_OF, kind, kept)
        finds(law, contract)

    def test_is_tried_for_every_gate_there_is(self):
        assert set(GATES) == {gate.id for gate in index.GATES}


class TestASwitchedOffRule:
    @pytest.mark.parametrize(("kind", "refusal"), list(RULES_OFF))
    def test_is_noticed(self, kind: C, refusal: str, monkeypatch: pytest.MonkeyPatch):
        law, contract = RULES_OFF[kind, refusal]
        rule = ROWS[kind].needs
        assert rule is not None

        def but_one(ticket: Ticket, command: Command) -> Refusal | None:
            said = rule(ticket, command)
            return None if said and said.code == refusal else said

        monkeypatch.setitem(ROWS, kind, replace(ROWS[kind], needs=but_one))
        finds(law, contract)


class TestAnActThatDoesNotDoItsPart:
    """Where no gate stands, the law is kept by what an act does, or by what time does."""

    def _instead(self, monkeypatch: pytest.MonkeyPatch, kind: C, does: Does) -> None:
        monkeypatch.setitem(ROWS, kind, replace(ROWS[kind], does=does))

    @pytest.mark.parametrize(
        ("room", "law", "contract"),
        [(major, "S17", "nuobida"), (remote, "S5", "sitech"), (lowering, "S16", "standard")],
    )
    def test_a_room_that_does_not_react_is_noticed(
        self, room: ModuleType, law: str, contract: str, monkeypatch: pytest.MonkeyPatch
    ):
        kept = (replace(each, reacts=no_reaction) if each is room.MATTER else each for each in index.MATTERS)
        monkeypatch.setattr(index, "MATTERS", tuple(kept))
        finds(law, contract)

    def test_a_revocation_that_leaves_the_session_is_noticed(self, monkeypatch: pytest.MonkeyPatch):
        self._instead(monkeypatch, C.REVOKE_REMOTE, lambda ticket, _, __: ticket)
        finds("S5", "sitech")

    @pytest.mark.parametrize(
        ("rule", "contract"),
        [("own_record", "sitech"), ("own_record", "standard"), ("own_record", "fuao"), ("own_work", "standard")],
    )
    def test_a_word_that_who_recorded_it_may_act_on_is_noticed(
        self, rule: str, contract: str, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(on_behalf, rule, lambda *_: None)
        finds("S15", contract)

    @pytest.mark.parametrize("contract", ["sitech", "standard"])
    def test_a_word_by_a_link_that_who_handed_it_over_may_act_on_is_noticed(
        self, contract: str, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(on_behalf, "_link", lambda _: {})
        finds("S15", contract)

    @pytest.mark.parametrize(("law", "contract"), [("S4", "nuobida"), ("S9", "xinhe")])
    def test_work_that_is_forgotten_is_noticed(self, law: str, contract: str, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(assignment, "worked_by", lambda _: frozenset())
        finds(law, contract)

    def test_a_timeline_that_is_rewritten_is_noticed(self, monkeypatch: pytest.MonkeyPatch):
        def rewritten(ticket: Ticket, command: Command, at: datetime) -> Ticket:
            first = replace(ticket.fresh[0], data={})
            return service_log.write_log(replace(ticket, fresh=(first, *ticket.fresh[1:])), command, at)

        self._instead(monkeypatch, C.WRITE_LOG, rewritten)
        finds("S12", "sitech")

    def test_a_severity_that_changes_by_itself_is_noticed(self, monkeypatch: pytest.MonkeyPatch):
        self._instead(
            monkeypatch, C.RESPOND, lambda ticket, _, __: replace(ticket, facts=ticket.facts | {"severity": "general"})
        )
        finds("S11", "fuao")

    def test_a_device_whose_return_is_forgotten_is_noticed(self, monkeypatch: pytest.MonkeyPatch):
        self._instead(monkeypatch, C.RETURN_SUBSTITUTE, lambda ticket, _, __: ticket)
        finds("S14", "standard")

    @pytest.mark.parametrize(
        ("forgotten", "law", "contract"),
        [
            (Arming.RESOLVED, "S13", "fuao"),
            (Arming.VISIT_END, "S13", "standard"),
            (Arming.BREACH_RESOLVE, "S14", "fuao"),
        ],
    )
    def test_an_obligation_that_is_not_armed_is_noticed(
        self, forgotten: Arming, law: str, contract: str, monkeypatch: pytest.MonkeyPatch
    ):
        """What arms it has happened, and yet it does not count."""
        arm = clocks._armed

        def unarmed(ticket: Ticket, obligation: Obligation, at: datetime) -> Obligation:
            return obligation if forgotten in obligation.promise.armed else arm(ticket, obligation, at)

        monkeypatch.setattr(clocks, "_armed", unarmed)
        finds(law, contract)

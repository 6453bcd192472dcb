"""What G8 says is what a decision says: the same rows, gates and rights, looked at beforehand.

Nothing here asks ``domain.doable`` how it found out. Good data is made from what it published, as a form would; what
people try in random lives is held against what it had said before.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.audience.authority import MAY, may_send
from domain.decisions import decide, possible
from domain.doable import Choice, Offer, commands_of, offer, offers, seen_by_customer
from domain.matters.calls import CALLED
from domain.matters.index import GATES, REFUSALS, ROWS
from domain.matters.merging import OTHER, as_seen
from domain.people.actors import Actor, Role
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.ticket import Ticket
from domain.timekeeping import catch_up
from domain.ways_out import _OPENED_BY, with_the_way_out
from tests.domain.test_words_of_refusals import reads
from tests.domain.told import Told, tell
from tests.people import PEOPLE, known_about
from tests.separation.moves import EVERYBODY, THEMES, Move, sender
from tests.separation.starts import STARTS, Start

MOVES = [move for theme in THEMES.values() for move in theme]
LIVES = [start for starts in STARTS.values() for start in starts]
WAITS = (0, 0, 0, 1, 16, 300, 1500)

#: What somebody writes into a field of a type.
WRITTEN = {Type.TEXT: "已按要求处理完毕", Type.WORD: "engineer2"}


@dataclass
class Life:
    """A ticket that people try everything on, and whatever was said to be impossible stays so."""

    told: Told

    @classmethod
    def of(cls, start: Start) -> "Life":
        """From where a ticket starts."""
        life = cls(tell(start.contract.pack, start.level, facts=start.facts, switches=dict(start.switches)))
        for who, move in start.done:
            life.tries(who if isinstance(who, Actor) else PEOPLE[who], move)
        return life

    @property
    def ticket(self) -> Ticket:
        """As it stands now."""
        return catch_up(self.told.ticket, upto=self.told.now, now=self.told.now)

    def tries(self, actor: Actor, move: Move) -> None:
        """Somebody sends a command; nothing is accepted of which it was said that it is impossible."""
        data = move.at(self.told.now, timedelta(minutes=1))
        kind, ticket = C(move.kind), self.ticket
        said = offer(ticket, actor, kind, self.told.now, {}) if has(actor, kind) else None
        entry = self.told.says(actor, kind, None, data)
        if entry.happening != "command_refused":
            assert said is not None, f"{kind} is not among what {actor.role} could do"
            assert said.refusal is None, f"{kind} by {actor.id} was accepted, in spite of {said.refusal.code}"


def has(actor: Actor, kind: C) -> bool:
    return may_send(actor, kind) or may_send(actor, kind, recorded=True)


def written(field: Field, now: datetime) -> Any:
    """As anybody would fill the field in, where nothing is to choose from."""
    if field.type is Type.INSTANT:
        return (now + timedelta(hours=2)).isoformat()
    return field.choices[0] if field.choices else WRITTEN[field.type]


def sent(ticket: Ticket, said: Offer, choice: Choice, actor: Actor, now: datetime) -> Command:
    """What a form sends that was filled in by what was published."""
    row = ROWS[said.kind]
    fields = [field for field in row.data if field.type is Type.TEXT or field.required]
    data = {field.name: written(field, now) for field in fields} | dict(choice.data)
    if "to" in data:
        data["to"] = next(who for who in ("engineer2", "engineer") if who != ticket.assignee)
    if said.recorded:
        data["on_behalf"] = {"name": "王女士", "channel": "phone", "evidence": "录音 1"}
    known = known_about(data)
    if said.kind is C.MERGE:
        known[OTHER] = as_seen(ticket) | {"number": "22222222"}
    if ticket.call:
        known[CALLED] = [ticket.call.id]
    return Command("new", said.kind, actor, now, occurred_at=said.stated_by, data=data, known=known)


def hold(ticket: Ticket, actor: Actor, now: datetime) -> list[Offer]:
    """Every command of somebody's is decided as it was said."""
    found = list(offers(ticket, actor, now, {}))
    for said in found:
        decisions = [decide(ticket, sent(ticket, said, choice, actor, now)) for choice in said.choices]
        for choice in said.choices:
            why = choice.refusal and with_the_way_out(ticket, said.kind, choice.refusal)
            assert why is None or reads(why.words), why
        told = (said.kind, actor, [(dict(c.data), d.reason) for c, d in zip(said.choices, decisions, strict=True)])
        for choice, decision in zip(said.choices, decisions, strict=True):
            assert decision.reason == (choice.refusal.code if choice.refusal else None), told
        assert any(decision.accepted for decision in decisions) is (said.refusal is None), told
        if said.refusal:
            assert said.refusal.code in {decision.reason for decision in decisions}, told
            entry = decisions[0].ticket.fresh[-1]
            on_record = with_the_way_out(ticket, said.kind, said.refusal).words.as_json()
            assert len(decisions) > 1 or entry.data["detail"] == on_record, told
    assert set(possible(ticket, actor, now)) == {said.kind for said in found if said.refusal is None}
    return found


class TestInAnyLife:
    """500 lives, people of every role, all contracts."""

    @given(
        start=st.sampled_from(LIVES),
        steps=st.lists(
            st.tuples(st.sampled_from(MOVES), st.integers(0, 999), st.sampled_from(WAITS)), min_size=3, max_size=9
        ),
        who=st.sampled_from(EVERYBODY),
    )
    @settings(max_examples=500, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def test_what_is_possible_is_accepted_and_what_is_not_is_refused_for_the_reason_given(
        self, start: Start, steps: list[tuple[Move, int, int]], who: Actor
    ):
        life = Life.of(start)
        for move, number, minutes in steps:
            life.tries(sender(move, number), move)
            life.told.passes(minutes * timedelta(minutes=1))
        hold(life.ticket, who, life.told.now)

    @pytest.mark.parametrize("who", sorted(PEOPLE))
    def test_it_is_so_for_everybody_wherever_a_ticket_starts(self, who: str):
        """Some starts of every contract, and everybody has something that they can do somewhere."""
        seen: set[tuple[C, bool]] = set()
        with_a_vendor = [start for start in LIVES if any(move.kind == "open_vendor_case" for _, move in start.done)]
        for start in (*LIVES[::9], with_a_vendor[0], with_a_vendor[-1]):
            life = Life.of(start)
            seen |= {(said.kind, said.refusal is None) for said in hold(life.ticket, PEOPLE[who], life.told.now)}
        assert any(possible for _, possible in seen) or not MAY[PEOPLE[who].role] or who == "stranger"


class TestTheList:
    """For whom it is, and in which order."""

    def test_has_every_command_of_a_role_and_no_other(self):
        for who in PEOPLE.values():
            kinds = set(commands_of(who, {}))
            assert kinds == {kind for kind in C if has(who, kind)}
            assert not kinds & {C.TAKE_CONTRACT, C.MERGE_IN}

    def test_has_the_approvers_for_who_stands_in_for_one(self):
        known = {C.APPROVE: {"deputy_of": {"technical": "tech"}}}
        assert C.APPROVE in set(commands_of(PEOPLE["customer"], known))
        assert C.APPROVE not in set(commands_of(PEOPLE["engineer"], known))

    def test_is_empty_for_who_only_watches(self):
        assert list(commands_of(PEOPLE["auditor"], {})) == []

    def test_says_of_each_text_whether_the_customer_reads_it(self):
        """One that is for us alone is never taken for the other."""
        assert seen_by_customer(C.RESPOND) == ("text",)
        assert seen_by_customer(C.NOTE) == ()
        assert seen_by_customer(C.WRITE_LOG) == ()
        assert seen_by_customer(C.RESOLVE) == ("summary",)
        assert seen_by_customer(C.PAUSE) == ("text",)
        assert set(seen_by_customer(C.APPLY_MAJOR)) == {"title", "plan", "risk"}


def could(told: Told, who: str, kind: C) -> Offer:
    return offer(told.ticket, PEOPLE[who], kind, told.now, {})


class TestTheWayOut:
    """What is impossible names what opens it, and that does."""

    def test_leads_to_remote_work(self):
        told = tell("sitech", "B")
        said = could(told, "engineer", C.START_REMOTE)
        assert (said.refusal and said.refusal.code, said.opened_by) == ("no_grant", (C.REQUEST_REMOTE, C.GRANT_REMOTE))
        told.does("engineer", "request_remote", scope="数据库", text="查看")
        told.does("customer", "grant_remote", scope="数据库")
        assert could(told, "engineer", C.START_REMOTE).refusal is None

    def test_leads_through_the_gate_and_says_whose_it_is(self):
        told = tell("fuao", "urgent", facts={"cause": "environment", "severity": "serious"})
        said = could(told, "engineer", C.DEPART)
        assert said.opened_by == (C.CONSENT,)
        assert said.of is not None
        assert said.of.zh == "客户联系人"
        told.does("customer", "consent", subject="paid_work", text="同意收费")
        assert could(told, "engineer", C.DEPART).refusal is None

    def test_leads_on_from_the_stage(self):
        told = tell("standard", "severe")
        assert could(told, "customer", C.CONFIRM).opened_by == (C.RESOLVE,)
        told.does("engineer", "resolve", summary="更换电源后恢复")
        assert could(told, "customer", C.CONFIRM).refusal is None
        assert could(told, "pm", C.ADVANCE).opened_by == (C.REOPEN,)

    def test_does_not_lead_back_from_the_close(self):
        told = tell("standard", "severe")
        told.does("engineer", "resolve", summary="更换电源后恢复")
        told.does("customer", "confirm")
        said = could(told, "engineer", C.RESPOND)
        assert (said.refusal and said.refusal.code, said.opened_by) == ("closed", ())

    def test_of_some_stages_only_is_not_the_way_out_of_all(self):
        """Of the stages only the one on site waits for the application; the others are open."""
        told = tell("sitech", "B")
        told.does("engineer", "advance", stage="remote", reason="转远程")
        said = could(told, "engineer", C.ADVANCE)
        assert said.refusal is None
        shut = {choice.data["stage"]: choice.refusal.code for choice in said.choices if choice.refusal}
        assert shut == {"onsite": "no_onsite_application"}

    def test_of_what_is_told_late_is_its_time(self):
        told = tell("standard", "severe")
        told.does("engineer", "resolve", summary="更换电源后恢复")
        at = told.now
        told.passes(timedelta(minutes=5))
        assert could(told, "engineer", C.RESPOND).stated_by == at

    def test_stands_at_refusals_that_there_are(self):
        assert set(_OPENED_BY) <= set(REFUSALS)
        assert all(opened_by for opened_by in _OPENED_BY.values())

    def test_names_each_command_that_opens_a_gate_of_the_customers(self):
        named = {kind for opened_by in _OPENED_BY.values() for kind in opened_by}
        assert {kind for gate in GATES for kind in gate.given_by} <= named

    def test_can_be_gone_by_somebody(self):
        people = [Actor("", role) for role in Role if role is not Role.SYSTEM]
        technical = Actor("", Role.CUSTOMER_APPROVER, department="technical")
        for opened_by in _OPENED_BY.values():
            assert all(any(may_send(who, kind) for who in (*people, technical)) for kind in opened_by)

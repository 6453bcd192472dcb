"""Who is in charge: taken, given, and taken by the first who acts (002-04)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.audience.authority import MAY
from domain.audience.labels import ROLES
from domain.contract.terms import EDITION_6
from domain.decisions import possible
from domain.matters.assignment import NOT_YOURS
from domain.people.actors import IN_CHARGE, SYSTEM, Role
from domain.ticket.commands import CommandKind
from tests.domain.told import tell
from tests.people import PEOPLE

ABLE = [who for who, actor in PEOPLE.items() if actor.role in IN_CHARGE]


class TestTaking:
    @pytest.mark.parametrize("who", ABLE)
    def test_is_for_engineers_experts_and_managers(self, who: str):
        told = tell("sitech", "B")
        told.does(who, "take", text="我来处理")
        assert told.ticket.assignee == who

    @pytest.mark.parametrize("who", [who for who in PEOPLE if who not in ABLE])
    def test_is_for_nobody_else(self, who: str):
        tell("sitech", "B").expect_refused(who, "take", "not_allowed")

    def test_from_somebody_else_names_them(self):
        told = tell("sitech", "B")
        assert "from" not in told.does("engineer", "take").data
        assert told.does("engineer2", "take").data["from"] == "engineer"
        assert told.ticket.handlers == ("engineer", "engineer2")

    def test_what_is_theirs_already_changes_nothing(self):
        told = tell("sitech", "B")
        told.does("engineer", "take")
        told.expect_refused("engineer", "take", "already_yours")


class TestTheFirstAct:
    @pytest.mark.parametrize("who", ABLE)
    def test_of_who_could_be_in_charge_takes_the_ticket(self, who: str):
        """The act stands first; the entry that it took the ticket says so and is theirs."""
        told = tell("sitech", "B")
        told.does(who, "respond", text="已联系")
        act, taken = told.ticket.fresh[-2:]
        assert (act.happening, taken.happening, taken.actor.id) == ("responded", "taken", who)
        assert taken.data == {"by_itself": True, "kind": "respond", "to": who}
        assert taken.command_id is None
        assert told.ticket.assignee == who

    def test_of_anybody_else_takes_nothing(self):
        told = tell("sitech", "B")
        for who in ("hotline", "customer", "supervisor", "stock", "commercial", "leader"):
            told.does(who, "note", text="备注")
        assert told.ticket.assignee is None

    def test_takes_nothing_from_who_is_in_charge(self):
        told = tell("sitech", "B")
        told.does("engineer", "respond", text="已联系")
        told.does("engineer2", "diagnose", text="电源")
        assert told.ticket.assignee == "engineer"

    def test_that_is_refused_takes_nothing(self):
        told = tell("sitech", "B")
        told.expect_refused("engineer", "resume", "not_paused")
        assert told.ticket.assignee is None

    def test_that_gives_the_ticket_to_somebody_does_not_take_it(self):
        told = tell("sitech", "B")
        told.does("pm", "reassign", to="engineer", reason="转工程师")
        assert told.ticket.assignee == "engineer"
        assert "taken" not in told.happened()


class TestWorkIsGiven:
    @pytest.mark.parametrize("to", [who for who in PEOPLE if who not in ABLE])
    def test_to_nobody_who_could_not_do_it(self, to: str):
        told = tell("sitech", "B")
        told.expect_refused("pm", "reassign", "cannot_act", to=to, reason="x")
        told.expect_refused("pm", "dispatch", "cannot_act", to=to)

    def test_to_nobody_of_whom_nothing_is_known(self):
        """Deny by default: the sender's word for it is not asked."""
        told = tell("sitech", "B")
        told.expect_refused("pm", "reassign", "cannot_act", to="nobody", reason="x")

    def test_by_a_dispatch_without_changing_who_is_in_charge(self):
        told = tell("sitech", "B")
        told.does("engineer", "take")
        told.does("engineer", "dispatch", to="engineer2")
        assert told.ticket.assignee == "engineer"
        told.does("leader", "reassign", to="engineer2", reason="换人")
        assert told.ticket.assignee == "engineer2"


class TestWorkIsHandedOver:
    """By engineers and experts, of what is theirs, with a reason, to whoever is there."""

    @pytest.mark.parametrize("who", ["engineer", "expert"])
    def test_to_a_colleague_and_promises_go_on(self, who: str):
        told = tell("sitech", "B")
        told.does(who, "take")
        due = {each.key: each.promise.due_at for each in told.ticket.obligations}
        entry = told.does(who, "reassign", to="engineer2", reason="临时去另一现场")
        assert (told.ticket.assignee, entry.data["from"]) == ("engineer2", who)
        assert {each.key: each.promise.due_at for each in told.ticket.obligations} == due

    def test_or_back_to_the_desk_and_nobody_is_in_charge(self):
        told = tell("sitech", "B")
        told.does("engineer", "take")
        told.does("engineer", "unassign", reason="家中有急事")
        assert told.ticket.assignee is None
        told.passes(timedelta(minutes=2))
        assert told.alarms("unowned")

    @pytest.mark.parametrize(("kind", "more"), [("reassign", {"to": "engineer2"}), ("unassign", {})])
    def test_by_nobody_else_than_who_is_in_charge(self, kind: str, more: dict[str, str]):
        told = tell("sitech", "B")
        told.does("expert", "take")
        told.expect_refused("engineer", kind, "not_yours", reason="换人", **more)
        same_person = replace(PEOPLE["engineer"], also=("expert",))
        assert told.says(same_person, kind, None, {"reason": "换人", **more}).happening != "command_refused"

    @pytest.mark.parametrize(("kind", "more"), [("reassign", {"to": "engineer2"}), ("unassign", {})])
    def test_of_somebody_who_has_left_by_the_system_and_of_nobody_who_has_it_meanwhile(
        self, kind: str, more: dict[str, str]
    ):
        told = tell("sitech", "B")
        told.does("engineer", "take")
        data = {"reason": "离职", **more}
        refused = told.says(SYSTEM, kind, None, data | {"known": {"from": "expert"}})
        assert (refused.happening, refused.data["reason"]) == ("command_refused", "not_theirs")
        assert told.ticket.assignee == "engineer"
        assert told.says(SYSTEM, kind, None, data | {"known": {"from": "engineer"}}).data["from"] == "engineer"
        assert told.ticket.assignee != "engineer"

    def test_and_whoever_is_refused_is_sent_to_who_may_do_either(self):
        """Handing over and leaving have one refusal: what it says to do must lead on from both."""
        named = [role for role in Role if ROLES[role].zh in NOT_YOURS.words.zh]
        assert named
        assert all({CommandKind.REASSIGN, CommandKind.UNASSIGN} <= MAY[role] for role in named)

    def test_to_nobody_who_is_neither_on_duty_nor_next(self):
        """A manager may: they know whom they wake."""
        told = tell("sitech", "B")
        told.does("engineer", "take")
        away = {"to_is_there": False}
        told.expect_refused("engineer", "reassign", "off_duty", to="engineer2", reason="下班", known=away)
        told.does("pm", "reassign", to="engineer2", reason="只有此人熟悉", known=away)

    @pytest.mark.parametrize("who", ["hotline", "pm", "leader", "commercial", "engineer"])
    def test_to_nobody_who_has_it_already(self, who: str):
        told = tell("sitech", "B")
        told.does("engineer", "take")
        before = len(told.ticket.handlers)
        told.expect_refused(who, "reassign", "already_theirs", to="engineer", reason="再派一次")
        assert len(told.ticket.handlers) == before

    def test_on_a_ticket_of_before_as_it_was_decided_then(self):
        told = tell("sitech", "B", terms={"edition": EDITION_6 - 1})
        told.does("engineer", "take")
        told.expect_refused("engineer", "reassign", "not_allowed", to="engineer2", reason="换人")
        told.expect_refused("engineer", "unassign", "not_allowed", reason="换人")
        assert "reassign" not in possible(told.ticket, PEOPLE["engineer"], told.now)
        told.does("pm", "reassign", to="engineer", reason="再派一次")


class TestTheDepartmentsOfTheCustomer:
    def test_do_not_approve_what_a_person_did_by_another_account(self):
        """000-09: an approver is neither applicant nor handler, whatever they sign in as."""
        told = tell("nuobida", "I", facts={"major": True})
        told.does("engineer", "take")
        told.does("engineer2", "take")
        told.does("pm", "submit_formal_report", text="正式报告")
        told.does("pm", "apply_major", title="t", plan="p", risk="r")
        for also in ("pm", "engineer2", "engineer"):
            told.expect_refused(replace(PEOPLE["tech"], also=(also,)), "approve", "own_matter", opinion="同意")
        told.does("tech", "approve", opinion="同意")
        told.expect_refused(replace(PEOPLE["business"], also=("tech",)), "approve", "own_matter", opinion="同意")
        told.does("business", "approve", opinion="同意")

"""The tables are complete: mypy sees a missing branch, not a missing row."""

import pytest

from domain.acts import ACTS
from domain.audience.authority import MAY
from domain.people.actors import Role
from domain.rules import RULES, WHERE
from domain.ticket.commands import DATA, CommandKind
from domain.ticket.lifecycle import LIFECYCLE
from domain.ticket.stages import Stage
from domain.ticket.timeline import Happening
from domain.words.refusals import REFUSALS


class TestCommands:
    """Every command has data, stages, an act and somebody who may send it."""

    def test_every_command_says_what_its_data_holds(self):
        assert set(DATA) == set(CommandKind)

    def test_every_command_says_in_which_stages_it_is_possible(self):
        assert set(WHERE) == set(CommandKind)

    def test_every_command_changes_something_or_says_that_its_entry_is_all(self):
        assert set(ACTS) | {CommandKind.CLOSE} == set(CommandKind)

    def test_every_command_may_be_sent_by_somebody(self):
        assert set().union(*MAY.values()) == set(CommandKind)

    def test_every_role_stands_in_the_table(self):
        assert set(MAY) == set(Role)

    def test_every_command_has_a_happening_of_its_own(self):
        happenings = [happening for happening, _ in ACTS.values()]
        assert len(set(happenings)) == len(happenings)
        assert Happening.COMMAND_REFUSED not in happenings


class TestWhoMay:
    """interface.md, who may: some cells that must never change silently."""

    @pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.SYSTEM])
    def test_some_roles_may_do_nothing(self, role: Role):
        assert MAY[role] == frozenset()

    def test_only_the_customers_departments_approve(self):
        assert [role for role in Role if CommandKind.APPROVE in MAY[role]] == [Role.CUSTOMER_APPROVER]

    def test_only_the_supervisor_records_the_survey(self):
        assert [role for role in Role if CommandKind.RECORD_SURVEY in MAY[role]] == [Role.SUPERVISOR]

    def test_an_engineer_neither_closes_nor_reassigns(self):
        assert not MAY[Role.ENGINEER] & {CommandKind.CLOSE, CommandKind.REASSIGN, CommandKind.APPLY_MAJOR}


class TestLifecycle:
    """Every stage can be reached, and nothing leaves closed."""

    def test_every_stage_is_reached(self):
        assert {stage for leads_to in LIFECYCLE.values() for stage in leads_to} == set(Stage)

    def test_nothing_leaves_closed(self):
        assert not [happening for stage, happening in LIFECYCLE if stage is Stage.CLOSED]


class TestRefusals:
    """Every reason that a rule can give has its words."""

    def test_every_rule_says_what_must_hold(self):
        assert all(rule.__doc__ for rule in RULES.values())

    def test_both_languages_are_there(self):
        assert all(zh and en and zh != en for zh, en in REFUSALS.values())

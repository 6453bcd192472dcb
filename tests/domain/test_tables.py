"""The tables are complete: mypy sees a missing branch, not a missing row."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from domain import matters
from domain.audience import labels, vocabulary
from domain.audience.authority import MAY
from domain.audience.legs import LEGS
from domain.matters import (
    applications,
    changes,
    consultations,
    emergency,
    parts,
    remote,
    substitutes,
    vendor_cases,
)
from domain.matters.aftercare import Satisfaction
from domain.matters.changes import Size
from domain.matters.consents import ConsentChannel
from domain.matters.emergency import PlanNumber
from domain.matters.index import BENEATH, BRINGS, GATES, MATTERS, REFUSALS, ROOMS, ROWS
from domain.matters.matter import Asked
from domain.matters.on_behalf import LINK, SpokenChannel
from domain.matters.service_log import STEPS, Step
from domain.matters.whereabouts import Unit
from domain.people.actors import Role
from domain.people.duty import Grade
from domain.ticket.commands import CommandKind
from domain.ticket.deadlines import Event
from domain.ticket.lifecycle import LIFECYCLE
from domain.ticket.obligations import State
from domain.ticket.opening import CHANNELS
from domain.ticket.stages import Stage
from domain.ticket.timeline import Happening
from domain.ticket.work import Work
from domain.words import refusals
from domain.words.label import Label
from domain.words.refusals import Refusal


class TestCommands:
    """Every command has one row, in one matter, and somebody who may send it."""

    def test_every_command_has_one_row_under_its_own_kind(self):
        assert sorted(row.kind for matter in MATTERS for row in matter.rows) == sorted(CommandKind)
        assert all(row.kind is kind for kind, row in ROWS.items())

    def test_no_command_takes_two_fields_of_one_name(self):
        for row in ROWS.values():
            assert len({field.name for field in row.data}) == len(row.data)

    def test_every_matter_is_in_the_index(self):
        """A room that nobody asks would be silent for ever."""
        folder = Path(matters.__file__).parent
        assert {path.stem for path in folder.glob("*.py")} - {"__init__", "index", "matter"} == {
            room.__name__.rpartition(".")[2] for room in (*ROOMS, *BENEATH)
        }

    def test_every_command_may_be_sent_by_somebody(self):
        assert set().union(*MAY.values()) == set(CommandKind)

    def test_every_role_stands_in_the_table(self):
        assert set(MAY) == set(Role)

    def test_every_command_has_a_happening_of_its_own(self):
        happenings = [row.happening for row in ROWS.values()]
        assert len(set(happenings)) == len(happenings)
        assert Happening.COMMAND_REFUSED not in happenings


class TestWhoMay:
    """docs/authorisation.md, commands: some cells that must never change silently."""

    @pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
    def test_some_roles_may_do_nothing(self, role: Role):
        assert MAY[role] == frozenset()

    def test_only_the_customers_departments_approve(self):
        assert [role for role in Role if CommandKind.APPROVE in MAY[role]] == [Role.CUSTOMER_APPROVER]

    def test_only_the_supervisor_records_the_survey(self):
        assert [role for role in Role if CommandKind.RECORD_SURVEY in MAY[role]] == [Role.SUPERVISOR]

    def test_an_engineer_neither_closes_nor_applies_for_major_incidents(self):
        assert not MAY[Role.ENGINEER] & {CommandKind.CLOSE, CommandKind.APPLY_MAJOR}


class TestLegs:
    """What goes on beside the stage is shown whole."""

    def test_every_step_of_a_leg_belongs_to_it(self):
        rooms = (remote, consultations, vendor_cases, parts, substitutes, changes, applications, emergency)
        steps = {row.happening for room in rooms for row in room.MATTER.rows}
        assert steps | {Happening.GRANT_ENDED, Happening.REMOTE_EXPIRED, Happening.FOLLOWED_UP} <= set(LEGS)


class TestTime:
    """Whatever time can bring is brought by one matter."""

    def test_every_event_is_brought_by_one_matter(self):
        assert sorted(event for matter in MATTERS for event in matter.brings) == sorted(Event)
        assert set(BRINGS) == set(Event)


class TestLifecycle:
    """Every stage can be reached, and nothing leaves closed."""

    def test_every_stage_is_reached(self):
        assert {stage for leads_to in LIFECYCLE.values() for stage in leads_to} == set(Stage)

    def test_nothing_leaves_closed(self):
        assert not [happening for stage, happening in LIFECYCLE if stage is Stage.CLOSED]


class TestRefusals:
    """Every reason that a rule can give has its words."""

    def test_every_rule_says_what_must_hold(self):
        assert all(row.needs.__doc__ for row in ROWS.values() if row.needs)

    def test_every_reason_has_its_words_once(self):
        """Two matters that gave one code would tell people two things by one word."""
        named = [
            each for room in (refusals, *BENEATH, *ROOMS) for each in vars(room).values() if isinstance(each, Refusal)
        ]
        assert len({each.code for each in named}) == len({id(each) for each in named})
        assert all(each.words.zh and each.words.en for each in REFUSALS.values())

    def test_every_gate_has_an_id_of_its_own(self):
        assert len({gate.id for gate in GATES}) == len(GATES)


class TestVocabulary:
    """Whatever stands on a screen is called something."""

    def test_has_every_word(self):
        tables: dict[type[StrEnum], Mapping[Any, Label]] = {
            CommandKind: vocabulary.COMMANDS,
            Happening: vocabulary.HAPPENINGS,
            State: vocabulary.STATES,
            Asked: vocabulary.WAITS_FOR,
            Work: vocabulary.WORKS,
            Satisfaction: vocabulary.SATISFACTIONS,
            Grade: vocabulary.GRADES,
            PlanNumber: vocabulary.PLANS,
            Unit: vocabulary.UNITS,
            Role: labels.ROLES,
            Stage: labels.STAGES,
            Size: labels.SIZES,
            Step: STEPS,
        }
        for words, table in tables.items():
            assert set(table) == set(words)

    def test_has_every_alarm_and_channel(self):
        assert set(vocabulary.ALARMS) >= set(Event)
        assert set(vocabulary.CHANNELS) == {*CHANNELS, *SpokenChannel, *ConsentChannel, LINK}


class TestDeadlines:
    """Of what is due at one instant the order is the same in every replay."""

    def test_go_in_the_order_in_which_histories_have_them(self):
        """A new event goes last: an order that changed would change what open tickets replay."""
        assert list(Event)[:9] == [
            Event.RUNG, Event.HALF, Event.SILENCE_CONFIRMS, Event.PAUSE_CAP, Event.REMOTE_SILENCE,
            Event.REMOTE_EXPIRY, Event.APPROVAL_REMINDER, Event.HEARTBEAT, Event.PLAN_STARTS,
        ]  # fmt: skip

"""What people outside the service company see: the table, and that nothing is in it by accident."""

from itertools import product
from typing import Any

import pytest

from domain.audience.authority import MAY_READ
from domain.audience.sights import HAPPENINGS, Sight, Whose
from domain.audience.visibility import (
    ASKED,
    AUDIENCES,
    COUNTS,
    DECISION,
    OBLIGATION,
    TICKET,
    audience,
    entry,
    may_ask,
    may_know_decision,
    may_name,
    may_see,
    message,
    only,
    sight,
)
from domain.matters.index import ROWS
from domain.people.actors import SYSTEM, Actor, Role
from domain.ticket.timeline import Happening

ENGINEER, DUTY = Actor("engineer", Role.ENGINEER), Actor("duty", Role.DUTY_MANAGER)
CUSTOMER = Actor("customer", Role.CUSTOMER_CONTACT, customers=("demo-sitech",))
TECH = Actor("tech", Role.CUSTOMER_APPROVER, customers=("demo-sitech",), department="technical")
VENDOR, RIVAL = Actor("vendor", Role.VENDOR), Actor("rival", Role.VENDOR)
ADMIN = Actor("admin", Role.ADMINISTRATOR)
OUTSIDERS = (CUSTOMER, TECH, VENDOR, RIVAL)

#: What nobody outside gets of any entry, whatever becomes of the tables.
NEVER = {
    "roles",
    "people",
    "allowed",
    "cost",
    "price",
    "quote",
    "lateness_ms",
    "rung",
    "due_at",
    "obligation",
    "internal",
}

#: Fields that the system writes into entries beside those of a command.
WRITTEN = {
    "customer_name", "contact", "covered", "consents_ended",
    "channel", "level", "facts", "contract", "pack", "version", "stage", "reason", "plan", "schedule", "last_year",
    "service", "category", "follows",
    "moved", "kind", "detail", "data", "part", "change", "case", "vendor", "attachments",
    "alarm", "begins_on", "ends_on", "until", "recorded_alone", "to", "substitute",
    "ended_by", "changed", "department", "deputy_for", "kinds", "active", "before", "silent_since", "about",
}  # fmt: skip


def names(sight: Sight) -> frozenset[str]:
    return sight.fields | sight.own


class TestTheTable:
    """Deny by default: a new role, happening or field is hidden until somebody writes its row."""

    def test_has_a_row_for_every_happening(self):
        assert set(HAPPENINGS) == set(Happening)

    def test_has_eyes_for_exactly_those_who_may_read(self):
        assert set(AUDIENCES) == MAY_READ

    def test_shows_no_sum_of_money_and_nothing_of_alarms_to_anybody_outside(self):
        shown = {name for row in HAPPENINGS.values() for each in row for name in names(each)}
        assert not shown & NEVER

    def test_names_only_fields_that_entries_have(self):
        """A word spelled wrongly would hide a field for ever."""
        sent = {row.happening: {field.name for field in row.data} for row in ROWS.values()}
        for happening, row in HAPPENINGS.items():
            for each in row:
                assert names(each) <= sent.get(happening, set()) | WRITTEN, happening

    def test_hides_what_it_does_not_know(self):
        """Of tickets, promises, decisions, figures and entries alike."""
        for viewer, table in product(OUTSIDERS, (TICKET, OBLIGATION, DECISION, COUNTS)):
            assert not may_see(viewer, table, "cost")
            assert only(viewer, table, {"cost": 1}) == {}
        unknown: Any = "invoiced"
        for viewer in OUTSIDERS:
            assert sight(viewer, unknown).whose is Whose.NOBODYS
            assert entry(viewer, unknown, viewer, {"text": "x"}) is None
            assert not may_ask(viewer, "cost")

    def test_shows_the_service_company_everything_and_the_administrator_nothing(self):
        data = {"text": "x", "cost": 1, "roles": ["duty_manager"]}
        for happening in Happening:
            assert entry(DUTY, happening, ENGINEER, data) == data
            assert entry(ADMIN, happening, ENGINEER, data) is None
        assert audience(ADMIN) is None
        assert only(ADMIN, TICKET, {"number": "x"}) == {}


class TestTheCustomer:
    """The report, the promises, what is done about them; not what we say to one another."""

    @pytest.mark.parametrize(
        "happening",
        [
            Happening.NOTED, Happening.ALARM_RAISED, Happening.PROMISE_BREACHED, Happening.HALF_SPENT,
            Happening.COMMAND_REFUSED, Happening.ONSITE_APPLIED, Happening.CONSULTATION_REQUESTED,
            Happening.CONSULTATION_CONCLUDED,
        ],
    )  # fmt: skip
    def test_does_not_see_that_something_internal_happened(self, happening: Happening):
        for viewer, actor in product((CUSTOMER, TECH), (ENGINEER, SYSTEM, VENDOR)):
            assert entry(viewer, happening, actor, {"text": "x"}) is None

    def test_sees_the_notes_of_his_own_side(self):
        for viewer, actor in product((CUSTOMER, TECH), repeat=2):
            assert entry(viewer, Happening.NOTED, actor, {"text": "x"}) == {"text": "x"}

    def test_sees_his_own_refusals_and_not_those_of_others_nor_what_they_could_do_instead(self):
        refusal = {"kind": "approve", "reason": "no_application", "detail": {}, "data": {}, "allowed": ["note"]}
        assert entry(TECH, Happening.COMMAND_REFUSED, TECH, refusal) == {
            name: value for name, value in refusal.items() if name != "allowed"
        }
        assert entry(CUSTOMER, Happening.COMMAND_REFUSED, TECH, refusal) is None

    def test_sees_that_a_vendor_helps_and_not_what_we_wrote_to_him(self):
        data = {"vendor": "vendor", "text": "客户难缠"}
        assert entry(CUSTOMER, Happening.VENDOR_CASE_OPENED, ENGINEER, data) == {}

    def test_sees_a_part_without_its_price(self):
        data = {"text": "电源模块", "cost": 980, "price": 1200}
        assert entry(CUSTOMER, Happening.PART_REQUESTED, ENGINEER, data) == {"text": "电源模块"}

    def test_is_told_who_is_in_charge_and_who_of_his_own_side_acted(self):
        assert may_name(CUSTOMER, TECH, None)
        assert may_name(CUSTOMER, ENGINEER, "engineer")
        assert may_name(CUSTOMER, SYSTEM, None)
        assert not may_name(CUSTOMER, ENGINEER, "engineer2")
        assert not may_name(CUSTOMER, VENDOR, None)


class TestAVendor:
    """Their case and nothing beside it."""

    def test_sees_the_cases_and_notes_that_are_his(self):
        for happening in (Happening.VENDOR_CASE_OPENED, Happening.VENDOR_CASE_CLOSED):
            data = {"vendor": "vendor", "text": "x"}
            assert entry(VENDOR, happening, ENGINEER, data) == data
            assert entry(RIVAL, happening, ENGINEER, data) is None
        assert entry(VENDOR, Happening.NOTED, VENDOR, {"text": "x"}) == {"text": "x"}
        assert entry(RIVAL, Happening.NOTED, VENDOR, {"text": "x"}) is None

    def test_sees_nothing_of_what_customer_and_company_have_with_each_other(self):
        seen = {happening for happening in Happening if entry(VENDOR, happening, ENGINEER, {"text": "x"}) is not None}
        assert seen == {
            Happening.OPENED, Happening.RESTORED, Happening.RESOLVED, Happening.CONFIRMED,
            Happening.SILENCE_CONFIRMED, Happening.REJECTED, Happening.REOPENED, Happening.CLOSED,
            Happening.EMERGENCY_PLAN_STARTED, Happening.CORRECTED,
        }  # fmt: skip
        assert not [field for field in OBLIGATION if may_see(VENDOR, OBLIGATION, field)]

    def test_gets_of_a_ticket_what_the_work_needs(self):
        assert {"title", "description", "contact", "asset", "site"} <= {
            name for name in TICKET if may_see(VENDOR, TICKET, name)
        }
        assert not [name for name in ("contract", "pack", "facts", "next_due") if may_see(VENDOR, TICKET, name)]

    def test_can_ask_by_nothing_that_is_hidden_from_him(self):
        """A filter that works on a hidden field tells it, one question at a time."""
        of_promises = {"due_before", "due_within", "overdue", "next_due_at", "gravity", "state", "breached"}
        internal = {"work"}
        hidden = {"contract", "pack", "paused", "waits_for"} | of_promises | internal
        assert {by for by in ASKED if not may_ask(VENDOR, by)} == hidden
        assert {by for by in ASKED if not may_ask(CUSTOMER, by)} == internal
        assert not may_ask(CUSTOMER, "refused")


class TestAMessage:
    """What somebody was told is cut like the timeline."""

    def test_has_no_field_that_its_entry_would_not_show(self):
        data = {"vendor": "vendor", "text": "请支持", "cost": 1}
        assert message(VENDOR, Happening.VENDOR_CASE_OPENED, data) == {"vendor": "vendor", "text": "请支持"}
        assert message(TECH, Happening.ALARM_RAISED, {"rung": 100, "kind": "respond"}) == {}
        assert message(DUTY, Happening.ALARM_RAISED, {"rung": 100}) == {"rung": 100}


class TestADecision:
    """Outside, everybody knows those on their own commands."""

    @pytest.mark.parametrize("viewer", OUTSIDERS)
    def test_is_its_senders_alone(self, viewer: Actor):
        assert may_know_decision(viewer, viewer.id)
        assert not may_know_decision(viewer, "somebody")
        assert may_know_decision(DUTY, "somebody")

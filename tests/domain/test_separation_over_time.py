"""Separation over time: another role undoes nothing of what a person did, under whichever account (004-12, 000-10)."""

from dataclasses import replace
from typing import Any

import pytest

from domain.contract.terms import EDITION, EDITION_3
from domain.people.actors import Actor, Role
from tests.domain.told import Told, tell
from tests.people import PEOPLE

BEFORE = EDITION_3 - 1
APPLICATION: dict[str, Any] = {"title": "t", "plan": "p", "risk": "r"}
CUSTOMERS = ("demo-nuobida", "demo-standard")


def later(who: str, role: Role, department: str | None = None) -> Actor:
    """The same account, in another role by now."""
    return Actor(who, role, CUSTOMERS, department)


def other_account(who: str, role: Role, department: str | None = None) -> Actor:
    """Another account of the same person."""
    return Actor(f"{who}-2", role, CUSTOMERS, department, (who,))


def major(**terms: Any) -> Told:
    """An application that waits, on a ticket that ``engineer2`` is in charge of and ``engineer`` has worked on."""
    told = tell("nuobida", "II", terms=terms)
    told.does("engineer2", "take")
    told.does("engineer", "note", text="看过日志")
    told.does("pm", "submit_formal_report", text="正式报告")
    told.does("pm", "apply_major", **APPLICATION)
    return told


def closed(**terms: Any) -> Told:
    """A ticket that is over but for its survey."""
    told = tell("standard", "general", terms=terms)
    told.does("engineer2", "take")
    told.does("engineer", "note", text="看过日志")
    told.does("engineer2", "resolve", summary="更换电源模块，业务已恢复正常", cause="电源老化")
    told.does("customer", "confirm")
    return told


class TestAnApprover:
    @pytest.mark.parametrize("who", ["engineer", "engineer2", "pm", "hotline"])
    @pytest.mark.parametrize("became", [later, other_account])
    def test_never_acted_on_the_ticket_nor_took_its_report(self, who: str, became: Any):
        """Whatever they are by now, under this account or another of theirs."""
        told = major()
        for kind in ("approve", "refuse"):
            told.expect_refused(became(who, Role.CUSTOMER_APPROVER, "technical"), kind, "own_matter", opinion="x")
        told.does("tech", "approve", opinion="同意")

    def test_never_applied_for_an_earlier_version(self):
        """Which was taken back; the one that waits is another's."""
        told = major()
        told.does("duty", "withdraw_major", reason="改方案")
        told.does("duty", "apply_major", **APPLICATION)
        told.expect_refused(later("pm", Role.CUSTOMER_APPROVER, "business"), "approve", "own_matter", opinion="x")

    def test_may_have_spoken_for_the_customer_before(self):
        """A note of the customer's own is no work of ours."""
        told = major()
        told.does("tech", "note", text="请尽快")
        told.does("tech", "approve", opinion="同意")

    def test_of_a_ticket_of_before_goes_by_who_was_in_charge(self):
        """What was accepted then is accepted in every replay."""
        told = major(edition=BEFORE)
        told.does(later("engineer", Role.CUSTOMER_APPROVER, "technical"), "approve", opinion="同意")
        told = major(edition=BEFORE)
        told.expect_refused(
            later("engineer2", Role.CUSTOMER_APPROVER, "technical"), "approve", "own_matter", opinion="x"
        )


class TestASurvey:
    @pytest.mark.parametrize("who", ["engineer", "engineer2", "hotline"])
    @pytest.mark.parametrize("became", [later, other_account])
    def test_is_made_by_nobody_who_acted_on_the_ticket(self, who: str, became: Any):
        """004-12: whatever they are by now."""
        told = closed()
        told.expect_refused(
            became(who, Role.SUPERVISOR), "record_survey", "own_work", text="电话回访", satisfaction="satisfied"
        )
        told.does("supervisor", "record_survey", text="电话回访", satisfaction="satisfied")

    def test_of_a_ticket_of_before_goes_by_who_was_in_charge(self):
        """As it was promised to."""
        told = closed(edition=BEFORE)
        told.does(later("engineer", Role.SUPERVISOR), "record_survey", text="电话回访", satisfaction="satisfied")


class TestAGrant:
    @pytest.mark.parametrize("who", ["engineer", "engineer2"])
    @pytest.mark.parametrize("became", [later, other_account])
    def test_is_given_by_nobody_who_ever_asked_for_access(self, who: str, became: Any):
        """Also where somebody else asked after them."""
        told = tell("nuobida", "II")
        told.does("engineer", "request_remote", scope="db", text="看日志")
        told.does("engineer2", "request_remote", scope="db", text="看日志")
        told.expect_refused(became(who, Role.CUSTOMER_CONTACT), "grant_remote", "own_request", scope="db")
        told.does("customer", "grant_remote", scope="db")

    @pytest.mark.parametrize("who", ["engineer", "engineer2"])
    def test_of_another_person_is_not_given_in_the_name_of_who_asked(self, who: str):
        """Who is named is compared, under each of their accounts."""
        told = tell("nuobida", "II")
        told.does(who, "request_remote", scope="db", text="看日志")
        told.known = {"on_behalf": {"accounts": [f"{who}-2", who], "on_record": True}}
        spoken = {"name": f"{who}-2", "channel": "phone"}
        told.expect_refused("hotline", "grant_remote", "own_request", scope="db", on_behalf=spoken)


class TestAPart:
    @pytest.mark.parametrize("became", [later, other_account])
    def test_is_agreed_to_by_nobody_who_asked_for_it(self, became: Any):
        """001-29, whatever they are by now."""
        told = tell("standard", "general")
        told.does("engineer", "request_part", text="电源模块")
        told.expect_refused(became("engineer", Role.CUSTOMER_CONTACT), "agree_part", "own_request", text="同意")
        told.does("customer", "agree_part", text="同意")


def test_tickets_are_opened_under_it():
    """Else it would hold for none."""
    told = tell("nuobida", "II")
    assert told.ticket.terms.edition == EDITION >= EDITION_3
    assert replace(PEOPLE["hotline"]) == told.ticket.opening.opener

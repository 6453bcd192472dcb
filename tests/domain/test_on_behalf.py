"""A customer who phones: one of us records their word, and never acts on it (000-24, 001-29, 002-14)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.audience.authority import RECORDERS, SPOKEN
from domain.contract.terms import EDITION_2
from domain.matters.index import ROWS
from domain.matters.on_behalf import ON_BEHALF
from domain.people.actors import Actor, Role
from tests.domain.told import Told, tell
from tests.people import PEOPLE

BY_PHONE = {"name": "刘雅琴", "channel": "phone"}
CALLER = {"name": "张三", "channel": "phone"}
#: The contact's account of somebody who also has the account ``engineer``.
BOTH = Actor("customer", Role.CUSTOMER_CONTACT, PEOPLE["customer"].customers, also=("engineer",))


def recorded(kind: str, **data: Any) -> dict[str, Any]:
    """The data of a customer's word that was given by telephone."""
    words = {"grant_remote": {"scope": "数据库"}, "confirm": {}, "refuse_part": {"reason": "x"}}
    return words.get(kind, {"text": "同意"}) | {"on_behalf": BY_PHONE} | data


def granted(who: str, told: Told | None = None) -> Told:
    told = told or tell("sitech", "B")
    told.does(who, "grant_remote", **recorded("grant_remote"))
    return told


class TestTheTable:
    def test_names_the_commands_that_take_the_field(self):
        assert {kind for kind, row in ROWS.items() if ON_BEHALF in row.data} == SPOKEN

    def test_never_holds_an_approval(self):
        assert not {"approve", "refuse"} & {str(kind) for kind in SPOKEN}

    @pytest.mark.parametrize("who", list(PEOPLE))
    def test_says_who_records(self, who: str):
        """The customer's own people, vendors, experts and the rest do not."""
        told = tell("sitech", "B")
        may = PEOPLE[who].role in RECORDERS
        entry = told.says(who, "grant_remote", None, recorded("grant_remote"))
        assert (entry.happening == "remote_granted") is may

    def test_gives_nobody_the_customers_word_for_their_own(self):
        told = tell("sitech", "B")
        told.expect_refused("hotline", "grant_remote", "not_allowed", scope="数据库")
        told.expect_refused("pm", "consent", "not_allowed", subject="paid_work", text="x")


class TestTheEntry:
    def test_shows_both_names_and_whether_the_person_is_on_record(self):
        entry = granted("hotline").ticket.fresh[-1]
        assert entry.actor.id == "hotline"
        assert entry.data["on_behalf"] == BY_PHONE | {"on_record": True, "recorded_by": "hotline"}

    def test_marks_somebody_who_is_not_on_record(self):
        told = tell("sitech", "B")
        entry = told.does("hotline", "grant_remote", scope="数据库", on_behalf=CALLER)
        assert entry.data["on_behalf"]["on_record"] is False

    def test_is_refused_without_a_name_or_a_channel(self):
        told = tell("sitech", "B")
        for wrong in ({"name": "张三"}, {"channel": "phone"}, {"name": "张三", "channel": "fax"}, {**CALLER, "x": "y"}):
            told.expect_refused("hotline", "grant_remote", "bad_data", scope="x", on_behalf=wrong)


def changed() -> Told:
    """A large change that the engineer has made, and nobody accepted yet."""
    told = tell("standard", "severe")
    told.does("engineer", "propose_change", text="升级", size="large", documents="说明")
    told.does("customer", "agree_change", text="同意")
    told.does("engineer", "make_change", text="已升级", backup="备份")
    return told


class TestWhoRecordsAConsent:
    """... never acts on it."""

    def test_starts_no_remote_session_on_it(self):
        told = granted("engineer")
        told.expect_refused("engineer", "start_remote", "own_record", text="x")
        told.does("engineer2", "start_remote", text="开始")

    def test_does_not_lengthen_a_session_that_they_are_in(self):
        told = granted("hotline")
        told.does("engineer", "start_remote", text="开始")
        told.expect_refused("engineer", "grant_remote", "own_record", **recorded("grant_remote"))
        told.does("engineer2", "grant_remote", **recorded("grant_remote"))

    def test_may_act_once_the_customer_has_said_it_too(self):
        told = granted("engineer")
        told.does("customer", "grant_remote", scope="数据库")
        told.does("engineer", "start_remote", text="开始")

    def test_makes_no_change_on_it(self):
        told = tell("standard", "severe")
        told.does("engineer", "propose_change", text="升级", size="large", documents="说明")
        told.does("engineer", "agree_change", **recorded("agree_change"))
        told.expect_refused("engineer", "make_change", "own_record", text="x", backup="b")
        told.does("engineer2", "make_change", text="已升级", backup="备份")

    def test_does_not_close_on_it(self):
        told = tell("xinhe", "normal")
        told.does("engineer", "resolve", summary="更换电源后恢复")
        told.does("pm", "confirm", **recorded("confirm"))
        for step in ("diagnosis", "repair", "cleaning", "protection", "evidence"):
            told.does("engineer", "write_log", text="已按步骤完成", step=step)
        told.expect_refused("pm", "close", "own_record")
        told.does("duty", "close")

    def test_lowers_no_severity_on_it(self):
        told = tell("fuao", "urgent", facts={"severity": "serious"})
        told.does("engineer", "consent", **recorded("consent", subject="level_lowering", evidence="A1"))
        told.expect_refused("engineer", "classify", "own_record", facts={"severity": "general"})
        told.does("engineer2", "classify", facts={"severity": "general"}, reason="客户同意")

    def test_does_not_travel_at_a_price_that_they_alone_heard(self):
        told = tell("fuao", "urgent", facts={"cause": "environment"})
        told.does("engineer", "consent", **recorded("consent", subject="paid_work"))
        told.expect_refused("engineer", "depart", "own_record")
        told.does("engineer2", "depart")

    def test_sends_nobody_where_only_paying_makes_a_visit_possible(self):
        told = tell("fuao", "regular")
        told.does("engineer", "consent", **recorded("consent", subject="paid_work"))
        told.expect_refused("engineer", "dispatch", "own_record", to="engineer2")
        told.does("engineer2", "dispatch", to="engineer2")

    def test_does_not_resolve_on_an_acceptance(self):
        told = changed()
        told.does("hotline", "accept_change", **recorded("accept_change"))
        told.expect_refused(replace(PEOPLE["engineer"], also=("hotline",)), "resolve", "own_record", summary="升级完成")
        told.does("engineer", "resolve", summary="升级完成")

    def test_resolves_under_the_terms_of_before(self):
        """A ticket keeps the edition that it was opened under."""
        told = changed()
        terms = replace(told.ticket.terms, edition=EDITION_2 - 1)
        told.ticket = replace(told.ticket, terms=terms)
        told.does("engineer2", "accept_change", **recorded("accept_change"))
        told.does("engineer2", "resolve", summary="升级完成")

    def test_is_compared_as_a_person(self):
        """Another account of theirs is no other person."""
        told = granted("hotline")
        told.expect_refused(replace(PEOPLE["engineer"], also=("hotline",)), "start_remote", "own_record", text="x")

    def test_lets_the_close_happen_that_a_confirmation_brings_by_itself(self):
        told = tell("sitech", "B")
        told.does("engineer", "resolve", summary="更换电源后恢复")
        told.does("pm", "confirm", **recorded("confirm"))
        assert told.ticket.closed


class TestNobodySaysYesToTheirOwnWork:
    def test_by_recording_that_the_customer_confirms(self):
        told = tell("xinhe", "normal")
        told.does("engineer", "resolve", summary="更换电源后恢复")
        told.expect_refused("engineer", "confirm", "own_record", **recorded("confirm"))
        told.does("hotline", "confirm", **recorded("confirm"))

    def test_by_recording_that_the_customer_accepts(self):
        told = changed()
        told.expect_refused("engineer", "accept_change", "own_record", **recorded("accept_change"))
        told.does("hotline", "accept_change", **recorded("accept_change"))

    def test_by_an_account_on_the_customers_side(self):
        told = tell("standard", "severe")
        told.does("engineer", "propose_change", text="升级", size="large", documents="说明")
        told.expect_refused(BOTH, "agree_change", "own_request", text="同意")
        told.does("engineer", "request_part", text="电源")
        told.expect_refused(BOTH, "agree_part", "own_request", text="同意")
        told.does("engineer", "request_remote", scope="x", text="x")
        told.expect_refused(BOTH, "grant_remote", "own_request", scope="x")
        told.does("customer", "refuse_change", reason="不做")
        told.does("engineer", "resolve", summary="更换电源后恢复")
        told.expect_refused(BOTH, "confirm", "own_request")

    def test_by_being_the_person_named(self):
        """Who consents is the person named, not who records it."""
        told = tell("sitech", "B")
        told.does("engineer", "request_remote", scope="x", text="x")
        told.known = {"on_behalf": {"accounts": ["customer", "engineer"], "on_record": True}}
        told.expect_refused("hotline", "grant_remote", "own_request", **recorded("grant_remote"))


class TestWhoIsAloneOnDuty:
    """The lone night shift: one person records a spoken grant and works on it."""

    def alone(self, **more: Any) -> Told:
        told = tell("xinhe", "normal")
        told.known = {"alone": True}
        told.does("engineer", "grant_remote", **recorded("grant_remote", **more))
        return told

    def test_works_on_it_and_the_ticket_says_so(self):
        told = self.alone()
        (grant,) = (entry for entry in told.ticket.fresh if entry.happening == "remote_granted")
        assert grant.data["recorded_alone"] is True
        assert told.does("engineer", "start_remote", text="开始").data["recorded_alone"] is True

    def test_is_alone_then_as_now(self):
        told = self.alone()
        told.known = {}
        told.expect_refused("engineer", "start_remote", "own_record", text="x")
        told = granted("engineer")
        told.known = {"alone": True}
        told.expect_refused("engineer", "start_remote", "own_record", text="x")

    def closing(self, told: Told) -> Told:
        told.does("engineer", "start_remote", text="开始")
        told.does("engineer", "resolve", summary="更换电源后恢复")
        for step in ("diagnosis", "repair", "cleaning", "protection", "evidence"):
            told.does("engineer", "write_log", text="已按步骤完成", step=step)
        told.does("customer", "confirm")
        return told

    def test_owes_the_evidence_before_the_close(self):
        told = self.closing(self.alone())
        assert not told.ticket.closed
        told.expect_refused("pm", "close", "evidence_owed")
        told.does("engineer", "note", text="补交凭据", evidence="A1")
        told.does("pm", "close")

    def test_owes_nothing_where_the_evidence_is_there(self):
        assert self.closing(self.alone(evidence="短信截图")).ticket.closed

    def test_may_do_no_other_thing_on_their_own_record(self):
        told = tell("standard", "severe")
        told.known = {"alone": True}
        told.does("engineer", "propose_change", text="升级", size="large", documents="说明")
        told.does("engineer", "agree_change", **recorded("agree_change"))
        told.expect_refused("engineer", "make_change", "own_record", text="x", backup="b")


class TestTheCustomer:
    """... takes back what was recorded for them."""

    def test_rejects_what_one_of_us_confirmed_for_them(self):
        told = tell("xinhe", "normal")
        told.does("engineer", "resolve", summary="更换电源后恢复")
        told.does("hotline", "confirm", **recorded("confirm"))
        told.does("customer", "reject", reason="没有说过")
        assert told.ticket.stage.is_work

    def test_confirms_once_and_does_not_reject_afterwards(self):
        told = tell("xinhe", "normal")
        told.does("engineer", "resolve", summary="更换电源后恢复")
        told.does("customer", "confirm")
        told.expect_refused("customer", "confirm", "already_confirmed")
        told.expect_refused("customer", "reject", "already_confirmed", reason="x")
        told.does("pm", "reopen", reason="又出现")

    def test_revokes_and_refuses_what_was_recorded(self):
        told = granted("hotline")
        told.does("customer", "revoke_remote", reason="没有说过")
        told.does("engineer", "request_part", text="电源")
        told.does("hotline", "agree_part", **recorded("agree_part"))
        told.does("customer", "refuse_part", reason="没有说过")
        told.expect_refused("engineer", "start_remote", "no_grant", text="x")

    def test_may_say_all_of_it_through_one_of_us(self):
        told = tell("sitech", "B")
        told.does("engineer", "request_remote", scope="x", text="x")
        told.does("hotline", "refuse_remote", reason="不便", on_behalf=CALLER)
        told.passes(timedelta(minutes=1))
        told.does("hotline", "grant_remote", scope="x", on_behalf=CALLER)
        told.does("hotline", "revoke_remote", reason="到此为止", on_behalf=CALLER)

"""Whose report it is, learnt later: its terms are agreed anew, nothing is put down in silence or made unbroken."""

from datetime import timedelta
from typing import Any

import pytest

from domain.audience.notices.index import NOTICES
from domain.contract.clauses import Kind
from domain.contract.terms import EDITION_4
from domain.decisions import possible
from domain.matters.identification import wants_terms
from domain.matters.merging import as_seen
from domain.people.actors import SYSTEM
from domain.ticket.commands import Command, CommandKind
from domain.ticket.obligations import State
from domain.ticket.stages import Stage
from domain.ticket.timeline import Entry, Happening
from policies import load_pack
from tests.domain.notices import TICKET
from tests.domain.told import Told, tell
from tests.people import PEOPLE

MINUTES = timedelta(minutes=1)
HOURS = timedelta(hours=1)
THEIRS = {"name": "李工", "phone": "13900000000"}


def found(pack: str | None = None, customer: str | None = None, **terms: Any) -> dict[str, Any]:
    """What the API finds, and the workflow after it."""
    known: dict[str, Any] = {}
    if customer is not None:
        known["customer"] = {"id": customer, "name": f"单位{customer}"}
    if pack is not None:
        known |= {"contract": f"contract-{pack}", "terms": load_pack(pack).terms(contract=f"contract-{pack}", **terms)}
    return known


def titles(entry: Entry) -> list[str]:
    """What the notices of an entry are called."""
    notices = NOTICES[Happening.IDENTIFIED].notices
    return [each.title.zh.split("：")[0] for each in notices if each.when.holds(entry, TICKET)]


def identifies(told: Told, customer: str, pack: str | None = None, /, **data: Any) -> None:
    """The hotline finds whose it is, under which contract."""
    data = {"contact": THEIRS} | data
    told.does("hotline", "identify", customer=customer, known=found(pack, customer), **data)


class TestACorrectedContact:
    def test_is_called_back_from_then_on_and_nothing_else_changes(self):
        told = tell("standard", "severe")
        before = {each.key: each.promise for each in told.ticket.obligations}
        entry = told.does("commercial", "identify", contact={"name": "李工", "phone": "13900000000"})
        assert (told.ticket.contact.name, told.ticket.contact.phone) == ("李工", "13900000000")
        assert (told.ticket.customer.id, told.ticket.opening.contact.name) == ("demo-standard", "王工")
        assert entry.data["before"]["contact"]["phone"] == "13800000000"
        assert {each.key: each.promise for each in told.ticket.obligations} == before

    def test_names_something(self):
        told = tell("standard", "severe")
        told.expect_refused("hotline", "identify", "nobody_named", reason="核实")
        told.expect_refused("hotline", "identify", "nobody_named")
        assert CommandKind.IDENTIFY in possible(told.ticket, PEOPLE["hotline"], told.now)

    def test_nor_is_a_ticket_classified_by_saying_nothing(self):
        told = tell("standard", "severe")
        for data in ({}, {"reason": "核实"}):
            told.expect_refused("engineer", "classify", "nothing_stated", **data)

    def test_is_not_told_as_another_customer(self):
        told = tell("standard", "severe")
        entry = told.does("hotline", "identify", contact=THEIRS)
        assert "联系人已更正" in titles(entry)
        assert not any("核实" in title or "登记到贵单位" in title for title in titles(entry))

    @pytest.mark.parametrize("who", ["engineer", "expert", "customer", "supervisor", "leader", "vendor"])
    def test_is_for_hotline_commercial_staff_and_managers(self, who: str):
        told = tell("standard", "severe")
        told.expect_refused(who, "identify", "not_allowed", contact={"name": "李工", "phone": "1"})


class TestAContract:
    def test_is_agreed_before_the_command_is_decided_on(self):
        told = tell("standard", "severe")
        command = Command("x", CommandKind.IDENTIFY, PEOPLE["hotline"], told.now, known={"contract": "c"})
        assert wants_terms(told.ticket, command)
        told.does("pm", "discard", reason="误开")
        assert not wants_terms(told.ticket, command)

    def test_of_the_same_pack_needs_no_level(self):
        told = tell("standard", "severe")
        identifies(told, "demo-standard", "standard")
        assert told.happened()[-2:] == ["identified", "terms_agreed"]
        assert (told.ticket.terms.contract, told.ticket.contract) == ("contract-standard", "contract-standard")
        assert told.ticket.fresh[-1].data["contract"] == "contract-standard"

    def test_of_another_pack_needs_its_level_by_name(self):
        told = tell("standard", "general")
        data: dict[str, Any] = {"customer": "b", "contact": THEIRS, "known": found("sitech", "b")}
        refused = told.expect_refused("pm", "identify", "level_named_anew", **data)
        assert all(word in refused.data["detail"]["en"] for word in ("level", "A, B, C"))
        told.expect_refused("pm", "identify", "unknown_level", level="severe", **data)
        told.does("pm", "identify", level="A", reason="核实", **data)
        assert (told.ticket.level, told.ticket.terms.pack) == ("A", "sitech")

    def test_keeps_the_edition_that_the_ticket_was_opened_under(self):
        told = tell("standard", "severe", terms={"edition": 7})
        identifies(told, "demo-standard", "standard")
        assert told.ticket.terms.edition == 7

    def test_that_is_not_in_force_is_an_alarm_and_puts_promises_down(self):
        told = tell("standard", "severe")
        data: dict[str, Any] = {
            "customer": "demo-standard",
            "known": found("standard", "demo-standard", overrides={"covered": False}),
        }
        told.expect_refused("hotline", "identify", "no_reason", **data)
        told.does("hotline", "identify", reason="合同已到期", **data)
        assert told.alarms("no_contract")
        assert "promises_changed" in told.happened()


class TestPromises:
    def test_that_are_dropped_or_postponed_need_a_reason_and_are_named(self):
        told = tell("standard", "severe")
        data: dict[str, Any] = {"customer": "b", "contact": THEIRS, "level": "C", "known": found("sitech", "b")}
        refused = told.expect_refused("hotline", "identify", "no_reason", **data)
        assert "response" in refused.data["detail"]["en"]
        told.does("hotline", "identify", reason="核实为另一单位", **data)
        entry = next(entry for entry in told.ticket.fresh if entry.happening == "promises_changed")
        assert "respond" in {each["obligation"] for each in entry.data["changed"]}

    def test_that_were_broken_stay_broken(self):
        told = tell("standard", "severe")
        told.passes(11 * MINUTES)
        assert told.state("respond") is State.BREACHED
        identifies(told, "b", "sitech", level="C", reason="核实")
        assert told.state("respond") is State.BREACHED
        told.passes(48 * HOURS)
        assert told.state("respond") is State.BREACHED

    def test_that_were_kept_stay_kept_under_calendars_that_the_new_contract_lacks(self):
        told = tell("nuobida", "II")
        told.does("engineer", "respond", text="已联系")
        met = told.obligation("respond").promise
        identifies(told, "b", "sitech", level="A", reason="核实")
        assert told.obligation("respond").promise == met
        assert {met.calendar} <= {each.id for each in told.ticket.terms.calendars}
        told.passes(72 * HOURS)

    def test_of_the_new_contract_count_from_the_report(self):
        told = tell("fuao", "regular")
        told.passes(3 * MINUTES)
        identifies(told, "b", "sitech", level="A", reason="核实")
        same = tell("sitech", "A")
        assert told.due("respond") == same.due("respond")
        assert {each.kind for each in told.ticket.obligations if each.let_go is None} >= {Kind.RESPOND, Kind.RESTORE}

    def test_of_a_first_level_need_no_reason_under_the_same_pack(self):
        told = tell("standard")
        identifies(told, "demo-standard", "standard", level="general")
        assert told.ticket.level == "general"


class TestAnotherCustomer:
    def test_names_their_contact(self):
        """Else the people of the one before stood as theirs, with their telephone."""
        told = tell("standard", "severe")
        data: dict[str, Any] = {"customer": "b", "known": found(None, "b")}
        assert (
            "contact" in told.expect_refused("hotline", "identify", "contact_named_anew", **data).data["detail"]["en"]
        )
        entry = told.does("hotline", "identify", contact=THEIRS, **data)
        assert "报修单位已核实" in titles(entry)

    def test_of_a_ticket_of_before_may_do_without(self):
        """What was accepted then is accepted in every replay."""
        told = tell("standard", "severe", terms={"edition": EDITION_4 - 1})
        told.does("hotline", "identify", customer="b", known=found(None, "b"))

    def test_of_a_caller_whom_nobody_knew_keeps_the_contact(self):
        told = tell("standard", "severe", customer=None)
        told.does("hotline", "identify", customer="b", known=found(None, "b"))
        assert told.ticket.contact.name == "王工"

    def test_takes_no_reports_along_that_ended_in_it(self):
        told, later = tell("standard", "severe", number="FIRST222"), tell("standard", "severe", number="LATER222")
        merged: dict[str, Any] = {"from": "LATER222"}
        told.does(SYSTEM, "merge_in", known={"other": as_seen(later.ticket)}, **merged)
        data: dict[str, Any] = {"customer": "b", "contact": THEIRS, "known": found(None, "b")}
        assert "LATER222" in told.expect_refused("hotline", "identify", "others_merged", **data).data["detail"]["zh"]
        told.does("hotline", "identify", contact=THEIRS)

    def test_ends_what_the_one_before_had_granted(self):
        told = tell("standard", "severe")
        told.does("customer", "grant_remote", scope="主机")
        told.does("engineer", "start_remote", text="登录")
        told.does("engineer", "request_part", text="电源")
        told.does("customer", "agree_part", text="同意")
        identifies(told, "b")
        assert told.happened()[-3:] == ["identified", "grant_ended", "remote_ended"]
        assert told.ticket.remote is None
        assert not told.ticket.parts[0].agreed
        told.expect_refused("engineer", "start_remote", "no_grant", text="登录")

    def test_ends_their_agreements_to_wait(self):
        told = tell("fuao", "urgent")
        until = (told.now + 40 * HOURS).isoformat()
        told.does("customer", "consent", subject="001-06", until=until, text="同意", evidence="邮件")
        identifies(told, "b")
        assert not told.ticket.extensions

    def test_is_who_confirms(self):
        told = tell("fuao", "urgent")
        told.does("pm", "reassign", to="engineer", reason="分派")
        told.does("engineer", "resolve", summary="更换电源")
        told.passes(HOURS)
        identifies(told, "b")
        assert told.ticket.stage is Stage.RESOLVED
        told.expect_refused("customer", "confirm", "not_allowed")

    def test_of_a_caller_whom_nobody_knew_is_none(self):
        """What they said by telephone was their own word."""
        told = tell("standard", "severe", customer=None)
        told.does("hotline", "grant_remote", scope="主机", on_behalf={"name": "王工", "channel": "phone"})
        identifies(told, "demo-standard", "standard")
        assert told.ticket.remote is not None
        assert "another" not in told.ticket.fresh[-2].data
        told.does("customer", "note", text="是我们的")

    def test_is_the_one_whose_people_may_act(self):
        told = tell("standard", "severe")
        identifies(told, "b")
        told.expect_refused("customer", "note", "not_allowed", text="x")


class TestAMajorIncident:
    def test_that_was_applied_for_stays_its_customers(self):
        told = tell("nuobida", "I")
        told.does("duty", "classify", facts={"major": True})
        told.does("pm", "submit_formal_report", text="正式报告")
        told.does("pm", "apply_major", title="更换", plan="今晚", risk="中断")
        told.does("pm", "withdraw_major", reason="撤回")
        told.expect_refused("duty", "identify", "was_applied_for", contact={"name": "李工", "phone": "1"})

    def test_is_one_by_its_new_contract(self):
        """A level of the new pack makes it a candidate, and a session that runs ends."""
        told = tell("standard", "severe", customer=None)
        told.does("hotline", "grant_remote", scope="主机", on_behalf={"name": "王工", "channel": "phone"})
        told.does("engineer", "start_remote", text="登录")
        identifies(told, "b", "nuobida", level="I", reason="核实")
        assert "major_proposed" in told.happened()
        assert told.ticket.fresh[-1].data["ended_by"] == "candidate"


class TestANewsOfAnAgreement:
    def test_of_the_customer_before_is_none_of_it(self):
        told = tell("standard", "severe")
        identifies(told, "b", "standard")
        known = {"as_of": told.now.isoformat(), "begins_on": "2020-01-01", "ends_on": "2020-12-31"}
        system = told.ticket.fresh[-1].actor
        told.does(system, "take_contract", about="of-the-one-before", known=known)
        told.does(system, "take_contract", about="contract-standard", known=known | {"customer": "demo-standard"})
        assert told.ticket.terms.ends_on is None
        told.does(system, "take_contract", about="contract-standard", known=known | {"customer": "b"})
        assert str(told.ticket.terms.ends_on) == "2020-12-31"

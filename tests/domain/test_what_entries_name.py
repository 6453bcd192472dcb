"""An entry names what it is about, so that nobody guesses which of several changes or parts was meant."""

from datetime import timedelta

from domain.matters.index import questions
from domain.matters.matter import Asked
from domain.people.actors import Role
from tests.domain.told import Told, tell

MINUTE = timedelta(minutes=1)


def with_two_changes() -> Told:
    told = tell("standard", "severe")
    told.does("engineer", "propose_change", text="升级", size="large", documents="方案")
    told.does("engineer", "propose_change", text="扩容", size="large", documents="方案")
    return told


class TestAChange:
    def test_is_named_from_its_proposal_on(self):
        told = with_two_changes()
        assert [entry.data["change"] for entry in told.ticket.fresh if entry.happening == "change_proposed"] == [
            "C1",
            "C2",
        ]

    def test_is_named_where_the_command_named_none(self):
        """The only one that fits was meant, and the entry says so; where two fit, one is to be named."""
        told = with_two_changes()
        refused = told.expect_refused("customer", "agree_change", "which_one", text="同意")
        assert "C1、C2" in refused.data["detail"]["zh"]
        assert "agree_change" in refused.data["allowed"]
        assert told.does("customer", "agree_change", text="同意", change="C2").data["change"] == "C2"
        assert told.does("customer", "refuse_change", reason="不必", change="C1").data["change"] == "C1"
        assert told.does("engineer", "make_change", text="完成", backup="B-1").data["change"] == "C2"
        assert told.does("customer", "accept_change", text="验收").data["change"] == "C2"


class TestAPart:
    def test_is_named_at_every_step(self):
        told = tell("sitech", "B")
        steps = [
            told.does("engineer", "request_part", text="电源"),
            told.does("engineer", "request_part", text="主板"),
            told.does("customer", "agree_part", text="同意", part="P2"),
            told.does("engineer", "verify_part", text="核对", part="P1"),
            told.does("customer", "agree_part", text="同意"),
            told.does("engineer", "verify_part", text="核对"),
        ]
        assert [step.data["part"] for step in steps] == ["P1", "P2", "P2", "P1", "P1", "P2"]


class TestAVendorCase:
    def test_is_named_when_it_opens_and_when_it_closes(self):
        told = tell("sitech", "B")
        first = told.does("engineer", "open_vendor_case", vendor="vendor", text="请查")
        second = told.does("engineer", "open_vendor_case", vendor="vendor", text="再查")
        assert [first.data["case"], second.data["case"]] == ["V1", "V2"]
        told.expect_refused("engineer", "close_vendor_case", "which_one", text="已修复")
        closed = [
            told.does("engineer", "close_vendor_case", text="已修复", case="V2").data,
            told.does("engineer", "close_vendor_case", text="已修复").data,
        ]
        assert [(each["case"], each["vendor"]) for each in closed] == [("V2", "vendor"), ("V1", "vendor")]
        told.expect_refused("engineer", "close_vendor_case", "vendor_case_closed", text="x", case="V1")
        told.expect_refused("engineer", "close_vendor_case", "no_vendor_case", text="x", case="V3")

    def test_that_the_stage_opened_keeps_its_number_when_its_vendor_is_named(self):
        """003-06: the stage opens a case before anybody knows whose."""
        told = tell("sitech", "B")
        told.does("engineer", "advance", stage="vendor", reason="第三方产品")
        (opened,) = (entry for entry in told.ticket.fresh if entry.happening == "vendor_case_opened")
        assert (opened.actor.id, opened.data) == ("system", {"case": "V1", "reason": "003-06"})
        told.expect_refused("engineer", "close_vendor_case", "vendor_not_named", text="x")
        assert told.does("engineer", "open_vendor_case", vendor="vendor", text="请查").data["case"] == "V1"
        told.expect_refused("engineer", "open_vendor_case", "vendor_named", vendor="vendor", text="x", case="V1")
        assert told.does("engineer", "open_vendor_case", vendor="另一厂家", text="请查").data["case"] == "V2"

    def test_that_plan_one_opened_asks_the_original_vendor(self):
        """004-18: the plan is on the timeline first, then what it opened."""
        told = tell("xinhe", "emergency")
        told.does("duty", "start_plan", text="启动预案一")
        assert [entry.data["reason"] for entry in told.ticket.fresh if entry.happening == "vendor_case_opened"] == [
            "004-18"
        ]

    def test_says_when_a_pause_for_third_parties_waits_for_nobody_any_more(self):
        told = tell("sitech", "B", switches={"pause_reasons": ("customer", "third_party")})
        told.does("engineer", "open_vendor_case", vendor="vendor", text="请查")
        told.does("engineer", "open_vendor_case", vendor="另一厂家", text="请查")
        told.does("engineer", "pause", reason="third_party", text="等厂家")
        first = told.does("vendor", "close_vendor_case", text="已修复")
        assert "paused" not in first.data
        assert told.does("engineer", "close_vendor_case", text="已修复").data["paused"] == "third_party"

    def test_of_another_vendor_is_not_named_to_a_vendor(self):
        told = tell("sitech", "B")
        told.does("engineer", "open_vendor_case", vendor="另一厂家", text="请查")
        told.does("engineer", "open_vendor_case", vendor="vendor", text="请查")
        told.expect_refused("vendor", "close_vendor_case", "no_vendor_case", text="x", case="V1")
        assert told.does("vendor", "close_vendor_case", text="已修复").data["case"] == "V2"


class TestAConsultation:
    def test_is_named_when_it_is_asked_for_and_when_it_is_concluded(self):
        told = tell("nuobida", "I")
        for id_ in ("E1", "E2"):
            assert told.does("engineer", "request_consultation", text="请会诊").data["consultation"] == id_
        refused = told.expect_refused("expert", "conclude_consultation", "which_one", text="结论")
        assert "E1, E2" in refused.data["detail"]["en"]
        told.does("expert", "conclude_consultation", text="结论", consultation="E1")
        assert told.does("expert", "conclude_consultation", text="结论").data["consultation"] == "E2"
        told.expect_refused("expert", "conclude_consultation", "no_consultation", text="x", consultation="E2")


class TestASubstitute:
    def test_is_named_when_it_goes_out_and_when_it_comes_back(self):
        told = tell("standard", "severe")
        for id_ in ("S1", "S2"):
            assert told.does("stock", "deliver_substitute", text="备机").data["substitute"] == id_
        told.expect_refused("stock", "return_substitute", "which_one", text="取回")
        told.does("stock", "return_substitute", text="取回", substitute="S2")
        assert told.ticket.substitute_out
        assert told.does("stock", "return_substitute", text="取回").data["substitute"] == "S1"
        assert not told.ticket.substitute_out
        told.expect_refused("stock", "return_substitute", "no_substitute", text="取回")


class TestAnApplication:
    def test_is_named_by_its_version_in_every_opinion(self):
        told = tell("nuobida", "I", facts={"major": True})
        told.does("pm", "submit_formal_report", text="正式报告")
        applied = told.does("pm", "apply_major", title="t", plan="p", risk="r")
        refused = told.does("tech", "refuse", opinion="不同意")
        again = told.does("pm", "apply_major", title="t", plan="p2", risk="r")
        approved = told.does("business", "approve", opinion="同意", version="2")
        assert [each.data["version"] for each in (applied, refused, again, approved)] == [1, 1, 2, 2]


class TestAQuestion:
    """What the customer is asked: a word, about what, of whom, since when."""

    def test_is_one_for_each_thing_that_waits(self):
        told = with_two_changes()
        since = told.now
        asked = questions(told.ticket)
        assert [(each.asked, each.about, each.of, each.since) for each in asked] == [
            (Asked.CHANGE_AGREEMENT, "C1", Role.CUSTOMER_CONTACT, since),
            (Asked.CHANGE_AGREEMENT, "C2", Role.CUSTOMER_CONTACT, since),
        ]

    def test_ends_with_the_answer_and_another_begins(self):
        told = with_two_changes()
        told.does("customer", "refuse_change", reason="不必", change="C1")
        told.does("customer", "agree_change", text="同意", change="C2")
        assert questions(told.ticket) == ()
        told.passes(MINUTE)
        told.does("engineer", "make_change", text="完成", change="C2", backup="B-1")
        (question,) = questions(told.ticket)
        assert (question.asked, question.about, question.since) == (Asked.CHANGE_ACCEPTANCE, "C2", told.now)

    def test_of_an_approval_is_for_the_departments(self):
        told = tell("nuobida", "I", facts={"major": True})
        told.does("pm", "submit_formal_report", text="正式报告")
        told.does("pm", "apply_major", title="t", plan="p", risk="r")
        (question,) = questions(told.ticket)
        assert (question.asked, question.about, question.of) == (Asked.APPROVAL, "1", Role.CUSTOMER_APPROVER)

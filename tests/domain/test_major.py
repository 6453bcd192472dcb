"""The major incident: who says that it is one, and that nobody gets round it (000-08 to 000-11)."""

from datetime import timedelta
from typing import Any

import pytest

from domain.contract.terms import EDITION_9
from domain.ticket.obligations import State
from tests.domain.told import Told, tell

MINUTES = timedelta(minutes=1)
HOURS = timedelta(hours=1)
MAJOR, MINOR = {"major": True}, {"major": False}
APPLICATION: dict[str, Any] = {"title": "t", "plan": "p", "risk": "r"}


def reported(level: str | None = "II", **report: Any) -> Told:
    """A ticket of nuobida, with the formal report."""
    told = tell("nuobida", level, **report)
    told.does("pm", "submit_formal_report", text="正式报告")
    return told


def applied(level: str | None = "II", **report: Any) -> Told:
    told = reported(level, **report)
    told.does("pm", "apply_major", **APPLICATION)
    return told


def in_session(level: str = "II") -> Told:
    """Somebody is at work remotely."""
    told = reported(level)
    told.does("customer", "grant_remote", scope="db")
    told.does("engineer", "start_remote", text="开始")
    return told


def ended_by(told: Told) -> list[str]:
    """By what sessions ended that nobody ended."""
    ended = [entry for entry in told.ticket.fresh if entry.happening == "remote_ended"]
    return [entry.data["ended_by"] for entry in ended if "ended_by" in entry.data]


class TestACandidate:
    """000-08: its level makes a report one; what is impossible on a major incident waits until it is judged."""

    def test_nothing_is_done_on_it_before_it_is_judged(self):
        told = tell("nuobida", "I")
        refused = told.expect_refused("engineer", "restore", "not_approved", text="x")
        assert "尚无人认定" in refused.data["detail"]["zh"]
        told.does("customer", "grant_remote", scope="db")
        told.expect_refused("engineer", "start_remote", "not_approved", text="x")

    def test_a_lower_level_leaves_it_one(self):
        told = tell("nuobida", "I")
        told.does("engineer", "classify", level="III", reason="影响面小")
        told.expect_refused("engineer", "restore", "not_approved", text="x")

    def test_what_the_opening_says_judges_nothing(self):
        told = tell("nuobida", "I", facts=MINOR)
        told.expect_refused("engineer", "restore", "not_approved", text="x")
        told.expect_refused("engineer", "classify", "managers_judge", facts=MINOR, reason="一般问题")

    def test_a_manager_says_that_it_is_none(self):
        told = tell("nuobida", "I")
        told.expect_refused("pm", "classify", "no_reason", facts=MINOR)
        entry = told.does("pm", "classify", facts=MINOR, reason="单台终端")
        assert entry.data["reason"] == "单台终端"
        told.does("engineer", "restore", text="恢复")

    def test_anybody_may_say_that_it_is_one(self):
        told = tell("nuobida", "I")
        told.does("engineer", "classify", facts=MAJOR)
        told.expect_refused("engineer", "restore", "not_approved", text="x")

    def test_what_was_said_before_there_was_one_judges_nothing(self):
        told = tell("nuobida", "III")
        told.does("engineer", "classify", facts=MINOR)
        told.does("engineer", "classify", level="I")
        told.expect_refused("engineer", "restore", "not_approved", text="x")

    def test_without_a_level_nobody_knows_whether_it_is_one(self):
        told = tell("nuobida")
        told.does("customer", "grant_remote", scope="db")
        for kind, data in (
            ("start_remote", {"text": "x"}),
            ("restore", {"text": "x"}),
            ("resolve", {"summary": "更换电源后恢复"}),
        ):
            told.expect_refused("engineer", kind, "not_classified", **data)
        told.does("engineer", "classify", level="III")
        told.does("engineer", "start_remote", text="开始")

    def test_other_contracts_know_none(self):
        told = tell("sitech")
        told.does("engineer", "restore", text="恢复")


class TestTakingItBack:
    """Fault 2: an engineer alone undid it."""

    def test_is_no_engineers(self):
        told = tell("nuobida", "I", facts=MAJOR)
        told.expect_refused("engineer", "classify", "managers_judge", facts=MINOR, reason="不是")
        told.expect_refused("engineer", "restore", "not_approved", text="x")

    def test_is_not_for_the_manager_in_charge(self):
        told = tell("nuobida", "II", facts=MAJOR)
        told.does("duty", "reassign", to="pm", reason="项目经理自己处理")
        told.expect_refused("pm", "classify", "managers_judge", facts=MINOR, reason="不是")
        told.does("duty", "classify", facts=MINOR, reason="误报")
        told.does("engineer", "restore", text="恢复")

    @pytest.mark.parametrize("then", ["nothing", "refuse", "withdraw_major", "approve"])
    def test_is_impossible_once_it_was_applied_for(self, then: str):
        """000-10: whatever became of the application."""
        told = applied("I")
        if then == "withdraw_major":
            told.does("pm", then, reason="方案要改")
        elif then != "nothing":
            told.does("tech", then, opinion="x")
        told.expect_refused("duty", "classify", "major_stands", facts=MINOR, reason="误报")

    def test_holds_under_every_contract(self):
        told = tell("fuao", "urgent", facts=MAJOR)
        told.expect_refused("engineer", "classify", "managers_judge", facts=MINOR, reason="不是")


class TestASession:
    """Fault 1: who works remotely on what has become major is out at once."""

    def test_ends_when_it_becomes_major(self):
        told = in_session()
        told.does("engineer", "classify", facts=MAJOR)
        assert ended_by(told) == ["major"]
        told.expect_refused("engineer", "end_remote", "no_session", text="x")
        told.expect_refused("engineer", "start_remote", "not_approved", text="x")

    def test_ends_when_its_level_makes_it_a_candidate(self):
        told = in_session()
        told.does("engineer", "classify", level="I")
        assert ended_by(told) == ["candidate"]

    def test_ends_when_somebody_applies(self):
        told = in_session()
        told.does("pm", "apply_major", **APPLICATION)
        assert ended_by(told) == ["applied"]

    def test_is_over_after_the_refusal_and_its_grant_with_it(self):
        told = in_session()
        told.does("pm", "apply_major", **APPLICATION)
        told.does("tech", "refuse", opinion="不同意")
        assert told.ticket.fresh[-1].happening == "grant_ended"
        assert told.ticket.fresh[-1].data == {"ended_by": "refused"}
        told.expect_refused("engineer", "end_remote", "no_session", text="x")
        told.expect_refused("engineer", "start_remote", "no_grant", text="x")

    def test_goes_on_where_no_approval_is_needed(self):
        told = tell("fuao", "urgent")
        told.does("customer", "grant_remote", scope="db")
        told.does("engineer", "start_remote", text="开始")
        told.does("pm", "classify", facts=MAJOR, reason="影响全部业务")
        told.does("engineer", "end_remote", text="结束")


class TestAnApplication:
    def test_is_refused_where_a_department_has_nobody_who_could_answer(self):
        told = reported()
        told.known = {"approvers": {"technical": ["tech"], "business": []}}
        refused = told.expect_refused("pm", "apply_major", "no_approver", **APPLICATION)
        said = refused.data["detail"]
        assert said["zh"].endswith("业务部门没有审批人：请客户联系人告知由谁审批，由系统管理员登记后再提交。")
        assert "代理" not in said["zh"], "nobody is left who could name a deputy"
        assert "the business department" in said["en"]
        told.known = {"approvers": {"technical": ["tech"], "business": ["business"]}}
        told.does("pm", "apply_major", **APPLICATION)

    @pytest.mark.parametrize(
        "approvers",
        [
            {"technical": ["tech"], "business": ["pm"]},  # who applies
            {"technical": ["engineer"], "business": ["business"]},  # who is in charge
            {"technical": ["tech"], "business": ["tech"]},  # one person is no two
        ],
    )
    def test_is_refused_where_only_those_could_answer_who_may_not(self, approvers: dict[str, list[str]]):
        told = reported()
        told.does("pm", "reassign", to="engineer", reason="负责")
        told.known = {"approvers": approvers}
        said = told.expect_refused("pm", "apply_major", "no_approver", **APPLICATION).data["detail"]
        assert "书面指定登记代理审批人" in said["zh"], "who is there can name somebody in their place"

    def test_may_be_withdrawn_and_that_ends_the_wait(self):
        told = applied()
        due = told.due("resolve")
        told.passes(10 * MINUTES)
        told.expect_refused("engineer", "withdraw_major", "not_allowed", reason="x")
        entry = told.does("pm", "withdraw_major", reason="方案要改")
        assert entry.data["version"] == 1
        assert told.state("resolve") is State.RUNNING
        assert told.due("resolve") == due + 10 * MINUTES
        told.passes(60 * MINUTES)
        assert len(told.alarms("approval_reminder")) == 2, "nobody is reminded of what was taken back"
        told.expect_refused("engineer", "restore", "not_approved", text="x")
        refused = told.expect_refused("tech", "approve", "already_decided", opinion="同意")
        assert refused.data["detail"]["en"].endswith("The service company has withdrawn it.")
        told.expect_refused("pm", "withdraw_major", "no_application", reason="x")
        told.does("pm", "apply_major", **APPLICATION)

    def test_goes_up_when_the_silence_goes_on(self):
        """After the third reminder, each further hour."""
        told = applied()
        applied_at = told.now
        told.passes(3 * HOURS)
        above = [entry for entry in told.alarms("approval_reminder") if entry.data["goes_on"]]
        assert [entry.at - applied_at for entry in above] == [75 * MINUTES, 135 * MINUTES]
        assert above[0].data["departments"] == ["technical", "business"]
        told.does("tech", "refuse", opinion="不同意")
        told.passes(3 * HOURS)
        assert len(told.alarms("approval_reminder")) == 5

    def test_names_the_winner_to_whoever_is_too_late(self):
        """Of tickets of before their account alone, as it stands on record."""
        for edition, zh, en in (
            (EDITION_9, "“tech”已拒绝。", "“tech” has refused it."),
            (EDITION_9 - 1, "tech 已拒绝。", "tech has refused it."),
        ):
            told = applied(terms={"edition": edition})
            told.does("tech", "refuse", opinion="不同意")
            said = told.expect_refused("business", "approve", "already_decided", opinion="同意").data["detail"]
            assert (said["zh"].endswith(zh), said["en"].endswith(en)) == (True, True)

    def test_is_answered_by_a_deputy_in_the_place_of_an_approver(self):
        told = applied()
        told.expect_refused("deputy", "approve", "no_department", opinion="x")
        told.known = {"deputy_of": {"technical": "tech"}}
        entry = told.does("deputy", "approve", opinion="代签")
        assert (entry.data["department"], entry.data["deputy_for"]) == ("technical", "tech")
        told.known = {}
        told.expect_refused("tech", "approve", "already_decided", opinion="x")
        told.does("business", "approve", opinion="同意")
        told.does("engineer", "restore", text="恢复")

    def test_is_answered_by_a_link_for_the_department_that_was_asked_alone(self):
        """Whoever stands in for another by the time the answer comes answers nothing with it."""
        told = applied()
        told.known = {"deputy_of": {"business": "business"}, "asked_of": "technical"}
        told.expect_refused("deputy", "approve", "no_department", opinion="x")
        told.expect_refused("business", "refuse", "no_department", opinion="x")
        told.known = {"deputy_of": {"business": "business", "technical": "tech"}, "asked_of": "technical"}
        assert told.does("deputy", "approve", opinion="代签").data["department"] == "technical"

    def test_is_not_answered_twice_by_one_person_who_is_a_deputy_too(self):
        told = applied()
        told.does("tech", "approve", opinion="同意")
        told.known = {"deputy_of": {"business": "business"}}
        told.expect_refused("tech", "approve", "own_matter", opinion="同意")


class TestAConsultation:
    """000-28: of a major incident the experts confer, whatever its level."""

    def test_opens_by_itself(self):
        told = tell("nuobida", "III")
        told.does("engineer", "classify", facts=MAJOR)
        assert told.happened()[-1] == "consultation_requested"
        assert told.ticket.fresh[-1].data["reason"] == "000-28"

    def test_opens_with_the_report_and_once(self):
        told = tell("nuobida", "III", facts=MAJOR)
        told.does("engineer", "classify", facts=MAJOR)
        assert told.happened().count("consultation_requested") == 1

    def test_opens_under_no_other_contract(self):
        told = tell("fuao", "urgent", facts=MAJOR)
        assert "consultation_requested" not in told.happened()

"""Consents beyond approval and remote access: changes, paid work, severity, extensions, vendors."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.matters.index import GATES, REFUSALS
from domain.ticket.commands import CommandKind
from tests.domain.told import Told, tell

HOURS = timedelta(hours=1)
DAYS = timedelta(days=1)


#: What the contract may not cover.
WORK: tuple[tuple[str, Any], ...] = (
    ("dispatch", {"to": "engineer2"}),
    ("depart", {}),
    ("arrive", {}),
    ("start_remote", {"text": "x"}),
)


def proposed(size: str) -> Told:
    told = tell("standard", "general")
    told.does("engineer", "propose_change", text="升级中间件至 9.2", size=size, documents="升级说明 3 页")
    return told


class TestChange:
    """002-13: documents before each; 002-14: consent and backup before a large one, acceptance after it."""

    def test_a_small_one_needs_its_documents_only(self):
        told = tell("standard", "general")
        told.expect_refused("engineer", "make_change", "no_change", text="x")
        told.expect_refused("engineer", "propose_change", "bad_data", text="x", size="small")
        told.does("engineer", "propose_change", text="改一处配置", size="small", documents="说明")
        told.does("engineer", "make_change", text="已改")
        told.does("engineer", "resolve", summary="更换电源后恢复")

    def test_a_large_one_needs_consent_then_a_backup(self):
        told = proposed("large")
        told.expect_refused("engineer", "make_change", "change_not_agreed", text="x", backup="备份 1")
        told.does("customer", "agree_change", text="同意", evidence="邮件")
        told.expect_refused("customer", "agree_change", "change_decided", text="再次同意")
        told.expect_refused("engineer", "make_change", "no_backup", text="x")
        told.does("engineer", "make_change", text="已升级", backup="备份 2026-02-13，校验通过")
        told.expect_refused("engineer", "make_change", "change_made", text="x", backup="b")

    def test_a_large_one_is_accepted_before_the_ticket_is_resolved(self):
        told = proposed("large")
        told.expect_refused("customer", "accept_change", "change_not_made", text="x")
        told.does("customer", "agree_change", text="同意")
        told.does("engineer", "make_change", text="已升级", backup="备份")
        told.expect_refused("engineer", "resolve", "change_not_accepted", summary="更换电源后恢复")
        told.does("customer", "accept_change", text="功能正常")
        told.expect_refused("customer", "refuse_change", "change_decided", reason="x")
        told.does("engineer", "resolve", summary="更换电源后恢复")

    def test_a_refused_one_is_never_made(self):
        told = proposed("large")
        told.does("customer", "refuse_change", reason="业务高峰")
        told.expect_refused("engineer", "make_change", "change_refused", text="x", backup="b")
        told.expect_refused("customer", "agree_change", "change_decided", text="x")
        told.does("engineer", "propose_change", text="夜间升级", size="large", documents="说明二")
        told.does("customer", "agree_change", text="同意", change="C2")
        told.does("engineer", "make_change", text="已升级", backup="备份", change="C2")

    def test_one_refused_after_it_was_made_is_mended_by_another(self):
        told = proposed("large")
        told.does("customer", "agree_change", text="同意")
        told.does("engineer", "make_change", text="已升级", backup="备份")
        told.does("customer", "refuse_change", reason="打印不正常")
        told.expect_refused("engineer", "resolve", "change_not_accepted", summary="更换电源后恢复")
        told.does("engineer", "propose_change", text="回退", size="small", documents="回退步骤")
        told.does("engineer", "make_change", text="已回退")
        told.does("engineer", "resolve", summary="已回退并恢复")

    def test_a_small_one_does_not_stand_in_for_the_acceptance_of_a_large_one(self):
        told = proposed("large")
        told.does("customer", "agree_change", text="同意")
        told.does("engineer", "make_change", text="已升级", backup="备份")
        told.does("engineer", "propose_change", text="改一处配置", size="small", documents="说明")
        told.does("engineer", "make_change", text="已改")
        told.expect_refused("engineer", "resolve", "change_not_accepted", summary="更换电源后恢复")
        told.does("customer", "accept_change", text="功能正常", change="C1")
        told.does("engineer", "resolve", summary="更换电源后恢复")

    def test_the_customer_alone_speaks_for_the_customer(self):
        told = proposed("large")
        for who in ("engineer", "pm", "business", "hotline", "vendor"):
            told.expect_refused(who, "agree_change", "not_allowed", text="x")
            told.expect_refused(who, "accept_change", "not_allowed", text="x")

    def test_the_customers_technicians_agree_and_accept_as_the_contact_does(self):
        """002-14: 用户方技术人员的认可."""
        told = proposed("large")
        told.does("tech", "agree_change", text="同意")
        told.does("engineer", "make_change", text="已升级", backup="备份")
        told.does("tech", "accept_change", text="功能正常")
        told.does("engineer", "resolve", summary="更换电源后恢复")


class TestPaidWork:
    """001-08, 002-19: what the contract does not cover is begun once its price is agreed."""

    @pytest.mark.parametrize("cause", ["environment", "third_party"])
    def test_a_fault_of_others_waits_for_the_consent(self, cause: str):
        told = tell("fuao", "urgent", facts={"cause": cause})
        told.does("customer", "grant_remote", scope="db")
        for kind, data in WORK[:3]:
            told.expect_refused("engineer", kind, "paid_work_not_agreed", **data)
        told.does("engineer", "start_remote", text="远程协助不收费")
        told.does("engineer", "end_remote", text="远程无法解决")
        told.does("engineer", "apply_onsite", text="内部申请")
        told.does("engineer", "respond", text="电话指导照常")
        told.does("customer", "consent", subject="paid_work", text="同意按实际工作日收费", evidence="报价单 12")
        for kind, data in WORK[:3]:
            told.does("engineer", kind, **data)

    @pytest.mark.parametrize("cause", ["own", "unknown"])
    def test_a_fault_of_ours_is_free(self, cause: str):
        told = tell("fuao", "urgent", facts={"cause": cause})
        told.does("engineer", "dispatch", to="engineer2")

    def test_it_is_asked_only_where_the_contract_says_so(self):
        told = tell("sitech", "B", facts={"cause": "environment"})
        told.does("engineer", "dispatch", to="engineer2")

    def test_a_consent_that_is_withdrawn_shuts_the_gate(self):
        told = tell("fuao", "urgent", facts={"cause": "environment"})
        told.does("customer", "consent", subject="001-08", text="同意")
        told.does("engineer", "dispatch", to="engineer2")
        told.does("customer", "consent", subject="001-08", text="预算未批", agreed=False)
        told.expect_refused("engineer", "depart", "paid_work_not_agreed")

    def test_a_contract_that_has_ended_charges_by_the_service(self):
        told = tell("standard", "general", terms={"covered": False, "ends_on": date(2026, 2, 1)})
        told.expect_refused("engineer", "dispatch", "paid_work_not_agreed", to="engineer2")
        told.does("customer", "consent", subject="002-19", text="同意逐次收费")
        told.does("engineer", "dispatch", to="engineer2")


class TestSeverity:
    """001-19: the severity that the customer set stands until the customer agrees to lower it."""

    def test_it_is_lowered_only_by_consent(self):
        told = tell("fuao", "urgent", facts={"severity": "serious"})
        told.expect_refused("engineer", "classify", "severity_stands", facts={"severity": "general"}, reason="x")
        told.does("customer", "consent", subject="level_lowering", text="同意按一般处理", evidence="传真")
        told.does("engineer", "classify", facts={"severity": "general"}, reason="客户同意")

    def test_other_schemes_let_us_judge(self):
        told = tell("sitech", "B", facts={"severity": "serious"})
        told.does("engineer", "classify", facts={"severity": "general"})


class TestStandingAuthorisation:
    """004-05: another thing than a grant of remote access, with an expiry of its own."""

    def test_vendors_are_called_in_the_customers_name_only_with_it(self):
        told = tell("xinhe", "emergency", switches={"vendor_needs_authorisation": True})
        told.expect_refused(
            "engineer", "open_vendor_case", "no_standing_authorisation", vendor="vendor", text="请原厂支援"
        )
        told.does("customer", "consent", subject="004-05", text="同意协调原厂")
        told.does("engineer", "open_vendor_case", vendor="vendor", text="请原厂支援")

    def test_it_ends_at_its_expiry(self):
        told = tell("xinhe", "emergency", switches={"vendor_needs_authorisation": True})
        told = tell(
            "xinhe",
            "emergency",
            switches={"vendor_needs_authorisation": True},
            terms={"authorised_until": told.now + HOURS},
        )
        told.does("engineer", "open_vendor_case", vendor="vendor", text="请原厂支援")
        told.passes(HOURS)
        told.expect_refused("engineer", "open_vendor_case", "no_standing_authorisation", vendor="v2", text="x")

    def test_it_is_no_leave_to_log_in(self):
        told = tell("xinhe", "emergency", switches={"vendor_needs_authorisation": True})
        told.does("customer", "consent", subject="004-05", text="同意")
        told.expect_refused("engineer", "start_remote", "no_grant", text="x")


class TestMajorIncident:
    def test_the_gravest_level_proposes_it_once(self):
        """000-08: level I is a candidate; the project manager decides."""
        told = tell("nuobida", "I")
        assert told.happened().count("major_proposed") == 1
        told.does("engineer", "classify", level="II", reason="已有替代线路")
        told.does("engineer", "classify", level="I")
        assert told.happened().count("major_proposed") == 1
        told.expect_refused("engineer", "restore", "not_approved", text="先认定")
        told.does("pm", "classify", facts={"major": False}, reason="单台终端，不影响业务")
        told.does("engineer", "restore", text="一般问题，无需审批")

    def test_what_is_raised_to_the_gravest_level_is_a_candidate_then(self):
        told = tell("nuobida", "III")
        assert "major_proposed" not in told.happened()
        told.does("engineer", "classify", level="I")
        assert told.happened()[-1] == "major_proposed"

    def test_the_loser_of_a_race_is_told_who_won(self):
        told = tell("nuobida", "I", facts={"major": True})
        told.does("pm", "submit_formal_report", text="正式报告")
        told.does("pm", "apply_major", title="t", plan="p", risk="r")
        told.does("tech", "refuse", opinion="不同意")
        refused = told.expect_refused("business", "approve", "already_decided", opinion="同意")
        assert "tech" in refused.data["detail"]["zh"]
        assert "refused" in refused.data["detail"]["en"]

    def test_a_contract_may_name_other_departments(self):
        """000-09: all named departments must agree."""
        told = tell("nuobida", "I", facts={"major": True}, switches={"departments": ("technical",)})
        told.does("pm", "submit_formal_report", text="正式报告")
        told.does("pm", "apply_major", title="t", plan="p", risk="r")
        told.expect_refused("business", "approve", "no_department", opinion="同意")
        told.does("tech", "approve", opinion="同意")
        told.does("engineer", "restore", text="恢复")


class TestTheTable:
    def test_every_refusal_of_a_gate_has_words(self):
        reasons = {
            "no_grant", "no_onsite_application", "part_not_agreed", "change_not_agreed", "change_not_accepted",
            "paid_work_not_agreed", "severity_stands", "not_in_writing", "no_standing_authorisation", "major_stands",
            "not_approved", "not_confirmed", "no_onsite_service",
        }  # fmt: skip
        assert len(reasons) == len(GATES)
        assert reasons <= set(REFUSALS)

    def test_no_gate_is_opened_by_what_it_blocks(self):
        """Else nothing could ever open it; an extension's consent is shut only while it is not in writing."""
        stuck = [gate.id for gate in GATES if gate.blocks & set(gate.given_by)]
        assert stuck == ["extension"]

    def test_every_gate_blocks_a_command_and_speaks_both_languages(self):
        for gate in GATES:
            assert gate.blocks <= set(CommandKind)
            assert gate.blocks
            words = (gate.name, gate.asked, gate.of, gate.evidence, gate.ends, gate.refusal)
            assert all(word.zh and word.en for word in words)

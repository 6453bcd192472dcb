"""Who else hears of an act than those who must act next."""

from dataclasses import replace
from typing import Any

import pytest

from domain.ticket.timeline import Happening
from tests.domain.notices import TICKET, entry, told


class TestWhoeverElseIsConcerned:
    def test_hears_that_a_ticket_was_handed_over_where_its_owner_did_it(self):
        """The project manager plans with who is in charge; what managers and the hotline do themselves, they know."""
        given: dict[str, Any] = {"to": "engineer2", "from": "engineer", "reason": "去另一现场"}
        ticket = replace(TICKET, owner="engineer2")
        handed = told(entry(Happening.REASSIGNED, "engineer", **given), ticket=ticket)
        assert set(handed) == {"engineer2", "pm", "customer"}
        assert "王海涛" in handed["pm"].sentence.title.zh
        assert "pm" not in told(entry(Happening.REASSIGNED, "hotline", **given), ticket=ticket)

    @pytest.mark.parametrize("happening", [Happening.REJECTED, Happening.REOPENED])
    def test_hears_that_what_they_resolved_is_open_again_also_without_being_in_charge(self, happening: Happening):
        sent = told(entry(happening, "customer", reason="仍有告警", resolved_by="engineer2"))
        assert "您办结的" in sent["engineer2"].sentence.title.zh
        assert "李建国" in str(sent["engineer2"].sentence.action)
        assert (
            "您办结的" not in told(entry(happening, "customer", resolved_by="engineer"))["engineer"].sentence.title.zh
        )

    def test_hears_as_the_owner_that_a_vendor_was_asked(self):
        sent = told(entry(Happening.VENDOR_CASE_OPENED, "pm", vendor="vendor", case="V1", text="请查端口"))
        assert set(sent) == {"vendor", "engineer"}
        assert "陈立群已请吴志强协助" in sent["engineer"].sentence.text.zh

    def test_hears_that_a_ticket_is_major_by_what_is_applied_for(self):
        """Who is in charge stops working; who alone may apply plans with it (000-08)."""
        sent = told(entry(Happening.MAJOR_APPLIED, "pm", version=1, title="切换", plan="切备机", risk="停机"))
        for who in ("engineer", "duty"):
            assert "批准前不得处理" in str(sent[who].sentence.action), who
        assert set(sent) == {"tech", "business", "engineer", "duty"}

    def test_hears_as_the_contact_that_an_application_is_withdrawn(self):
        sent = told(entry(Happening.MAJOR_WITHDRAWN, "pm", version=1, reason="改方案"))
        assert "暂不处理" in sent["customer"].sentence.text.zh

    @pytest.mark.parametrize(
        ("happening", "data", "said"),
        [
            (Happening.CONTRACT_CHANGED, {"ends_on": "2026-12-31"}, "合同起止日期已变动"),
            (Happening.AUTHORISATION_CHANGED, {"until": "2026-12-31T00:00:00+08:00"}, "可以贵单位名义联系原厂"),
            (Happening.AUTHORISATION_CHANGED, {"until": None}, "不再以贵单位名义联系原厂"),
        ],
    )
    def test_hears_as_the_contact_what_is_on_record_as_agreed_with_them(
        self, happening: Happening, data: dict[str, Any], said: str
    ):
        sent = told(entry(happening, **data))
        assert set(sent) == {"engineer", "pm", "customer"}
        assert said in sent["customer"].sentence.text.zh
        assert sent["customer"].sentence.action is not None

"""What a message asks of somebody: what they can do, and what it waits for."""

from dataclasses import replace

import pytest

from domain.audience.notices.notice import Owed
from domain.contract.clauses import Kind
from domain.ticket.timeline import Happening
from domain.words.label import Label
from tests.domain.notices import TICKET, entry, rung, told
from tests.domain.samples import at

UNOWNED = replace(TICKET, owner=None)


class TestAMajorIncident:
    def test_that_is_reported_as_one_asks_managers_to_apply(self):
        """000-09: they alone apply, whether it was found out later or said at once."""
        opened = entry(Happening.OPENED, "hotline", facts={"major": True}, calls=["duty_manager"])
        judged = entry(Happening.CLASSIFIED, "engineer", major=True, reason="须恢复数据")
        for happened in (opened, judged):
            sent = told(happened, ticket=UNOWNED)
            for manager in ("pm", "duty"):
                said = sent[manager].sentence
                assert "重大问题" in said.title.zh
                assert said.action is not None
                assert "《重大问题服务申请》" in said.action.zh

    def test_asks_whoever_is_in_charge_to_wait_and_not_to_apply(self):
        said = told(entry(Happening.CLASSIFIED, "pm", major=True, reason="须恢复数据"))["engineer"].sentence
        assert said.action is not None
        assert said.action.zh == "须客户审批的，批准前不得处理。"


class TestAPause:
    def test_for_the_customer_tells_them_what_is_awaited_and_of_whom(self):
        """Nobody brings what they do not know is waited for."""
        paused = entry(Happening.PAUSED, "engineer", reason="customer", text="等信息科开机房门")
        said = told(paused)["customer"].sentence
        assert said.text.zh.startswith("处理时限暂停计算，等您方配合，说明：“等信息科开机房门”。")
        assert said.action is not None
        assert said.action.zh == "请尽快办理；有疑问的，请联系我们。"

    def test_for_another_reason_asks_nothing_of_the_customer(self):
        said = told(entry(Happening.PAUSED, "engineer", reason="parts", text="主板在途"))["customer"].sentence
        assert said.text.zh.startswith("处理时限暂停计算，原因：等待备件，说明：“主板在途”。")
        assert said.action is None


class TestAStandingAuthorisation:
    @pytest.mark.parametrize("who", ["engineer", "pm", "customer"])
    def test_that_is_left_says_so_and_until_when_whatever_was_done_to_another(self, who: str):
        """Of two one is revoked: nothing was recorded, and vendors may still be called in the customer's name."""
        said = told(entry(Happening.AUTHORISATION_CHANGED, until="2028-12-30T16:00:00+00:00"))[who].sentence
        assert not [word for word in ("登记", "续期", "撤回") if word in said.title.zh + said.text.zh]
        assert "现有授权，有效至 2028 年 12 月 31 日 00:00" in said.text.zh


class TestASupportCentre:
    """004-14: managers alone form it."""

    @pytest.mark.parametrize(("percent", "minutes"), [(80, 2), (100, 0)])
    def test_that_is_due_is_asked_of_managers_and_of_who_is_in_charge_that_they_see_to_it(
        self, percent: int, minutes: int
    ):
        late = rung(percent, Kind.CENTRE, minutes=minutes, roles=["project_manager"], people=["engineer"])
        actions = {who: each.sentence.action for who, each in told(late).items()}
        assert actions["pm"] == Label("请马上组建应急支援中心。", "Form the emergency support centre now.")
        assert actions["engineer"] is not None
        assert actions["engineer"].zh.startswith("请项目经理或值班经理马上组建应急支援中心")


class TestWhatIsOwedNext:
    @pytest.mark.parametrize(("minute", "zh"), [("10", "响应须在 16:10 前完成。"), ("04", "响应本应在 16:04 前完成。")])
    def test_is_still_to_come_or_should_have_been(self, minute: str, zh: str):
        """Nobody is told that they must be done by an hour that is over."""
        owed = replace(TICKET, owed=Owed(Kind.RESPOND, at(f"2026-02-13T16:{minute}:00")))
        said = told(entry(Happening.ONSITE_APPLIED, "engineer", text="换电源"), ticket=owed)["pm"].sentence
        assert said.text.zh.endswith(zh)

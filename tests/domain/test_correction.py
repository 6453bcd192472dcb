"""What was written down wrong of a report is corrected, and what stood there before stays on record."""

import pytest

from domain.decisions import possible
from domain.read_model import summary_of
from domain.ticket.commands import CommandKind
from domain.ticket.stages import Stage
from tests.domain.told import tell
from tests.people import PEOPLE


class TestACorrection:
    def test_says_what_stands_there_now_and_what_stood_there_before(self):
        told = tell("standard", "severe")
        entry = told.does("hotline", "correct", title="汇聚交换机宕机", site="3 号楼 2 层机房")
        assert (told.ticket.title, told.ticket.site) == ("汇聚交换机宕机", "3 号楼 2 层机房")
        assert told.ticket.description == told.ticket.opening.description
        assert entry.data["before"] == {"title": "核心交换机宕机", "site": None}
        assert summary_of(told.ticket).title == "汇聚交换机宕机"

    def test_is_of_the_asset_too(self):
        told = tell("standard", "severe")
        entry = told.does("hotline", "correct", asset="SW-0018")
        assert (told.ticket.asset, entry.data["before"]) == ("SW-0018", {"asset": None})

    def test_is_corrected_again(self):
        told = tell("standard", "severe")
        told.does("hotline", "correct", site="3 号楼")
        entry = told.does("pm", "correct", site="5 号楼", reason="客户再次来电")
        assert (told.ticket.site, entry.data["before"]) == ("5 号楼", {"site": "3 号楼"})

    def test_says_only_what_has_changed_as_changed(self):
        told = tell("standard", "severe")
        entry = told.does("hotline", "correct", title="核心交换机宕机", description="机房告警，业务时断时续。")
        assert entry.data["before"] == {"description": "机房告警，业务中断。"}

    @pytest.mark.parametrize("data", [{}, {"reason": "写错了"}, {"title": "核心交换机宕机"}])
    def test_of_nothing_is_refused(self, data: dict[str, str]):
        told = tell("standard", "severe")
        told.expect_refused("hotline", "correct", "nothing_corrected", **data)
        assert CommandKind.CORRECT in possible(told.ticket, PEOPLE["hotline"], told.now)

    def test_moves_no_promise_and_no_stage(self):
        told = tell("standard", "severe")
        before = {each.key: each.promise for each in told.ticket.obligations}
        told.does("hotline", "correct", title="汇聚交换机宕机")
        assert {each.key: each.promise for each in told.ticket.obligations} == before
        assert told.ticket.stage is Stage.TRIAGE

    def test_leaves_a_ticket_that_was_opened_by_mistake_one_that_may_be_discarded(self):
        told = tell("standard", "severe")
        told.does("hotline", "correct", title="汇聚交换机宕机")
        told.does("pm", "discard", reason="重复登记")
        assert told.ticket.closed

    @pytest.mark.parametrize("who", ["engineer", "customer", "vendor", "leader", "expert"])
    def test_is_for_those_who_take_reports_and_managers(self, who: str):
        tell("standard", "severe").expect_refused(who, "correct", "not_allowed", title="别的")

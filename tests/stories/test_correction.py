"""A report that was written down wrong is put right, and is found by what it says now."""

from sqlalchemy import select

from store.models import TicketRow
from tests.desk import Desk


class TestACorrectedReport:
    async def test_is_called_so_from_then_on_and_its_engineer_is_told(self, desk: Desk):
        case = await desk.open("standard", "severe")
        await case.does("engineer", "take")
        await case.does("hotline", "correct", title="汇聚交换机宕机", site="3 号楼 2 层机房")
        await case.does("pm", "correct", site="5 号楼 2 层机房", reason="客户再次来电")
        await case.expect_entry("corrected")
        with desk.engine.connect() as connection:
            row = connection.execute(select(TicketRow).filter_by(number=case.number)).one()
        assert (row.title, row.site) == ("汇聚交换机宕机", "5 号楼 2 层机房")
        assert "汇聚" in row.searched
        assert "核心" not in row.searched
        assert (await case.ticket()).title == "汇聚交换机宕机"
        await case.does("engineer", "resolve", summary="更换电源模块")
        await case.does("customer", "confirm")

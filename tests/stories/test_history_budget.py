"""The history budget: events to closed, no rung fired. History is what a ticket costs for ever."""

import pytest

from tests.desk import Case, Desk

PACKS = [("nuobida", "III"), ("fuao", "urgent"), ("standard", "medium"), ("sitech", "A")]


async def events(case: Case) -> int:
    """The events of a ticket's own run, up to its end."""
    history = await case.desk.client.get_workflow_handle(case.number).fetch_history()
    return len(history.events)


class TestHistoryBudget:
    """As docs/bench.md allows. Of 002 five promises count from the opening on, each with its timer."""

    @pytest.mark.parametrize(("pack", "level"), PACKS)
    async def test_a_simple_ticket_takes_at_most_66_events(self, desk: Desk, pack: str, level: str):
        """Open, respond, resolve, confirm."""
        case = await desk.open(pack, level)
        await case.does("engineer", "respond", text="已联系")
        await case.does("engineer", "resolve", summary="更换电源后恢复")
        await case.does("customer", "confirm")
        await case.closes()
        assert await events(case) <= 66

    async def test_a_major_incident_of_13_commands_takes_at_most_190_events(self, desk: Desk):
        """From the call through the formal report and both approvals to the customer's word."""
        case = await desk.open("nuobida", "I", facts={"major": True})
        await case.does("engineer", "respond", text="已联系")
        await case.does("engineer", "submit_plan", text="方案")
        await case.does("pm", "submit_formal_report", text="正式报告")
        await case.does("pm", "apply_major", title="重装系统", plan="备份后重装", risk="停机一小时")
        await case.does("tech", "approve", opinion="同意")
        await case.does("business", "approve", opinion="同意")
        await case.does("engineer", "advance", stage="onsite", reason="现场处理")
        await case.does("engineer", "dispatch", to="engineer")
        await case.does("engineer", "depart")
        await case.does("engineer", "arrive")
        await case.does("engineer", "write_log", text="重装完成")
        await case.does("engineer", "resolve", summary="更换电源后恢复")
        await case.does("customer", "confirm")
        await case.closes()
        assert await events(case) <= 190

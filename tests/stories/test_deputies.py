"""A deputy on the real server: an approver is away, and who stands in for them answers while it lasts."""

from domain.ticket.obligations import State
from tests.desk import Desk


class TestADeputy:
    """000-09: one who is of no department, and the customer's contact, of whom nobody asks for approvals otherwise."""

    async def test_answers_in_the_place_of_an_approver_once_and_for_one_department(self, desk: Desk):
        case = await desk.open("nuobida", "I", facts={"major": True})
        await case.does("pm", "submit_formal_report", text="正式报告")
        await case.does("pm", "apply_major", title="更换主控板", plan="夜间更换", risk="停机一小时")
        await case.expect_refused("customer", "approve", "not_allowed", opinion="同意")
        case.known = {"deputy_of": {"technical": "tech", "business": "business"}}
        entry = await case.does("customer", "approve", opinion="马工出差，代为同意")
        assert (entry.data["department"], entry.data["deputy_for"]) == ("technical", "tech")
        await case.expect_refused("customer", "approve", "own_matter", opinion="业务部门也同意")
        case.known = {"deputy_of": {"business": "business"}}
        await case.does("deputy", "refuse", opinion="月底结账，不能停机")
        case.known = {}
        await case.expect_refused("customer", "refuse", "not_allowed", opinion="不同意")
        await case.does("pm", "apply_major", title="更换主控板", plan="结账后更换", risk="停机一小时")
        await case.does("tech", "approve", opinion="同意")
        case.known = {"deputy_of": {"business": "business"}}
        await case.does("deputy", "approve", opinion="代为同意")
        case.known = {}
        await case.expect("resolve", State.RUNNING)
        await case.does("engineer", "resolve", summary="更换主控板后恢复")
        await case.does("customer", "confirm")
        await case.closes()

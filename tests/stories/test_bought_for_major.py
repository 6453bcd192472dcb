"""Nothing is bought for a major incident that nobody has approved (000-10), as nothing is reserved for one."""

from tests.desk import Desk


class TestAPart:
    async def test_is_ordered_for_what_is_major_after_the_approval_alone(self, desk: Desk):
        case = await desk.open("nuobida", "II", facts={"major": True})
        await case.does("engineer", "request_part", text="主控板")
        await case.does("customer", "agree_part", text="同意")
        await case.does("engineer", "verify_part", text="型号无误")
        await case.does("commercial", "verify_part", text="型号无误")
        await case.expect_refused("commercial", "order_part", "not_approved", text="订货")
        await case.does("pm", "submit_formal_report", text="主控板故障")
        await case.does("pm", "apply_major", title="更换主控板", plan="今晚切换", risk="中断 10 分钟")
        await case.does("tech", "approve", opinion="同意")
        await case.does("business", "approve", opinion="同意")
        await case.does("commercial", "order_part", text="订货")
        await case.does("stock", "part_arrived", text="到货")
        await case.does("engineer", "resolve", summary="更换主控板后恢复")
        await case.does("customer", "confirm")
        await case.closes()

"""A vendor's person leaves, on the real server: the case goes to another of the vendor, or openly to nobody."""

import uuid
from typing import Any

from domain.people.actors import SYSTEM
from domain.ticket.commands import Command, CommandKind
from tests.desk import Case, Desk


async def handed(case: Case, **data: Any) -> None:
    """What the API tells the ticket when the registry changes."""
    data = {"case": "V1", "reason": "admin 停用了 吴志强 的账号", **data}
    kind = CommandKind.HAND_VENDOR_CASE
    await case.sends(Command(str(uuid.uuid4()), kind, SYSTEM, case.now(), data=data))


class TestAVendorsCase:
    async def test_outlives_the_one_who_had_it(self, desk: Desk):
        case = await desk.open("sitech", "C")
        await case.does("engineer", "respond", text="已联系")
        await case.does("engineer", "open_vendor_case", vendor="vendor", text="请原厂支援")
        await handed(case, vendor="vendor2")
        await case.expect_refused("vendor", "close_vendor_case", "not_allowed", text="已处理")
        await handed(case)
        await case.expect_refused("pm", "close_vendor_case", "vendor_not_named", text="x")
        await case.does("pm", "open_vendor_case", vendor="vendor", text="请继续支援", case="V1")
        await case.does("vendor", "close_vendor_case", text="已更换主板")
        await case.does("engineer", "resolve", summary="原厂更换主板后恢复")
        await case.does("customer", "confirm")
        await case.closes()

"""Work goes on when somebody cannot: handed over, left to the desk, waited for at a vendor's, rejected."""

from datetime import timedelta

from tests.desk import Desk


class TestAnEngineerWhoIsCalledAway:
    async def test_hands_over_what_is_theirs_and_promises_go_on(self, desk: Desk):
        case = await desk.open("sitech", "B")
        await case.does("engineer", "take")
        due = (await case.obligation("contact")).promise.due_at
        await case.expect_refused("engineer2", "reassign", "not_yours", to="engineer2", reason="我来")
        case.known = {"to_is_there": False}
        await case.expect_refused("engineer", "reassign", "off_duty", to="engineer2", reason="去另一现场")
        case.known = {}
        await case.does("engineer", "reassign", to="engineer2", reason="去另一现场")
        await case.expect_refused("pm", "reassign", "already_theirs", to="engineer2", reason="再派一次")
        assert (await case.obligation("contact")).promise.due_at == due
        await case.does("engineer2", "unassign", reason="家中有急事")
        assert (await case.ticket()).assignee is None
        await case.passes(timedelta(minutes=3))
        await case.expect_entry("unowned")
        await case.does("hotline", "reassign", to="engineer", reason="接着处理")
        await case.does("engineer2", "respond", text="已联系")
        await case.does("engineer2", "resolve", summary="更换电源后恢复")
        entry = await case.does("customer", "reject", reason="仍有告警")
        assert (entry.data["resolved_by"], (await case.ticket()).assignee) == ("engineer2", "engineer")
        await case.does("engineer", "resolve", summary="更换主板后恢复")
        await case.does("customer", "confirm")
        await case.closes()


class TestAVendorWhoSaysNothing:
    async def test_is_reminded_until_they_speak(self, desk: Desk):
        case = await desk.open("sitech", "A")
        await case.does("engineer", "take")
        await case.does("hotline", "correct", asset="SW-0018")
        await case.does("engineer", "open_vendor_case", vendor="vendor", text="请支援")
        await case.passes(timedelta(minutes=61))
        first = await case.expect_entry("vendor_silent")
        assert (first["vendor"], first["again"]) == ("vendor", False)
        await case.does("vendor", "note", text="备件今晚送到")
        await case.passes(timedelta(minutes=59))
        assert [entry.data.get("alarm") for entry in await case.timeline()].count("vendor_silent") == 1
        await case.does("vendor", "close_vendor_case", text="已更换主板")
        await case.does("engineer", "resolve", summary="原厂更换主板后恢复")
        await case.does("customer", "confirm")
        await case.closes()

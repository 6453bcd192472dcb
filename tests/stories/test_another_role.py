"""Another role undoes nothing of what a person did (edition 3): from the report to the survey, on the real server."""

from domain.people.actors import Actor, Role
from tests.desk import Desk
from tests.people import PEOPLE

CUSTOMERS = PEOPLE["tech"].customers
#: People who worked on the ticket, and are something else by now.
CONTACT = Actor("engineer", Role.CUSTOMER_CONTACT, CUSTOMERS)
APPROVER = Actor("engineer2", Role.CUSTOMER_APPROVER, CUSTOMERS, "technical")
SUPERVISORS = (Actor("hotline", Role.SUPERVISOR), Actor("engineer", Role.SUPERVISOR))


class TestWhoWorkedOnATicket:
    async def test_grants_nothing_that_they_asked_for_and_approves_nothing(self, desk: Desk):
        case = await desk.open("nuobida", "II")
        await case.does("engineer", "request_remote", scope="数据库", text="看日志")
        await case.does("engineer2", "request_remote", scope="数据库", text="看日志")
        await case.expect_refused(CONTACT, "grant_remote", "own_request", scope="数据库")
        await case.does("customer", "grant_remote", scope="数据库")
        await case.does("pm", "submit_formal_report", text="主控板故障")
        await case.does("pm", "apply_major", title="更换主控板", plan="今晚切换", risk="中断 10 分钟")
        await case.expect_refused(APPROVER, "approve", "own_matter", opinion="同意")
        await case.does("pm", "withdraw_major", reason="方案要改")
        await case.does("duty", "apply_major", title="更换主控板", plan="明晚切换", risk="中断 5 分钟")
        first = Actor("pm", Role.CUSTOMER_APPROVER, CUSTOMERS, "business")
        await case.expect_refused(first, "approve", "own_matter", opinion="同意")
        await case.does("tech", "approve", opinion="同意")
        await case.does("business", "approve", opinion="同意")
        await case.does("engineer", "resolve", summary="更换主控板后恢复")
        await case.does("customer", "confirm")
        await case.closes()

    async def test_asks_no_customer_what_they_think_of_it(self, desk: Desk):
        case = await desk.open("standard", "general")
        await case.does("hotline", "respond", text="已联系")
        await case.does("engineer", "note", text="设备型号已核对")
        await case.does("engineer2", "resolve", summary="更换电源后恢复")
        await case.does("customer", "confirm")
        await case.closes()
        for who in SUPERVISORS:
            await case.expect_refused(who, "record_survey", "own_work", text="回访", satisfaction="satisfied")
        await case.does("supervisor", "record_survey", text="回访", satisfaction="satisfied")

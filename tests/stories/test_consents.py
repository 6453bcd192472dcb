"""Consents on the real server: a change before and after, paid work, a later arrival agreed in writing."""

from datetime import timedelta

from domain.ticket.obligations import State
from tests.desk import Desk

MINUTES = timedelta(minutes=1)
HOURS = timedelta(hours=1)


class TestChange:
    """002-13, 002-14: documents, consent, backup; acceptance before the resolution."""

    async def test_a_large_change_is_agreed_made_behind_a_backup_and_accepted(self, desk: Desk):
        case = await desk.open("standard", "general")
        await case.does("engineer", "respond", text="已联系")
        await case.does("engineer", "propose_change", text="升级中间件", size="large", documents="升级说明")
        await case.expect_refused("engineer", "make_change", "change_not_agreed", text="x", backup="b")
        await case.does("customer", "agree_change", text="同意", evidence="邮件")
        await case.expect_refused("engineer", "make_change", "no_backup", text="x")
        await case.does("engineer", "make_change", text="已升级", backup="全量备份，校验通过")
        await case.expect_refused("engineer", "resolve", "change_not_accepted", summary="更换电源后恢复")
        await case.does("customer", "refuse_change", reason="打印不正常")
        await case.does("engineer", "propose_change", text="回退", size="large", documents="回退步骤")
        await case.does("customer", "agree_change", text="同意回退")
        await case.does("engineer", "make_change", text="已回退", backup="升级前的备份")
        await case.does("customer", "accept_change", text="恢复正常")
        await case.does("engineer", "resolve", summary="更换电源后恢复")
        await case.does("customer", "confirm")
        await case.closes()


class TestAWordThatOneOfUsRecorded:
    """S15, from edition 2 on of an acceptance and of a price, too: who took it down does not act on it."""

    async def test_is_acted_on_by_somebody_else(self, desk: Desk):
        said = {"name": "刘雅琴", "channel": "phone"}
        case = await desk.open("standard", "general")
        await case.does("engineer", "respond", text="已联系")
        await case.does("engineer", "propose_change", text="升级中间件", size="large", documents="升级说明")
        await case.does("engineer2", "agree_change", text="同意", on_behalf=said)
        await case.expect_refused("engineer2", "make_change", "own_record", text="x", backup="b")
        await case.does("engineer", "make_change", text="已升级", backup="全量备份，校验通过")
        await case.expect_refused("engineer", "accept_change", "own_record", text="正常", on_behalf=said)
        await case.does("engineer2", "accept_change", text="恢复正常", on_behalf=said)
        await case.expect_refused("engineer2", "resolve", "own_record", summary="升级中间件后恢复")
        await case.does("engineer", "resolve", summary="升级中间件后恢复")
        await case.does("hotline", "confirm", on_behalf=said)
        await case.closes()

    async def test_sends_nobody_by_who_recorded_that_it_is_paid(self, desk: Desk):
        case = await desk.open("fuao", "regular")
        said = {"name": "刘雅琴", "channel": "phone"}
        await case.expect_refused("engineer", "dispatch", "no_onsite_service", to="engineer2")
        await case.does("engineer", "consent", subject="paid_work", text="同意按日收费", on_behalf=said)
        await case.expect_refused("engineer", "dispatch", "own_record", to="engineer2")
        await case.does("hotline", "dispatch", to="engineer2")


class TestPaidWork:
    """001-08: a fault of others is charged by the working day, once that is agreed."""

    async def test_nobody_travels_before_the_price_is_agreed(self, desk: Desk):
        case = await desk.open("fuao", "urgent", facts={"cause": "third_party", "severity": "serious"})
        await case.expect_refused("engineer", "dispatch", "paid_work_not_agreed", to="engineer2")
        await case.expect_refused("engineer", "classify", "severity_stands", facts={"severity": "general"})
        await case.does("customer", "consent", subject="paid_work", text="同意按日收费", evidence="报价单")
        await case.does("engineer", "dispatch", to="engineer2")
        await case.does("engineer2", "depart")
        await case.does("customer", "consent", subject="paid_work", text="预算未批", agreed=False)
        await case.expect_refused("engineer2", "arrive", "paid_work_not_agreed")


class TestExtension:
    """001-05: the customer agrees in writing to a later arrival; the promise counts to then."""

    async def test_the_alarm_comes_at_the_agreed_time_and_not_before(self, desk: Desk):
        case = await desk.open("fuao", "full_urgent", facts={"severity": "serious"})
        promise = (await case.obligation("arrive")).promise
        assert promise.due_at is not None
        until = promise.due_at + 3 * HOURS
        clause, later = promise.clause.id, until.isoformat()
        await case.does("customer", "consent", subject=clause, text="可以晚到", until=later, evidence="传真 7 号")
        assert (await case.obligation("arrive")).promise.due_at == until
        await case.reaches(promise.due_at + 10 * MINUTES)
        assert 100 not in [alarm.rung for alarm in (await case.obligation("arrive")).alarms]
        await case.reaches(until)
        await case.expect_alarm("arrive", 100)
        breached = await case.expect("arrive", State.BREACHED)
        assert breached.promise.due_at == until

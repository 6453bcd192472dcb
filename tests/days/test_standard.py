"""A day of 002: a core switch of a school, the engineer called directly, mended on site behind a backup, surveyed."""

from datetime import datetime, timedelta

from domain.contract.calendars import CHINA
from tests.days.day import Day
from tests.served import Served


def test_a_device_is_replaced_changed_and_reported_on(desk: Served):
    """002-04, 002-05, 002-07, 002-09, 002-14, 002-20, 002-22."""
    day = Day(
        desk,
        "standard",
        by="engineer",
        channel="mobile",
        level="severe",
        title="核心交换机反复重启，全校断网",
        description="上课时核心交换机每十分钟重启一次",
        contact={"name": "刘雅琴", "phone": "13900000301"},
    )
    _the_engineer_who_was_called_stays_in_charge(day)
    _a_spare_device_stands_in(day)
    _the_change_has_two_gates(day)
    _the_customer_confirms(day)
    _the_report_and_the_survey_follow(day)


def _the_engineer_who_was_called_stays_in_charge(day: Day) -> None:
    """客户的维护请求可以直接与相关技术人员联系 (002-20)；对同一个问题指定固定的本地工程师 (002-04)."""
    for who in ("hotline", "pm"):
        day.told(who, "新报障")
    day.told("duty", "重大报障")
    day.does("engineer", "respond", text="回电网络中心：先别断电")
    assert "李建国" in day.told("customer", "您的报障由")["text"]
    assert day.promise("respond")["clause"] == "002-09"
    day.does("engineer", "submit_plan", text="方案：备机顶上，升级固件；方式：上门")
    day.told("customer", "处理方案")
    assert day.promise("plan")["state"] == "met"
    day.malformed("hotline", "reassign", "data.reason", to="engineer2")
    day.malformed("hotline", "reassign", "data.to", to="stock", reason="临时换人")
    assert day.sees("customer")["assignee"] == "engineer"


def _a_spare_device_stands_in(day: Day) -> None:
    """在2小时内到达现场 (002-05)；对于24小时解决不了的问题，应提供备用设备."""
    day.does("duty", "dispatch", to="engineer")
    assert "刘雅琴" in day.told("engineer", "请上门")["text"]
    assert "李建国" in day.told("customer", "上门处理")["text"]
    day.does("engineer", "depart", text="从公司出发")
    day.told("customer", "已出发")
    day.does("engineer", "arrive", text="到机房")
    day.told("customer", "已到现场")
    day.does("stock", "deliver_substitute", text="备用核心交换机一台，已上架")
    day.told("customer", "设备已送到")
    day.does("engineer", "restore", text="备机顶上，全校恢复上网")
    day.told("customer", "业务已恢复")
    for kind in ("arrive", "restore", "substitute"):
        assert day.promise(kind)["state"] == "met", kind


def _the_change_has_two_gates(day: Day) -> None:
    """备份原应用……在得到用户方的认可后，进行变更升级……需得到用户方技术人员的认可 (002-14)."""
    day.does("engineer", "propose_change", text="固件升到 8.1", size="large", documents="变更说明、回退步骤")
    for who in ("customer", "tech"):
        day.told(who, "变更")
    day.refused("engineer", "make_change", "change_not_agreed", text="升级", backup="配置备份 0301")
    day.forbidden("business", "agree_change", text="同意升级")
    day.does("tech", "agree_change", text="同意，午休时做")
    day.told("engineer", "同意")
    day.refused("engineer", "make_change", "no_backup", text="升级")
    day.does("engineer", "make_change", text="已升级，午休内完成", backup="配置备份 0301")
    day.told("tech", "请验收")
    day.refused("engineer", "resolve", "change_not_accepted", summary="固件缺陷，升级后稳定")
    day.does("tech", "accept_change", text="观察一小时无重启")
    day.told("engineer", "已验收")


def _the_customer_confirms(day: Day) -> None:
    """The visit ends with the resolution at the latest; a device that is still out is fetched afterwards."""
    day.does("engineer", "end_visit", text="离场")
    day.does("engineer", "resolve", summary="原因：固件缺陷；过程：备机顶上后升级；预防：同型号一并升级")
    day.told("customer", "请确认")
    day.forbidden("engineer", "confirm", text="客户说好了")
    day.does("customer", "confirm", text="已稳定")
    day.told("engineer", "客户已确认解决")
    day.comes_to("closed")
    day.told("customer", "已关闭")
    day.does("engineer", "return_substitute", text="备机收回")
    day.told("stock", "设备已收回")
    day.refused("engineer", "return_substitute", "no_substitute", text="备机收回")


def _the_report_and_the_survey_follow(day: Day) -> None:
    """现场排除故障后，在3天内提交故障分析报告 (002-07)；客服人员对用户进行定期回访 (002-22)."""
    left_on = datetime.fromisoformat(day.entries("auditor", "visit_ended")[-1]["at"]).astimezone(CHINA).date()
    due_at = datetime.fromisoformat(day.promise("report")["due_at"]).astimezone(CHINA)
    assert (due_at.date() - left_on, due_at.hour) == (timedelta(days=4), 0)  # 24:00 of the third day
    day.does("engineer", "deliver_report", text="故障原因分析、故障解决过程、故障预防措施")
    day.told("customer", "故障报告已提交")
    assert day.promise("report")["state"] == "met"
    for who in ("engineer", "pm", "hotline"):
        day.forbidden(who, "record_survey", text="满意", satisfaction="satisfied")
    day.does("supervisor", "record_survey", text="修得快，来前没说要停多久", satisfaction="dissatisfied")
    for who in ("pm", "duty", "leader"):
        day.told(who, "客户不满意")
    for text in ("电话无人接", "留言未回", "发信未回"):  # three documented contacts without answer are enough
        day.does("supervisor", "record_followup", text=text)
        day.told("pm", "已跟进")
    # What the customer saw: who came and when, their technicians' two answers, and not how we sent each other.
    seen = day.timeline("customer")
    for each in ("taken", "departed", "arrived", "change_agreed", "change_accepted", "closed"):
        assert each in seen
    assert "command_refused" not in seen
    assert "text" not in day.entries("customer", "survey_recorded")[-1]["data"]

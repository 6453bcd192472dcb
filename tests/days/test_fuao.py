"""A day of 001: a caller without an account, from the report to the confirmation, all of it by telephone."""

from tests.days.day import Day
from tests.served import Served

CALLER = "周国栋"


def test_a_caller_without_an_account_is_served_to_the_end_by_telephone(desk: Served):
    """001-19, 001-22, 001-26 to 001-31, 001-35, 001-37: everything that the customer allows is spoken."""
    day = Day(
        desk,
        "fuao",
        level="urgent",
        title="三号冷库的存储柜掉盘，出入库单打不开",
        description="存储柜两个红灯，三号库停发货，其他库正常",
        customer={"name": "海鸿冷链"},
        contact={"name": CALLER, "phone": "13712345678"},
        facts={"severity": "serious"},
    )
    _the_report_is_taken(day)
    _the_severity_stands(day)
    _remote_work_is_allowed_by_telephone(day)
    _the_part_is_agreed_by_telephone(day)
    _somebody_goes_there(day)
    _the_caller_confirms_by_telephone(day)
    _the_caller_is_asked_until_they_are_satisfied(day)


def _the_report_is_taken(day: Day) -> None:
    """拨打公司技术支持电话……了解具体情况之后，转交给技术工程师尽快解决 (001-26)."""
    for who in ("engineer", "pm"):
        assert "海鸿冷链" in day.told(who, "新报障")["title"]
    day.not_told("hotline", "新报障")
    day.not_told("duty", "重大报障")
    # Nobody of another customer learns of it, nor is anything sent to them.
    day.hidden_from("customer")
    day.hidden_from("tech")
    day.does("engineer", "take", text="我来跟")
    day.does("engineer", "respond", text="回电周师傅：先别重启存储柜")
    assert day.promise("respond")["state"] == "met"


def _the_severity_stands(day: Day) -> None:
    """用户定义自己的严重程度 (001-19): nobody lowers it, and it has its own numbers (001-22)."""
    assert day.promise("arrive")["clause"] == "001-22"
    for who in ("hotline", "engineer", "duty", "commercial"):
        day.refused(who, "classify", "severity_stands", facts={"severity": "general"})
    assert day.sees("auditor")["facts"]["severity"] == "serious"


def _remote_work_is_allowed_by_telephone(day: Day) -> None:
    """在获得用户允许之后，通过远程登录 (001-27): who writes the permission down does not work on it."""
    day.refused("engineer", "start_remote", "no_grant", text="登录存储柜")
    day.does("engineer", "request_remote", scope="存储柜管理口", text="看阵列日志")
    day.phoned("engineer", "grant_remote", CALLER, scope="存储柜管理口")
    day.told("pm", "客户已同意远程")
    day.refused("engineer", "start_remote", "own_record", text="登录存储柜")
    day.phoned("hotline", "grant_remote", CALLER, scope="存储柜管理口")
    assert CALLER in day.told("engineer", "客户已同意远程")["text"]
    day.does("engineer", "start_remote", text="登录存储柜，看阵列日志")
    day.does("engineer", "end_remote", text="两块盘已下线，远程换不了")


def _the_part_is_agreed_by_telephone(day: Day) -> None:
    """与用户协商并获得同意后，反馈给商务人员；核对型号准确无误后申请配件 (001-29)."""
    day.does("engineer", "request_part", text="4 TB SAS 硬盘两块")
    day.told("commercial", "备件申请")
    day.refused("commercial", "order_part", "part_not_agreed", text="订货")
    day.phoned("hotline", "agree_part", CALLER, text="同意换盘")
    for who in ("commercial", "stock", "engineer"):
        day.told(who, "客户同意更换备件")
    day.refused("commercial", "order_part", "part_not_verified", text="订货")
    day.does("engineer", "verify_part", text="型号与铭牌一致")
    day.told("commercial", "请核对备件型号")
    day.does("commercial", "verify_part", text="与合同清单一致")
    day.told("engineer", "备件型号已两次核对")
    day.does("commercial", "order_part", text="本地仓当天到")
    day.told("engineer", "备件已订货")
    day.does("stock", "part_arrived", text="两块已到货")
    day.told("engineer", "备件已到")


def _somebody_goes_there(day: Day) -> None:
    """电话和远程都无法进行协助的时候，以最快的速度赶到现场 (001-27), 24 小时内出故障诊断 (001-22)."""
    day.refused("pm", "dispatch", "no_onsite_application", to="engineer2")
    day.does("engineer", "apply_onsite", text="须现场换盘")
    for who in ("pm", "duty"):
        day.told(who, "申请上门")
    day.does("pm", "dispatch", to="engineer2")
    assert CALLER in day.told("engineer2", "请上门")["text"]
    day.told("engineer", "已派")
    day.does("engineer2", "depart", text="带盘出发")
    day.does("engineer2", "arrive", text="到三号库")
    day.does("engineer2", "diagnose", text="同批次硬盘固件缺陷，双盘下线")
    for kind in ("arrive", "diagnose"):
        assert day.promise(kind)["state"] == "met", kind


def _the_caller_confirms_by_telephone(day: Day) -> None:
    """The yes to one's own work is recorded by somebody else; the entry names both."""
    day.does("engineer2", "resolve", summary="原因：双盘下线；处理：换盘重建；结果：出入库单正常")
    day.refused("engineer2", "confirm", "own_record", on_behalf={"name": CALLER, "channel": "site"})
    day.phoned("hotline", "confirm", CALLER, text="能开单了")
    told = day.told("engineer", "客户已确认解决")["text"]
    assert CALLER in told
    assert "工单已关闭" in told  # one act tells a person once
    day.comes_to("closed")
    confirmed = day.entries("auditor", "confirmed")[-1]["data"]["on_behalf"]
    assert (confirmed["name"], confirmed["recorded_by"]) == (CALLER, "hotline")
    day.does("engineer2", "deliver_report", text="原因、处理方法、结果已成文，邮件发周师傅")
    assert day.promise("report")["state"] == "met"


def _the_caller_is_asked_until_they_are_satisfied(day: Day) -> None:
    """把结果反馈给用户，直到用户要求得到最终满意为止 (001-30)."""
    day.forbidden("engineer2", "record_survey", text="周师傅满意", satisfaction="satisfied")
    day.does("supervisor", "record_survey", text="嫌配件到得慢", satisfaction="dissatisfied")
    for who in ("pm", "duty", "leader"):
        assert "嫌配件到得慢" in day.told(who, "客户不满意")["text"]
    assert day.promise("survey")["state"] == "met"
    day.forbidden("engineer2", "record_followup", text="周师傅不计较了", satisfied=True)
    day.does("supervisor", "record_followup", text="电话没有人接")
    day.told("pm", "已跟进")
    day.does("supervisor", "record_followup", text="说明了调货过程，周师傅接受", satisfied=True)
    assert "周师傅接受" in day.told("pm", "已跟进")["text"]
    day.hidden_from("customer")

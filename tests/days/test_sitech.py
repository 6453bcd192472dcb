"""A day of 003: level A on site and from afar, the division sets out, a vendor helps, a first solution is rejected."""

from tests.days.day import Day
from tests.served import Served


def test_level_a_is_fought_on_site_from_afar_and_with_the_vendor(desk: Served):
    """003-01, 003-03 to 003-08, 003-14, 003-16, 003-20."""
    other = Day(desk, "sitech", level="D", title="报表页面打开偏慢", description="营业报表要等一分钟")
    day = Day(
        desk,
        "sitech",
        level="A",
        title="计费系统全部瘫痪，营业厅不能受理",
        description="八点起全省营业厅报数据库连接失败",
        contact={"name": "刘雅琴", "phone": "13900000401"},
    )
    _everybody_is_called(day)
    _local_staff_are_on_site_and_headquarters_help(day)
    _the_division_sets_out(day)
    _the_cause_lies_with_a_vendor(day, other)
    _the_first_solution_is_rejected(day)
    # What the customer saw, and what the vendor did.
    for hidden in ("command_refused", "alarm_raised", "onsite_applied"):
        assert hidden not in day.timeline("customer")
    assert set(day.timeline("vendor")) <= {
        "opened", "vendor_case_opened", "vendor_case_closed", "restored", "resolved", "confirmed", "rejected", "closed"
    }  # fmt: skip


def _everybody_is_called(day: Day) -> None:
    """专职维护人员在最短的时间内与用户取得直接联系 (003-01)；A级 7*24 小时内随时响应 (003-16)."""
    for who in ("engineer", "engineer2", "pm"):
        day.told(who, "新报障")
    day.told("duty", "重大报障")
    day.told("expert", "请待命支援")
    day.does("hotline", "respond", text="已受理，马上转维护人员")
    assert day.promise("respond")["state"] == "met"
    assert day.promise("contact")["state"] == "running"  # the hotline is not the maintainer
    day.does("engineer", "contact", text="与网络运维部核对现象")
    assert day.promise("contact")["state"] == "met"
    assert "李建国" in day.told("customer", "您的报障由")["text"]


def _local_staff_are_on_site_and_headquarters_help(day: Day) -> None:
    """本地维护人员30分钟内赶到现场进行系统恢复，同时北京总部的相关技术经理进行电话支持和远程支持 (003-16)."""
    day.does("pm", "dispatch", to="engineer2", unit="local")
    day.told("engineer2", "请上门")
    day.told("engineer", "王海涛")
    day.told("customer", "上门处理")
    day.does("engineer2", "depart", unit="local", text="打车过去")
    day.told("customer", "已出发")
    day.does("engineer2", "arrive", unit="local", text="到机房")
    day.told("customer", "已到现场")
    assert day.promise("arrive")["state"] == "met"
    day.refused("expert", "start_remote", "no_grant", text="登录计费库")
    day.does("engineer", "request_remote", scope="计费库", text="总部专家要看日志")
    day.told("customer", "远程授权申请")
    day.does("customer", "grant_remote", scope="计费库")
    day.told("engineer", "客户已同意远程")
    day.does("expert", "start_remote", text="看告警日志")
    day.told("customer", "已开始远程")
    day.does("expert", "end_remote", text="存储链路报错，不在系统本身")
    day.told("customer", "远程处理已结束")


def _the_division_sets_out(day: Day) -> None:
    """必要时各事业部技术维护人员在3小时内动身 (003-16); 派北京总部高级工程师进行现场支持 (003-20)."""
    assert day.promise("depart")["state"] != "met"  # the local office setting out is not the division's
    day.does("duty", "dispatch", to="expert", unit="division")
    day.told("expert", "请上门")
    assert day.promise("depart")["state"] == "running"
    day.does("expert", "depart", unit="division", text="乘最近一班飞机")
    assert day.promise("depart")["state"] == "met"


def _the_cause_lies_with_a_vendor(day: Day, other: Day) -> None:
    """如属运行环境问题……向相关第三方厂家提出维护要求 (003-03, 003-06)."""
    day.hidden_from("vendor")
    day.does("engineer", "classify", facts={"cause": "environment"})
    day.does("engineer", "advance", stage="vendor", reason="光纤交换机端口故障，属运行环境")
    assert "需要指定厂家" in day.told("pm", "已转厂家支持")["text"]
    day.refused("engineer", "close_vendor_case", "vendor_not_named", text="不用了")
    day.does("pm", "open_vendor_case", vendor="vendor", text="请更换光纤交换机端口模块")
    assert "刘雅琴" in day.told("vendor", "请协助处理")["action"]
    # The vendor sees this ticket, without the contract, and no other.
    seen = day.sees("vendor")
    assert seen["title"] == "计费系统全部瘫痪，营业厅不能受理"
    assert not {"contract", "facts", "next_due"} & set(seen)
    other.hidden_from("vendor")
    day.forbidden("vendor", "restore", text="已换模块")
    day.does("vendor", "close_vendor_case", text="端口模块已更换，链路正常")
    for who in ("pm", "engineer"):
        assert "端口模块已更换" in day.told(who, "厂家协办已结束")["text"]
    day.refused("pm", "close_vendor_case", "vendor_case_closed", text="已结束")
    # 转入 10): from the vendor people go back on site.
    day.does("engineer", "advance", stage="onsite", reason="厂家已修好，现场恢复系统")
    day.comes_to("onsite")


def _the_first_solution_is_rejected(day: Day) -> None:
    """保证2小时内恢复 (003-16); whoever rejects a solution is heard."""
    day.does("engineer2", "restore", text="计费库恢复，营业厅可受理")
    day.told("customer", "业务已恢复")
    assert day.promise("restore")["state"] == "met"
    day.does("engineer2", "resolve", summary="光纤交换机端口故障，厂家换模块后恢复")
    day.told("customer", "请确认")
    day.does("customer", "reject", reason="城东营业厅仍打不开")
    for who in ("engineer", "pm", "hotline"):
        assert "城东营业厅仍打不开" in day.told(who, "客户不认可")["text"]
    day.comes_to("onsite")
    day.does("engineer2", "resolve", summary="城东营业厅连接池重启，全部恢复")
    day.told("customer", "请确认")
    day.does("customer", "confirm", text="都好了")
    day.told("engineer", "客户已确认解决")
    day.comes_to("closed")
    day.told("customer", "已关闭")

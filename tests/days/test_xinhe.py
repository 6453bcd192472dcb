"""A day of 004: an emergency handed over, a centre, plan one objected to and started, vendors, five steps, a survey."""

import uuid

from tests.days.day import Day
from tests.served import Served


def test_an_emergency_is_led_from_one_place(desk: Served):
    """004-04, 004-05, 004-07 to 004-12, 004-14, 004-15, 004-17, 004-18."""
    day = Day(
        desk,
        "xinhe",
        contract=_contract_that_needs_authorisation(desk),
        level="emergency",
        facts={"asset": "hardware"},
        title="机房断电后主存储不起，政务系统全停",
        description="恢复供电后主存储两个电源灯不亮",
        contact={"name": "刘雅琴", "phone": "13900000501"},
    )
    _it_is_handed_over_and_led(day)
    _the_engineer_leaves_with_the_part(day)
    _the_standing_authorisation_is_revoked(desk, day)
    _plan_one_is_objected_to(day)
    _plan_one_starts_and_a_vendor_is_called(day)
    _it_closes_after_five_steps(day)
    _somebody_who_is_no_handler_asks(day)


def _contract_that_needs_authorisation(desk: Served) -> str:
    """在得到使用者授權的前提下，協調不同廠家 (004-05)."""
    id_ = f"xinhe-{uuid.uuid4().hex[:8]}"
    contract = {"id": id_, "pack": "xinhe", "switches": {"vendor_needs_authorisation": True}}
    made = desk.as_user("admin").post("/api/customers/demo-xinhe/contracts", json=contract)
    assert made.status_code == 201, made.text
    return id_


def _it_is_handed_over_and_led(day: Day) -> None:
    """立即記錄……並移交工程師 (004-07)；立即成立應急支援中心，負責協調所有資源 (004-14)."""
    day.told("duty", "重大报障")
    day.told("expert", "请待命支援")
    assert day.promise("respond")["state"] == "met"  # by who took the report
    assert day.promise("handover")["state"] == "running"
    day.does("hotline", "reassign", to="engineer", reason="硬件故障，按型别移交")
    assert "刘雅琴" in day.told("engineer", "请接手")["action"]
    assert "李建国" in day.told("customer", "您的报障由")["text"]
    assert day.promise("handover")["state"] == "met"
    day.forbidden("hotline", "form_centre", text="热线牵头")
    day.does("duty", "form_centre", text="赵敏总指挥，孙启明技术组，冯春生备件组")
    for who in ("expert", "leader", "customer"):
        assert "赵敏总指挥" in day.told(who, "应急支援中心已成立")["text"]
    assert day.promise("centre")["state"] == "met"


def _the_engineer_leaves_with_the_part(day: Day) -> None:
    """派遣工程師攜帶相應備品備件出發趕往使用者現場 (004-08)."""
    day.does("engineer", "request_part", text="存储电源模块两只")
    day.told("customer", "是否更换备件")
    day.does("customer", "agree_part", text="同意更换")
    day.told("stock", "客户同意更换备件")
    day.does("engineer", "verify_part", text="与铭牌一致")
    day.told("stock", "请核对备件型号")
    day.refused("stock", "reserve_part", "part_not_verified", text="出库")
    day.does("stock", "verify_part", text="库存同型号")
    day.does("stock", "reserve_part", text="两只已备好")
    day.told("engineer", "备件已备好")
    day.does("duty", "dispatch", to="engineer")
    day.told("engineer", "请上门")
    day.does("engineer", "depart", text="带电源模块两只出发")
    day.told("customer", "已出发")
    assert day.promise("depart")["state"] == "met"
    day.does("engineer", "arrive", text="到 B1 机房")
    day.told("customer", "已到现场")


def _the_standing_authorisation_is_revoked(desk: Served, day: Day) -> None:
    """What is revoked while the ticket is open allows nothing any more, and its people hear of it."""
    for each in desk.as_user("pm").get("/api/customers/demo-xinhe/authorisations").json()["items"]:
        gone = desk.as_user("pm").delete(f"/api/customers/demo-xinhe/authorisations/{each['id']}")
        assert gone.status_code == 204, gone.text
    for who in ("engineer", "pm"):
        assert "撤回" in day.told(who, "常设授权")["text"]
    day.refused("engineer", "open_vendor_case", "no_standing_authorisation", vendor="vendor", text="请原厂支援")


def _plan_one_is_objected_to(day: Day) -> None:
    """工程師及技術專家均無法解決的問題，在上報專案相關負責人後，啟動應急預案方案一 (004-09, 004-10)."""
    day.does("engineer", "advance", stage="expert", reason="换电源后仍不开机")
    day.told("expert", "需要专家支持")
    day.does("expert", "diagnose", text="背板击穿，我方无备件")
    day.told("customer", "诊断已出")
    day.does("engineer", "advance", stage="emergency", reason="工程师和专家均无法解决")
    for who in ("pm", "duty", "leader"):
        day.told(who, "应急预案将于")
    day.told("customer", "应急处置")
    day.forbidden("customer", "object_plan", text="等一等")
    day.does("duty", "object_plan", text="先问清原厂有没有背板")
    day.told("pm", "提出异议")
    day.refused("pm", "object_plan", "no_plan_pending", text="同意暂缓")


def _plan_one_starts_and_a_vendor_is_called(day: Day) -> None:
    """提請原始廠商技術服務和現場支援 (004-17, 004-18), which the customer allows for this ticket (004-05)."""
    day.does("pm", "start_plan", plan="one", text="原厂有背板，启动方案一")
    for who in ("expert", "customer"):
        day.told(who, "应急预案")
    assert "需要指定厂家" in day.told("engineer", "应急预案已启动")["text"]
    day.refused("pm", "open_vendor_case", "no_standing_authorisation", vendor="vendor", text="请原厂带背板到场")
    day.does("customer", "consent", subject="004-05", text="同意你们代为协调原厂")
    day.told("engineer", "客户已答复")
    day.does("pm", "open_vendor_case", vendor="vendor", text="请原厂带背板到场")
    day.told("vendor", "请协助处理")
    day.does("vendor", "close_vendor_case", text="背板已更换，存储已启动")
    for who in ("pm", "engineer"):
        day.told(who, "厂家协办已结束")
    day.does("engineer", "restore", text="政务系统恢复")
    day.told("customer", "业务已恢复")
    day.does("pm", "end_plan", text="系统恢复，解除应急")
    for who in ("leader", "customer"):
        day.told(who, "已结束")


def _it_closes_after_five_steps(day: Day) -> None:
    """故障解決流程五步 (004-04)；進行詳細完整的維護記錄，並關閉此項服務 (004-11)."""
    day.does("engineer", "resolve", summary="浪涌击穿电源和背板，换件后恢复")
    day.refused("pm", "close", "not_confirmed")
    day.does("customer", "confirm", text="业务正常")
    for who in ("engineer", "pm"):
        day.told(who, "尚未关闭")
    for step in ("diagnosis", "repair", "cleaning", "protection"):
        day.does("engineer", "write_log", step=step, text="已完成，过程见现场记录")
    day.refused("duty", "close", "steps_open")
    day.does("engineer", "write_log", step="evidence", waived=True, text="无直接损失，免收集")
    day.does("duty", "close")
    day.comes_to("closed")
    day.told("engineer", "工单已关闭")
    day.told("customer", "已关闭")


def _somebody_who_is_no_handler_asks(day: Day) -> None:
    """對已經關閉的服務，服務監督部門將進行客戶滿意度調查 (004-12)."""
    for who in ("engineer", "duty", "leader"):
        day.forbidden(who, "record_survey", text="满意", satisfaction="satisfied")
    day.does("supervisor", "record_survey", text="指挥清楚，满意", satisfaction="satisfied")
    assert day.promise("survey")["state"] == "met"
    day.not_told("leader", "客户不满意")
    seen = day.timeline("customer")
    for each in ("centre_formed", "emergency_plan_started", "emergency_plan_ended", "vendor_case_closed"):
        assert each in seen

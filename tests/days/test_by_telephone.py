"""All that a caller without an account says by telephone (001), and a day of 004 that runs by itself."""

from datetime import datetime, timedelta

from tests.days.day import Day
from tests.served import Served
from tests.uploads import brought

CALLER = "黎永强"


def test_a_caller_without_an_account_says_no_takes_back_and_agrees_by_telephone(desk: Served):
    """Each yes has its no (001-05, 001-08, 001-27, 001-29, 002-14), and who writes it down does not act on it."""
    day = Day(
        desk,
        "fuao",
        level="full_urgent",
        title="闸口服务器反复重启，车辆排队",
        description="三号闸口每十分钟重启一次",
        customer={"name": "海鸿冷链"},
        contact={"name": CALLER, "phone": "13712345670"},
        ago=timedelta(hours=6),
    )
    _the_breach_brings_a_device(day)
    _remote_work_is_refused_granted_and_taken_back(day)
    _a_later_device_and_a_price_are_agreed(desk, day)
    _a_part_and_a_change_are_refused_first(day)
    _the_resolution_is_rejected_first(day)


def _the_breach_brings_a_device(day: Day) -> None:
    """4 小时未修复的，12 小时内提供代用设备 (001-31, 001-32): told in the document's own word."""
    assert "代用设备" in day.told("stock", "须送代用设备")["title"]
    assert day.promise("substitute")["state"] == "running"
    day.does("engineer", "take", text="我来跟")
    day.does("engineer", "respond", text="回电黎师傅：先切到二号闸口")


def _remote_work_is_refused_granted_and_taken_back(day: Day) -> None:
    """在获得用户允许之后 (001-27); what was allowed can be taken back, and the session is over with it."""
    day.does("engineer", "request_remote", scope="闸口服务器", text="看系统日志")
    day.phoned("hotline", "refuse_remote", CALLER, reason="现在不方便")
    assert CALLER in day.told("engineer", "客户不同意远程")["text"]
    day.refused("engineer", "start_remote", "no_grant", text="登录")
    day.does("engineer", "request_remote", scope="闸口服务器", text="只看日志")
    day.phoned("hotline", "grant_remote", CALLER, scope="闸口服务器")
    day.does("engineer", "start_remote", text="登录看日志")
    day.phoned("hotline", "revoke_remote", CALLER, reason="先停，要盘点")
    assert CALLER in day.told("engineer", "客户已撤回远程授权")["text"]
    day.refused("engineer", "end_remote", "no_session", text="退出")


def _a_later_device_and_a_price_are_agreed(desk: Served, day: Day) -> None:
    """经用户同意后收取费用 (001-08); another due time is agreed in writing, with an attachment (001-05)."""
    day.does("engineer", "apply_onsite", text="远程看不了，须现场")
    day.does("engineer", "classify", facts={"cause": "environment"}, reason="机房供电不稳")
    day.refused("pm", "dispatch", "paid_work_not_agreed", to="engineer2")
    day.phoned("hotline", "consent", CALLER, subject="paid_work", text="同意按次收费")
    assert CALLER in day.told("engineer", "客户已答复")["text"]
    device = day.promise("substitute")
    until = (datetime.fromisoformat(device["due_at"]) + timedelta(days=1)).isoformat()
    later = {"subject": device["clause"], "text": "同意推迟", "until": until, **_by_phone()}
    day.malformed("engineer", "consent", "data.evidence", **later)
    day.does("hotline", "consent", evidence=brought(desk, day.number, user="hotline"), **later)
    assert datetime.fromisoformat(day.promise("substitute")["due_at"]) == datetime.fromisoformat(until)
    day.does("pm", "dispatch", to="engineer2")
    day.does("engineer2", "depart", text="出发")
    day.does("engineer2", "arrive", text="到三号闸口")


def _a_part_and_a_change_are_refused_first(day: Day) -> None:
    """与用户协商并获得同意 (001-29); a change is agreed to and accepted by the customer (002-14)."""
    day.does("engineer2", "request_part", text="电源模块一只")
    day.phoned("hotline", "refuse_part", CALLER, reason="太贵，先不换")
    for who in ("stock", "commercial", "engineer2"):
        assert CALLER in day.told(who, "客户不同意更换备件")["text"]
    day.refused("engineer2", "verify_part", "part_refused", text="型号一致")
    day.does("engineer2", "propose_change", text="关闭自动更新", size="large", documents="变更说明")
    day.phoned("hotline", "refuse_change", CALLER, reason="白天不要动")
    assert CALLER in day.told("engineer2", "客户不同意变更")["text"]
    day.does("engineer2", "propose_change", text="夜里关闭自动更新", size="large", documents="变更说明、回退步骤")
    day.refused("engineer2", "make_change", "change_not_agreed", change="C2", text="关闭", backup="备份 1")
    day.phoned("hotline", "agree_change", CALLER, change="C2", text="夜里可以")
    assert CALLER in day.told("engineer2", "客户同意变更")["text"]
    day.does("engineer2", "make_change", change="C2", text="已关闭", backup="备份 1，已校验")
    day.refused("engineer2", "accept_change", "own_record", change="C2", text="正常", **_by_phone())
    day.phoned("hotline", "accept_change", CALLER, change="C2", text="没有再重启")
    day.told("engineer2", "已验收")


def _the_resolution_is_rejected_first(day: Day) -> None:
    """直到用户要求得到最终满意为止 (001-30)."""
    day.does("engineer2", "resolve", summary="原因：自动更新反复重启；处理：关闭更新；结果：恢复正常")
    day.phoned("hotline", "reject", CALLER, reason="又重启了一次")
    for who in ("engineer", "pm"):
        assert CALLER in day.told(who, "客户不认可")["text"]
    assert "又重启了一次" in day.told("engineer2", "您办结的工单被退回")["text"]
    day.does("engineer2", "resolve", summary="原因：更新任务仍在计划里；处理：已删除任务；结果：观察两小时正常")
    day.phoned("hotline", "confirm", CALLER, text="正常了")
    day.comes_to("closed")
    said = [each["data"]["on_behalf"] for each in day.entries("auditor") if each["data"].get("on_behalf")]
    assert {each["name"] for each in said} == {CALLER}
    assert {each["recorded_by"] for each in said} == {"hotline"}


def _by_phone(**more: str) -> dict[str, dict[str, str]]:
    return {"on_behalf": {"name": CALLER, "channel": "phone", **more}}


def test_an_emergency_that_nobody_objects_to_runs_by_itself_to_its_end(desk: Served):
    """004-10, 004-18: plan one starts and asks for a vendor; 004-11, 004-12: five steps, a survey, follow-ups."""
    day = Day(
        desk, "xinhe", contract="demo-xinhe-2026", level="emergency", ago=timedelta(hours=5), title="政务专网中断"
    )
    day.comes_to("emergency")
    for who in ("pm", "duty", "leader"):
        day.told(who, "应急预案")
    happened = day.timeline("auditor")
    assert "emergency_plan_started" in happened
    assert "vendor_case_opened" in happened, "opened by plan one, its vendor still to be named"
    day.does("engineer", "take", text="我来跟")
    day.does("pm", "open_vendor_case", vendor="vendor", text="请原厂到场")
    day.does("vendor", "close_vendor_case", text="线路已修复")
    day.does("pm", "end_plan", text="专网恢复，解除应急")
    day.does("engineer", "resolve", summary="光缆被挖断，熔接后恢复")
    day.does("customer", "confirm", text="恢复了")
    for step in ("diagnosis", "repair", "cleaning", "protection", "evidence"):
        day.does("engineer", "write_log", step=step, text="已完成，过程见现场记录")
    day.does("duty", "close")
    day.comes_to("closed")
    day.does("supervisor", "record_survey", text="嫌通报太少", satisfaction="dissatisfied")
    for who in ("pm", "duty", "leader"):
        assert "嫌通报太少" in day.told(who, "客户不满意")["text"]
    for tried in ("上午没有人接", "下午没有人接", "次日没有人接"):
        day.does("supervisor", "record_followup", text=tried)
        assert tried in day.told("pm", "已跟进")["text"]
    day.refused("customer", "note", "closed", text="现在又断了")
    for who in ("hotline", "supervisor"):
        assert "现在又断了" in day.told(who, "已关闭的工单有留言")["text"]

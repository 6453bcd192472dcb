"""A day of 000: a system crash at the hospital, refused, applied for again, approved, solved, confirmed."""

from tests.days.day import Day
from tests.served import Served


def test_a_major_incident_is_refused_and_applied_for_again(desk: Served):
    """000-03, 000-08 to 000-11, 000-24, 000-28, 000-29."""
    day = Day(
        desk, "nuobida", level="I", title="HIS 停了，收费挂号都做不了", description="夜里起收费窗口全报数据库错误"
    )
    _the_report_is_taken(day)
    _the_managers_judge_and_apply(day)
    _the_customer_refuses(day)
    _the_second_application_is_approved(day)
    _work_is_done_from_afar(day)
    _the_customer_confirms(day)
    # What the customer saw: the refusal and the approval, none of our inner talk.
    seen = day.timeline("customer")
    assert "refused" in seen
    assert seen.count("approved") == 3
    assert "command_refused" not in seen


def _the_report_is_taken(day: Day) -> None:
    """项目经理或运维值班经理会指派对应的运维工程师 (000-03); the gravest level is a candidate (000-08)."""
    day.told("engineer", "新报障")
    day.told("duty", "重大报障")
    day.told("pm", "请判断是否重大问题")
    day.refused("engineer", "restore", "not_approved", text="先切备机")
    day.does("engineer", "take", text="我来处理")
    day.told("customer", "李建国")
    day.does("engineer", "respond", text="回电信息科：磁盘柜双盘失效")
    day.does("engineer", "submit_plan", text="切备机，恢复昨晚全备，追归档日志")
    day.told("customer", "处理方案")


def _the_managers_judge_and_apply(day: Day) -> None:
    """发出正式报告，同时附上《重大问题服务申请》 (000-09); the engineer may not judge it away (000-08)."""
    day.refused("engineer", "classify", "managers_judge", facts={"major": False}, reason="我看不算")
    day.does("pm", "classify", facts={"major": True}, reason="硬件故障须恢复数据")
    for who in ("engineer", "duty"):
        assert "硬件故障须恢复数据" in day.told(who, "已认定为重大问题")["text"]
    day.told("expert", "会诊")
    day.refused("pm", "apply_major", "no_formal_report", title="切换备机", plan="切备机恢复", risk="停机一小时")
    day.does("pm", "submit_formal_report", text="致医院：磁盘柜双盘失效，拟切备机恢复")
    day.told("tech", "正式报告")
    day.forbidden("engineer", "apply_major", title="切换备机", plan="切备机恢复", risk="停机一小时")
    day.does("pm", "apply_major", title="切换备机", plan="切备机恢复", risk="停机一小时")
    day.told("tech", "请审批")
    day.told("business", "请审批")
    for who in ("engineer", "duty"):
        assert "批准前不得处理" in day.told(who, "已提交重大问题申请")["action"]


def _the_customer_refuses(day: Day) -> None:
    """客户方领导不同意进行处理的请求，不得擅自进行处理 (000-10)."""
    day.does("tech", "approve", opinion="技术上同意")
    day.does("business", "refuse", opinion="早班高峰不同意停机")
    for who in ("pm", "engineer", "duty"):
        day.told(who, "申请被拒")
    day.told("customer", "被拒")
    day.refused("engineer", "restore", "not_approved", text="切备机")
    day.refused("pm", "restore", "not_approved", text="切备机")
    day.refused("engineer", "resolve", "not_approved", summary="已切换备机恢复")
    day.refused("pm", "classify", "major_stands", facts={"major": False}, reason="换个说法")


def _the_second_application_is_approved(day: Day) -> None:
    """Another version, at night."""
    day.does("pm", "apply_major", title="夜间切换备机", plan="22 点后切备机", risk="夜间停机一小时")
    day.does("tech", "approve", opinion="同意")
    day.does("business", "approve", opinion="夜间可以")
    for who in ("pm", "engineer", "duty"):
        day.told(who, "已批准")


def _work_is_done_from_afar(day: Day) -> None:
    """经用户授权后……远程登录到用户网络系统进行故障诊断和故障排除 (000-24); 专家会诊 (000-28)."""
    day.refused("engineer", "start_remote", "no_grant", text="登录备机")
    day.does("engineer", "request_remote", scope="数据库备机", text="恢复数据")
    day.told("customer", "远程授权申请")
    day.does("customer", "grant_remote", scope="数据库备机")
    day.told("engineer", "客户已同意远程")
    day.does("engineer", "start_remote", text="开始恢复")
    day.told("customer", "已开始远程")
    day.does("engineer", "restore", text="备机开放，收费恢复")
    day.told("customer", "业务已恢复")
    day.does("expert", "conclude_consultation", text="会诊结论：备机恢复正确，原柜勿加电")
    day.told("engineer", "会诊已有结论")


def _the_customer_confirms(day: Day) -> None:
    """处理完成后由相关支持人员填写《运维服务日志》，并归档 (000-09)."""
    day.does("engineer", "resolve", summary="原因：双盘失效；处理：切备机恢复；结果：收费恢复")
    day.told("customer", "请确认")
    day.told("pm", "问题已解决，远程授权随之终止")
    day.does("customer", "confirm", text="正常了")
    day.told("engineer", "已确认解决")
    day.comes_to("closed")

"""The scripts: what people do on a ticket, in this order; a manager can read them."""

from dataclasses import dataclass, field
from typing import Any

#: The final answers that are in order: done or refused by the ticket; not for this role; not for this person, or
#: not yet; malformed.
DECIDED = (200, 409)
FORBIDDEN = (403,)
NOT_THEIRS = (200, 404, 409)
MALFORMED = (422,)


@dataclass(frozen=True, slots=True)
class Act:
    """One command of a script: who, what, with which data."""

    user: str
    kind: str
    data: dict[str, Any] = field(default_factory=dict)
    expected: tuple[int, ...] = DECIDED


def _says(user: str, kind: str, text: str = "已处理完毕", **more: Any) -> Act:  # noqa: ANN401  # whatever a command takes
    return Act(user, kind, {"text": text, **more})


def _by(user: str, kind: str, **data: Any) -> Act:  # noqa: ANN401
    return Act(user, kind, data)


_DETAIL = "现场日志摘录：链路抖动，端口反复上下线，已抓包留存。" * 40  # long enough to be stored packed

SILENCE = (
    _says("engineer", "note", "等待备件消息"),
    _says("hotline", "note", "客户来电催办"),
    _says("engineer2", "note", _DETAIL),
    _says("customer", "note", "什么时候能好"),
)

BY_PHONE = (
    _says("engineer", "respond", "已联系客户"),
    _says("hotline", "contact", "已回访"),
    _says("engineer", "submit_plan", _DETAIL),
    _says("engineer", "diagnose"),
    _says("engineer", "write_log"),
    _by("engineer", "resolve", summary="重启后恢复"),
    _by("customer", "confirm"),
    _says("supervisor", "record_survey", "满意"),
    _says("engineer", "note", "关闭之后才到的备注"),
)

ON_SITE = (
    _says("hotline", "respond", "已受理"),
    _by("hotline", "dispatch", to="engineer2"),
    _by("engineer2", "depart"),
    _by("engineer2", "arrive"),
    _says("engineer2", "note", "已到机房"),
    _says("engineer2", "restore"),
    _by("engineer2", "end_visit"),
    _by("engineer2", "resolve", summary="更换模块"),
    _by("customer", "reject", reason="又断了"),
    _by("engineer2", "resolve", summary="更换背板"),
    _by("customer", "confirm"),
    _says("engineer2", "deliver_report"),
    _says("supervisor", "record_survey", "一般"),
)

PAUSED = (
    _says("engineer", "contact"),
    _says("engineer", "pause", "等客户停机窗口", reason="customer"),
    _says("engineer2", "pause", "等厂家", reason="third_party"),
    _by("hotline", "resume"),
    _by("hotline", "resume"),
    _by("hotline", "classify", facts={"cause": "third_party"}),
    _by("pm", "reassign", to="engineer2", reason="换班"),
    _says("engineer2", "restore"),
)

REMOTE = (
    _says("engineer", "request_remote", "需要登录", scope="核心交换机"),
    _by("engineer", "advance", stage="remote", reason="电话不能解决"),
    _by("engineer", "arrive"),
    _by("customer", "grant_remote", scope="核心交换机"),
    _says("engineer", "start_remote"),
    _says("engineer", "end_remote"),
    _says("engineer", "apply_onsite"),
    _by("engineer", "advance", stage="onsite", reason="须更换硬件"),
    _by("customer", "revoke_remote", reason="工作已结束"),
)

MAJOR = (
    _by("hotline", "classify", facts={"major": True}, reason="影响全部业务"),
    _says("engineer", "restore"),
    _says("pm", "submit_formal_report"),
    _by("pm", "apply_major", title="重大问题", plan="更换主控", risk="中断十分钟"),
    _by("tech", "approve", opinion="同意"),
    _by("business", "approve", opinion="同意"),
    _says("duty", "start_plan"),
    _says("duty", "end_plan"),
)

LEGS = (
    _says("engineer", "open_vendor_case", vendor="vendor"),
    Act("vendor", "close_vendor_case", {"text": "已出补丁"}, NOT_THEIRS),
    _says("engineer", "request_consultation"),
    _says("expert", "conclude_consultation"),
    _says("engineer", "request_part"),
    _says("customer", "agree_part"),
    _says("engineer", "verify_part"),
    _says("stock", "verify_part"),
    _says("stock", "reserve_part"),
    _says("stock", "part_arrived"),
    _says("stock", "deliver_substitute"),
    _says("engineer", "return_substitute"),
)

TURNED_AWAY = (
    Act("auditor", "note", {"text": "只读的人"}, FORBIDDEN),
    Act("engineer", "approve", {"opinion": "自己批"}, FORBIDDEN),
    Act("vendor", "note", {"text": "别人的工单"}, NOT_THEIRS),
    Act("engineer", "note", {}, MALFORMED),
    Act("engineer", "note", {"text": "多一个字段", "accepted_at": "2026-01-01T00:00:00+08:00"}, MALFORMED),
    _by("customer", "confirm"),
    _by("engineer", "resume"),
    _says("duty", "end_plan"),
    _by("pm", "close"),
)

#: Which scripts a ticket may go through one after another. In the first ones its alarms are not prevented.
LIVES = (
    (SILENCE, TURNED_AWAY),
    (SILENCE, LEGS, SILENCE),
    (TURNED_AWAY, PAUSED, BY_PHONE),
    (REMOTE, ON_SITE),
    (MAJOR, TURNED_AWAY, BY_PHONE),
    (BY_PHONE, TURNED_AWAY),
    (LEGS, ON_SITE),
)

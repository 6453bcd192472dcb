"""Tickets on which the jobs of `console/e2e/jobs` begin, each under the key by which its story asks for it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from domain.matters.service_log import Step
from domain.people.actors import Role
from runtime.archive import Archive
from store.registry.people import add_person
from store.registry.records import Person
from tests.served import Served
from tests.uploads import brought

Act = tuple[str, str, dict[str, Any]]

PEOPLE = (
    *("hotline", "engineer", "pm", "expert", "supervisor", "stock", "auditor", "admin"),
    *("customer", "tech", "vendor"),
)
#: Not of a number that the hotline finds one contract by.
THEIRS = {"name": "孙工", "phone": "13900000009"}
MANY = 20

DONE = {"summary": "更换主板后恢复", "cause": "主板老化", "measures": "更换主板", "prevention": "每季巡检"}
_CALLED: tuple[Act, ...] = (("engineer", "respond", {"text": "已回电"}), ("engineer", "contact", {"text": "已约上门"}))
_REMOTE: Act = ("engineer", "request_remote", {"scope": "报表库只读", "text": "查看慢查询"})
_GRANT: Act = ("customer", "grant_remote", {"scope": "报表库只读"})
_TAKE: Act = ("engineer", "take", {})
_RESOLVE: Act = ("engineer", "resolve", {"summary": "重启服务后恢复"})
_CONFIRM: Act = ("customer", "confirm", {})
_STEPS: tuple[Act, ...] = tuple(("engineer", "write_log", {"text": "已逐项检查完毕", "step": step}) for step in Step)
_PART: Act = ("engineer", "request_part", {"text": "电源模块"})
_CHANGE: Act = ("engineer", "propose_change", {"text": "升级", "size": "large", "documents": "说明 3 页"})
_FORMAL: Act = ("pm", "submit_formal_report", {"text": "主控板故障"})
_APPLICATION = {"title": "更换主控板", "plan": "今晚切换", "risk": "中断 10 分钟"}
_CONSULT: Act = ("engineer", "request_consultation", {"text": "请会诊"})
_MAJOR = {"title": "主控板反复重启", "level": "I", "facts": {"major": True}}

#: By its key: pack, report, and what has been done on it.
TICKETS: dict[str, tuple[str, dict[str, Any], tuple[Act, ...]]] = {
    "unclassified": ("sitech", {"title": "收银机死机"}, ()),
    "remote": ("nuobida", {"title": "报表查询很慢", "level": "II"}, (_TAKE,)),
    "session": ("nuobida", {"title": "报表打不开", "level": "II"}, (_TAKE, _REMOTE, _GRANT)),
    "worked": ("xinhe", {"title": "考勤机连不上"}, (_TAKE,)),
    "applying": ("nuobida", _MAJOR, (_FORMAL,)),
    "closing": ("xinhe", {"title": "投影不亮", "level": "normal"}, (_RESOLVE, _CONFIRM, *_STEPS)),
    "consulted": (
        "sitech",
        {"title": "交换机自己重启", "level": "B"},
        (("engineer", "request_consultation", {"text": "请会诊"}),),
    ),
    "surveyed": ("fuao", {"title": "叫号机不出号", "level": "urgent"}, (("engineer", "resolve", DONE), _CONFIRM)),
    "part": (
        "fuao",
        {"title": "服务器电源坏了", "level": "urgent"},
        (
            _PART,
            ("engineer", "verify_part", {"text": "型号无误"}),
            ("customer", "agree_part", {"text": "同意更换"}),
            ("engineer", "deliver_substitute", {"text": "备机一台"}),
        ),
    ),
    "granted": ("nuobida", {"title": "查询很慢", "level": "II"}, (_REMOTE,)),
    "confirmed": ("sitech", {"title": "打印服务停止", "level": "D"}, (_RESOLVE,)),
    "rejected": ("sitech", {"title": "打印是乱码", "level": "D"}, (_RESOLVE,)),
    "replaced": ("fuao", {"title": "机柜风扇异响", "level": "urgent"}, (_PART,)),
    "changed": ("standard", {"title": "申请升级到新版本", "level": "general"}, (_CHANGE,)),
    "approved": ("nuobida", _MAJOR, (_FORMAL,)),
    "refused": ("nuobida", _MAJOR, (_FORMAL, ("pm", "apply_major", _APPLICATION))),
    "vendored": (
        "fuao",
        {"title": "机柜电源告警", "level": "urgent"},
        (("engineer", "open_vendor_case", {"vendor": "vendor", "text": "请支援更换电源"}),),
    ),
    "archived": ("sitech", {"title": "演示门店收银台死机", "level": "D"}, (_RESOLVE, _CONFIRM)),
    "visited": ("sitech", {"title": "机房断电后系统不能启动", "level": "B", "site": "海港路 18 号"}, (_TAKE, *_CALLED)),
}


def prepare(desk: Served) -> dict[str, str]:
    """By its key, the number of each; the name of somebody who leaves; and what stands in the titles of many."""
    desk.open(title="前台无法开机")  # of the caller whom the hotline knows
    long_ago = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    desk.open("sitech", title="备份连续失败", level="B", channel="web", received_at=long_ago, contact=THEIRS)
    own = uuid4().hex[:6]
    many = f"停机检修{own}"
    for place in range(MANY):
        desk.open("sitech", title=f"{many} {place}", level="D", contact=THEIRS)
    numbers = {key: _ticket(desk, *told) for key, told in TICKETS.items()}
    drawing = brought(desk, numbers["approved"], "pm", name="主控板.jpg")
    _does(desk, numbers["approved"], "pm", "apply_major", _APPLICATION | {"attachments": [drawing]})
    leaver = f"going-{own}"
    add_person(desk.engine, Person(leaver, "周远", Role.ENGINEER))
    Archive.of(desk.settings)  # as the watchdog does
    return numbers | {"leaver": leaver, "many": many}


def _ticket(desk: Served, pack: str, reported: dict[str, Any], acts: tuple[Act, ...]) -> str:
    number = str(desk.open(pack, contact=THEIRS, **reported)["number"])
    for act in acts:
        _does(desk, number, *act)
    return number


def _does(desk: Served, number: str, who: str, kind: str, data: dict[str, Any]) -> None:
    answer = desk.command(who, number, kind, **data)
    assert answer.status_code == 200, (kind, answer.text)

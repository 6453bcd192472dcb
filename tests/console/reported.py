"""What has been reported and done when the stories of `console/e2e` begin."""

from datetime import UTC, datetime
from typing import Any

from domain.people.actors import Actor, Role
from runtime.archive import Archive
from store.phrases import add_phrase
from store.registry.people import add_person
from store.registry.records import Person
from store.statistics.folding import fold
from tests.served import Served

DUTY = Actor("duty", Role.DUTY_MANAGER)
#: Who signs in there.
PEOPLE = (
    *("hotline", "engineer", "duty", "admin", "admin2", "going", "auditor"),
    *("customer", "tech", "business", "vendor"),
)

#: Pack, report and what is done on it, until people outside are asked.
ASKED: tuple[tuple[str, dict[str, Any], tuple[tuple[str, str, dict[str, str]], ...]], ...] = (
    (
        "nuobida",
        {"title": "报表查询很慢", "level": "II"},
        (("engineer", "request_remote", {"scope": "数据库", "text": "查看锁等待"}),),
    ),
    (
        "fuao",
        {"title": "机柜电源告警", "level": "urgent"},
        (
            ("engineer", "request_part", {"text": "电源模块"}),
            ("engineer", "open_vendor_case", {"vendor": "vendor", "text": "请支援更换电源"}),
        ),
    ),
    (
        "standard",
        {"title": "申请升级到新版本", "level": "general"},
        (
            ("engineer", "propose_change", {"text": "扩容", "size": "large", "documents": "说明 2 页"}),
            ("customer", "agree_change", {"text": "同意"}),
            ("engineer", "make_change", {"text": "已扩容", "backup": "备份带 7"}),
            ("engineer", "propose_change", {"text": "升级", "size": "large", "documents": "说明 3 页"}),
        ),
    ),
    (
        "sitech",
        {"title": "打印服务停止", "level": "D"},
        (("engineer", "resolve", {"summary": "重启服务后恢复"}),),
    ),
    (
        "nuobida",
        {"title": "主控板反复重启", "level": "I", "facts": {"major": True}},
        (
            ("pm", "submit_formal_report", {"text": "主控板故障"}),
            ("pm", "apply_major", {"title": "更换主控板", "plan": "今晚切换", "risk": "中断 10 分钟"}),
        ),
    ),
)


def ended(desk: Served, title: str) -> None:
    """A ticket that is closed, and of which a command was refused."""
    number = desk.open(level="D", title=title)["number"]
    assert desk.command("pm", number, "close").status_code == 409
    assert desk.command("engineer", number, "resolve", summary="更换内存条后恢复运行").status_code == 200
    assert desk.command("customer", number, "confirm").status_code == 200


def report_all(desk: Served) -> None:
    """Tickets with words that pages must not run, and some that wait for people outside."""
    desk.open(title="<img src=x onerror=alert(1)> 计费系统停了")
    theirs = {"name": "孙工", "phone": "13900000009"}
    desk.open("standard", title='"><img src=x onerror=alert(1)> 打印不了发票', contact=theirs)
    desk.open("sitech", title="机房空调漏水", site="海港路 18 号 B 座 3 层机房")
    for title in ("批量甲：打印机脱机", "批量乙：投影不亮"):
        desk.open("standard", title=title, contact=theirs)
    add_person(desk.engine, Person("admin2", "钱立", Role.ADMINISTRATOR))
    add_person(desk.engine, Person("going", "周远", Role.ENGINEER))
    phrase = {
        "title": "通报",
        "text": "{contact}，您好。工单 {number} 由 {assignee} 处理。",
        "kinds": (),
        "shared": True,
    }
    add_phrase(desk.engine, DUTY, phrase, datetime.now(UTC))
    for title in ("报表打不开", "考勤机连不上"):
        number = desk.open("standard", title=title, contact={"name": "赵工", "phone": "13900000011"})["number"]
        asks = desk.command("engineer", number, "request_remote", scope="报表库只读", text="查看慢查询")
        assert asks.status_code == 200, asks.text
    ended(desk, "演示门店收银台死机")
    for pack, reported, acts in ASKED:
        number = desk.open(pack, contact={"name": "吴工", "phone": "13900000010"}, **reported)["number"]
        for who, kind, data in acts:
            assert desk.command(who, number, kind, **data).status_code == 200
    Archive.of(desk.settings)  # as the watchdog does
    fold(desk.engine)  # as it does, too

"""The readable page of a bundle, in Chinese and English: it needs neither a server nor anything else beside it."""

import html
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from domain.audience.vocabulary import HAPPENINGS, STATES
from domain.words.label import Label
from evidence.leaves import Leaf
from evidence.stamps import Stamp

#: People read times of the place; the rows beside have them in UTC.
_THERE = timezone(timedelta(hours=8))
_STYLE = """body{font:15px/1.5 system-ui,"Noto Sans CJK SC",sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem}
table{border-collapse:collapse;width:100%;margin:0 0 2rem}th,td{border:1px solid #999;padding:.3rem .5rem;
text-align:left;vertical-align:top;overflow-wrap:anywhere}th{background:#eee}code{font-size:.85em}
@media(prefers-color-scheme:dark){body{background:#111;color:#eee}th{background:#333}a{color:#9cf}}"""
_REFUSED = "command_refused"
_ANSWERS = frozenset(
    {
        "approved",
        "refused",
        "consented",
        "remote_granted",
        "remote_refused",
        "remote_revoked",
        "part_agreed",
        "part_refused",
        "change_agreed",
        "change_refused",
        "change_accepted",
        "confirmed",
        "rejected",
    }
)

Rows = Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Dated:
    """A stamp, and what of the bundle was in the log when it was given: so many histories and attachments."""

    stamp: Stamp
    size: int
    runs: int
    files: int


@dataclass(frozen=True, slots=True)
class Stamped:
    """The stamps in a bundle, and the places of those that were damaged or gone, and so left out."""

    dated: Sequence[Dated]
    damaged: Sequence[str]


def written(number: str, made_at: str, leaves: Sequence[Leaf], stamped: Stamped, rows: Rows) -> bytes:
    """The page, with nothing in it that a browser would do or fetch."""
    names = {row["id"]: row["name"] for row in rows["people"]}
    timeline = rows["timeline"]
    answers = [row for row in timeline if row["happening"] in _ANSWERS]
    erased = rows["erased"]
    gone = {row["about"] for row in erased}
    refusals = [row for row in timeline if row["happening"] == _REFUSED]
    body = [
        _heading(Label(f"工单 {number} 的证据", f"Evidence of ticket {number}"), "h1"),
        f"<p>{_both(_ABOUT)} {_at(made_at)}</p>",
        *_section(Label("工单", "Ticket"), (_FIELD, _VALUE), _ticket(rows["ticket"])),
        *_section(Label("流程历史", "Histories"), _OF_RUNS, map(_run, leaves)),
        *(_section(Label("时间戳", "Time stamps"), _OF_STAMPS, map(_stamp, stamped.dated)) if stamped.dated else []),
        *(f"<p>{_both(_DAMAGED.filled(stamp=each))}</p>" for each in stamped.damaged),
        *_section(Label("时限", "Promises"), _OF_PROMISES, map(_promise, rows["promises"])),
        *_section(Label("时间线", "Timeline"), _OF_ENTRIES, (_entry(row, names) for row in timeline)),
        *_section(Label("答复与审批", "Answers and approvals"), _OF_ENTRIES, (_entry(row, names) for row in answers)),
        *_section(Label("被拒绝的操作", "Refused"), _OF_ENTRIES, (_entry(row, names) for row in refusals)),
        *_section(Label("通知记录", "Who was told what"), _OF_MESSAGES, (_message(row, names) for row in rows["told"])),
        *_section(Label("附件", "Attachments"), _OF_FILES, (_file(row, names, gone) for row in rows["attachments"])),
        *(_section(Label("已应要求删除", "Erased on request"), _OF_ERASED, map(_erased, erased)) if erased else []),
    ]
    head = f'<meta charset="utf-8"><title>{html.escape(number)}</title><style>{_STYLE}</style>'
    whole = ['<!doctype html>\n<html lang="zh-CN">', f"<head>{head}</head>", "<body>", *body, "</body></html>\n"]
    return "\n".join(whole).encode()


_ABOUT = Label(
    "本页由证据包内的数据生成，供阅读。是否成立，以 zhishou audit verify 的结果为准。下列时间为北京时间，生成于",
    "Made from what is in this bundle, to be read; whether it holds, `zhishou audit verify` says. UTC+8, made at",
)
_DAMAGED = Label("时间戳 {stamp} 已损坏或丢失，未收入", "The stamp {stamp} is damaged or gone, and left out")
_FIELD, _VALUE = Label("项目", "Field"), Label("内容", "Value")
#: What can be erased, by its word in the rows.
ERASED = {
    "contact": Label("联系人的姓名和电话", "the contact's name and telephone number"),
    "file": Label("附件的内容", "the attachment's content"),
    "history": Label("流程历史", "the workflow's histories"),
}
#: What a ticket has that ends so is an instant; anything else that looks like one is what somebody wrote.
_INSTANTS = ("_at", "_since", "_until")
_AT, _WHO, _SHA = Label("时间", "At"), Label("何人", "Who"), Label("哈希（SHA-256）", "SHA-256")
# fmt: off
_OF_RUNS = (Label("流程", "Workflow"), Label("运行", "Run"), Label("事件数", "Events"), Label("结尾", "End"), _SHA)
_OF_STAMPS = (
    _AT, Label("时间戳机构", "Authority"), Label("日志条数", "Entries of the log"),
    Label("其中的流程历史", "Histories among them"), Label("其中的附件", "Attachments among them"),
)
_OF_PROMISES = (
    Label("时限", "Promise"), Label("条款", "Clause"), Label("状态", "State"), Label("截止", "Due"),
    Label("完成", "Met"), Label("说明", "Explanation"),
)
_OF_ENTRIES = (
    Label("序号", "Number"), Label("生效", "At"), Label("记录", "Recorded"), _WHO, Label("何事", "What"),
    Label("内容", "Data"),
)
_OF_MESSAGES = (_AT, Label("通知对象", "Whom"), Label("标题", "Title"), Label("正文", "Text"), Label("已读", "Read"))
_OF_FILES = (Label("名称", "Name"), Label("上传人", "By"), _AT, _SHA)
_OF_ERASED = (_AT, Label("内容", "What"), Label("附件", "Attachment"), Label("原因", "Reason"))
# fmt: on


def _both(label: Label) -> str:
    return html.escape(label.zh if label.zh == label.en else f"{label.zh} / {label.en}")


def _heading(title: Label, tag: str) -> str:
    return f"<{tag}>{_both(title)}</{tag}>"


def _section(title: Label, columns: Sequence[Label], rows: Iterable[Sequence[str]]) -> list[str]:
    head = "".join(f"<th>{_both(each)}</th>" for each in columns)
    lines = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows]
    return [_heading(title, "h2"), f"<table><tr>{head}</tr>", *lines, "</table>"]


def _ticket(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    there = ((name, value) for row in rows for name, value in row.items() if value not in (None, []))
    return [(html.escape(name), (_at if name.endswith(_INSTANTS) else _said)(value)) for name, value in there]


def _run(leaf: Leaf) -> tuple[str, ...]:
    end = leaf.terminal or f"open at event {leaf.events}"
    return _said(leaf.workflow), _said(leaf.run), str(leaf.events), _said(end), _said(leaf.sha256)


def _stamp(dated: Dated) -> tuple[str, ...]:
    at, authority = _at(dated.stamp.at.isoformat()), _said(dated.stamp.authority)
    return at, authority, *map(str, (dated.size, dated.runs, dated.files))


def _promise(row: Mapping[str, Any]) -> tuple[str, ...]:
    state = next((label for state, label in STATES.items() if state == row["state"]), Label(row["state"], row["state"]))
    explanation = Label.from_json(row["explanation"])
    due, met = _at(row["due_at"]), _at(row["met_at"])
    return _said(row["key"]), _said(row["clause"]), _both(state), due, met, _both(explanation)


def _entry(row: Mapping[str, Any], names: Mapping[str, str]) -> tuple[str, ...]:
    what = next((label for each, label in HAPPENINGS.items() if each == row["happening"]), None)
    who = f"{_name(row['actor_id'], names)} ({row['actor_role']})"
    data = f"<code>{_said(row['data'])}</code>" if row["data"] else ""
    happened = _both(what) if what else _said(row["happening"])
    return str(row["seq"]), _at(row["at"]), _at(row["recorded_at"]), html.escape(who), happened, data


def _message(row: Mapping[str, Any], names: Mapping[str, str]) -> tuple[str, ...]:
    title, text = (_both(Label.from_json(row[field])) for field in ("title", "text"))
    return _at(row["created_at"]), html.escape(_name(row["recipient"], names)), title, text, _at(row["read_at"])


def _file(row: Mapping[str, Any], names: Mapping[str, str], gone: Collection[str]) -> tuple[str, ...]:
    name, by = html.escape(row["name"]), html.escape(_name(row["uploaded_by"], names))
    if row["id"] not in gone:
        name = f'<a href="attachments/{html.escape(row["sha256"])}" download="{name}">{name}</a>'
    return name, by, _at(row["uploaded_at"]), _said(row["sha256"])


def _erased(row: Mapping[str, Any]) -> tuple[str, ...]:
    return _at(row["erased_at"]), _both(ERASED[row["what"]]), _said(row["about"]), _said(row["reason"])


def _name(person: str, names: Mapping[str, str]) -> str:
    return names.get(person, person)


def _said(value: object) -> str:
    """For people, word for word."""
    if value is None:
        return ""
    return html.escape(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _at(instant: str | None) -> str:
    """By the clock of the place."""
    return f"{datetime.fromisoformat(instant).astimezone(_THERE):%Y-%m-%d %H:%M:%S}" if instant else ""

"""The pages behind a link: plain HTML without a script, for a phone, in Chinese or English.

All that people wrote is escaped, and stands in a paragraph of its own so that no direction mark reaches outside it.
"""

import base64
import hashlib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from string import Template

from fastapi.responses import HTMLResponse
from starlette.requests import Request

from api.approval.requests import LONGEST_OPINION
from api.http.language import language_of
from domain.contract.calendars import CHINA
from domain.ticket.timeline import Happening
from domain.words.label import Label
from store.approvals.applications import ApplicationShown
from store.models import AttachmentRow, TicketRow

_STATIC = Path(__file__).parent.parent / "static"
_STYLE = (_STATIC / "approval.css").read_text(encoding="utf-8")
_PAGE = Template((_STATIC / "approval.html").read_text(encoding="utf-8"))
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()

_HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}

#: The customer's departments, as people call them; another word stands for itself.
_DEPARTMENTS = {
    "technical": Label("技术部门", "Technical side"),
    "business": Label("业务部门", "Business side"),
}

_AGREED = Label("已同意", "has agreed")
_SILENT = Label("尚未表态", "has not spoken yet")
_YOURS = Label("等您表态", "waits for you")
_ERASED = Label("（内容已应要求删除）", "(its content was erased on request)")

_GONE = (
    Label("这个链接打不开了", "This link does not open anything"),
    Label(
        "链接可能已过期、已被更新的链接取代，或地址不完整。请登录后查看，或请服务方协助。",
        "It may have expired, been replaced by a newer one, or been copied in part. "
        "Sign in and look, or ask the service company.",
    ),
)
_OVER = (
    Label("这件事已不需要您答复", "This no longer waits for your answer"),
    Label("它已有结论，或已有新的申请。谢谢。", "It has been decided, or something newer is asked. Thank you."),
)
_RECEIVED = (
    Label("已收到您的答复", "Your answer has been received"),
    Label(
        "系统正在登记，请稍后重新打开本链接查看结果。无需再次填写。",
        "It is being recorded. Open this link again in a moment to see the result. You need not answer twice.",
    ),
)
_BUSY = (
    Label("暂时无法登记", "Temporarily unavailable"),
    Label(
        "您的答复可能尚未登记。请过几秒返回上一页，再按一次同样的按钮；重复提交只算一次。",
        "Your answer may not be recorded yet. Go back in a few seconds and press the same button again; "
        "it counts once however often you do.",
    ),
)
_FOREIGN = (
    Label("请在本页上作答", "Answer on this page itself"),
    Label(
        "这次提交来自其他网站，未予受理。请直接打开链接后作答。",
        "This came from another site and was not taken. Open the link itself and answer there.",
    ),
)
#: What somebody has said with their link, by its happening.
_DECIDED = {
    Happening.APPROVED: Label("您已表示同意", "You have agreed"),
    Happening.REFUSED: Label("您已表示不同意", "You have refused"),
    Happening.REMOTE_GRANTED: Label("您已授权远程登录", "You have granted remote access"),
    Happening.REMOTE_REFUSED: Label("您已拒绝远程登录", "You have refused remote access"),
    Happening.PART_AGREED: Label("您已同意更换备件", "You have agreed to the part"),
    Happening.PART_REFUSED: Label("您已表示不更换备件", "You have refused the part"),
    Happening.CHANGE_AGREED: Label("您已同意变更", "You have agreed to the change"),
    Happening.CHANGE_REFUSED: Label("您已表示不同意变更", "You have refused the change"),
    Happening.CHANGE_ACCEPTED: Label("您已验收变更", "You have accepted the change"),
    Happening.CONFIRMED: Label("您已确认解决", "You have confirmed that it is solved"),
    Happening.REJECTED: Label("您已表示尚未解决", "You have said that it is not solved"),
}
_TAKEN_BACK = Label(
    "随时可以收回授权：登录后操作，或联系服务方。",
    "You may take it back at any time: sign in, or call the service company.",
)
_NOT_TAKEN = Label("您的答复未被受理", "Your answer was not taken")
_CALL_US = Label("如有疑问，请联系服务方。", "If that is not clear, call the service company.")
#: What of a refusal programs would send, such as ``(reopen)``.
_FOR_PROGRAMS = re.compile(r"\s?[(\uff08][a-z_]+(?:[=.,\uff0c\u3001]\s?[a-z_]+)*[)\uff09]")


def gone(request: Request) -> HTMLResponse:
    """404, the same for a link that is unknown, expired or revoked; it names nothing."""
    return note(request, 404, *_GONE)


def over(request: Request) -> HTMLResponse:
    """410: somebody else's word, or a newer version, made the question pointless; nothing is said about others."""
    return note(request, 410, *_OVER)


def received(request: Request, status: int) -> HTMLResponse:
    """The answer is safe and not decided yet."""
    return note(request, status, *_RECEIVED)


def busy(request: Request) -> HTMLResponse:
    """503: a server behind us is out of reach."""
    answer = note(request, 503, *_BUSY)
    answer.headers["Retry-After"] = "2"
    return answer


def foreign(request: Request) -> HTMLResponse:
    """403: another site's page sent the form."""
    return note(request, 403, *_FOREIGN)


def decided(request: Request, happening: str, at: datetime) -> HTMLResponse:
    """What the holder said, and when; nothing else."""
    when = moment(at)
    told = Label(
        f"登记时间：{when}。链接已使用，无需再做任何事。谢谢。",
        f"Recorded at {when}. There is nothing left to do. Thank you.",
    )
    if happening == Happening.REMOTE_GRANTED:
        told = told.followed_by(_TAKEN_BACK)
    return note(request, 200, _DECIDED[Happening(happening)], told)


def not_taken(request: Request, detail: Label, status: int) -> HTMLResponse:
    """The ticket refused the holder's command, and why; without the words of programs."""
    plain = Label(_FOR_PROGRAMS.sub("", detail.zh), _FOR_PROGRAMS.sub("", detail.en))
    return note(request, status, _NOT_TAKEN, plain.followed_by(_CALL_US))


@dataclass(frozen=True, slots=True)
class Asking:
    """What a link asks, of a department, until when."""

    ticket: TicketRow
    asked: ApplicationShown
    department: str | None
    expires_at: datetime


def question(
    request: Request, about: Asking, files: str, *, status: int = 200, wrong: Label | None = None
) -> HTMLResponse:
    """What is asked, why and at which risk, and two buttons; ``wrong``: what was wrong with the last try."""
    say, asked = Said(request), about.asked
    body = [
        f"<h1>{say(Label('重大问题服务申请', 'Application for a major incident'))}</h1>",
        about_ticket(say, about.ticket),
        section(say, (Label("申请事项", "What is asked"), asked.title), (Label("处理方案", "Plan"), asked.plan)),
        section(say, (Label("风险", "Risk"), asked.risk), style="risk"),
        section(say, (Label("正式报告", "Formal report"), asked.report)) if asked.report else "",
        files,
        _standing(say, about),
        _answers(say, wrong),
    ]
    return page(request, status, say(Label("请您审批", "Your approval is asked for")), "\n".join(body))


def about_ticket(say: "Said", ticket: TicketRow) -> str:
    number = f"{say(Label('工单', 'Ticket'))} {escape(ticket.number)}"
    names = "".join(f" · <bdi>{escape(name)}</bdi>" for name in (ticket.customer_name, ticket.title))
    return f'<p class="about">{number}{names}</p>'


class Said:
    """The words of the page in its reader's language, escaped."""

    def __init__(self, request: Request) -> None:
        self._language = language_of(request)

    def __call__(self, text: Label) -> str:
        return escape(text.to(self._language))


def section(say: Said, *parts: tuple[Label, str], style: str = "") -> str:
    inside = "".join(f'<h2>{say(name)}</h2><p class="said" dir="auto">{escape(value)}</p>' for name, value in parts)
    return f'<section class="{style}">{inside}</section>' if style else f"<section>{inside}</section>"


def linked(say: Said, token: str, files: Iterable[AttachmentRow], erased: Collection[str]) -> str:
    """The files that their reader may open without signing in, by addresses that open nothing else."""

    def told(row: AttachmentRow) -> str:
        name = escape(row.name)
        if row.id in erased:
            return f'<span dir="auto">{name}</span> {say(_ERASED)}'
        return f'<a href="{escape(token)}/files/{row.id}" dir="auto">{name}</a>'

    items = "".join(f"<li>{told(row)}</li>" for row in files)
    return f"<section><h2>{say(Label('附件', 'Attachments'))}</h2><ul>{items}</ul></section>" if items else ""


def _standing(say: Said, about: Asking) -> str:
    """Who asks, since when, and whether each department has agreed; no more of the others' word than that."""
    asked = about.asked
    said = dict.fromkeys(_DEPARTMENTS, _SILENT) | {about.department: _YOURS} | dict.fromkeys(asked.approvals, _AGREED)
    lines = [
        (say(Label("申请人", "Asked by")), escape(asked.by)),
        (say(Label("申请时间", "Since")), moment(asked.at)),
        (say(Label("第几次申请", "Version")), str(asked.version)),
        *((say(name), say(said[word])) for word, name in _DEPARTMENTS.items()),
        (say(Label("链接有效至", "Link valid until")), moment(about.expires_at)),
    ]
    rows = "".join(f'<dt>{name}</dt><dd dir="auto">{value}</dd>' for name, value in lines)
    return f"<section><dl>{rows}</dl></section>"


def _answers(say: Said, wrong: Label | None) -> str:
    complaint = f'<p class="wrong" role="alert">{say(wrong)}</p>' if wrong else ""
    hint = Label(
        "两个按钮都会立即生效，并记入工单；本链接只能使用一次。",
        "Either button takes effect at once and is recorded; this link works once.",
    )
    return (
        f'<form method="post" accept-charset="utf-8">{complaint}'
        f'<label for="opinion">{say(Label("您的意见（必填）", "Your opinion (required)"))}</label>'
        f'<textarea id="opinion" name="opinion" required maxlength="{LONGEST_OPINION}"></textarea>'
        f'<p class="hint">{say(hint)}</p><div class="buttons">'
        f'<button class="no" name="decision" value="refuse">{say(Label("不同意", "Refuse"))}</button>'
        f'<button class="yes" name="decision" value="approve">{say(Label("同意", "Agree"))}</button>'
        "</div></form>"
    )


def note(request: Request, status: int, title: Label, told: Label) -> HTMLResponse:
    say = Said(request)
    body = f'<div class="note"><h1>{say(title)}</h1><p>{say(told)}</p></div>'
    return page(request, status, say(title), body)


def page(request: Request, status: int, title: str, body: str) -> HTMLResponse:
    lang = Label("zh-CN", "en").to(language_of(request))
    return HTMLResponse(_PAGE.substitute(lang=lang, title=title, style=_STYLE, body=body), status, _HEADERS)


def moment(instant: datetime) -> str:
    """As people in China read it, to the minute."""
    return instant.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")

"""The page of a link that asks anything but an application: what is asked, by whom, and two buttons."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape

from fastapi.responses import HTMLResponse
from starlette.requests import Request

from api.approval.page import Said, about_ticket, moment, page, section
from api.approval.requests import LONGEST_OPINION
from domain.audience.labels import ROLES
from domain.audience.visibility import may_name
from domain.matters.matter import Asked
from domain.people.actors import Actor
from domain.words.label import Label
from store.approvals.questions import QuestionShown
from store.models import TicketRow

#: For how many hours a grant may be given; the first is meant unless another is chosen.
_HOURS = (8, 2, 4, 24, 72)

_TITLES = {
    Asked.REMOTE_GRANT: Label("申请远程登录", "A request for remote access"),
    Asked.PART_AGREEMENT: Label("申请更换备件", "A request to replace a part"),
    Asked.CHANGE_AGREEMENT: Label("变更申请", "A proposed change"),
    Asked.CHANGE_ACCEPTANCE: Label("变更验收", "A change to accept"),
    Asked.CONFIRMATION: Label("请确认是否已解决", "Is it solved?"),
}
_SAID = {
    "scope": Label("登录范围", "What it reaches"),
    "text": Label("说明", "What for"),
    "documents": Label("技术文件", "Documents"),
    "backup": Label("备份", "Backup"),
    "summary": Label("处理结果", "What was done"),
}
_BUTTONS = {
    Asked.REMOTE_GRANT: (Label("授权", "Grant"), Label("拒绝", "Refuse")),
    Asked.CHANGE_ACCEPTANCE: (Label("验收", "Accept"), Label("不接受", "Refuse")),
    Asked.CONFIRMATION: (Label("已解决", "Solved"), Label("未解决", "Not solved")),
}
_YES_NO = (Label("同意", "Agree"), Label("不同意", "Refuse"))


@dataclass(frozen=True, slots=True)
class Asking:
    """What a link asks whom, until when."""

    ticket: TicketRow
    asked: QuestionShown
    holder: Actor
    expires_at: datetime
    now: datetime


def question(
    request: Request, about: Asking, files: str, *, status: int = 200, wrong: Label | None = None
) -> HTMLResponse:
    """What is asked, and two buttons; ``wrong``: what was wrong with the last try."""
    say, asked = Said(request), about.asked
    said = ((label, str(asked.said[name])) for name, label in _SAID.items() if asked.said.get(name))
    body = [
        f"<h1>{say(_TITLES[asked.asked])}</h1>",
        about_ticket(say, about.ticket),
        section(say, *said),
        files,
        _standing(say, about),
        _answers(say, about, wrong),
    ]
    return page(request, status, say(Label("请您答复", "Your answer is asked for")), "\n".join(body))


def _standing(say: Said, about: Asking) -> str:
    asked = about.asked
    known = may_name(about.holder, asked.by, about.ticket.assignee) and asked.name
    lines = (
        (Label("提出人", "Asked by"), escape(known) if known else say(ROLES[asked.by.role])),
        (Label("提出时间", "Since"), moment(asked.at)),
        (Label("链接有效至", "Link valid until"), moment(about.expires_at)),
    )
    rows = "".join(f'<dt>{say(name)}</dt><dd dir="auto">{value}</dd>' for name, value in lines)
    return f"<section><dl>{rows}</dl></section>"


def _answers(say: Said, about: Asking, wrong: Label | None) -> str:
    yes, no = _BUTTONS.get(about.asked.asked, _YES_NO)
    complaint = f'<p class="wrong" role="alert">{say(wrong)}</p>' if wrong else ""
    hint = Label(
        "两个按钮都会立即生效，以您本人的名义记入工单；本链接只能使用一次。",
        "Either button takes effect at once and is recorded as your own word; this link works once.",
    )
    opinion = Label("您的意见（不同意时必填）", "Your words (required if you refuse)")
    return (
        f'<form method="post" accept-charset="utf-8">{complaint}{_until(say, about)}'
        f'<label for="opinion">{say(opinion)}</label>'
        f'<textarea id="opinion" name="opinion" maxlength="{LONGEST_OPINION}"></textarea>'
        f'<p class="hint">{say(hint)}</p><div class="buttons">'
        f'<button class="no" name="decision" value="refuse">{say(no)}</button>'
        f'<button class="yes" name="decision" value="approve">{say(yes)}</button>'
        "</div></form>"
    )


def _until(say: Said, about: Asking) -> str:
    """How long a grant holds: instants, so that a form that is sent twice says the same twice."""
    if about.asked.asked is not Asked.REMOTE_GRANT:
        return ""
    ends = ((hours, (about.now + timedelta(hours=hours)).replace(second=0, microsecond=0)) for hours in _HOURS)
    options = "".join(
        f'<option value="{end.isoformat()}">'
        f"{say(Label(f'{hours} 小时，至 {moment(end)}', f'{hours} hours, until {moment(end)}'))}</option>"
        for hours, end in ends
    )
    label = say(Label("授权到什么时候", "Until when"))
    return f'<label for="until">{label}</label><select id="until" name="until">{options}</select>'

"""Where somebody types the code that they hear on the telephone. It shows nothing of any ticket."""

import math
from datetime import timedelta

from fastapi.responses import HTMLResponse
from starlette.requests import Request

from api.approval.page import Said, note, page
from domain.words.label import Label

_TITLE = Label("请输入验证码", "Enter the code")
_HINT = Label(
    "请输入服务人员在电话中报给您的 12 位数字，然后查看并答复。",
    "Type the twelve digits that you hear on the telephone, then look and answer.",
)
_WRONG = Label(
    "这个码打不开。请核对后重新输入；码只在 15 分钟内有效，过期请服务人员重新报码。",
    "This code does not open anything. Check it and type it again; it is valid for 15 minutes, then ask for another.",
)


def ask(request: Request) -> HTMLResponse:
    """The form."""
    return _form(request, 200)


def wrong(request: Request) -> HTMLResponse:
    """404, the same for a code that is none, unknown, expired or revoked; the form once more."""
    return _form(request, 404, _WRONG)


def wait(request: Request, time: timedelta) -> HTMLResponse:
    """429, whether the code is right or wrong: too many were wrong where it comes from."""
    seconds = math.ceil(time.total_seconds())
    told = Label(
        f"从您所在的网络输错次数太多。请 {seconds} 秒后再试，或请服务人员改发链接。",
        f"Too many wrong codes came from your network. Try again in {seconds} seconds, or ask for a link instead.",
    )
    answer = note(request, 429, Label("请稍后再试", "Try again in a moment"), told)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _form(request: Request, status: int, complaint: Label | None = None) -> HTMLResponse:
    say = Said(request)
    told = f'<p class="wrong" role="alert">{say(complaint)}</p>' if complaint else ""
    # From the address of a code as well as from its own.
    body = (
        f'<h1>{say(_TITLE)}</h1><form method="post" action="../a" accept-charset="utf-8">'
        f'{told}<label for="code">{say(Label("12 位数字", "Twelve digits"))}</label>'
        '<input id="code" name="code" required inputmode="numeric" autocomplete="off" maxlength="30">'
        f'<p class="hint">{say(_HINT)}</p>'
        f'<div class="alone"><button class="yes">{say(Label("继续", "Go on"))}</button></div></form>'
    )
    return page(request, status, say(_TITLE), body)

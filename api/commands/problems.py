"""Problems of commands: what a caller gets whose command is refused."""

from typing import Any

from api.http.problems import Problem
from domain.words.label import Label
from domain.words.refusals import ID_REUSED


def id_reused() -> Problem:
    """409: the id stands for another command, and answers that one alone."""
    return Problem(409, ID_REUSED.code, ID_REUSED.words)


def nobody_answers() -> Problem:
    """503: what could be done is for the ticket itself to say, and its worker is away; nothing of it is guessed."""
    title = Label("服务暂时不可用，请稍后重试", "Temporarily unavailable; ask again later")
    detail = Label(
        "处理工单的后台暂时没有应答，现在无法判断可以做什么；已提交的操作不会丢失。",
        "Whoever decides on tickets does not answer just now, so nobody can say what is possible; nothing that was "
        "sent is lost.",
    )
    return Problem(503, "unavailable", title, detail, headers={"Retry-After": "2"})


def refused(decision: dict[str, Any]) -> Problem:
    """409: the ticket does not take the command; the recorded decision stands in the document."""
    said = decision.get("detail", {})
    title = Label("系统未受理此操作", "The ticket refused the command")
    detail = Label.from_json(title.as_json() | said)
    extra = {name: value for name, value in decision.items() if name != "detail"}
    return Problem(409, "refused", title, detail, extra=extra)

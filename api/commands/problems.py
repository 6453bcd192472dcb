"""Problems of commands: what a caller gets whose command is refused."""

from typing import Any

from api.http.problems import Problem, forbidden, is_for
from domain.audience.authority import MAY, OF_DEPARTMENT, RECORDERS, SPOKEN
from domain.people.actors import Actor, Role
from domain.people.departments import DEPARTMENTS
from domain.ticket.commands import CommandKind
from domain.words.label import Label
from domain.words.refusals import ID_REUSED

_TAKE_IT_DOWN = Label(
    "客户口头或书面表示的，可代客户记录（on_behalf）。",
    "What the customer has said can be recorded for them (on_behalf).",
)
_OF_DEPARTMENT = Label("审批人中仅限{department}。", "Of approvers only those of {department}.")


def id_reused() -> Problem:
    """409: the id stands for another command, and answers that one alone."""
    return Problem(409, ID_REUSED.code, ID_REUSED.words)


def not_theirs(actor: Actor, kind: CommandKind) -> Problem:
    """403: the command is of other roles, and which; what a customer says may be taken down."""
    whose = is_for({role for role, kinds in MAY.items() if kind in kinds})
    if kind in OF_DEPARTMENT and actor.role is Role.CUSTOMER_APPROVER:
        return forbidden(whose.followed_by(_OF_DEPARTMENT.filled(department=DEPARTMENTS[OF_DEPARTMENT[kind]])))
    is_spoken = kind in SPOKEN and actor.role in RECORDERS
    return forbidden(whose.followed_by(_TAKE_IT_DOWN) if is_spoken else whose)


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

"""Notices of calls: that nobody has answered yet, and that nobody is there to."""

from collections.abc import Iterable, Mapping

from domain.audience.notices.notice import Notice, Standing, Told, Whom, nobody, tells
from domain.contract.clauses import Kind
from domain.ticket.call import Why
from domain.ticket.deadlines import Event
from domain.ticket.timeline import Happening
from domain.words.label import Label, in_words, listed

_ANSWER = Label("请马上认领，或直接在单上处理。", "Acknowledge it now, or act on the ticket.")

#: What somebody is called for, as the end of a sentence.
_FOR: dict[Why, Label] = {
    Why.BREACH: Label("{kind}已超时", "the {kind} is overdue"),
    Why.GRAVEST: Label("属于最严重的一类", "it is among the gravest"),
    Why.UNOWNED: Label("无人负责", "nobody is in charge"),
}

ROWS: dict[Happening, Told] = {
    Happening.ACKNOWLEDGED: tells(
        Notice(
            (Whom.OWNER, Whom.PROJECT_MANAGER, Whom.DUTY_MANAGER),
            Label("呼叫已认领：{customer}，{title}", "Somebody has it: {customer}, {title}"),
            Label("{actor}已认领此单的呼叫：{called_for}{said}。", "{actor} has it: {called_for}{said}."),
        )
    ),
    Happening.CALL_LEFT: nobody("the next ones are called at once"),
}

ALARMS: dict[str, Told] = {
    Event.UNANSWERED: tells(
        Notice(
            (Whom.REACHED, Whom.OVERSEERS),
            Label("呼叫无人认领：{customer}，{title}", "Nobody answers: {customer}, {title}"),
            Label(
                "此单{called_for}，自 {called_since} 起一直无人认领，负责人：{owner}。",
                "Of this ticket {called_for}, and nobody has answered since {called_since}; in charge: {owner}.",
            ),
            _ANSWER,
        )
    ),
    Event.OFF_DUTY: tells(
        Notice(
            (Whom.REACHED, Whom.OVERSEERS),
            Label("请接着认领：{customer}，{title}", "Take it over: {customer}, {title}"),
            Label(
                "此单{called_for}，由{before}认领，其当班已结束；负责人：{owner}。",
                "Of this ticket {called_for}; {before}, who had it, is off duty now; in charge: {owner}.",
            ),
            _ANSWER,
        )
    ),
}

#: To the duty manager: the roster leaves nobody on duty now (001-34).
GAP = Notice(
    (),
    Label("排班有空档：{role}此刻无人值班", "A gap in the roster: of {role} nobody is on duty"),
    Label(
        "此刻没有{role}值班，消息已发给该角色的全部人员。",
        "Nobody of {role} is on duty now; everybody of the role has been told instead.",
    ),
    Label("请马上安排人值班，并补全排班表。", "Find somebody now, and fill the roster."),
)


def called_for(causes: Iterable[Mapping[str, str]], standing: Standing) -> Label:
    """Why somebody is called."""
    return in_words(_cause(each, standing) for each in causes) or listed(())


def _cause(cause: Mapping[str, str], standing: Standing) -> Label:
    kind = cause.get("kind")
    return _FOR[Why(cause["why"])].filled(kind=standing.kind(Kind(kind)) if kind else "")

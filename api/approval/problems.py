"""Problems of approval by link: what a caller gets who is asked for nothing."""

from api.http.problems import Problem
from domain.words.label import Label
from domain.words.refusals import REFUSALS


def nothing_to_decide(reason: str) -> Problem:
    """409: the caller is not being asked for anything on that ticket; the reason is a word of ``REFUSALS``."""
    zh, en = REFUSALS[reason]
    title = Label("没有需要您审批的事项", "Nothing waits for your approval")
    return Problem(409, "nothing-to-decide", title, Label(zh, en), extra={"reason": reason})

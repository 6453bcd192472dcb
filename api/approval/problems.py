"""Problems of approval by link: what a caller gets who is asked for nothing."""

from api.http.problems import Problem
from domain.words.label import Label
from domain.words.refusals import Refusal


def nothing_to_decide(refusal: Refusal) -> Problem:
    """409: the caller is not being asked for anything on that ticket."""
    title = Label("没有需要您审批的事项", "Nothing waits for your approval")
    return Problem(409, "nothing-to-decide", title, refusal.words, extra={"reason": refusal.code})

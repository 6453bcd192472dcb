"""Problems of approval by link: what a caller gets who is asked for nothing."""

from api.http.problems import Problem, forbidden
from domain.words.label import Label
from domain.words.refusals import NOT_ALLOWED, Refusal


def nothing_to_decide(refusal: Refusal) -> Problem:
    """409: the caller is not being asked for anything on that ticket; 403: and never is."""
    if refusal == NOT_ALLOWED:
        return forbidden(refusal.words)
    title = Label("没有需要您审批的事项", "Nothing waits for your approval")
    return Problem(409, "nothing-to-decide", title, refusal.words, extra={"reason": refusal.code})

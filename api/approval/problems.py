"""Problems of links: what a caller gets who is asked for nothing, or for whom nothing can be sent."""

from api.http.problems import Problem
from domain.words.label import Label
from domain.words.refusals import Refusal
from store.approvals.travelling import Lacking

_UNREACHABLE = {
    Lacking.CHANNEL: Label(
        "本系统未开通这一渠道，请改用链接或验证码", "No such channel is set up; hand over the link itself, or a code"
    ),
    Lacking.ADDRESS: Label(
        "没有登记可用的地址，请改用链接或验证码，或请管理员登记",
        "No address is on record for it; hand over the link itself, or a code, or have an address put on record",
    ),
    Lacking.SECOND: Label(
        "审批链接只发到由两位管理员确认过的邮箱，请登录后审批",
        "A link to approve goes to a mailbox alone that two administrators stand for; sign in to approve",
    ),
}


def nothing_to_decide(refusal: Refusal) -> Problem:
    """409: the caller is not being asked for anything on that ticket."""
    title = Label("没有需要您审批的事项", "Nothing waits for your approval")
    return Problem(409, "nothing-to-decide", title, refusal.words, extra={"reason": refusal.code})


def unreachable(lacking: Lacking) -> Problem:
    """409: the link does not travel by that channel to whom it is for."""
    title = Label("无法发送", "It cannot be sent")
    return Problem(409, "unreachable", title, _UNREACHABLE[lacking], extra={"reason": lacking.value})

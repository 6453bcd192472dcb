"""Hearing: what becomes of a message to a robot, and what is said in return. Who is nobody's learns nothing else."""

from datetime import UTC, datetime

from api.backend import Backend
from api.chat.posts import ForgedError, Post
from domain.words.label import Label, listed
from domain.words.text import says_something
from store.mail.chatting import Answer, Heard, Told, hear

#: What somebody reads where they wrote.
_SAID = {
    Heard.UNKNOWN: Label(
        "您的账号尚未登记，此消息未受理。请致电服务热线，或请管理员为您绑定账号。",
        "Your account is not known here, and nothing was done. Call the hotline, or have your account bound.",
    ),
    Heard.WHICH: Label(
        "您有多张未关闭的工单：{tickets}。请在消息中写明工单号后重发；新的故障请以“新报障”开头。",
        "Several tickets of yours are open: {tickets}. Send it again with the number of one; what is new begins with "
        "“new report”.",
    ),
    Heard.ON: Label(
        "已记入工单 {tickets}。如为新的故障，请以“新报障”开头重发。",
        "It stands on ticket {tickets}. What is new begins with “new report”.",
    ),
    Heard.NOD: Label(
        "此消息没有登记，也不代替认领或答复。要处理，请点消息中的按钮；要报障，请写明故障情况。",
        "Nothing was done with it, and it acknowledges and answers nothing. To act, use the button of the message; to "
        "report, say what is wrong.",
    ),
    Heard.GREETING: Label(
        "您好。此消息未作登记；如需报障，请直接写明故障情况。",
        "Good day. Nothing was done with this message; to report a fault, say what is wrong.",
    ),
    Heard.NEW: Label("已收到，服务人员将尽快受理。", "It has come, and will be taken soon."),
}
_NO_TEXT = Label("目前只受理文字消息。", "Only texts are taken here.")
_NOT_ALONE = Label("请私聊本机器人。", "Write to this robot alone, please.")
BUSY = Label(
    "暂时无法受理，请稍后再发，或致电服务热线。", "It cannot be taken now: try again soon, or call the hotline."
)


async def answer_to(behind: Backend, product: str, post: Post) -> str:
    """What is said in return, in both languages; a message in a group, or without words, is nothing to us.

    Raises:
        ForgedError: what signs it has signed another.
    """
    if not post.alone:
        return words(_NOT_ALONE)
    if post.text is None or not says_something(post.text):
        return words(_NO_TEXT)
    told = Told(product, post.id, post.subject, "".join(each for each in post.text if each != "\0"), post.stamp)
    answer = await behind.note(hear, told, datetime.now(UTC))
    if answer.heard is Heard.REPEATED:
        raise ForgedError
    return _said(answer)


def _said(answer: Answer) -> str:
    return words(_SAID[answer.heard].filled(tickets=listed(answer.tickets)))


def words(label: Label) -> str:
    """In both languages, for nobody knows in which the product speaks to them."""
    return f"{label.zh}\n{label.en}"

"""Letters: what leaves the machine for somebody by a channel. A storm is one letter that lists it, never a hundred."""

from collections.abc import Sequence
from datetime import timedelta

from domain.words.label import Label

#: So many letters reach somebody by a channel within `WITHIN`; what comes beyond them waits, and goes as one.
MOST = 5
WITHIN = timedelta(minutes=1)
#: So many messages a letter says, by mail the titles of so many more; of what is beyond it says how many there are.
LISTED, NAMED = 50, 1_000

#: The title of a letter of several messages, and what stands below those that it says.
SEVERAL = Label("{count} 条消息，最新：{title}", "{count} messages, the latest: {title}")
MORE = Label("另有 {count} 条，请登录值守查看。", "{count} more: sign in to read them.")
#: A letter in a line, for the telephone: what it is about, what is to be done, and of which ticket.
IN_A_LINE = Label("值守：{title}。{action}", "Zhishou: {title}. {action}")
LINK_IN_A_LINE = Label(
    "值守：{title}。打开链接即可答复，无需登录：{link}",
    "Zhishou: {title}. Open this to answer, without signing in: {link}",
)
OF_TICKET = Label("工单 {ticket}。", "Ticket {ticket}.")
SIGN_IN = Label("请登录值守查看。", "Sign in to Zhishou.")
#: What leads from a letter to the page on which to act.
OPEN = Label("打开值守", "Open Zhishou")
#: What whoever tries a channel is sent.
TRIED = Label("值守测试消息", "A message of Zhishou, to try the channel")
TRIED_TEXT = Label(
    "收到此消息，说明值守可以通过这一渠道通知您。无需回复。",
    "Whoever reads this can be reached by Zhishou in this way. Nothing is to be done.",
)
#: What stands below every letter: where nobody reads an answer to it, and where somebody does.
SENT_BY = Label(
    "本消息由值守系统自动发出，直接回复无人处理；请通过链接操作。",
    "Zhishou has sent this by itself; nobody reads an answer to it. Use the link to act.",
)
ANSWERED = Label(
    "本消息由值守系统自动发出。直接回复会有人看，但不能代替认领、同意或审批；请通过链接操作。",
    "Zhishou has sent this by itself. An answer is read, but acknowledges, agrees to and approves nothing: use the "
    "link to act.",
)
#: And below one in a chat, which may be read or not: the API alone is told whether messages are taken.
IN_A_CHAT = Label(
    "本消息由值守系统自动发出，回复不能代替认领、同意或审批；请点按钮操作。",
    "Zhishou has sent this by itself. An answer acknowledges, agrees to and approves nothing: use the button to act.",
)


def letters(waiting: Sequence[str], lately: int, most: int = MOST) -> list[tuple[str, ...]]:
    """The messages that leave now, letter by letter, in the order in which they came.

    Args:
        waiting: the ids of somebody's messages, in their order.
        lately: how many letters have left for them within `WITHIN`.
        most: so many may.
    """
    if not waiting or lately >= most:
        return []
    return [(each,) for each in waiting] if lately + len(waiting) <= most else [tuple(waiting)]

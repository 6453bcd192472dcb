"""Mail that comes in: what nobody takes in time is heard by whoever answers for it (001-26, 001-34)."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.audience.saying import Sentence
from domain.audience.telephone import Rung
from domain.audience.times import minute_of
from domain.contract.calendars import Calendar, Schedule, hours, instant_at, ticks
from domain.people.actors import Role
from domain.words.label import Label

#: What comes by mail is taken by somebody within this, in the hours of the hotline (001-26; d).
TAKEN_WITHIN = timedelta(minutes=10)
_MICROSECOND = timedelta(microseconds=1)
#: What stands above a report of which no server that is trusted says whose it is.
_UNPROVEN = re.compile(r"^【发件人 [^\n]*：(?:登记为[^\n]*的邮箱，)?来源未经核实】(?=\n)")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mail that somebody is to take. Stored in histories.

    Attributes:
        id: of the mail.
        rungs: when each rung of the ladder is reached.
    """

    id: str
    rungs: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class Come:
    """What is said of a mail. ``ticket``: what was opened of it; None: nobody could read it.

    ``by``: a product whose robot was written to; None: it came by mail.
    """

    writer: str
    title: str
    at: datetime
    due: datetime
    ticket: str | None
    by: str | None = None


#: What is taken as a mail is: the products whose robots people write to.
BY = {
    "wecom": Label("企业微信消息", "WeCom"),
    "dingtalk": Label("钉钉消息", "DingTalk"),
    "feishu": Label("飞书消息", "Feishu"),
}
_MAIL = Label("邮件", "mail")
_TAKE = Label("请受理：核实客户，转给工程师。", "Take it: find out whose it is, and hand it to an engineer.")
_SEE_TO_IT = Label("请受理，或安排人受理。", "Take it, or see to it that somebody does.")
_LOOK = Label("请到邮箱中查看原信并处理，然后点「已处理」。", "Look at it in the mailbox, see to it, then say so.")
_WHEN = Label(
    "{at} 收到{writer}的{by}“{title}”，应在 {due} 前受理。",
    "{writer} wrote “{title}” by {by} at {at}; it is to be taken by {due}.",
)
_LATE = Label(
    "{at} 收到{writer}的{by}“{title}”，{due} 前无人受理。",
    "{writer} wrote “{title}” by {by} at {at}, and nobody took it by {due}.",
)
_UNREADABLE = Label(
    "{at} 收到一封无法读取的邮件，已保存，应在 {due} 前处理。",
    "A mail came at {at} that cannot be read. It is kept, and to be seen to by {due}.",
)
_UNREADABLE_LATE = Label(
    "{at} 收到一封无法读取的邮件，{due} 前无人处理。",
    "A mail came at {at} that cannot be read; nobody saw to it by {due}.",
)

#: Who is told, and when, until somebody has taken it. The words say whose it is.
RUNGS = (
    Rung(
        timedelta(0),
        (Role.COMMERCIAL,),
        Sentence(Label("{by}报障：{title}", "Reported by {by}: {title}"), _WHEN, _TAKE),
    ),
    Rung(
        TAKEN_WITHIN,
        (Role.COMMERCIAL, Role.DUTY_MANAGER),
        Sentence(
            Label("{by}报障未按时受理：{title}", "Nobody took a report by {by} in time: {title}"), _LATE, _SEE_TO_IT
        ),
    ),
    Rung(
        2 * TAKEN_WITHIN,
        (Role.DUTY_MANAGER, Role.LEADER),
        Sentence(
            Label("{by}报障仍无人受理：{title}", "Still nobody has taken a report by {by}: {title}"), _LATE, _SEE_TO_IT
        ),
    ),
)
_NO_SUBJECT = Label("无主题", "no subject")
_NOBODY_READS = Label("无法读取的邮件", "a mail that cannot be read")


def unproven(writer: str, known: str | None, text: str) -> str:
    """A report, and above it who seems to have written it; ``known``: whose address that is."""
    seems = f"登记为{known}的邮箱，" if known else ""
    return f"【发件人 {writer}：{seems}来源未经核实】\n\n{text}"


def without_writer(text: str) -> str:
    """The same, of whoever it is."""
    return _UNPROVEN.sub("【来源未经核实】", text)


def instants(at: datetime, calendar: Calendar, schedule: Schedule) -> tuple[datetime, ...]:
    """When each rung is reached of what came at that instant; outside the hours it waits until they begin."""
    within = hours(calendar, schedule)
    began = within.opening(ticks(at))
    elapsed = within.elapsed(began)
    after = (rung.after // _MICROSECOND for rung in RUNGS)
    return tuple(instant_at(within.reach(elapsed + each) if each else began) for each in after)


def said(rung: int, come: Come) -> Sentence:
    """What is said of it on a rung."""
    words, title = RUNGS[rung].words, come.title or _NO_SUBJECT
    if come.ticket is None:
        words = Sentence(words.title, _UNREADABLE_LATE if rung else _UNREADABLE, _LOOK)
        title = _NOBODY_READS
    by = BY.get(come.by or "", _MAIL)
    return words.filled(title=title, by=by, writer=come.writer, at=minute_of(come.at), due=minute_of(come.due))


#: That so much comes by mail that not all of it becomes tickets at once, once an hour.
FLOOD = Sentence(
    Label("来信过多，部分邮件暂缓开单", "So much mail comes that some of it waits"),
    Label(
        "一小时内由邮件开出的工单已达上限，其余来信按先后等待开单。",
        "Mail has opened as many tickets within the hour as it may; the rest waits its turn.",
    ),
    Label(
        "请查看邮箱，急件先人工受理；垃圾邮件请在邮件服务器上拦截。",
        "Look at the mailbox, take what is urgent by hand, and have the mail server refuse what is no report.",
    ),
)
FLOOD_TOLD = (Role.DUTY_MANAGER, Role.ADMINISTRATOR)

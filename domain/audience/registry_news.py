"""What people are told of the registry at once: who answers in whose place, when they are on duty, what is theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.audience.labels import ROLES
from domain.audience.saying import Sentence
from domain.audience.times import moment
from domain.audience.vocabulary import WAITS_FOR
from domain.matters.matter import Asked
from domain.people.actors import CUSTOMER_SIDE, Actor, Role
from domain.people.departments import DEPARTMENTS, department_name
from domain.words.label import Label, listed

#: The word of a message's grounds for whoever it is about.
CONCERNED = "concerned"

_NAMED = Sentence(
    Label("已为您指定代理审批人：{deputy}", "{deputy} is named your deputy"),
    Label(
        "{deputy}从 {begins} 至 {ends} 可代您审批《重大问题服务申请》，由{by}登记。",
        "From {begins} to {ends} {deputy} may answer applications for major incidents in your place; recorded by {by}.",
    ),
    Label("与您的意思不符的，请立即终止，或联系我方。", "If you do not want this, end it at once, or tell us."),
)
_ENDED = Sentence(
    Label("{deputy}不再是您的代理审批人", "{deputy} is your deputy no more"),
    Label(
        "{deputy}的代理已由{by}提前终止，重大问题服务申请请您亲自审批。",
        "What {deputy} could answer in your place is ended before its last day, by {by}; please answer yourself.",
    ),
)
_TO_DEPUTY_NAMED = Sentence(
    Label("您已被指定为{approver}的代理审批人", "You are named deputy of {approver}"),
    Label(
        "从 {begins} 至 {ends} 您可代{approver}（{department}）审批《重大问题服务申请》，由{by}登记。",
        "From {begins} to {ends} you may answer applications for major incidents in the place of {approver} "
        "({department}); recorded by {by}.",
    ),
)
_TO_DEPUTY_ENDED = Sentence(
    Label("您不再是{approver}的代理审批人", "You are deputy of {approver} no more"),
    Label(
        "您代{approver}（{department}）审批的资格已由{by}提前终止。",
        "What you could answer in the place of {approver} ({department}) is ended before its last day, by {by}.",
    ),
)
_SHIFTS_HANDED = Sentence(
    Label("{name}的 {count} 个班次由您代班", "{count} shifts of {name} are yours"),
    Label(
        "{name}不再当班，由您代班，最近的一班从 {begins} 到 {ends}。",
        "{name} is on duty no more and you stand in; the next shift is from {begins} to {ends}.",
    ),
    Label(
        "请查看值班表；不能到岗的，请马上联系值班经理。",
        "See the roster; if you cannot be there, call the duty manager at once.",
    ),
)
_SHIFTS_ADDED = Sentence(
    Label("值班表上有您的 {count} 个新班次", "You have {count} new shifts on the roster"),
    Label("最近的一班：{duty}，从 {begins} 到 {ends}。", "The next is that of {duty}, from {begins} to {ends}."),
    Label(
        "请查看值班表；不能到岗的，请马上联系值班经理。",
        "See the roster; if you cannot be there, call the duty manager at once.",
    ),
)
_SHIFT_TAKEN_OFF = Sentence(
    Label("您的一个班次已取消", "One of your shifts is taken off the roster"),
    Label(
        "{duty}从 {begins} 到 {ends} 的班次已取消。",
        "The shift of {duty} from {begins} to {ends} is not yours any more.",
    ),
)
_ACCOUNTS_LINKED = Sentence(
    Label("您的账号与 {others} 登记为同一人的", "Your account and {others} are on record as one person's"),
    Label(
        "您的账号 {account} 与 {others} 现登记为同一人的：须由两人分别审批或确认的事项，这些账号只算一人。",
        "Your account {account} and {others} are on record as one person's: where it takes two people, they are one.",
    ),
    Label("其中有不是您的账号的，请立即联系管理员。", "If one of them is not yours, tell an administrator at once."),
)
_ACCOUNTS_PARTED = Sentence(
    Label("您的账号与 {others} 不再算同一人的", "Your account and {others} are one person's no more"),
    Label(
        "您的账号 {account} 与 {others} 从现在起按不同的人处理。",
        "From now on your account {account} and {others} are those of different people.",
    ),
    Label("其实都是您的账号的，请立即联系管理员。", "If they are all yours, tell an administrator at once."),
)
_ASK_ANOTHER = Label("请登录后答复，或请服务方重新发送。", "Sign in to answer, or ask for another one.")
_LINK_OVER = Sentence(
    Label("一次性链接已失效：{asked}", "A single-use link is over: {asked}"),
    Label(
        "服务方发给您、用于工单 {number} 的一次性链接已失效，打不开了。",
        "The single-use link that you were given for ticket {number} opens nothing any more.",
    ),
    _ASK_ANOTHER,
)
_LINK_ASKED_ANEW = Sentence(
    Label("一次性链接已失效：{asked}", "A single-use link is over: {asked}"),
    Label(
        "工单 {number} 的这一事项已重新提出，此前发给您的一次性链接已失效，打不开了。",
        "This is asked anew on ticket {number}; the single-use link that you were given before opens nothing any more.",
    ),
    _ASK_ANOTHER,
)
_LINK_SENT = Sentence(
    Label("等您办理：{asked}", "Waiting for you: {asked}"),
    Label(
        "答复工单 {number} 的一次性链接已发到您登记的{address}。打开链接即可查看并答复，无需登录；{until} 前有效，"
        "只能答复一次，请勿转发。",
        "A single-use link for ticket {number} is sent to your {address} on record. Open it to look and to answer, "
        "without signing in; it is valid until {until}, for one answer, and for you alone.",
    ),
    Label("没有收到，或不是您要的，请告知服务方。", "If it has not come, or you did not ask for it, tell us."),
)
_LINK_REFUSED = Sentence(
    Label("链接未送达：{name}", "A link did not reach {name}"),
    Label(
        "工单 {number} 发给{name}的一次性链接被拒收（{address}）。",
        "The single-use link for ticket {number} to {name} was refused ({address}).",
    ),
    Label(
        "请核对登记的地址，或改为报读验证码。",
        "Check the address on record, or read a code out instead.",
    ),
)
_BY_MAIL, _BY_SMS = Label("邮箱 {to}", "mailbox {to}"), Label("手机 {to}", "telephone {to}")
_WAITS_IN_VAIN = Sentence(
    Label("客户已无人可以审批：{customer}", "Nobody is left to approve: {customer}"),
    Label(
        "工单 {number} 的《重大问题服务申请》在等{department}答复，该部门已没有能够审批的人。",
        "On ticket {number} the application waits for {department}, which has nobody left who could answer.",
    ),
    Label("请客户指定新的审批人，并由管理员登记。", "Have the customer name one, and an administrator add them."),
)
_TO_CUSTOMER_IN_VAIN = Sentence(
    Label("请指定重大问题的审批人", "Please name who approves a major incident"),
    Label(
        "工单 {number} 的《重大问题服务申请》在等贵单位{department}答复，目前没有能够审批的人；批准前我方不得处理。",
        "On ticket {number} the application waits for {department}, and nobody there could answer; no work begins "
        "before.",
    ),
    Label("请告知审批人的姓名和联系方式。", "Tell us who it is, and how to reach them."),
)
_US = Label("我方", "us")
_OF_NO_DEPARTMENT = Label("未登记部门", "no department")


@dataclass(frozen=True, slots=True)
class Deputed:
    """A deputyship in words: the names of both, the approver's department, the days."""

    approver: str
    deputy: str
    department: str | None
    begins: date
    ends: date


def deputy_named(its: Deputed, by: Actor, name: str) -> tuple[Sentence, Sentence]:
    """To the approver, and to the deputy: who may answer for whom, and when. ``name``: that of who recorded it."""
    return _told(_NAMED, its, by, name), _told(_TO_DEPUTY_NAMED, its, by, name)


def deputy_ended(its: Deputed, by: Actor, name: str) -> tuple[Sentence, Sentence]:
    """To the approver, and to the deputy: that it is over before the last day."""
    return _told(_ENDED, its, by, name), _told(_TO_DEPUTY_ENDED, its, by, name)


def shifts_handed(name: str, shifts: Sequence[tuple[datetime, datetime]], now: datetime) -> Sentence:
    """To whoever stands in for somebody from now on: in how many shifts, and when the next begins and ends."""
    begins, ends = (moment(instant, now) for instant in min(shifts))
    return _SHIFTS_HANDED.filled(name=name, count=len(shifts), begins=begins, ends=ends)


def accounts_linked(account: str, others: Sequence[str]) -> Sentence:
    """To the owner of an account: which others are on record as theirs, too."""
    return _ACCOUNTS_LINKED.filled(account=account, others=listed(others))


def accounts_parted(account: str, others: Sequence[str]) -> Sentence:
    """To the owner of an account: which others are theirs no more."""
    return _ACCOUNTS_PARTED.filled(account=account, others=listed(others))


#: From when to when, and as what.
DutyTime = tuple[datetime, datetime, Role]


def shifts_added(shifts: Sequence[DutyTime], now: datetime) -> Sentence:
    """To whoever is to be there: how many new shifts are theirs, and of the first as what and when."""
    return _SHIFTS_ADDED.filled(count=len(shifts), **_duty_time(min(shifts), now))


def shift_taken_off(shift: DutyTime, now: datetime) -> Sentence:
    """To whoever was to be there: that they need not."""
    return _SHIFT_TAKEN_OFF.filled(**_duty_time(shift, now))


def _duty_time(shift: DutyTime, now: datetime) -> dict[str, Label]:
    begins, ends, duty = shift
    return {"begins": moment(begins, now), "ends": moment(ends, now), "duty": ROLES[duty]}


def link_over(number: str, asked: Asked) -> Sentence:
    """To whoever holds a link that was handed to them: that it ended, as with the access of who handed it over."""
    return _LINK_OVER.filled(number=number, asked=WAITS_FOR[asked])


def link_asked_anew(number: str, asked: Asked) -> Sentence:
    """The same where what it was for is asked anew."""
    return _LINK_ASKED_ANEW.filled(number=number, asked=WAITS_FOR[asked])


def link_sent(number: str, asked: Asked, to: str, until: Label) -> Sentence:
    """What a link that is sent leaves with: what is asked, and a hint of the address of theirs that it went to."""
    return _LINK_SENT.filled(number=number, asked=WAITS_FOR[asked], address=_address(to), until=until)


def link_refused(number: str, name: str, to: str) -> Sentence:
    """To whoever of ours had it sent: that nobody takes it there."""
    return _LINK_REFUSED.filled(number=number, name=name, address=_address(to))


def _address(hint: str) -> Label:
    return (_BY_MAIL if "@" in hint else _BY_SMS).filled(to=hint)


def waits_in_vain(number: str, customer: str, department: str) -> tuple[Sentence, Sentence]:
    """To us, and to the customer's contact: an application waits for a department in which nobody could answer."""
    named = {"number": number, "customer": customer, "department": department_name(department)}
    return _WAITS_IN_VAIN.filled(**named), _TO_CUSTOMER_IN_VAIN.filled(**named)


def _told(sentence: Sentence, its: Deputed, by: Actor, name: str) -> Sentence:
    """People of a customer are not told who of us it was."""
    return sentence.filled(
        approver=its.approver,
        deputy=its.deputy,
        department=DEPARTMENTS.get(its.department or "", _OF_NO_DEPARTMENT),
        begins=its.begins.isoformat(),
        ends=its.ends.isoformat(),
        by=name if by.role in CUSTOMER_SIDE else _US,
    )

"""What people are told of a change that takes two, how it ends, and of a way in that is taken away."""

from dataclasses import dataclass
from enum import StrEnum

from domain.audience.saying import Sentence
from domain.words.label import Label


class Turn(StrEnum):
    """What becomes of it."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    LAPSED = "lapsed"  # nobody has answered
    TAKEN = "taken"  # a way in is one no more, which takes one alone
    MADE = "made"  # by one alone, on the command line


class What(StrEnum):
    """By what somebody is to enter, or which accounts are theirs no more."""

    IDENTITY = "identity"
    MAIL = "mail"
    PASSWORD = "password"  # noqa: S105  # a word for it
    PARTING = "parting"


@dataclass(frozen=True, slots=True)
class Change:
    """A change of by what somebody enters, in words.

    Attributes:
        person: whose it is, by name.
        is_outside: they are not of ours, and are not told who of us it was.
        by: the name of the administrator who asked for it; None: who is at the command line.
        what: what is to be theirs, or to end.
        second: the name of the administrator who has answered; None: the person themselves, or nobody.
    """

    person: str
    is_outside: bool
    by: str | None
    what: What
    second: str | None = None


_ASKS = Label("{by}申请为{whom}{change}", "{by} has asked for {change} for {whom}")
#: To whom it is about, and to the administrators: those of whom one can confirm it, and who asked.
_TURNS: dict[Turn, tuple[Sentence, Sentence]] = {
    Turn.ASKED: (
        Sentence(
            Label("请核对：有人申请为您{change}", "To be checked: {change} for you"),
            Label(
                "{asks}，以后可用于登录您的账号；须经您本人或另一位管理员确认才生效，七天内无人确认即作废。",
                "{asks}; you could be signed in by it. It takes you or a second administrator, within seven days.",
            ),
            Label("请核对后确认；不是您的意思，请拒绝。", "Confirm it, or refuse what you do not want."),
        ),
        Sentence(
            Label("请核对：为{person}{change}的申请待确认", "To be checked: {change} for {person}"),
            Label(
                "{asks}，须经另一位管理员或本人确认才生效，七天内无人确认即作废。",
                "{asks}; it takes a second administrator or the person, within seven days.",
            ),
            Label("请向本人核实后确认或拒绝。", "Ask the person, then confirm or refuse it."),
        ),
    ),
    Turn.CONFIRMED: (
        Sentence(
            Label("已为您{change}", "Done: {change} for you"),
            Label(
                "{asks}，已由{second}确认，现已生效；您其他的登录已结束。",
                "{asks}, and {second} confirmed; it holds now. Your other sessions are ended.",
            ),
            Label(
                "不是您的意思，请立即联系其他管理员。", "If you did not want this, tell another administrator at once."
            ),
        ),
        Sentence(
            Label("已为{person}{change}", "Done: {change} for {person}"),
            Label("{asks}，已由{second}确认，现已生效。", "{asks}, and {second} confirmed; it holds now."),
        ),
    ),
    Turn.REFUSED: (
        Sentence(
            Label("为您{change}的申请已被拒绝", "Refused: {change} for you"),
            Label("{asks}，已被{second}拒绝，未作更改。", "{asks}, and {second} refused; nothing is changed."),
        ),
        Sentence(
            Label("为{person}{change}的申请已被拒绝", "Refused: {change} for {person}"),
            Label("{asks}，已被{second}拒绝，未作更改。", "{asks}, and {second} refused; nothing is changed."),
        ),
    ),
    Turn.LAPSED: (
        Sentence(
            Label("为您{change}的申请已作废", "Lapsed: {change} for you"),
            Label(
                "{asks}，七天内无人确认，未作更改。", "{asks}, and nobody answered in seven days; nothing is changed."
            ),
        ),
        Sentence(
            Label("为{person}{change}的申请已作废", "Lapsed: {change} for {person}"),
            Label(
                "{asks}，七天内无人确认，未作更改；仍需更改的，请重新申请。",
                "{asks}, and nobody answered in seven days; nothing is changed. Ask again if it is still wanted.",
            ),
        ),
    ),
    Turn.TAKEN: (
        Sentence(
            Label("已为您{change}", "Taken away: {change} of yours"),
            Label(
                "{by}已为您{change}，以后不能再用它登录；用它开始的登录已结束。",
                "{by} has taken away {change} of yours: it signs you in no more, and what was begun with it is ended.",
            ),
            Label(
                "不是您的意思，请立即联系其他管理员。", "If you did not want this, tell another administrator at once."
            ),
        ),
        Sentence(
            Label("已为{person}{change}", "Taken away: {change} of {person}"),
            Label("{by}已为{person}{change}，立即生效。", "{by} has taken away {change} of {person}, at once."),
        ),
    ),
    Turn.MADE: (
        Sentence(
            Label("已为您{change}", "Done: {change} for you"),
            Label(
                "{by}已为您{change}，现已生效，可用于登录您的账号。",
                "{by} has given you {change}; it holds now, and signs you in.",
            ),
            Label("不是您的意思，请立即联系管理员。", "If you did not want this, tell an administrator at once."),
        ),
        Sentence(
            Label("已为{person}{change}", "Done: {change} for {person}"),
            Label("{by}已为{person}{change}，现已生效。", "{by} has given {person} {change}; it holds now."),
        ),
    ),
}
#: What is asked for otherwise: it opens nothing, and whose accounts they are has no say.
_PARTING_ASKED = (
    Sentence(
        Label("请核对：有人申请为您{change}", "To be checked: {change}, of yours"),
        Label(
            "{asks}；须经另一位管理员确认才生效，七天内无人确认即作废。",
            "{asks}. It takes a second administrator, within seven days.",
        ),
        Label("确为同一人的账号，请拒绝。", "Refuse it if they are yours."),
    ),
    Sentence(
        Label("请核对：为{person}{change}的申请待确认", "To be checked: {change}, for {person}"),
        Label(
            "{asks}，须经另一位管理员确认才生效，七天内无人确认即作废；生效后两个账号按两个人计。",
            "{asks}; it takes a second administrator, within seven days. Then they count as two people.",
        ),
        Label("请核实不是同一人后再确认，否则拒绝。", "Confirm it if they are two people indeed, else refuse it."),
    ),
)
_IDENTITY = Label("绑定外部登录账号", "an identity at a provider")
_MAIL = Label("更改邮箱", "another mail address")
_PASSWORD = Label("发放新密码", "a new password")
_PARTING = Label("解除同一人账号的关联", "parting the account from others of the same person")
_CHANGES = {What.IDENTITY: _IDENTITY, What.MAIL: _MAIL, What.PASSWORD: _PASSWORD, What.PARTING: _PARTING}
#: What is taken away, in Chinese by another word.
_TAKEN = {
    What.IDENTITY: Label("解绑外部登录账号", "an identity at a provider"),
    What.MAIL: Label("移除邮箱", "the mail address"),
}
_YOU, _YOURSELF, _THEMSELVES = Label("您", "you"), Label("您本人", "you"), Label("本人", "they themselves")
_ADMINISTRATOR = Label("管理员{name}", "{name}, an administrator,")
_OPERATOR = Label("运维人员（在服务器命令行）", "an operator, on the command line,")
_OURS, _ANOTHER = Label("我方管理员", "an administrator of ours"), Label("另一位管理员", "another administrator")


def to_person(turn: Turn, change: Change) -> Sentence:
    """To whom it is about."""
    by, second = _by(change), _named(change.second) if change.second else _YOURSELF
    if change.is_outside:
        by, second = _OURS, _ANOTHER if change.second else _YOURSELF
    return _said(turn, _sentences(turn, change)[0], change, whom=_YOU, by=by, second=second)


def to_administrators(turn: Turn, change: Change) -> Sentence:
    """To those of whom one can confirm it, and who asked."""
    second = _named(change.second) if change.second else _THEMSELVES
    return _said(turn, _sentences(turn, change)[1], change, whom=change.person, by=_by(change), second=second)


def _sentences(turn: Turn, change: Change) -> tuple[Sentence, Sentence]:
    return _PARTING_ASKED if (turn, change.what) == (Turn.ASKED, What.PARTING) else _TURNS[turn]


def _by(change: Change) -> Label:
    return _OPERATOR if change.by is None else _named(change.by)


def _named(name: str) -> Label:
    return _ADMINISTRATOR.filled(name=name)


def _said(turn: Turn, sentence: Sentence, change: Change, **who: Label | str) -> Sentence:
    what = {"change": (_TAKEN if turn is Turn.TAKEN else _CHANGES)[change.what]}
    return sentence.filled(asks=_ASKS.filled(**who, **what), person=change.person, **who, **what)

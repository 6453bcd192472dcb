"""What people are told of the registry at once: who may answer in their place, and what changes how they enter."""

from datetime import date

from domain.audience.sentences import Sentence
from domain.people.actors import CUSTOMER_SIDE, Actor
from domain.words.label import Label

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
        "{by} ended what {deputy} could answer in your place, before its last day; please answer yourself.",
    ),
)
_US = Label("我方", "us")
_WE = Label("我方", "We")


def deputy_named(deputy: str, begins: date, ends: date, by: Actor, name: str) -> Sentence:
    """To an approver: who may answer in their place, and when. ``name``: that of whoever recorded it."""
    said = _who(by, name, _US)
    return _filled(_NAMED, deputy=deputy, begins=begins.isoformat(), ends=ends.isoformat(), by=said)


def deputy_ended(deputy: str, by: Actor, name: str) -> Sentence:
    """To an approver: that somebody may not any more, before the last day."""
    return _filled(_ENDED, deputy=deputy, by=_who(by, name, _WE))


def _who(by: Actor, name: str, ours: Label) -> Label:
    """People of a customer are not told who of us it was."""
    return Label(name, name) if by.role in CUSTOMER_SIDE else ours


def _filled(sentence: Sentence, **fields: object) -> Sentence:
    action = sentence.action and sentence.action.filled(**fields)
    return Sentence(sentence.title.filled(**fields), sentence.text.filled(**fields), action)

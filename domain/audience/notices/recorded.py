"""Notices of what one of us recorded as the customer's word: their people learn it at once, and how to take it back."""

from domain.audience.notices.notice import Notice, When, Whom, data_has
from domain.ticket.timeline import Happening
from domain.words.label import Label

_RECORDED = When("recorded on behalf (代录)", lambda entry, _: bool(entry.data.get("on_behalf")))
_ALONE = data_has("by somebody alone on duty", recorded_alone=True)

_GRANT = Label("可随时撤回远程授权。", "You may revoke remote access at any time.")
_ANSWER = Label("与您的意见不符的，请马上告诉我们。", "Tell us at once if that is not what you said.")


def _of_customer(what: Label, back: Label) -> Notice:
    """To the customer's people, whose word it is."""
    return Notice(
        (Whom.CONTACT, Whom.TECHNICAL_APPROVERS),
        Label("已代您记录：{what}", "Recorded for you: {what}").filled(what=what),
        Label("已按 {actor} 记录贵方意见：{what}。", "Recorded as your word by {actor}: {what}.").filled(
            what=what, actor="{actor}"
        ),
        back,
        _RECORDED,
    )


def _alone(text: Label) -> Notice:
    return Notice(
        (Whom.DUTY_MANAGER,),
        Label("单人值守代录远程授权：{customer}", "A grant recorded by one person alone: {customer}"),
        text,
        Label("请核实，并在关闭前补齐凭据。", "Look into it; its evidence is owed before the close."),
        _ALONE,
    )


#: Beside what these happenings tell anyway.
ROWS: dict[Happening, tuple[Notice, ...]] = {
    Happening.REMOTE_GRANTED: (
        _alone(Label("{actor}同意远程，由值守人员单独记录。", "{actor} grants remote access, recorded by one alone.")),
        _of_customer(Label("同意远程", "remote access granted"), _GRANT),
    ),
    Happening.REMOTE_STARTED: (
        _alone(Label("{actor}已按自己记录的授权开始远程。", "{actor} works on a grant that they recorded themselves.")),
    ),
    Happening.REMOTE_REFUSED: (_of_customer(Label("不同意远程", "remote access refused"), _ANSWER),),
    Happening.REMOTE_REVOKED: (_of_customer(Label("撤回远程授权", "remote access revoked"), _ANSWER),),
    Happening.PART_AGREED: (
        _of_customer(
            Label("同意更换备件", "a part agreed to"),
            Label("不同意的，请拒绝该备件。", "Refuse the part if you do not."),
        ),
    ),
    Happening.PART_REFUSED: (_of_customer(Label("不同意更换备件", "a part refused"), _ANSWER),),
    Happening.CHANGE_AGREED: (
        _of_customer(
            Label("同意变更", "a change agreed to"),
            Label("不同意的，请拒绝该变更。", "Refuse the change if you do not."),
        ),
    ),
    Happening.CHANGE_REFUSED: (_of_customer(Label("不同意变更", "a change refused"), _ANSWER),),
    Happening.CHANGE_ACCEPTED: (_of_customer(Label("变更已验收", "a change accepted"), _ANSWER),),
    Happening.CONSENTED: (
        _of_customer(
            Label("就服务事项的答复", "an answer of yours"),
            Label("不符的，可撤回同意。", "Take it back if it is wrong."),
        ),
    ),
    Happening.CONFIRMED: (
        _of_customer(
            Label("确认已解决", "the solution confirmed"),
            Label(
                "未解决的请退回；工单已关闭的，请另行报障并注明原工单。",
                "Reject it if it is not solved; if the ticket is closed, report anew and name this one.",
            ),
        ),
    ),
    Happening.REJECTED: (_of_customer(Label("不认可处理结果", "the solution rejected"), _ANSWER),),
}

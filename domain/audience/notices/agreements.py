"""Notices of what a customer has agreed with us: authorisation and contract, changed meanwhile; links to agree by."""

from domain.audience.notices.notice import Notice, Told, When, Whom, data_has, tells
from domain.people.actors import CUSTOMER_SIDE
from domain.ticket.timeline import Happening
from domain.words.label import Label

_AUTHORISED = When("it stands", lambda entry, _: bool(entry.data.get("until")))
_NOT_AUTHORISED = When("none stands any more", lambda entry, _: not entry.data.get("until"))
_BY_OURS = When("by one of ours", lambda entry, _: entry.actor.role not in CUSTOMER_SIDE)
#: What the customer does where they know better.
_IF_WRONG = Label("有误的，请马上告诉我们。", "Tell us at once if that is wrong.")
_IS_GONE = data_has("it is deactivated", active=False)
_IS_BACK = data_has("it is active again", active=True)

ROWS: dict[Happening, Told] = {
    Happening.AUTHORISATION_CHANGED: tells(
        Notice(
            (Whom.OWNER, Whom.PROJECT_MANAGER),
            Label("常设授权有效：{customer}", "A standing authorisation stands: {customer}"),
            Label(
                "客户的常设授权有变动，现有授权{until}，可以客户名义联系原厂。",
                "Something has changed, and one stands{until}: vendors may be called in the customer's name.",
            ),
            when=_AUTHORISED,
        ),
        Notice(
            (Whom.OWNER, Whom.PROJECT_MANAGER),
            Label("常设授权已撤回：{customer}", "The standing authorisation is revoked: {customer}"),
            Label("客户已撤回常设授权。", "The customer has revoked its standing authorisation."),
            Label(
                "不要再以客户名义联系原厂；需要联系的，请客户就本单另行同意。",
                "Call no vendor in the customer's name; ask for a consent on this ticket if one is needed.",
            ),
            _NOT_AUTHORISED,
        ),
        Notice(
            (Whom.CONTACT,),
            Label("贵单位的常设授权有变动", "A standing authorisation of yours stands"),
            Label(
                "贵单位的常设授权有变动，现有授权{until}，我方可以贵单位名义联系原厂。",
                "Something has changed, and one stands{until}: we may call vendors in your name.",
            ),
            _IF_WRONG,
            _AUTHORISED,
        ),
        Notice(
            (Whom.CONTACT,),
            Label("贵单位的常设授权已撤回", "Your standing authorisation is revoked"),
            Label(
                "贵单位的常设授权已撤回，我方不再以贵单位名义联系原厂。",
                "It is revoked: we call no vendor in your name any more.",
            ),
            _IF_WRONG,
            _NOT_AUTHORISED,
        ),
    ),
    Happening.CONTRACT_CHANGED: tells(
        Notice(
            (Whom.OWNER, Whom.PROJECT_MANAGER),
            Label("合同期限有变动：{customer}", "The contract has changed: {customer}"),
            Label(
                "客户合同的起止日期已变动，现状见工单。",
                "It has begun, was renewed or has ended; the ticket says from when to when.",
            ),
            Label("请核对是否需要按次收费。", "See whether the work is charged now."),
        ),
        Notice(
            (Whom.CONTACT,),
            Label("贵单位的合同期限有变动", "Your contract has changed"),
            Label(
                "我方登记的贵单位合同起止日期已变动，处理中的报障上写有现在的日期。",
                "From when to when it lasts has changed; your open reports say what is on record now.",
            ),
            _IF_WRONG,
        ),
    ),
    Happening.CUSTOMER_CHANGED: tells(
        Notice(
            (Whom.OWNER, Whom.PROJECT_MANAGER),
            Label("客户已停用：{customer}", "The customer is deactivated: {customer}"),
            Label(
                "管理员已停用该客户：其人员不能再登录或答复，远程授权已失效。",
                "Its people neither sign in nor answer any more, and a grant of remote access is over.",
            ),
            Label(
                "请商定此单如何了结；需要处理的，请走现场。",
                "Agree how to end it; what is still to be done is done on site.",
            ),
            _IS_GONE,
        ),
        Notice(
            (Whom.OWNER, Whom.PROJECT_MANAGER),
            Label("客户已恢复：{customer}", "The customer is active again: {customer}"),
            Label(
                "该客户已恢复启用，其人员可以登录和答复；远程须重新申请授权。",
                "Its people sign in and answer again; remote access is asked for anew.",
            ),
            when=_IS_BACK,
        ),
    ),
    Happening.LINK_HANDED: tells(
        Notice(
            (Whom.CONTACT, Whom.TECHNICAL_APPROVERS),
            Label("已为{to}发出一次性链接", "A link was handed to {to}"),
            Label(
                "服务方已把一次性链接交给{to}，用于{asked}。凭链接作出的答复记在其本人名下。",
                "The service company has handed {to} a single-use link: {asked}. What is answered with it is their "
                "own word.",
            ),
            Label(
                "本人没有要求的，请马上告诉我们，并核对时间线。",
                "Tell us at once if they did not want it, and look at the timeline.",
            ),
            _BY_OURS,
        ),
        otherwise="who takes a link along knows",
    ),
}

"""Notices of triage: how grave a report is found to be, and what that does to its promises."""

from collections.abc import Mapping
from typing import Any

from domain.audience.notices.notice import Notice, Told, When, Whom, data_has, tells
from domain.people.actors import Role
from domain.ticket.timeline import Happening
from domain.words.label import Label

#: Why nobody is told.
ON_THE_TICKET = "it stands on the ticket, and who acted knows"
#: What managers alone can do for a major incident (000-09), and what nobody does before.
APPLY = Label(
    "请调集人员；须客户审批的，请提交正式报告和《重大问题服务申请》，批准前不得处理。",
    "Find the people; where the customer is to approve, report formally and apply: no work before it is approved.",
)

FOR_EXPERTS = When(
    "a level at which experts are called at once (003-16, 004-15)",
    lambda entry, _: Role.EXPERT in entry.data.get("calls", ()),
)
_MAJOR = data_has("judged to be major", major=True)
_RAISED = data_has("raised", moved="raised")
_GRAVEST = When("among the gravest now", lambda entry, _: bool(entry.data.get("calls")))
_LOWERED = data_has("lowered", moved="lowered")
_CONTACT_ALONE = When("the contact alone is another", lambda entry, _: _is_contact_alone(entry.data))
_WHOSE = When("found whose report it is", lambda entry, _: not _is_contact_alone(entry.data))
_TAKEN_BACK = data_has("no longer major", major=False)
_JUDGED_MAJOR = (
    Label("已认定为重大问题：{customer}，{title}", "A major incident: {customer}, {title}"),
    Label("{actor}已认定此单属于重大问题{said}。", "{actor} has judged it to be a major incident{said}."),
)
#: Whoever found it out: the level calls them.
_STAND_BY = Notice(
    (Whom.EXPERTS,),
    Label("请待命支援：{customer}，{title}", "Stand by: {customer}, {title}"),
    Label("此单已定为{level}。", "It is classified as {level} now."),
    Label("请待命，随时远程或到场支援。", "Stand by to help, remotely or on site."),
    FOR_EXPERTS,
)


def _is_contact_alone(data: Mapping[str, Any]) -> bool:
    before = data.get("before", {})
    same = all(before.get(name) == data.get(name) for name in ("customer", "contract"))
    return same and before.get("contact") != data.get("contact")


ROWS: dict[Happening, Told] = {
    Happening.CLASSIFIED: tells(
        _STAND_BY,
        Notice((Whom.PROJECT_MANAGER, Whom.DUTY_MANAGER), *_JUDGED_MAJOR, APPLY, _MAJOR),
        Notice(
            (Whom.OWNER,),
            *_JUDGED_MAJOR,
            Label("须客户审批的，批准前不得处理。", "Where the customer is to approve: no work before it is approved."),
            _MAJOR,
        ),
        Notice(
            (Whom.OWNER, Whom.PROJECT_MANAGER, Whom.DUTY_MANAGER),
            Label("已提高定级：{customer}，{level}", "Classified higher: {customer}, {level}"),
            Label(
                "{actor}将此单重新定为{level}，时限随之改变。",
                "{actor} has classified it as {level}; its times follow.",
            ),
            Label("请按新的时限安排人手。", "Plan by the new times."),
            _RAISED,
        ),
        Notice(
            (Whom.OWNER, Whom.PROJECT_MANAGER, Whom.DUTY_MANAGER),
            Label("已列为最严重的一类：{customer}，{title}", "Among the gravest now: {customer}, {title}"),
            Label("{actor}已将此单列为最严重的一类{said}。", "{actor} has found it to be among the gravest{said}."),
            Label("请按相应的时限安排人手。", "Plan by its times."),
            _GRAVEST,
        ),
        Notice(
            (Whom.PROJECT_MANAGER, Whom.DUTY_MANAGER),
            Label("已降低定级：{customer}，{level}", "Classified lower: {customer}, {level}"),
            Label("{actor}将此单降为{level}{said}。", "{actor} has lowered it to {level}{said}."),
            Label("如不妥当，请重新定级。", "Classify it back if that is wrong."),
            _LOWERED,
        ),
        Notice(
            (Whom.CONTACT,),
            Label("您的报障定级有调整", "Your report has another level"),
            Label("您的报障现定为{level}。", "Your report is classified as {level} now."),
            when=_LOWERED,
        ),
        Notice(
            (Whom.OWNER,),
            Label("不再按重大问题处理：{customer}", "No longer a major incident: {customer}"),
            Label("{actor}已撤销重大问题的认定{said}。", "{actor} has taken back that it is major{said}."),
            when=_TAKEN_BACK,
        ),
        Notice(
            (Whom.CONTACT, Whom.APPROVERS),
            Label("您的报障不再按重大问题处理", "Your report is no longer handled as a major incident"),
            Label("我方核实后，不再将此报障作为重大问题处理。", "We looked into it and no longer handle it as major."),
            when=_TAKEN_BACK,
        ),
        otherwise=ON_THE_TICKET,
    ),
    Happening.IDENTIFIED: tells(
        _STAND_BY,
        Notice(
            (Whom.OWNER, Whom.PROJECT_MANAGER, Whom.DUTY_MANAGER),
            Label("已列为最严重的一类：{customer}，{title}", "Among the gravest now: {customer}, {title}"),
            Label(
                "{actor}已核实此单属于{customer}，级别为{level}，属于最严重的一类{said}。",
                "{actor} has found that it is a report of {customer} and, as {level}, among the gravest{said}.",
            ),
            Label("请按新的合同和时限安排人手。", "Plan by the new contract and its times."),
            _GRAVEST,
        ),
        Notice(
            (Whom.OWNER, Whom.PROJECT_MANAGER),
            Label("报修单位已核实：{customer}，{title}", "Known now whose it is: {customer}, {title}"),
            Label(
                "{actor}已核实此单：客户{customer}，联系人{contact}{said}。",
                "{actor} has found whose report it is: {customer}, contact {contact}{said}.",
            ),
            Label("请按该客户的合同和联系人继续处理。", "Go on by this customer's contract, with this contact."),
            _WHOSE,
        ),
        Notice(
            (Whom.OWNER, Whom.PROJECT_MANAGER),
            Label("联系人已更正：{customer}，{title}", "The contact is corrected: {customer}, {title}"),
            Label(
                "{actor}已更正此单的联系人，现为{contact}{said}。",
                "{actor} has corrected whom to call back: {contact}{said}.",
            ),
            Label("请联系现在的联系人。", "Get in touch with this contact from now on."),
            _CONTACT_ALONE,
        ),
        Notice(
            (Whom.CONTACT,),
            Label("一条报障已登记到贵单位", "A report is on record as yours"),
            Label(
                "已核实此报障属于贵单位，联系人为{contact}。", "This report is on record as yours, contact {contact}."
            ),
            Label("有误的，请马上告诉我们。", "Tell us at once if that is wrong."),
            _WHOSE,
        ),
        Notice(
            (Whom.CONTACT,),
            Label("您的报障联系人已更正", "Your report has another contact"),
            Label("此报障的联系人现为{contact}。", "The contact of this report is {contact} now."),
            Label("有误的，请马上告诉我们。", "Tell us at once if that is wrong."),
            _CONTACT_ALONE,
        ),
        Notice(
            (Whom.PROJECT_MANAGER, Whom.DUTY_MANAGER),
            Label("已降低定级：{customer}，{level}", "Classified lower: {customer}, {level}"),
            Label("{actor}将此单降为{level}{said}。", "{actor} has lowered it to {level}{said}."),
            Label("如不妥当，请重新定级。", "Classify it back if that is wrong."),
            _LOWERED,
        ),
    ),
    Happening.CORRECTED: tells(
        Notice(
            (Whom.OWNER,),
            Label("报修内容已更正：{title}", "The report is corrected: {title}"),
            Label(
                "{actor}已更正此单的标题、故障描述或现场地址{said}。",
                "{actor} has corrected what is said of the fault or of its site{said}.",
            ),
            Label("请按更正后的内容处理。", "Go on by what stands there now."),
        ),
        Notice(
            (Whom.VENDORS,),
            Label("协办工单的内容已更正：{title}", "What your case is about is corrected: {title}"),
            Label("此单的标题、故障描述或现场地址已更正。", "What is said of the fault or of its site is corrected."),
            Label("请按更正后的内容协办。", "Go on by what stands there now."),
        ),
    ),
    Happening.PROMISES_CHANGED: tells(
        Notice(
            (Whom.PROJECT_MANAGER, Whom.DUTY_MANAGER),
            Label("{promises}被取消或推迟：{customer}", "Dropped or postponed: {promises}; {customer}"),
            Label(
                "重新定级或变更合同后，{promises}被取消或推迟，原时间和新时间见工单。",
                "With its level or contract these were dropped or postponed: {promises}; before and after stand on it.",
            ),
            Label("如不妥当，请重新定级。", "Classify it back if that is wrong."),
        ),
        Notice(
            (Whom.CONTACT,),
            Label("您的报障时限有调整：{promises}", "The times of your report have changed: {promises}"),
            Label(
                "重新定级或变更合同后，{promises}的时限有调整。",
                "With its level or contract these have changed: {promises}.",
            ),
        ),
    ),
}

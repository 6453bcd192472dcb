"""Notices of what the work needs of others: remote access, experts, vendors, changes, consents."""

from domain.audience.notices.notice import Notice, Told, When, Whom, data_has, tells
from domain.matters.remote_sessions import LEFT
from domain.ticket.timeline import Happening
from domain.words.label import Label

_VENDOR_NAMED = When("a vendor is named", lambda entry, _: bool(entry.data.get("vendor")))
_BY_REFUSAL = data_has("by the refusal of a major incident", ended_by=Happening.REFUSED)
_BY_RESOLUTION = data_has("by the resolution", ended_by=Happening.RESOLVED)
_BY_LEAVING = data_has("by the customer's deactivation", ended_by=Happening.CUSTOMER_CHANGED)
#: By what a session ends when who works has done with it.
_DONE = frozenset({None, Happening.RESOLVED})
_NOT_BY_RESOLUTION = When("by the end of its grant", lambda entry, _: entry.data.get("ended_by") not in _DONE | {LEFT})
_BY_WHO_LEFT = data_has("for whoever worked has left", ended_by=LEFT)
_BY_WHO_WORKED = When("by who worked, or resolved it", lambda entry, _: entry.data.get("ended_by") in _DONE)
_NO_VENDOR = When("no vendor is named yet", lambda entry, _: not entry.data.get("vendor"))

_WHO_ASKED = (Whom.ASKER, Whom.OWNER, Whom.PROJECT_MANAGER)

ROWS: dict[Happening, Told] = {
    Happening.REMOTE_REQUESTED: tells(
        Notice(
            (Whom.CONTACT,),
            Label("请答复远程授权申请", "We ask for remote access"),
            Label("工程师申请远程登录，范围：{scope}{said}。", "Our engineer asks for remote access to {scope}{said}."),
            Label("请同意或拒绝；同意后工程师才能远程处理。", "Grant or refuse it; nobody works remotely before."),
        )
    ),
    Happening.REMOTE_GRANTED: tells(
        Notice(
            _WHO_ASKED,
            Label("客户已同意远程：{customer}", "Remote access granted: {customer}"),
            Label("{actor}已同意远程，范围：{scope}{until}。", "{actor} grants remote access to {scope}{until}."),
            Label("可以开始远程处理。", "Remote work may begin."),
        )
    ),
    Happening.REMOTE_REFUSED: tells(
        Notice(
            _WHO_ASKED,
            Label("客户不同意远程：{customer}", "Remote access refused: {customer}"),
            Label("{actor}不同意远程{said}。", "{actor} refuses remote access{said}."),
            Label("请改走现场：先提上门申请，再派人。", "Go on site: apply for the visit first, then dispatch."),
        )
    ),
    Happening.REMOTE_REVOKED: tells(
        Notice(
            _WHO_ASKED,
            Label("客户已撤回远程授权：{customer}", "Remote access revoked: {customer}"),
            Label(
                "{actor}撤回了远程授权{said}，远程会话已结束。",
                "{actor} revokes remote access{said}; no session goes on.",
            ),
            Label("请立即停止远程操作。", "Stop all remote work at once."),
        )
    ),
    Happening.REMOTE_EXPIRED: tells(
        Notice(
            _WHO_ASKED,
            Label("远程授权已到期：{customer}", "The remote grant has expired: {customer}"),
            Label("远程授权已到期，远程会话随之结束。", "The grant is over, and with it any session."),
            Label("还需远程的，请重新申请。", "Ask again where remote work is still needed."),
        )
    ),
    Happening.REMOTE_STARTED: tells(
        Notice(
            (Whom.CONTACT,),
            Label("工程师已开始远程处理", "Remote work has begun"),
            Label("工程师已远程登录处理{said}。", "Our engineer is working remotely{said}."),
        )
    ),
    Happening.GRANT_ENDED: tells(
        Notice(
            _WHO_ASKED,
            Label("远程授权已终止：{customer}", "The remote grant has ended: {customer}"),
            Label("《重大问题服务申请》被拒，远程授权随之终止。", "It ended with the refusal of the application."),
            Label("请勿再远程登录。", "Do not work remotely any more."),
            _BY_REFUSAL,
        ),
        Notice(
            _WHO_ASKED,
            Label("远程授权已终止：{customer}", "The remote grant has ended: {customer}"),
            Label("问题已解决，远程授权随之终止。", "It ended with the resolution."),
            when=_BY_RESOLUTION,
        ),
        Notice(
            _WHO_ASKED,
            Label("远程授权已终止：{customer}", "The remote grant has ended: {customer}"),
            Label("客户已停用，远程授权随之终止。", "It ended with the customer's deactivation."),
            Label("请勿再远程登录。", "Do not work remotely any more."),
            _BY_LEAVING,
        ),
    ),
    Happening.REMOTE_ENDED: tells(
        Notice(
            (Whom.CONTACT,),
            Label("远程处理已结束", "Remote work has ended"),
            Label("工程师已退出远程{said}。", "Our engineer has ended the remote session{said}."),
            when=_BY_WHO_WORKED,
        ),
        Notice(
            (Whom.CONTACT,),
            Label("远程会话已终止", "The remote session is over"),
            Label(
                "远程授权不再有效，我方已要求工程师立即退出远程。",
                "Its grant is no longer valid; our engineer has been told to leave the device at once.",
            ),
            when=_NOT_BY_RESOLUTION,
        ),
        Notice(
            (Whom.WORKED,),
            Label("您的远程会话已结束：{customer}", "Your remote session is over: {customer}"),
            Label("远程授权不再有效，会话随之结束。", "Its grant is no longer valid, and the session ended with it."),
            Label("请立即退出远程，勿再操作。", "Leave the device now, and do nothing more on it."),
            _NOT_BY_RESOLUTION,
        ),
        Notice(
            (Whom.CONTACT,),
            Label("远程会话已终止", "The remote session is over"),
            Label(
                "这位工程师不再负责此项工作，其远程会话已终止；您的授权不变。",
                "That engineer does not do this work any more; the session is over, your grant stands.",
            ),
            Label("还看到连接的，请直接断开。", "Cut the connection if you still see it."),
            _BY_WHO_LEFT,
        ),
        Notice(
            (Whom.OWNER, Whom.PROJECT_MANAGER, Whom.DUTY_MANAGER),
            Label("远程会话已终止：{customer}", "The remote session is over: {customer}"),
            Label(
                "{worked}的账号已停用或调整，其远程会话随之终止。",
                "The account of {worked} is out of use or changed, and the session ended with it.",
            ),
            Label(
                "请确认其已断开；还需远程的，另安排人。",
                "See that they are off the device; send another in where work goes on.",
            ),
            _BY_WHO_LEFT,
        ),
        Notice(
            (Whom.WORKED,),
            Label("您的远程会话已结束：{customer}", "Your remote session is over: {customer}"),
            Label(
                "您的账号已停用或调整，会话随之结束。",
                "Your account is out of use or changed, and the session ended with it.",
            ),
            Label("请立即退出远程，勿再操作。", "Leave the device now, and do nothing more on it."),
            _BY_WHO_LEFT,
        ),
    ),
    Happening.ONSITE_APPLIED: tells(
        Notice(
            (Whom.PROJECT_MANAGER, Whom.DUTY_MANAGER),
            Label("申请上门：{customer}", "A visit is applied for: {customer}"),
            Label("{actor}申请上门处理{said}。", "{actor} applies for a visit{said}."),
            Label("请安排人员上门。", "Arrange who goes."),
        )
    ),
    Happening.CONSULTATION_REQUESTED: tells(
        Notice(
            (Whom.EXPERTS,),
            Label("请参加会诊：{customer}，{title}", "A consultation is called: {customer}, {title}"),
            Label("此单需要专家会诊{said}。", "The experts are to confer{said}."),
            Label("请联系{in_charge}，会诊后登记结论。", "Get in touch with {in_charge}, and record the conclusion."),
        ),
        Notice(
            (Whom.PROJECT_MANAGER,),
            Label("已召集会诊：{customer}", "A consultation is called: {customer}"),
            Label("此单已召集专家会诊{said}。", "The experts have been called to confer{said}."),
        ),
    ),
    Happening.CONSULTATION_CONCLUDED: tells(
        Notice(
            _WHO_ASKED,
            Label("会诊已有结论：{customer}", "The experts have concluded: {customer}"),
            Label("{actor}给出会诊结论{said}。", "{actor} gives the conclusion{said}."),
            Label("请按结论处理。", "Act on it."),
        )
    ),
    Happening.VENDOR_CASE_OPENED: tells(
        Notice(
            (Whom.VENDOR_NAMED,),
            Label("请协助处理：{title}", "Your help is asked for: {title}"),
            Label("{customer}的设备故障，请贵方协助{said}。", "A fault at {customer} needs your help{said}."),
            Label("请联系现场联系人{contact}，处理完后登记结果。", "Call {contact}, and record what came of it."),
            _VENDOR_NAMED,
        ),
        Notice(
            (Whom.OWNER,),
            Label("已请厂家协助：{customer}", "A vendor has been asked: {customer}"),
            Label(
                "{actor}已请{vendor}协助{said}，您仍是负责人。",
                "{actor} has asked {vendor} for help{said}; you stay in charge.",
            ),
            when=_VENDOR_NAMED,
        ),
        Notice(
            (Whom.OWNER, Whom.PROJECT_MANAGER),
            Label("需要指定厂家：{customer}", "A vendor is to be named: {customer}"),
            Label("厂家协办已开，还没有指定厂家。", "A vendor case is open and names no vendor yet."),
            Label("请指定厂家并联系。", "Name the vendor, and call them."),
            _NO_VENDOR,
        ),
    ),
    Happening.VENDOR_CASE_CLOSED: tells(
        Notice(
            _WHO_ASKED,
            Label("厂家协办已结束：{customer}", "The vendor case is closed: {customer}"),
            Label("{actor}结束了厂家协办{said}。", "{actor} has closed the vendor case{said}."),
            Label(
                "请接着处理；还在等厂家的，请恢复计时。",
                "Go on with it, and resume a clock that waited for the vendor.",
            ),
        )
    ),
    Happening.VENDOR_CASE_HANDED: tells(
        Notice(
            (Whom.VENDOR_NAMED,),
            Label("有一项协办转由您接手：{title}", "A case is yours from now on: {title}"),
            Label(
                "{customer}的设备故障，原由贵方同事协助。", "A fault at {customer}, with a colleague of yours so far."
            ),
            Label("请联系现场联系人{contact}，处理完后登记结果。", "Call {contact}, and record what came of it."),
            _VENDOR_NAMED,
        ),
        Notice(
            (Whom.OWNER, Whom.PROJECT_MANAGER),
            Label("厂家协办已换人：{customer}", "Another of the vendor has the case: {customer}"),
            Label(
                "{before}的协办已转给同一厂家的{vendor}。", "{vendor} of the same vendor has taken over from {before}."
            ),
            when=_VENDOR_NAMED,
        ),
        Notice(
            (Whom.OWNER, Whom.PROJECT_MANAGER),
            Label("厂家协办需要重新指定：{customer}", "A vendor is to be named again: {customer}"),
            Label("{before}不再负责这项协办，暂时无人接手。", "{before} has left the case, and nobody has it now."),
            Label("请指定厂家并联系。", "Name the vendor, and call them."),
            _NO_VENDOR,
        ),
    ),
    Happening.CHANGE_PROPOSED: tells(
        Notice(
            (Whom.CONTACT, Whom.TECHNICAL_APPROVERS),
            Label("请确认变更 {change}", "We propose change {change}"),
            Label("工程师提出变更 {change}{said}。", "Our engineer proposes change {change}{said}."),
            Label("请看一下变更说明；较大变更要等您同意才会实施。", "Read it; a large change waits for your consent."),
        )
    ),
    Happening.CHANGE_AGREED: tells(
        Notice(
            (Whom.ASKER, Whom.OWNER),
            Label("客户同意变更 {change}：{customer}", "Change {change} agreed: {customer}"),
            Label("{actor}同意变更 {change}{said}。", "{actor} agrees to change {change}{said}."),
            Label("请先备份再实施。", "Make the backup, then the change."),
        )
    ),
    Happening.CHANGE_REFUSED: tells(
        Notice(
            (Whom.ASKER, Whom.OWNER),
            Label("客户不同意变更 {change}：{customer}", "Change {change} refused: {customer}"),
            Label("{actor}不同意变更 {change}{said}。", "{actor} refuses change {change}{said}."),
            Label(
                "不得实施；已实施的请回退，或另提变更。", "Do not make it; undo it if it is made, or propose another."
            ),
        )
    ),
    Happening.CHANGE_MADE: tells(
        Notice(
            (Whom.CONTACT, Whom.TECHNICAL_APPROVERS),
            Label("变更 {change} 已实施，请验收", "Change {change} is made"),
            Label("变更 {change} 已实施{said}。", "Change {change} has been made{said}."),
            Label("请验收，或说明哪里不对。", "Accept it, or say what is wrong."),
        )
    ),
    Happening.CHANGE_ACCEPTED: tells(
        Notice(
            (Whom.ASKER, Whom.OWNER),
            Label("变更 {change} 已验收：{customer}", "Change {change} accepted: {customer}"),
            Label("{actor}已验收变更 {change}{said}。", "{actor} accepts change {change}{said}."),
        )
    ),
    Happening.CONSENTED: tells(
        Notice(
            _WHO_ASKED,
            Label("客户已答复：{customer}", "The customer has answered: {customer}"),
            Label("{actor}就“{subject}”{agreed}{said}。", "{actor} {agreed} “{subject}”{said}."),
        )
    ),
}

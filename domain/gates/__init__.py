"""Gates: no event, no act. One table, for managers too: what is asked, of whom, and what is impossible until then."""

from collections.abc import Callable
from dataclasses import dataclass

from domain.gates import conditions
from domain.matters.closing import is_complete
from domain.ticket.commands import Command
from domain.ticket.commands import CommandKind as C
from domain.ticket.ticket import Ticket
from domain.words.label import Label


@dataclass(frozen=True, slots=True)
class Gate:
    """A consent without which acts are impossible.

    Attributes:
        id: its word.
        clauses: where the documents ask for it.
        given_by: the commands that open it, and who may send them stands in ``domain.audience.authority``.
        blocks: what is impossible meanwhile.
        before: whether an act is behind it now, as the reason of the refusal.
        switch: the term of a contract that brings it; empty: every contract.
    """

    id: str
    clauses: tuple[str, ...]
    name: Label
    asked: Label
    of: Label
    evidence: Label
    ends: Label
    refusal: Label
    given_by: tuple[C, ...]
    blocks: frozenset[C]
    before: Callable[[Ticket, Command], str | None]
    switch: str = ""


_VISIT = frozenset({C.DISPATCH, C.ARRIVE, C.ADVANCE})
_CUSTOMER = Label("客户联系人", "the customer's contact")
_WITHDRAWN = Label("撤回为止", "until it is withdrawn")
_TICKET = Label("本工单有效", "with the ticket")

#: In the order in which they are asked; the first that is shut names the refusal.
GATES: tuple[Gate, ...] = (
    Gate(
        id="remote_grant",
        clauses=("000-24", "001-27", "003-04", "003-14", "004-05"),
        name=Label("远程授权", "remote grant"),
        asked=Label("远程登录的范围和时间", "remote access: the scope, and until when"),
        of=_CUSTOMER,
        evidence=Label("授权人、渠道、凭据", "who granted it, by which channel, evidence"),
        ends=Label(
            "到期、撤销或解决；会话同时结束", "at its expiry, revocation or the resolution; the session ends too"
        ),
        refusal=Label(
            "15 分钟无答复或被拒绝：提出内部申请后上门",
            "refused, or silent for 15 min: internal application, then on site",
        ),
        given_by=(C.GRANT_REMOTE,),
        blocks=frozenset({C.START_REMOTE}),
        before=conditions.granted,
    ),
    Gate(
        id="onsite_application",
        clauses=("000-24",),
        name=Label("上门内部申请", "internal application for a visit"),
        asked=Label("远程处理之后上门", "a visit after remote work"),
        of=Label("工程师自己记录", "recorded by the engineer"),
        evidence=Label("申请内容", "the text of the application"),
        ends=_TICKET,
        refusal=Label("不适用", "none"),
        given_by=(C.APPLY_ONSITE,),
        blocks=_VISIT,
        before=conditions.applied_before_on_site,
    ),
    Gate(
        id="parts",
        clauses=("001-29",),
        name=Label("备件同意与型号双核", "consent to a part, its model checked twice"),
        asked=Label("更换备件", "the replacement of a part"),
        of=Label(
            "客户联系人；工程师与商务各核对一次型号",
            "the customer's contact; engineer and stock keeper check the model",
        ),
        evidence=Label("同意的凭据、两次核对", "evidence of the consent, both checks"),
        ends=_TICKET,
        refusal=Label("不预留、不订货；另行提出备件", "nothing is reserved or ordered; another part may be requested"),
        given_by=(C.AGREE_PART, C.VERIFY_PART),
        blocks=frozenset({C.RESERVE_PART}),
        before=conditions.part_is_agreed,
    ),
    Gate(
        id="change_before",
        clauses=("002-13", "002-14", "000-20"),
        name=Label("变更前同意", "consent before a change"),
        asked=Label("变更内容、技术文件；较大变更须备份", "what changes, with documents; a backup before a large one"),
        of=_CUSTOMER,
        evidence=Label("详细说明、技术文件、备份凭据", "detailed description, documents, evidence of the backup"),
        ends=Label("本次变更", "with that change"),
        refusal=Label("不得变更；另行提出", "no change; another may be proposed"),
        given_by=(C.AGREE_CHANGE,),
        blocks=frozenset({C.MAKE_CHANGE}),
        before=conditions.change_is_agreed,
    ),
    Gate(
        id="change_after",
        clauses=("002-14",),
        name=Label("变更后验收", "acceptance after a change"),
        asked=Label("较大变更的结果和影响", "the result and the impact of a large change"),
        of=Label("客户的技术人员（联系人）", "the customer's technicians (contact)"),
        evidence=Label("验收意见", "the words of the acceptance"),
        ends=Label("本次变更", "with that change"),
        refusal=Label(
            "不能办结；提出并完成新的变更（如回退）",
            "nothing is resolved; propose and make another change, such as going back",
        ),
        given_by=(C.ACCEPT_CHANGE,),
        blocks=frozenset({C.RESOLVE}),
        before=conditions.change_is_accepted,
    ),
    Gate(
        id="paid_work",
        clauses=("001-08", "002-19"),
        name=Label("收费服务", "paid work"),
        asked=Label(
            "按实际工作日收费，或维保期外逐次收费",
            "work charged by the working day, or by the service outside the contract",
        ),
        of=_CUSTOMER,
        evidence=Label("报价与同意", "the quote and the consent"),
        ends=_WITHDRAWN,
        refusal=Label(
            "不做收费的远程或上门服务；电话指导照常", "no charged work, remote or on site; advice by phone goes on"
        ),
        given_by=(C.CONSENT,),
        blocks=frozenset({C.START_REMOTE, C.DISPATCH, C.DEPART, C.ARRIVE}),
        before=conditions.paid_work_is_agreed,
        switch="paid_causes",
    ),
    Gate(
        id="level_lowering",
        clauses=("001-19",),
        name=Label("降低客户认定的严重程度", "lowering a severity that the customer set"),
        asked=Label("比客户所报更轻的严重程度", "a lower severity than the customer stated"),
        of=_CUSTOMER,
        evidence=Label("同意的凭据", "evidence of the consent"),
        ends=_WITHDRAWN,
        refusal=Label("客户认定的严重程度照旧", "the customer's severity stands"),
        given_by=(C.CONSENT,),
        blocks=frozenset({C.CLASSIFY}),
        before=conditions.severity_stands,
        switch="customer_severity",
    ),
    Gate(
        id="extension",
        clauses=("001-05", "001-06"),
        name=Label("延期", "extension"),
        asked=Label("比合同更晚的到期时间", "a later due time than the contract's"),
        of=_CUSTOMER,
        evidence=Label("书面凭据", "evidence in writing"),
        ends=_WITHDRAWN,
        refusal=Label("合同的时限照旧", "the contract's time stands"),
        given_by=(C.CONSENT,),
        blocks=frozenset({C.CONSENT}),
        before=conditions.is_in_writing,
    ),
    Gate(
        id="standing_authorisation",
        clauses=("004-05",),
        name=Label("常设授权", "standing authorisation"),
        asked=Label("以客户名义协调原厂", "calling vendors in the customer's name"),
        of=Label("客户，登记在合同上", "the customer, on record with the contract"),
        evidence=Label("范围、渠道、凭据", "scope, channel, evidence"),
        ends=Label("自己的到期日；与远程授权无关", "at an expiry of its own; no grant of remote access"),
        refusal=Label("由客户自己联系原厂", "the customer calls the vendor"),
        given_by=(C.CONSENT,),
        blocks=frozenset({C.OPEN_VENDOR_CASE}),
        before=conditions.vendor_is_authorised,
        switch="vendor_needs_authorisation",
    ),
    Gate(
        id="still_major",
        clauses=("000-10",),
        name=Label("重大问题不得改判", "a major incident stays one"),
        asked=Label("已申请的重大问题改为一般", "calling what was applied for no longer major"),
        of=Label("无人；只能重新申请", "nobody; only a new application"),
        evidence=Label("不适用", "none"),
        ends=Label("批准为止", "until it is approved"),
        refusal=Label("改进方案，重新申请（新版本）", "a better plan, and a new application (a new version)"),
        given_by=(),
        blocks=frozenset({C.CLASSIFY}),
        before=conditions.stays_major,
        switch="major_needs_approval",
    ),
    Gate(
        id="major_incident",
        clauses=("000-08", "000-09", "000-10", "000-11"),
        name=Label("重大问题审批", "approval of a major incident"),
        asked=Label("正式报告和《重大问题服务申请》", "the formal report and the application"),
        of=Label("客户技术部门和业务部门，两个人", "the customer's technical and business departments, two people"),
        evidence=Label("双方意见；审批人不是申请人、处理人", "both opinions; neither the applicant nor the executor"),
        ends=Label(
            "本次申请；第 5、10、15 分钟提醒，解决计时暂停",
            "with the application; reminders at 5, 10, 15 min, resolve paused",
        ),
        refusal=Label("不得处理；只能以新版本重新申请", "no work at all; only a new version of the application"),
        given_by=(C.APPROVE,),
        blocks=frozenset({C.START_REMOTE, C.RESTORE, C.RESOLVE, C.RESERVE_PART, C.START_PLAN, C.MAKE_CHANGE}),
        before=conditions.approved,
        switch="major_needs_approval",
    ),
    Gate(
        id="closing",
        clauses=("004-11", "004-04"),
        name=Label("关闭", "closing"),
        asked=Label("确认解决、服务日志、五步清单", "confirmation, service log, the five steps"),
        of=Label("客户确认，或确认期满无异议", "the customer, or silence after the window"),
        evidence=Label("运维服务日志", "the service log"),
        ends=Label("关闭", "the close"),
        refusal=Label("客户不认可：重新打开，计时继续", "rejected: reopened, clocks run on"),
        given_by=(C.CONFIRM, C.WRITE_LOG),
        blocks=frozenset({C.CLOSE}),
        before=is_complete,
    ),
)


def shut(ticket: Ticket, command: Command) -> str | None:
    """The reason for which a gate keeps this command out; None: the way is free.

    Asked about a command without data, a gate answers for the best that the data could say.
    """
    before = (gate.before(ticket, command) for gate in GATES if command.kind in gate.blocks)
    return next((reason for reason in before if reason), None)

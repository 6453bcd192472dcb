"""Notices of the gravest: the major incident, the approvals that it waits for, emergency plans, forgeries."""

from domain.audience.notices.notice import Notice, Standing, Told, When, Whom, data_has, nobody, tells
from domain.audience.notices.work import FROM_OUTSIDE
from domain.matters.approvers import NO_APPROVER
from domain.ticket.commands import CommandKind
from domain.ticket.timeline import Entry, Happening
from domain.words.label import Label
from domain.words.refusals import CLOSED

_MANAGERS = (Whom.PROJECT_MANAGER, Whom.DUTY_MANAGER)
_SETTLED = data_has("once all departments have agreed", settled=True)


def _is_note_afterwards(entry: Entry, standing: Standing) -> bool:
    data = entry.data
    if data.get("reason") != CLOSED.code:
        return False
    is_note = data.get("kind") == CommandKind.NOTE and FROM_OUTSIDE.holds(entry, standing)
    return is_note or data.get("kind") == CommandKind.TAKE_MAIL


_AFTER_THE_CLOSE = When(
    "a note of the customer's or a vendor's side, or a mail, after the close",
    lambda entry, standing: not entry.data.get("into") and _is_note_afterwards(entry, standing),
)
_AFTER_THE_MERGE = When(
    "such a note on a ticket that goes on as another",
    lambda entry, standing: bool(entry.data.get("into")) and _is_note_afterwards(entry, standing),
)
_BY_A_DEPUTY = When("a deputy answered in their place", lambda entry, _: bool(entry.data.get("deputy_for")))
_NO_APPROVER = data_has("nobody of the customer could answer the application", reason=NO_APPROVER.code)
_FORGED = data_has("nobody vouches for it", reason="forged")

ROWS: dict[Happening, Told] = {
    Happening.MAJOR_PROPOSED: tells(
        Notice(
            _MANAGERS,
            Label("请判断是否重大问题：{customer}，{title}", "A candidate for a major incident: {customer}, {title}"),
            Label("按定级（{level}），此单可能属于重大问题。", "By its level, {level}, it may be a major incident."),
            Label("请判定；属重大的，请提交正式报告和服务申请。", "Decide; if it is one, report formally and apply."),
        )
    ),
    Happening.FORMAL_REPORT_SUBMITTED: tells(
        Notice(
            (Whom.APPROVERS,),
            Label("重大问题正式报告已提交", "The formal report on a major incident"),
            Label("我方就您单位的报障提交了正式报告{said}。", "We have submitted the formal report on it{said}."),
            Label("请先阅读；需要审批的，会另行请您审批。", "Please read it; you are asked where approval is needed."),
        )
    ),
    Happening.MAJOR_APPLIED: tells(
        Notice(
            (Whom.APPROVERS,),
            Label("请审批《重大问题服务申请》", "Please decide on the application for a major incident"),
            Label(
                "我方提交了《重大问题服务申请》（第 {version} 版）。", "We apply, version {version}, for work on it."
            ),
            Label("请尽快批准或拒绝；批准前我方不得处理。", "Approve or refuse it; no work begins before."),
        ),
        Notice(
            (Whom.OWNER, *_MANAGERS),
            Label("已提交重大问题申请：{customer}，{title}", "A major incident is applied for: {customer}, {title}"),
            Label(
                "{actor}已提交《重大问题服务申请》（第 {version} 版），此单按重大问题处理。",
                "{actor} has submitted version {version} of the application; it is handled as a major incident.",
            ),
            Label("批准前不得处理；请跟进审批。", "No work before it is approved; see that it is answered."),
        ),
    ),
    Happening.MAJOR_WITHDRAWN: tells(
        Notice(
            (Whom.APPROVERS,),
            Label("《重大问题服务申请》已撤回", "The application for a major incident is withdrawn"),
            Label("我方已撤回申请（第 {version} 版）{said}，无须再审批。", "We take back version {version}{said}."),
        ),
        Notice(
            (Whom.CONTACT,),
            Label("重大问题申请已撤回", "The application is withdrawn"),
            Label(
                "我方已撤回《重大问题服务申请》（第 {version} 版）{said}，暂不处理，完善方案后再申请。",
                "We take back version {version} of the application{said}, do no work, and apply again with a better "
                "plan.",
            ),
        ),
        Notice(
            (Whom.ASKER, Whom.OWNER, *_MANAGERS),
            Label("重大问题申请已撤回：{customer}", "The application is withdrawn: {customer}"),
            Label(
                "{actor}已撤回申请{said}，仍不得擅自处理。", "{actor} takes it back{said}; work is still not allowed."
            ),
            Label("请完善方案后重新申请。", "Improve the plan, and apply again."),
        ),
    ),
    Happening.APPROVED: tells(
        Notice(
            (Whom.ASKER, Whom.OWNER, *_MANAGERS),
            Label("重大问题申请已批准：{customer}", "The application is approved: {customer}"),
            Label("两个部门都已批准{said}。", "All departments have approved it{said}."),
            Label("请立即按方案处理。", "Go ahead with the plan at once."),
            _SETTLED,
        ),
        Notice(
            (Whom.CONTACT,),
            Label("重大问题申请已批准", "The application is approved"),
            Label("贵单位两个部门都已批准，我方开始处理。", "Both departments have approved it; we begin."),
            when=_SETTLED,
        ),
        Notice(
            (Whom.ANSWERED_FOR,),
            Label("{actor}已代您批准《重大问题服务申请》", "{actor} has approved the application in your place"),
            Label(
                "{actor}以您的代理人身份批准了申请（第 {version} 版）{said}。如有异议，请立即联系我方。",
                "As your deputy {actor} approved version {version}{said}. If you disagree, tell us at once.",
            ),
            when=_BY_A_DEPUTY,
        ),
        otherwise="another department has still to answer",
    ),
    Happening.REFUSED: tells(
        Notice(
            (Whom.ASKER, Whom.OWNER, *_MANAGERS),
            Label("重大问题申请被拒：{customer}", "The application is refused: {customer}"),
            Label("{actor}拒绝了申请{said}，不得擅自处理。", "{actor} refuses it{said}; no work is allowed."),
            Label("请停止一切操作，完善方案后重新申请。", "Stop all work; improve the plan, and apply again."),
        ),
        Notice(
            (Whom.CONTACT,),
            Label("重大问题申请被拒", "The application is refused"),
            Label(
                "贵单位未批准此次申请，我方暂不处理，完善方案后再申请。",
                "It was refused; we do not work on it and will apply again.",
            ),
        ),
        Notice(
            (Whom.ANSWERED_FOR,),
            Label("{actor}已代您拒绝《重大问题服务申请》", "{actor} has refused the application in your place"),
            Label(
                "{actor}以您的代理人身份拒绝了申请（第 {version} 版）{said}。如有异议，请立即联系我方。",
                "As your deputy {actor} refused version {version}{said}. If you disagree, tell us at once.",
            ),
            when=_BY_A_DEPUTY,
        ),
    ),
    Happening.CENTRE_FORMED: tells(
        Notice(
            (Whom.EXPERTS,),
            Label("应急支援中心已成立：{customer}，{title}", "The support centre is formed: {customer}, {title}"),
            Label("{actor}已组建应急支援中心{said}。", "{actor} has formed the emergency support centre{said}."),
            Label("请加入并待命。", "Join it, and stand by."),
        ),
        Notice(
            (Whom.LEADER,),
            Label("应急支援中心已成立：{customer}", "The support centre is formed: {customer}"),
            Label("{actor}已组建应急支援中心{said}。", "{actor} has formed the emergency support centre{said}."),
        ),
        Notice(
            (Whom.CONTACT,),
            Label("应急支援中心已成立", "The emergency support centre is formed"),
            Label("我方已成立应急支援中心{said}。", "We have formed an emergency support centre{said}."),
        ),
    ),
    Happening.EMERGENCY_PLAN_STARTED: tells(
        Notice(
            (Whom.OWNER,),
            Label("应急预案已启动：{customer}", "The emergency plan has started: {customer}"),
            Label("应急预案{plan}已启动{said}。", "Emergency plan {plan} has started{said}."),
            Label("请按预案执行。", "Act by the plan."),
        ),
        Notice(
            (Whom.EXPERTS,),
            Label("请加入应急：{customer}，{title}", "Join the emergency: {customer}, {title}"),
            Label("应急预案{plan}已启动{said}。", "Emergency plan {plan} has started{said}."),
            Label("请联系{in_charge}，参加应急处置。", "Get in touch with {in_charge} and help."),
        ),
        Notice(
            (Whom.VENDORS,),
            Label("应急预案已启动：{title}", "An emergency plan has started: {title}"),
            Label("{customer}的故障已启动应急预案。", "An emergency plan has started for the fault at {customer}."),
            Label("请随时准备支援。", "Stand by to help."),
        ),
        Notice(
            (Whom.CONTACT,),
            Label("应急预案已启动", "The emergency plan has started"),
            Label("我方已启动应急预案{plan}。", "We have started emergency plan {plan}."),
        ),
    ),
    Happening.EMERGENCY_PLAN_OBJECTED: tells(
        Notice(
            (*_MANAGERS, Whom.LEADER),
            Label("应急预案被提出异议：{customer}", "An objection to the emergency plan: {customer}"),
            Label(
                "{actor}不同意启动预案{said}，预案不会自动启动。",
                "{actor} objects{said}; the plan does not start by itself.",
            ),
            Label("请商定怎么处理。", "Agree on how to go on."),
        )
    ),
    Happening.EMERGENCY_PLAN_ENDED: tells(
        Notice(
            (Whom.LEADER,),
            Label("应急已结束：{customer}", "The emergency is over: {customer}"),
            Label("{actor}已结束应急预案{said}。", "{actor} has ended the plan{said}."),
        ),
        Notice(
            (Whom.CONTACT,),
            Label("应急处置已结束", "The emergency is over"),
            Label("应急处置已结束{said}。", "The emergency plan has ended{said}."),
        ),
    ),
    Happening.COMMAND_REFUSED: tells(
        Notice(
            (Whom.ADMINISTRATOR,),
            Label("工单 {number} 收到未经签名的指令", "An unsigned command on ticket {number}"),
            Label(
                "工单 {number} 收到一条无法证明来源的指令，已拒绝并记录。",
                "A command on ticket {number} that nobody vouches for was refused and recorded.",
            ),
            Label("请检查签名密钥和接口日志。", "Check the signing keys and the interface's log."),
            _FORGED,
        ),
        Notice(
            (Whom.DUTY_MANAGER,),
            Label("收到来源不明的指令：{customer}", "A command of unknown origin: {customer}"),
            Label(
                "此单收到一条无法证明来源的指令，已拒绝并记录。",
                "A command that nobody vouches for was refused and recorded.",
            ),
            Label("请与系统管理员核实。", "Look into it with the administrator."),
            _FORGED,
        ),
        Notice(
            (Whom.HOTLINE, Whom.SUPERVISOR),
            Label("已关闭的工单有留言：{customer}", "A note on a closed ticket: {customer}"),
            Label("{actor}在工单关闭后留言{words}。", "After the close {actor} writes{words}."),
            Label(
                "请联系对方；仍有问题的，另开一张接续的新工单。",
                "Call them; open a ticket that follows this one if need be.",
            ),
            _AFTER_THE_CLOSE,
        ),
        Notice(
            (Whom.OWNER, Whom.HOTLINE, Whom.SUPERVISOR),
            Label("已并入工单 {into} 的报障有留言：{customer}", "A note on a report merged into {into}: {customer}"),
            Label(
                "{actor}在此单并入工单 {into} 之后留言{words}。",
                "After it was merged into {into} {actor} writes{words}.",
            ),
            Label("请在工单 {into} 跟进，并回复对方。", "Go on with it on ticket {into}, and answer them."),
            _AFTER_THE_MERGE,
        ),
        Notice(
            (Whom.CONTACT,),
            Label("请指定重大问题的审批人", "Please name who approves a major incident"),
            Label(
                "处理重大问题须经贵单位技术部门和业务部门批准，目前缺少能够审批的人。",
                "Work on a major incident needs your technical and business departments, and one has nobody who could "
                "answer.",
            ),
            Label(
                "请告知由谁审批及其联系方式；已有审批人而不便由其审批的，也可由其书面指定代理审批人及起止时间。",
                "Tell us who it is; an approver who cannot answer may name a deputy with dates in writing.",
            ),
            _NO_APPROVER,
        ),
        Notice(
            (Whom.PROJECT_MANAGER,),
            Label("客户缺少审批人，无法申请：{customer}", "Nobody could answer the application: {customer}"),
            Label(
                "《重大问题服务申请》未被受理：客户有部门没有能够审批的人。",
                "The application was not taken: a department has nobody who could answer it.",
            ),
            Label(
                "请客户指定审批人，由管理员登记；已有审批人而不便由其审批的，也可凭其书面指定登记代理审批人。",
                "Ask the customer to name one, whom the administrator adds; an approver who cannot answer may name a "
                "deputy in writing, whom you record.",
            ),
            _NO_APPROVER,
        ),
        otherwise="who sent it has the answer",
    ),
    Happening.HALF_SPENT: nobody("the rung at half of the budget is told"),
    Happening.PROMISE_BREACHED: nobody("its alarm was told before"),
    Happening.REBASELINE_ASKED: nobody("it stands on the ticket, and who acted knows"),
    Happening.REBASELINED: nobody("the due times stand on the ticket"),
}

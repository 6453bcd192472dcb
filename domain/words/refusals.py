"""Refusals: every reason for which a command is turned down, in words that people can act on."""

#: The reason's code, and what it says in Chinese and in English.
REFUSALS: dict[str, tuple[str, str]] = {
    "not_allowed": ("您的角色不能发出这条指令。", "Your role may not send this command."),
    "bad_data": ("指令内容不完整或不合规。", "The command's data is incomplete or malformed."),
    "stale": ("工单在您看到之后已有变化，请刷新后重试。", "The ticket has moved on since you saw it; read it again."),
    "wrong_stage": ("工单现在的阶段不能执行这条指令。", "This command is not possible in the ticket's present stage."),
    "closed": ("工单已关闭，请新开工单并关联。", "The ticket is closed; open a new one and link it."),
    "not_classified": ("请先定级再办结。", "Classify the ticket before resolving it."),
    "unknown_level": ("该合同没有这个级别。", "The contract has no such level."),
    "stage_behind": (
        "只有重新判定原因或资产之后才能退回前面的阶段。",
        "An earlier stage is open only after cause or asset have been revised.",
    ),
    "no_onsite_application": (
        "远程之后上门，须先提出内部申请（apply_onsite）。",
        "After remote work, going on site needs the internal application first (apply_onsite).",
    ),
    "already_paused": ("已有停表，请先恢复。", "A pause stands already; resume first."),
    "not_paused": ("没有可恢复的停表。", "There is no pause to end."),
    "reason_not_allowed": ("合同不允许以此原因停表。", "The contract allows no pause for this reason."),
    "not_approved": (
        "重大问题须经客户技术部门和业务部门同意后才能处理；请先提交《重大问题服务申请》。",
        "A major incident waits for the customer's technical and business departments; apply to them first.",
    ),
    "approval_not_needed": ("该合同的重大问题无需审批。", "This contract needs no approval for major incidents."),
    "no_formal_report": ("请先提交正式报告。", "Submit the formal report first."),
    "already_applied": ("已有申请在审批中或已获批准。", "An application is pending or approved already."),
    "no_application": ("没有待审批的申请。", "There is no application to decide on."),
    "already_decided": ("该申请已有结论，或贵部门已表态。", "It is decided already, or yours has spoken."),
    "another_version": (
        "该申请已有新的版本，请阅读后再表态。",
        "There is another version of this application; read that one first.",
    ),
    "no_department": ("审批人必须属于技术部门或业务部门。", "An approver is of the technical or business department."),
    "own_matter": (
        "审批人不能是申请人、处理人或另一部门的审批人。",
        "An approver is neither applicant nor executor nor the other department's approver.",
    ),
    "no_grant": (
        "没有有效的远程授权：先申请（request_remote），由客户授权（grant_remote）。",
        "There is no live grant for remote access: ask (request_remote), the customer grants it (grant_remote).",
    ),
    "grant_already_over": ("授权的截止时间必须在将来。", "A grant must end in the future."),
    "no_request": ("没有待答复的远程授权申请。", "No request for remote access waits for an answer."),
    "session_running": ("远程会话已在进行。", "A remote session is running already."),
    "no_session": ("没有进行中的远程会话。", "No remote session is running."),
    "no_consultation": ("没有待结论的会诊。", "No consultation waits for a conclusion."),
    "no_vendor_case": ("没有您可以关闭的厂家支线。", "There is no vendor case that you could close."),
    "no_part": ("没有这个备件申请。", "No such part has been requested."),
    "part_not_agreed": ("客户尚未同意更换备件。", "The customer has not agreed to the part."),
    "part_not_verified": (
        "备件型号须由工程师和商务各核对一次。",
        "The part's model must be verified by the engineer and by the stock keeper.",
    ),
    "part_not_reserved": ("备件尚未预留。", "The part has not been reserved."),
    "no_substitute": ("没有在外的代用设备。", "No substitute device is out."),
    "plan_running": ("已有应急预案在执行。", "An emergency plan is running already."),
    "no_plan_pending": ("没有待启动的应急预案。", "No emergency plan is about to start."),
    "no_plan_running": ("没有执行中的应急预案。", "No emergency plan is running."),
    "major_stands": (
        "已提交《重大问题服务申请》，获批准之前不能改判为一般问题；可重新申请。",
        "What was applied for stays major until it is approved; apply again with a better plan.",
    ),
    "no_change": ("没有这个变更申请。", "No such change has been proposed."),
    "change_decided": ("该变更已有结论。", "This change is decided already."),
    "change_made": ("该变更已经实施。", "This change has been made already."),
    "change_not_made": ("该变更尚未实施。", "This change has not been made yet."),
    "change_refused": ("客户不同意该变更；请另行提出。", "The customer refused this change; propose another."),
    "change_not_agreed": (
        "较大变更须先经客户同意（agree_change）。",
        "A large change needs the customer's consent first (agree_change).",
    ),
    "no_backup": (
        "较大变更须先备份，并在 backup 中写明凭据。",
        "A large change needs a backup first; name its evidence in the field backup.",
    ),
    "change_not_accepted": (
        "较大变更须经客户技术人员验收（accept_change）才能办结；被拒收的请提出新的变更。",
        "The customer accepts a large change (accept_change) before the resolution; after a refusal make another.",
    ),
    "paid_work_not_agreed": (
        "这项工作不在合同范围内，须先由客户同意收费（consent，subject=paid_work）。",
        "The contract does not cover this work; the customer agrees to pay first (consent, subject=paid_work).",
    ),
    "severity_stands": (
        "严重程度由客户认定；降低须经客户同意（consent，subject=level_lowering）。",
        "The customer set this severity; lowering it needs the customer's consent (consent, subject=level_lowering).",
    ),
    "no_standing_authorisation": (
        "以客户名义联系原厂须有有效的常设授权。",
        "Calling a vendor in the customer's name needs a standing authorisation that is still valid.",
    ),
    "not_in_writing": (
        "延期须有书面凭据：请填写 evidence。",
        "An extension is agreed in writing: name its evidence in the field evidence.",
    ),
    "forged": (
        "指令的发出人没有有效签名。",
        "The command's sender is not vouched for by a valid signature.",
    ),
    "own_work": ("满意度回访不能由处理人自己进行。", "The survey is not made by who handled the ticket."),
    "not_confirmed": ("客户尚未确认解决。", "The customer has not confirmed the resolution yet."),
    "no_service_log": ("运维服务日志未填写。", "The service log is not written."),
    "steps_open": (
        "故障处理五步尚有未完成或未豁免的步骤。",
        "Some of the five steps of the fault solution are neither done nor waived.",
    ),
}  # fmt: skip

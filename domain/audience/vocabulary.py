"""What screens call the words of commands, timelines and forms. What a word means stands in docs/glossary.md."""

from domain.matters.aftercare import Satisfaction
from domain.matters.consents import ConsentChannel
from domain.matters.emergency import PlanNumber
from domain.matters.matter import Asked
from domain.matters.on_behalf import SpokenChannel
from domain.matters.whereabouts import Unit
from domain.people.duty import Grade
from domain.ticket.commands import CommandKind as C
from domain.ticket.deadlines import Event
from domain.ticket.obligations import State
from domain.ticket.timeline import Happening
from domain.ticket.work import Work
from domain.words.label import Label

# fmt: off
COMMANDS: dict[C, Label] = {
    C.CLASSIFY:              Label("定级", "Classify"),
    C.IDENTIFY:              Label("核实客户", "Identify the customer"),
    C.RESPOND:               Label("响应", "Respond"),
    C.CONTACT:               Label("联系用户", "Contact the user"),
    C.SUBMIT_PLAN:           Label("提交处理方案", "Submit the plan"),
    C.ADVANCE:               Label("转入阶段", "Move to a stage"),
    C.TAKE:                  Label("接单", "Take it"),
    C.REASSIGN:              Label("改派", "Reassign"),
    C.UNASSIGN:              Label("取消指派", "Leave it to nobody"),
    C.NOTE:                  Label("备注", "Note"),
    C.BOOK:                  Label("预约", "Book an appointment"),
    C.WRITE_LOG:             Label("填写服务日志", "Write the service log"),
    C.PAUSE:                 Label("暂停计时", "Pause the clocks"),
    C.RESUME:                Label("恢复计时", "Resume the clocks"),
    C.REQUEST_REMOTE:        Label("申请远程授权", "Ask for remote access"),
    C.GRANT_REMOTE:          Label("授权远程", "Grant remote access"),
    C.REFUSE_REMOTE:         Label("拒绝远程", "Refuse remote access"),
    C.REVOKE_REMOTE:         Label("撤销远程授权", "Revoke remote access"),
    C.START_REMOTE:          Label("开始远程", "Start the remote session"),
    C.END_REMOTE:            Label("结束远程", "End the remote session"),
    C.APPLY_ONSITE:          Label("上门内部申请", "Apply for a visit"),
    C.DISPATCH:              Label("派工", "Dispatch"),
    C.DEPART:                Label("出发", "Depart"),
    C.ARRIVE:                Label("到达现场", "Arrive on site"),
    C.DIAGNOSE:              Label("出具诊断", "Diagnose"),
    C.END_VISIT:             Label("离开现场", "Leave the site"),
    C.REQUEST_CONSULTATION:  Label("申请会诊", "Ask for a consultation"),
    C.CONCLUDE_CONSULTATION: Label("会诊结论", "Conclude the consultation"),
    C.OPEN_VENDOR_CASE:      Label("联系厂家协办", "Open a vendor's case"),
    C.CLOSE_VENDOR_CASE:     Label("结束厂家协办", "Close the vendor's case"),
    C.REQUEST_PART:          Label("申请备件", "Request a part"),
    C.AGREE_PART:            Label("同意换件", "Agree to the part"),
    C.REFUSE_PART:           Label("不同意换件", "Refuse the part"),
    C.VERIFY_PART:           Label("核对型号", "Verify the model"),
    C.RESERVE_PART:          Label("预留备件", "Reserve the part"),
    C.ORDER_PART:            Label("订购备件", "Order the part"),
    C.PART_ARRIVED:          Label("备件到货", "The part has arrived"),
    C.DELIVER_SUBSTITUTE:    Label("交付代用设备", "Deliver a substitute"),
    C.RETURN_SUBSTITUTE:     Label("收回代用设备", "Fetch the substitute back"),
    C.PROPOSE_CHANGE:        Label("提出变更", "Propose a change"),
    C.AGREE_CHANGE:          Label("同意变更", "Agree to the change"),
    C.REFUSE_CHANGE:         Label("不同意变更", "Refuse the change"),
    C.MAKE_CHANGE:           Label("实施变更", "Make the change"),
    C.ACCEPT_CHANGE:         Label("验收变更", "Accept the change"),
    C.SUBMIT_FORMAL_REPORT:  Label("提交正式报告", "Submit the formal report"),
    C.APPLY_MAJOR:           Label("重大问题服务申请", "Apply for major work"),
    C.WITHDRAW_MAJOR:        Label("撤回申请", "Withdraw the application"),
    C.APPROVE:               Label("同意申请", "Approve"),
    C.REFUSE:                Label("不同意申请", "Refuse"),
    C.CONSENT:               Label("同意事项", "Consent"),
    C.FORM_CENTRE:           Label("成立应急支援中心", "Form the support centre"),
    C.START_PLAN:            Label("启动应急预案", "Start an emergency plan"),
    C.OBJECT_PLAN:           Label("反对启动预案", "Object to the plan"),
    C.END_PLAN:              Label("结束应急预案", "End the plan"),
    C.RESTORE:               Label("恢复运行", "Restore"),
    C.RESOLVE:               Label("办结", "Resolve"),
    C.CONFIRM:               Label("确认解决", "Confirm"),
    C.REJECT:                Label("不认可办结", "Reject the resolution"),
    C.REOPEN:                Label("重新打开", "Reopen"),
    C.DELIVER_REPORT:        Label("提交故障报告", "Deliver the fault report"),
    C.RECORD_SURVEY:         Label("记录回访", "Record the survey"),
    C.RECORD_FOLLOWUP:       Label("记录后续跟进", "Record a follow-up"),
    C.CLOSE:                 Label("关闭", "Close"),
    C.DISCARD:               Label("作废", "Discard"),
    C.MERGE:                 Label("并入另一单", "Merge into another"),
    C.REBASELINE:            Label("重新推算时限", "Derive due times anew"),
    C.TAKE_AUTHORISATION:    Label("常设授权有变", "A standing authorisation changes"),
    C.TAKE_CONTRACT:         Label("合同有变", "A contract changes"),
    C.TAKE_CUSTOMER:         Label("客户有变", "The customer changes"),
    C.MERGE_IN:              Label("并入一单", "Take another in"),
    C.HAND_VENDOR_CASE:      Label("厂家协办转交", "Hand over a vendor's case"),
}

HAPPENINGS: dict[Happening, Label] = {
    Happening.OPENED:                  Label("受理", "Opened"),
    Happening.TERMS_AGREED:            Label("适用合同", "Terms agreed"),
    Happening.CLASSIFIED:              Label("定级", "Classified"),
    Happening.IDENTIFIED:              Label("核实客户", "Customer identified"),
    Happening.PROMISES_CHANGED:        Label("承诺有变", "Promises changed"),
    Happening.RESPONDED:               Label("响应", "Responded"),
    Happening.CONTACTED:               Label("联系用户", "User contacted"),
    Happening.PLAN_SUBMITTED:          Label("提交处理方案", "Plan submitted"),
    Happening.ADVANCED:                Label("转入阶段", "Moved to a stage"),
    Happening.TAKEN:                   Label("接单", "Taken"),
    Happening.REASSIGNED:              Label("改派", "Reassigned"),
    Happening.UNASSIGNED:              Label("取消指派", "Left to nobody"),
    Happening.NOTED:                   Label("备注", "Noted"),
    Happening.BOOKED:                  Label("预约", "Appointment booked"),
    Happening.LOG_WRITTEN:             Label("填写服务日志", "Service log written"),
    Happening.REMOTE_REQUESTED:        Label("申请远程授权", "Remote access asked for"),
    Happening.REMOTE_GRANTED:          Label("授权远程", "Remote access granted"),
    Happening.REMOTE_REFUSED:          Label("拒绝远程", "Remote access refused"),
    Happening.REMOTE_REVOKED:          Label("撤销远程授权", "Remote access revoked"),
    Happening.REMOTE_EXPIRED:          Label("远程授权到期", "Remote access expired"),
    Happening.REMOTE_STARTED:          Label("开始远程", "Remote session started"),
    Happening.REMOTE_ENDED:            Label("结束远程", "Remote session ended"),
    Happening.GRANT_ENDED:             Label("远程授权终止", "Remote grant ended"),
    Happening.ONSITE_APPLIED:          Label("上门内部申请", "Visit applied for"),
    Happening.DISPATCHED:              Label("派工", "Dispatched"),
    Happening.DEPARTED:                Label("出发", "Departed"),
    Happening.ARRIVED:                 Label("到达现场", "Arrived on site"),
    Happening.DIAGNOSED:               Label("出具诊断", "Diagnosed"),
    Happening.VISIT_ENDED:             Label("离开现场", "Left the site"),
    Happening.CONSULTATION_REQUESTED:  Label("申请会诊", "Consultation asked for"),
    Happening.CONSULTATION_CONCLUDED:  Label("会诊结论", "Consultation concluded"),
    Happening.VENDOR_CASE_OPENED:      Label("厂家协办开始", "Vendor's case opened"),
    Happening.VENDOR_CASE_CLOSED:      Label("厂家协办结束", "Vendor's case closed"),
    Happening.VENDOR_CASE_HANDED:      Label("厂家协办转交", "Vendor's case handed over"),
    Happening.PART_REQUESTED:          Label("申请备件", "Part requested"),
    Happening.PART_AGREED:             Label("同意换件", "Part agreed to"),
    Happening.PART_REFUSED:            Label("不同意换件", "Part refused"),
    Happening.PART_VERIFIED:           Label("核对型号", "Model verified"),
    Happening.PART_RESERVED:           Label("预留备件", "Part reserved"),
    Happening.PART_ORDERED:            Label("订购备件", "Part ordered"),
    Happening.PART_ARRIVED:            Label("备件到货", "Part arrived"),
    Happening.SUBSTITUTE_DELIVERED:    Label("交付代用设备", "Substitute delivered"),
    Happening.SUBSTITUTE_RETURNED:     Label("收回代用设备", "Substitute fetched back"),
    Happening.MAJOR_PROPOSED:          Label("可能是重大问题", "Perhaps a major incident"),
    Happening.FORMAL_REPORT_SUBMITTED: Label("提交正式报告", "Formal report submitted"),
    Happening.MAJOR_APPLIED:           Label("重大问题服务申请", "Major work applied for"),
    Happening.MAJOR_WITHDRAWN:         Label("撤回申请", "Application withdrawn"),
    Happening.APPROVED:                Label("同意申请", "Approved"),
    Happening.REFUSED:                 Label("不同意申请", "Refused"),
    Happening.CHANGE_PROPOSED:         Label("提出变更", "Change proposed"),
    Happening.CHANGE_AGREED:           Label("同意变更", "Change agreed to"),
    Happening.CHANGE_REFUSED:          Label("不同意变更", "Change refused"),
    Happening.CHANGE_MADE:             Label("实施变更", "Change made"),
    Happening.CHANGE_ACCEPTED:         Label("验收变更", "Change accepted"),
    Happening.CONSENTED:               Label("同意事项", "Consent"),
    Happening.CENTRE_FORMED:           Label("成立应急支援中心", "Support centre formed"),
    Happening.EMERGENCY_PLAN_STARTED:  Label("启动应急预案", "Emergency plan started"),
    Happening.EMERGENCY_PLAN_OBJECTED: Label("反对启动预案", "Plan objected to"),
    Happening.EMERGENCY_PLAN_ENDED:    Label("结束应急预案", "Emergency plan ended"),
    Happening.RESTORED:                Label("恢复运行", "Restored"),
    Happening.RESOLVED:                Label("办结", "Resolved"),
    Happening.CONFIRMED:               Label("确认解决", "Confirmed"),
    Happening.SILENCE_CONFIRMED:       Label("期满无异议，视为确认", "Confirmed by silence"),
    Happening.REJECTED:                Label("不认可办结", "Resolution rejected"),
    Happening.REOPENED:                Label("重新打开", "Reopened"),
    Happening.REPORT_DELIVERED:        Label("提交故障报告", "Fault report delivered"),
    Happening.SURVEY_RECORDED:         Label("记录回访", "Survey recorded"),
    Happening.FOLLOWED_UP:             Label("后续跟进", "Followed up"),
    Happening.PAUSED:                  Label("暂停计时", "Clocks paused"),
    Happening.RESUMED:                 Label("恢复计时", "Clocks resumed"),
    Happening.PAUSE_CAPPED:            Label("暂停到期，恢复计时", "Pause ended at its cap"),
    Happening.REBASELINE_ASKED:        Label("要求重新推算时限", "New due times asked for"),
    Happening.REBASELINED:             Label("重新推算时限", "Due times derived anew"),
    Happening.AUTHORISATION_CHANGED:   Label("常设授权有变", "Standing authorisation changed"),
    Happening.CONTRACT_CHANGED:        Label("合同有变", "Contract changed"),
    Happening.CUSTOMER_CHANGED:        Label("客户有变", "Customer changed"),
    Happening.CLOSED:                  Label("关闭", "Closed"),
    Happening.DISCARDED:               Label("作废", "Discarded"),
    Happening.MERGED:                  Label("并入另一单", "Merged into another"),
    Happening.MERGED_IN:               Label("另一单并入", "Another merged in"),
    Happening.ALARM_RAISED:            Label("告警", "Alarm"),
    Happening.HALF_SPENT:              Label("解决时限过半", "Half of the time to resolve is spent"),
    Happening.PROMISE_BREACHED:        Label("承诺再次超时", "Promise broken again"),
    Happening.COMMAND_REFUSED:         Label("未受理的操作", "Command refused"),
    Happening.SET_ASIDE:               Label("记录存放另处", "Entry set aside"),
}

#: Alarms by their word: what time brings, and what is told at once.
ALARMS: dict[str, Label] = {
    Event.RUNG:                Label("时限告警", "A promise falls due"),
    Event.HALF:                Label("解决时限过半", "Half of the time to resolve is spent"),
    Event.SILENCE_CONFIRMS:    Label("期满视为确认", "Silence confirms"),
    Event.PAUSE_CAP:           Label("暂停到期", "A pause ends"),
    Event.REMOTE_SILENCE:      Label("远程授权无人答复", "No answer on remote access"),
    Event.REMOTE_EXPIRY:       Label("远程授权到期", "A remote grant ends"),
    Event.APPROVAL_REMINDER:   Label("催办审批", "An approval is outstanding"),
    Event.HEARTBEAT:           Label("现场没有消息", "No word from the site"),
    Event.PLAN_STARTS:         Label("预案即将启动", "A plan starts"),
    Event.UNOWNED:             Label("无人负责", "Nobody is in charge"),
    Event.UNOWNED_HALF:        Label("无人负责，响应时限过半", "Nobody is in charge, half of the time is over"),
    Event.CLOSING_MISSING:     Label("尚不能关闭", "Something is missing for the close"),
    Event.SUBSTITUTE_SOON:     Label("可能需要代用设备", "A substitute may be needed"),
    Event.SUBSTITUTE_PROMISED: Label("须提供代用设备", "A substitute is promised"),
    Event.SHARE:               Label("时限已过一部分", "A share of the time is spent"),
    Event.FOLLOWUP:            Label("不满意须跟进", "A follow-up is due"),
    "no_contract":             Label("没有有效合同", "No contract in force"),
}

STATES: dict[State, Label] = {
    State.PENDING:    Label("未生效", "not armed yet"),
    State.RUNNING:    Label("计时中", "running"),
    State.PAUSED:     Label("已暂停", "paused"),
    State.MET:        Label("已完成", "met"),
    State.BREACHED:   Label("超时", "overdue"),
    State.WAIVED:     Label("已豁免", "waived"),
    State.CANCELLED:  Label("已取消", "cancelled"),
    State.SUPERSEDED: Label("被取代", "superseded"),
}

WAITS_FOR: dict[Asked, Label] = {
    Asked.APPROVAL:          Label("审批重大问题服务申请", "approve the application"),
    Asked.REMOTE_GRANT:      Label("答复远程授权", "answer the request for remote access"),
    Asked.PART_AGREEMENT:    Label("同意换件", "agree to a part"),
    Asked.CHANGE_AGREEMENT:  Label("同意变更", "agree to a change"),
    Asked.CHANGE_ACCEPTANCE: Label("验收变更", "accept a change"),
    Asked.CONFIRMATION:      Label("确认解决", "confirm the resolution"),
}

#: What waits for others of ours.
WORKS: dict[Work, Label] = {
    Work.SURVEY:       Label("回访", "the survey"),
    Work.PART:         Label("备件", "a part"),
    Work.CONSULTATION: Label("会诊", "a consultation"),
    Work.REPORT:       Label("故障报告", "the fault report"),
}

#: How a report reaches us, and how a customer gives their word.
CHANNELS: dict[str, Label] = {
    "phone":   Label("电话", "phone"),
    "mail":    Label("邮件", "mail"),
    "web":     Label("网页", "web"),
    "mobile":  Label("手机", "mobile"),
    "walk_in": Label("上门", "in person"),
    "api":     Label("系统接口", "another system"),
    SpokenChannel.SITE:   Label("现场口头", "on site"),
    SpokenChannel.CHAT:   Label("即时通讯", "chat"),
    ConsentChannel.PAPER: Label("书面", "paper"),
}

SATISFACTIONS: dict[Satisfaction, Label] = {
    Satisfaction.VERY_SATISFIED:    Label("非常满意", "very satisfied"),
    Satisfaction.SATISFIED:         Label("满意", "satisfied"),
    Satisfaction.NEUTRAL:           Label("一般", "neutral"),
    Satisfaction.DISSATISFIED:      Label("不满意", "dissatisfied"),
    Satisfaction.VERY_DISSATISFIED: Label("非常不满意", "very dissatisfied"),
}

UNITS: dict[Unit, Label] = {
    Unit.LOCAL:    Label("本地办事处", "the local office"),
    Unit.DIVISION: Label("事业部", "the division"),
}

PLANS: dict[PlanNumber, Label] = {
    PlanNumber.ONE:   Label("预案一", "plan one"),
    PlanNumber.TWO:   Label("预案二", "plan two"),
    PlanNumber.THREE: Label("预案三", "plan three"),
}

GRADES: dict[Grade, Label] = {
    Grade.JUNIOR:    Label("初级", "junior"),
    Grade.MIDDLE:    Label("中级", "middle"),
    Grade.SENIOR:    Label("高级", "senior"),
    Grade.PRINCIPAL: Label("资深", "principal"),
    Grade.EXPERT:    Label("专家", "expert"),
}
# fmt: on

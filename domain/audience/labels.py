"""What roles and stages are called where people are told of them."""

from domain.matters.changes import Size
from domain.people.actors import Role
from domain.ticket.stages import Stage
from domain.words.label import Label

# fmt: off
ROLES: dict[Role, Label] = {
    Role.HOTLINE:           Label("热线", "the hotline"),
    Role.ENGINEER:          Label("工程师", "an engineer"),
    Role.PROJECT_MANAGER:   Label("项目经理", "the project manager"),
    Role.DUTY_MANAGER:      Label("值班经理", "the duty manager"),
    Role.CUSTOMER_CONTACT:  Label("客户联系人", "the customer's contact"),
    Role.CUSTOMER_APPROVER: Label("客户审批人", "the customer's approver"),
    Role.EXPERT:            Label("技术专家", "an expert"),
    Role.VENDOR:            Label("厂家", "the vendor"),
    Role.SUPERVISOR:        Label("服务监督", "the supervisor"),
    Role.STOCK_KEEPER:      Label("备件管理员", "the stock keeper"),
    Role.LEADER:            Label("主管领导", "the leader"),
    Role.COMMERCIAL:        Label("商务", "the commercial"),
    Role.AUDITOR:           Label("审计员", "the auditor"),
    Role.ADMINISTRATOR:     Label("系统管理员", "the administrator"),
    Role.SYSTEM:            Label("系统", "the system"),
}

STAGES: dict[Stage, Label] = {
    Stage.TRIAGE:    Label("待处理", "triage"),
    Stage.PHONE:     Label("电话支持", "support by phone"),
    Stage.REMOTE:    Label("远程支持", "remote support"),
    Stage.ONSITE:    Label("现场处理", "work on site"),
    Stage.EXPERT:    Label("专家支持", "the experts"),
    Stage.VENDOR:    Label("厂家支持", "the vendor"),
    Stage.EMERGENCY: Label("应急处置", "the emergency"),
    Stage.RESOLVED:  Label("待客户确认", "the customer's confirmation"),
    Stage.CLOSED:    Label("已关闭", "closed"),
}

SIZES: dict[Size, Label] = {
    Size.SMALL: Label("一般变更", "a small change"),
    Size.LARGE: Label("较大变更", "a large change"),
}

#: What a ticket may have several of, by the field that holds them.
_RECORDS: dict[str, Label] = {
    "parts":         Label("备件 {id}", "part {id}"),
    "changes":       Label("变更 {id}", "change {id}"),
    "consultations": Label("会诊 {id}", "consultation {id}"),
    "vendor_cases":  Label("厂家协办 {id}", "vendor's case {id}"),
    "substitutes":   Label("代用设备 {id}", "substitute device {id}"),
}
# fmt: on


def record_name(of: str, id_: str) -> Label:
    """What one of several is called."""
    return _RECORDS[of].filled(id=id_)

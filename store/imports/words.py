"""Words: what roles and grades are called in tables; either language is read, Chinese is written."""

from domain.people.actors import Role
from domain.people.duty import Grade
from domain.words.label import Label

# fmt: off
ROLES: dict[Role, Label] = {
    Role.HOTLINE:           Label("热线", "hotline"),
    Role.ENGINEER:          Label("工程师", "engineer"),
    Role.PROJECT_MANAGER:   Label("项目经理", "project manager"),
    Role.DUTY_MANAGER:      Label("值班经理", "duty manager"),
    Role.CUSTOMER_CONTACT:  Label("客户联系人", "customer contact"),
    Role.CUSTOMER_APPROVER: Label("客户审批人", "customer approver"),
    Role.EXPERT:            Label("专家", "expert"),
    Role.VENDOR:            Label("厂家", "vendor"),
    Role.SUPERVISOR:        Label("服务监督", "supervisor"),
    Role.LEADER:            Label("主管领导", "leader"),
    Role.COMMERCIAL:        Label("商务", "commercial"),
    Role.STOCK_KEEPER:      Label("备件管理员", "stock keeper"),
    Role.AUDITOR:           Label("审计员", "auditor"),
    Role.ADMINISTRATOR:     Label("管理员", "administrator"),
}

GRADES: dict[Grade, Label] = {
    Grade.JUNIOR:    Label("初级", "junior"),
    Grade.MIDDLE:    Label("中级", "middle"),
    Grade.SENIOR:    Label("高级", "senior"),
    Grade.PRINCIPAL: Label("资深", "principal"),
    Grade.EXPERT:    Label("专家", "expert"),
}
# fmt: on

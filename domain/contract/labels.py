"""What the words of the domain are called in both languages, for screens, explanations and reports."""

from domain.contract.clauses import Arming, Counting, FactValue, Kind, Origin
from domain.words.label import Label

# fmt: off
KINDS: dict[Kind, Label] = {
    Kind.RESPOND:    Label("响应", "response"),
    Kind.CONTACT:    Label("联系用户", "contact with the user"),
    Kind.HANDOVER:   Label("移交工程师", "handover to an engineer"),
    Kind.CENTRE:     Label("成立应急支援中心", "emergency support centre"),
    Kind.PLAN:       Label("提交处理方案", "plan"),
    Kind.DEPART:     Label("出发", "departure"),
    Kind.ARRIVE:     Label("到达现场", "arrival on site"),
    Kind.DIAGNOSE:   Label("出具诊断", "diagnosis"),
    Kind.RESTORE:    Label("恢复运行", "restoration"),
    Kind.RESOLVE:    Label("解决", "resolution"),
    Kind.SUBSTITUTE: Label("提供代用设备", "substitute device"),
    Kind.REPORT:     Label("提交故障报告", "fault report"),
    Kind.SURVEY:     Label("满意度回访", "satisfaction survey"),
}

COUNTINGS: dict[Counting, Label] = {
    Counting.WALL:        Label("连续计时", "always"),
    Counting.SERVICE:     Label("只计服务时间", "service hours only"),
    Counting.OPENING:     Label("自开始服务起连续计时", "always, from the next opening"),
    Counting.DEFERRED:    Label("连续计时，顺延至服务时间", "always, moved to the next opening"),
    Counting.WORKDAY_END: Label("按工作日，至当日服务结束", "working days, to the end of hours"),
    Counting.DAY_END:     Label("按自然日，至当日 24:00", "calendar days, to midnight"),
}

ORIGINS: dict[Origin, Label] = {
    Origin.RECEIVED:   Label("受理", "receipt"),
    Origin.FAULT:      Label("故障发生", "the fault"),
    Origin.BOOKED:     Label("预约时间", "the appointment"),
    Origin.DISPATCHED: Label("派工", "the dispatch"),
    Origin.ONSITE:     Label("进入现场阶段", "the start of the on-site stage"),
    Origin.EMERGENCY:  Label("进入应急阶段", "the start of the emergency stage"),
    Origin.VISIT_END:  Label("离开现场", "the end of the visit"),
    Origin.RESOLVED:   Label("解决", "the resolution"),
    Origin.CLOSED:     Label("关闭", "the closing"),
}

ARMINGS: dict[Arming, Label] = {
    Arming.NOW:            Label("受理即生效", "from the start"),
    Arming.DISPATCHED:     Label("派工", "somebody is dispatched"),
    Arming.ONSITE:         Label("进入现场阶段", "the on-site stage begins"),
    Arming.EMERGENCY:      Label("进入应急阶段", "the emergency stage begins"),
    Arming.VISIT_END:      Label("离开现场且故障解决", "the visit has ended and the fault is resolved"),
    Arming.BREACH_RESOLVE: Label("解决超时", "the resolution is overdue"),
    Arming.BREACH_RESTORE: Label("恢复超时", "the restoration is overdue"),
    Arming.HALF_RESOLVE:   Label("解决时限过半", "half of the time to resolve is spent"),
    Arming.DECLARED:       Label("认定有必要", "it is declared necessary"),
    Arming.RESOLVED:       Label("解决", "the ticket is resolved"),
    Arming.CLOSED:         Label("关闭", "the ticket is closed"),
}

FACTS: dict[str, Label] = {
    "major":           Label("重大问题", "major incident"),
    "severity":        Label("客户认定的严重程度", "severity, as the customer sees it"),
    "on_site":         Label("工程师已在现场", "engineer already on site"),
    "asset":           Label("对象类别", "class of the asset"),
    "cause":           Label("原因归属", "whose cause"),
    "supplied":        Label("由我方提供", "supplied by us"),
    "nature":          Label("来电性质", "nature of the report"),
}

YES_NO: dict[bool, Label] = {True: Label("是", "yes"), False: Label("否", "no")}

FACT_VALUES: dict[tuple[str, str], Label] = {
    ("severity", "disastrous"):      Label("灾难性", "disastrous"),
    ("severity", "serious"):         Label("严重", "serious"),
    ("severity", "general"):         Label("一般", "general"),
    ("asset", "hardware"):           Label("硬件", "hardware"),
    ("asset", "system_software"):    Label("系统软件", "system software"),
    ("asset", "application"):        Label("应用软件", "application"),
    ("cause", "own"):                Label("本系统", "our own system"),
    ("cause", "environment"):        Label("运行环境", "the environment"),
    ("cause", "third_party"):        Label("第三方", "a third party"),
    ("cause", "unknown"):            Label("无法判断", "unknown"),
    ("nature", "fault"):             Label("故障", "a fault"),
    ("nature", "question"):          Label("咨询", "a question"),
    ("nature", "booking"):           Label("预约服务", "a booked service"),
    ("nature", "change"):            Label("升级或变更需求", "a change that is wanted"),
}

PAUSES: dict[str, Label] = {
    "customer":          Label("等待客户", "waiting for the customer"),
    "third_party":       Label("等待第三方", "waiting for a third party"),
    "parts":             Label("等待备件", "waiting for parts"),
    "customer_approval": Label("等待客户审批", "waiting for the customer's approval"),
    "force_majeure":     Label("不可抗力", "force majeure"),
}
# fmt: on


def fact_value(fact: str, value: FactValue) -> Label:
    """What a value of a fact is called. KeyError for one that the vocabulary does not have."""
    return YES_NO[value] if isinstance(value, bool) else FACT_VALUES[fact, value]

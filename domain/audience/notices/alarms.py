"""Notices of alarms: what time alone brings, alarm by alarm; of rungs also kind by kind where words differ."""

from datetime import datetime

from domain.audience.notices import calls
from domain.audience.notices.notice import Notice, Told, When, Whom, data_has, tells
from domain.contract.clauses import Kind
from domain.ticket.deadlines import Event
from domain.ticket.obligations import BREACH
from domain.ticket.timeline import Entry, Happening
from domain.words.label import Label

#: An alarm of the opening, which no deadline brings.
NO_CONTRACT = "no_contract"

_WARNING = When("before it is due", lambda entry, _: _is_warning(entry))
_BREACH = When("the moment it is overdue", lambda entry, _: entry.data.get("rung") == BREACH)
_NO_CENTRE = When("before it is due, of the support centre (004-14)", lambda entry, _: _is_of_centre(entry, below=True))
_CENTRE_LATE = When("the moment it is overdue, of the support centre", lambda entry, _: _is_of_centre(entry))
_BEYOND = When("still not kept at one and a half of its time", lambda entry, _: entry.data.get("rung", 0) > BREACH)


def _is_of_centre(entry: Entry, *, below: bool = False) -> bool:
    rung = entry.data.get("rung", 0)
    return entry.data.get("kind") == Kind.CENTRE and (_is_warning(entry) if below else rung == BREACH)


def _is_warning(entry: Entry) -> bool:
    """Whether there was still time when it was raised: who was away for longer warns of nothing any more."""
    due = entry.data.get("due_at")
    is_over = isinstance(due, str) and datetime.fromisoformat(due) < entry.recorded_at
    return entry.data.get("rung", 0) < BREACH and not is_over


#: What keeps the promise of a kind, as one asks somebody for it.
ASKED_FOR: dict[Kind, Label] = {
    Kind.RESPOND: Label("请马上响应客户", "Respond to the customer now"),
    Kind.CONTACT: Label("请马上联系客户", "Call the customer now"),
    Kind.HANDOVER: Label("请把此单移交给工程师", "Hand it over to an engineer"),
    # Managers alone form it.
    Kind.CENTRE: Label(
        "请项目经理或值班经理马上组建应急支援中心", "Have a project or duty manager form the emergency support centre"
    ),
    Kind.PLAN: Label("请提交处理方案", "Submit the plan"),
    Kind.DEPART: Label("请马上出发", "Set out now"),
    Kind.ARRIVE: Label("请尽快赶到现场", "Get on site"),
    Kind.DIAGNOSE: Label("请给出诊断", "Give the diagnosis"),
    Kind.RESTORE: Label("请先恢复业务", "Get the service running again"),
    Kind.RESOLVE: Label("请尽快解决，需要支援马上提出", "Solve it, and ask for help if you need it"),
    Kind.SUBSTITUTE: Label("请安排{device}送达", "Get the {device} delivered"),
    Kind.REPORT: Label("请提交故障报告", "Deliver the report"),
    Kind.SURVEY: Label("请做满意度回访", "Make the survey"),
}

#: What the hotline does itself where nobody is in charge, and what it is asked to do for the rest.
HOTLINES_OWN = frozenset({Kind.RESPOND, Kind.HANDOVER})
FIND_SOMEBODY = Label("此单尚无人负责，请马上安排人接单", "Nobody is in charge of it yet; find somebody now")

_FOR_DEVICES = (Whom.STOCK_KEEPER, Whom.COMMERCIAL, Whom.PROJECT_MANAGER)

_SPENT = Label("{kind}时限已用 {rung}%：{customer}", "{kind}: {rung}% of the time is spent: {customer}")
_OVERDUE = Label("{kind}已超时：{customer}，{title}", "{kind} overdue: {customer}, {title}")
_STILL_DUE = Label(
    "{kind}须在 {due} 前完成，{left}，负责人：{owner}。", "The {kind} is due at {due}: {left}; in charge: {owner}."
)
_WAS_DUE = Label(
    "{kind}本应在 {due} 前完成，{late}，负责人：{owner}。", "The {kind} was due at {due}: {late}; in charge: {owner}."
)
_FORM_IT = Label("请马上组建应急支援中心。", "Form the emergency support centre now.")

RUNG = tells(
    Notice((Whom.OVERSEERS,), _SPENT, _STILL_DUE, _FORM_IT, _NO_CENTRE),
    Notice((Whom.OVERSEERS,), _OVERDUE, _WAS_DUE, _FORM_IT, _CENTRE_LATE),
    Notice(
        (Whom.REACHED,),
        _SPENT,
        Label("{kind}须在 {due} 前完成，{left}。", "The {kind} is due at {due}: {left}."),
        Label("{asked_for}。", "{asked_for}."),
        _WARNING,
    ),
    Notice((Whom.OVERSEERS,), _SPENT, _STILL_DUE, Label("请过问一下进展。", "See how it stands."), _WARNING),
    Notice(
        (Whom.REACHED,),
        _OVERDUE,
        Label("{kind}本应在 {due} 前完成，{late}。", "The {kind} was due at {due}: {late}."),
        Label("{asked_for}，并向客户说明。", "{asked_for}, and tell the customer."),
        _BREACH,
    ),
    Notice(
        (Whom.OVERSEERS,),
        _OVERDUE,
        _WAS_DUE,
        Label("请马上过问，必要时调人支援。", "Look into it now, and find help if need be."),
        _BREACH,
    ),
    Notice(
        (Whom.OVERSEERS, Whom.REACHED),
        Label("{kind}严重超时：{customer}，{title}", "{kind} far overdue: {customer}, {title}"),
        _WAS_DUE,
        Label("请出面督办，调配人员。", "Step in, and find the people."),
        _BEYOND,
    ),
    otherwise="a warning that is raised when the time is over: what was not kept is told as overdue",
)

ALARMS: dict[str, Told] = {
    **calls.ALARMS,
    Event.RUNG: RUNG,
    NO_CONTRACT: tells(
        Notice(
            (Whom.PROJECT_MANAGER, Whom.DUTY_MANAGER),
            Label("合同不在有效期：{customer}，{title}", "No contract in force: {customer}, {title}"),
            Label(
                "客户的合同不在有效期，上门和远程须先谈妥收费。",
                "It is not in force; work is charged, and agreed first.",
            ),
            Label("请联系客户商定收费或续约。", "Agree on the price, or on a renewal."),
            data_has("the contract is not in force (002-19)", found=True),
        ),
        Notice(
            (Whom.PROJECT_MANAGER, Whom.DUTY_MANAGER),
            Label("没有找到有效合同：{customer}，{title}", "No contract was found: {customer}, {title}"),
            Label(
                "受理时没有找到有效合同：只承诺响应，远程和上门须客户同意收费。",
                "No contract in force was found: only the response is promised, and work is charged.",
            ),
            Label("请核对客户合同。", "Check the customer's contract."),
            When("no contract was found", lambda entry, _: not entry.data.get("found")),
        ),
    ),
    Event.REMOTE_SILENCE: tells(
        Notice(
            (Whom.ASKER, Whom.OWNER, Whom.PROJECT_MANAGER),
            Label("客户未答复远程申请：{customer}", "No answer on remote access: {customer}"),
            Label("远程授权申请一直没有答复。", "The request for remote access has not been answered."),
            Label("请提出上门申请，安排现场处理。", "Apply for a visit, and go on site."),
        )
    ),
    Event.APPROVAL_REMINDER: tells(
        Notice(
            (Whom.SILENT_APPROVERS,),
            Label("请尽快审批《重大问题服务申请》", "Your decision on the application is awaited"),
            Label(
                "《重大问题服务申请》（第 {version} 版）还在等您审批。",
                "Version {version} of the application waits for your decision.",
            ),
            Label("请批准或拒绝；批准前我方不得处理。", "Approve or refuse it; no work begins before."),
        ),
        Notice(
            (Whom.PROJECT_MANAGER,),
            Label("客户尚未审批：{customer}", "No decision yet: {customer}"),
            Label("还没有答复的部门：{departments}。", "Still silent: {departments}."),
            Label("请打电话催一下。", "Call them."),
        ),
        Notice(
            (Whom.DUTY_MANAGER, Whom.LEADER),
            Label("客户一直未审批：{customer}", "Still no decision: {customer}"),
            Label("三次提醒后仍未答复的部门：{departments}。", "Silent after every reminder: {departments}."),
            Label("请出面与客户沟通。", "Talk to the customer."),
            data_has("from the last reminder on, each further hour", goes_on=True),
        ),
    ),
    Event.UNOWNED: tells(
        Notice(
            (Whom.DUTY_MANAGER,),
            Label("还没有人接单：{customer}，{title}", "Nobody has taken it: {customer}, {title}"),
            Label("自 {unowned_since} 起无人负责。", "Nobody has been in charge since {unowned_since}."),
            Label("请马上指派工程师。", "Put an engineer in charge."),
        )
    ),
    Event.UNOWNED_HALF: tells(
        Notice(
            (Whom.HOTLINE, Whom.PROJECT_MANAGER, Whom.DUTY_MANAGER),
            Label(
                "仍无人接单，响应时限已过半：{customer}，{title}",
                "Still nobody, half of the time gone: {customer}, {title}",
            ),
            Label("自 {unowned_since} 起无人负责。", "Nobody has been in charge since {unowned_since}."),
            Label("请马上指派工程师，并先给客户回电话。", "Put an engineer in charge, and call the customer."),
        )
    ),
    Event.SUBSTITUTE_SOON: tells(
        Notice(
            _FOR_DEVICES,
            Label("可能要送{device}：{customer}，{title}", "A {device} may be needed: {customer}, {title}"),
            Label(
                "此单还没有解决，再拖下去就要送{device}。",
                "It is not solved; before long a {device} is promised.",
            ),
            Label("请先备好{device}。", "Get a {device} ready."),
        )
    ),
    Event.SUBSTITUTE_PROMISED: tells(
        Notice(
            _FOR_DEVICES,
            Label("须送{device}：{customer}，{title}", "A {device} is promised: {customer}, {title}"),
            Label(
                "此单还没有解决，{device}须在 {due} 前送到。",
                "It is not solved; a {device} is due at {due}.",
            ),
            Label("请马上安排送达。", "Arrange the delivery now."),
        )
    ),
    Event.CLOSING_MISSING: tells(
        Notice(
            (Whom.OWNER, Whom.PROJECT_MANAGER),
            Label("客户已确认，尚未关闭：{customer}", "Confirmed, and not closed: {customer}"),
            Label("{missing}。", "{missing}."),
            Label("缺项补齐后请关闭。", "Close it as soon as nothing is missing."),
        )
    ),
    Event.FOLLOWUP: tells(
        Notice(
            (Whom.SUPERVISOR,),
            Label("请跟进不满意的客户：{customer}", "Follow up a customer who is not satisfied: {customer}"),
            Label(
                "客户对处理结果不满意，今天还没有跟进记录。",
                "The customer is not satisfied, and nobody has been in touch today.",
            ),
            Label("请联系客户并记录，直到对方满意为止。", "Call them and record it, until they are satisfied."),
        )
    ),
    Event.VENDOR_SILENT: tells(
        Notice(
            (Whom.VENDOR_NAMED,),
            Label("请报一下进展：{title}", "Please say how it stands: {title}"),
            Label(
                "自 {silent_since} 起没有收到贵方关于 {customer} 这项协办的消息。",
                "Since {silent_since} we have heard nothing from you on this case at {customer}.",
            ),
            Label(
                "请在工单上备注进展，处理完的请登记结果。", "Add a note on how it stands, or record what came of it."
            ),
        ),
        Notice(
            (Whom.OWNER,),
            Label("厂家一直没有消息：{customer}，{title}", "No word from the vendor: {customer}, {title}"),
            Label(
                "自 {silent_since} 起没有收到厂家（{vendor}）的消息。",
                "{vendor} has said nothing since {silent_since}.",
            ),
            Label("请打电话催一下厂家。", "Call the vendor."),
        ),
        Notice(
            (Whom.EXPERTS, Whom.PROJECT_MANAGER),
            Label("厂家仍没有消息：{customer}，{title}", "Still no word from the vendor: {customer}, {title}"),
            Label(
                "自 {silent_since} 起没有收到厂家（{vendor}）的消息，负责人：{owner}。",
                "{vendor} has said nothing since {silent_since}; in charge: {owner}.",
            ),
            Label("请过问，必要时改由我方专家处理。", "Look into it; have our experts take it on if need be."),
            data_has("from the second reminder on", again=True),
        ),
        Notice(
            (Whom.DUTY_MANAGER,),
            Label("厂家仍没有消息：{customer}，{title}", "Still no word from the vendor: {customer}, {title}"),
            Label(
                "多次催促后，厂家（{vendor}）自 {silent_since} 起仍没有消息。",
                "After every reminder {vendor} has said nothing since {silent_since}.",
            ),
            Label("请与厂家负责人交涉。", "Talk to the vendor's management."),
            data_has("from the last reminder on, each working day", goes_on=True),
        ),
    ),
    Event.HEARTBEAT: tells(
        Notice(
            (Whom.OWNER,),
            Label("现场没有报进度：{customer}", "No word from the site: {customer}"),
            Label("已超过约定时间没有收到现场进度。", "The site has been silent for longer than agreed."),
            Label("请马上报一次进度。", "Report how it stands now."),
        ),
        Notice(
            (Whom.PROJECT_MANAGER,),
            Label("现场没有报进度：{customer}", "No word from the site: {customer}"),
            Label(
                "已超过约定时间没有收到现场进度，负责人：{owner}。",
                "The site has been silent for longer than agreed; in charge: {owner}.",
            ),
            Label("请联系现场。", "Call the site."),
        ),
    ),
}

#: What time brings that raises no alarm, and the happening that tells of it.
NO_ALARM: dict[Event, Happening] = {
    Event.HALF: Happening.HALF_SPENT,
    Event.SHARE: Happening.HALF_SPENT,
    Event.SILENCE_CONFIRMS: Happening.SILENCE_CONFIRMED,
    Event.PAUSE_CAP: Happening.PAUSE_CAPPED,
    Event.REMOTE_EXPIRY: Happening.REMOTE_EXPIRED,
    Event.PLAN_STARTS: Happening.EMERGENCY_PLAN_STARTED,
}

"""Notices of the work itself: the report, who is in charge, stages, what the field does, pauses."""

from domain.audience.notices.notice import Notice, Told, When, Whom, data_has, nobody, tells
from domain.audience.notices.triage import APPLY, FOR_EXPERTS, ON_THE_TICKET
from domain.matters.pauses import PauseReason
from domain.people.actors import CUSTOMER_SIDE, Role
from domain.ticket.timeline import Happening
from domain.words.label import Label

_TAKEN_BY_OTHERS = When("the hotline did not open it", lambda entry, _: entry.actor.role is not Role.HOTLINE)
_GRAVE = When(
    "the gravest level, disastrous, major or a candidate for it (000-08)",
    lambda entry, _: Role.DUTY_MANAGER in entry.data.get("calls", ()),
)
FROM_OUTSIDE = When(
    "by the customer's or a vendor's side", lambda entry, _: entry.actor.role in CUSTOMER_SIDE | {Role.VENDOR}
)
_HANDED_OVER = When("handed over by who was in charge", lambda entry, _: entry.actor.id == entry.data.get("from"))
_EXPERT, _VENDOR = data_has("to the experts", stage="expert"), data_has("to the vendor", stage="vendor")
_EMERGENCY = data_has("to the emergency", stage="emergency")
_MAJOR = When("reported as major", lambda entry, _: (entry.data.get("facts") or {}).get("major") is True)
_PLAN_WAITS = When(
    "and an emergency plan is about to start (004-10)", lambda entry, _: bool(entry.data.get("plan_starts_at"))
)
_FOR_THE_CUSTOMER = data_has("what is awaited is theirs", reason=PauseReason.CUSTOMER)
_FOR_ANOTHER_REASON = When("for another reason", lambda entry, _: entry.data.get("reason") != PauseReason.CUSTOMER)

_NEW = Label("新报障：{customer}，{title}", "New report: {customer}, {title}")
_REPORTED = Label("{contact}报障：“{title}”。", "{contact} reports: “{title}”.")

#: The person sent, by name and phone, as the customer hears it.
_COMES = Label("您的报障由 {to}{to_phone}负责处理。", "{to}{to_phone} is in charge of your report.")

ROWS: dict[Happening, Told] = {
    Happening.OPENED: tells(
        Notice(
            (Whom.PROJECT_MANAGER, Whom.DUTY_MANAGER),
            Label("重大问题报障：{customer}，{title}", "Reported as a major incident: {customer}, {title}"),
            _REPORTED,
            APPLY,
            _MAJOR,
        ),
        Notice(
            (Whom.DUTY_MANAGER,),
            Label("重大报障：{customer}，{title}", "Grave report: {customer}, {title}"),
            _REPORTED,
            Label("请盯住接单和响应，必要时调人。", "Watch that it is taken and answered; find people if need be."),
            _GRAVE,
        ),
        Notice(
            (Whom.EXPERTS,),
            Label("请待命支援：{customer}，{title}", "Stand by: {customer}, {title}"),
            _REPORTED,
            Label("请待命，随时远程或到场支援。", "Stand by to help, remotely or on site."),
            FOR_EXPERTS,
        ),
        Notice(
            (Whom.ENGINEERS,),
            _NEW,
            _REPORTED,
            Label("请接单，并尽快给客户回电话。", "Take it, and call the customer back."),
        ),
        Notice((Whom.PROJECT_MANAGER,), _NEW, _REPORTED),
        Notice((Whom.HOTLINE,), _NEW, _REPORTED, when=_TAKEN_BY_OTHERS),
    ),
    Happening.TERMS_AGREED: nobody("the promises stand on the ticket"),
    Happening.RESPONDED: nobody(ON_THE_TICKET),
    Happening.CONTACTED: nobody(ON_THE_TICKET),
    Happening.PLAN_SUBMITTED: tells(
        Notice(
            (Whom.CONTACT,),
            Label("处理方案已提交", "The plan is there"),
            Label("工程师已提交处理方案{said}。", "Our engineer has submitted the plan{said}."),
        )
    ),
    Happening.ADVANCED: tells(
        Notice(
            (Whom.EXPERTS,),
            Label("需要专家支持：{customer}，{title}", "Experts wanted: {customer}, {title}"),
            Label("此单已转专家支持{said}。", "The work has come to the experts{said}."),
            Label("请联系{in_charge}，给出处理意见。", "Get in touch with {in_charge} and say how to go on."),
            _EXPERT,
        ),
        Notice(
            (Whom.OWNER,),
            Label("已转专家支持：{customer}", "With the experts now: {customer}"),
            Label("此单已转专家支持{said}，您仍是负责人。", "The experts help now{said}; you stay in charge."),
            when=_EXPERT,
        ),
        Notice(
            (Whom.PROJECT_MANAGER,),
            Label("已转厂家支持：{customer}", "With the vendor now: {customer}"),
            Label("此单需要厂家支持{said}。", "The vendor is needed{said}."),
            Label("请确认厂家已联系上。", "See to it that the vendor has been called."),
            _VENDOR,
        ),
        Notice(
            (Whom.PROJECT_MANAGER, Whom.DUTY_MANAGER, Whom.LEADER),
            Label("应急预案将于 {plan_at} 启动：{customer}", "An emergency plan starts at {plan_at}: {customer}"),
            Label(
                "此单已进入应急处置{said}，预案将自动启动。", "It is an emergency now{said}; the plan starts by itself."
            ),
            Label("不同意启动的，请在 {plan_at} 前提出异议。", "Object before {plan_at} if it must not start."),
            _PLAN_WAITS,
        ),
        Notice(
            (Whom.PROJECT_MANAGER, Whom.DUTY_MANAGER, Whom.LEADER),
            Label("已进入应急处置：{customer}，{title}", "Emergency: {customer}, {title}"),
            Label("此单已进入应急处置{said}。", "It is an emergency now{said}."),
            Label("请到位指挥，调配人员。", "Take the lead and find the people."),
            _EMERGENCY,
        ),
        Notice(
            (Whom.CONTACT,),
            Label("您的报障已进入应急处置", "Your report is handled as an emergency now"),
            Label("我方已启动应急处置，进展会随时告知您。", "We handle it as an emergency and will keep you informed."),
            when=_EMERGENCY,
        ),
        otherwise=ON_THE_TICKET,
    ),
    Happening.TAKEN: tells(
        Notice(
            (Whom.FORMER_OWNER,),
            Label("{to} 已接手：{customer}", "{to} has taken over: {customer}"),
            Label("{to} 已接手此单，您不再负责{said}。", "{to} is in charge now in your place{said}."),
        ),
        Notice((Whom.CONTACT,), Label("您的报障由 {to} 负责", "{to} is in charge of your report"), _COMES),
    ),
    Happening.REASSIGNED: tells(
        Notice(
            (Whom.NAMED,),
            Label("请接手：{customer}，{title}", "Yours now: {customer}, {title}"),
            Label("{actor}将此单交给您负责{said}。", "{actor} has put you in charge{said}."),
            Label("请联系客户{contact}，接着处理。", "Call {contact} and go on with it."),
        ),
        Notice(
            (Whom.FORMER_OWNER,),
            Label("此单已转交 {to}：{customer}", "{to} is in charge now: {customer}"),
            Label("{actor}已将此单转交 {to} 负责{said}。", "{actor} has put {to} in charge{said}."),
        ),
        Notice(
            (Whom.PROJECT_MANAGER,),
            Label("此单已转交 {to}：{customer}，{title}", "{to} is in charge now: {customer}, {title}"),
            Label("{actor}已将此单转交 {to} 负责{said}。", "{actor} has put {to} in charge{said}."),
            when=_HANDED_OVER,
        ),
        Notice((Whom.CONTACT,), Label("您的报障由 {to} 负责", "{to} is in charge of your report"), _COMES),
    ),
    Happening.UNASSIGNED: tells(
        Notice(
            (Whom.HOTLINE, Whom.PROJECT_MANAGER),
            Label("现在无人负责：{customer}，{title}", "Nobody is in charge now: {customer}, {title}"),
            Label("{before}不再负责此单{said}。", "{before} is no longer in charge{said}."),
            Label("请马上安排人接手。", "Find somebody to take it over."),
        ),
        Notice(
            (Whom.FORMER_OWNER,),
            Label("您不再负责：{customer}", "No longer yours: {customer}"),
            Label("{actor}已解除您对此单的负责{said}。", "{actor} has taken you off it{said}."),
        ),
    ),
    Happening.DISPATCHED: tells(
        Notice(
            (Whom.NAMED,),
            Label("请上门：{customer}，{title}", "Please go on site: {customer}, {title}"),
            Label("{actor}派您到现场处理。现场联系人：{contact}。", "{actor} sends you on site. Ask for {contact}."),
            Label("请尽快出发，出发和到场时各报一次。", "Set out, and report when you leave and when you arrive."),
        ),
        Notice(
            (Whom.OWNER,),
            Label("已派 {to} 上门：{customer}", "{to} is sent on site: {customer}"),
            Label(
                "{actor}已派 {to}{to_phone}上门，您仍是负责人。", "{actor} sends {to}{to_phone}; you stay in charge."
            ),
        ),
        Notice(
            (Whom.CONTACT,),
            Label("{to} 将上门处理", "{to} will come to you"),
            Label("我方已安排 {to}{to_phone}上门处理。", "We are sending {to}{to_phone} to you."),
        ),
    ),
    Happening.DEPARTED: tells(
        Notice(
            (Whom.CONTACT,),
            Label("工程师已出发", "Our engineer is on the way"),
            Label("上门工程师已出发{said}。", "Our engineer has set out{said}."),
        )
    ),
    Happening.ARRIVED: tells(
        Notice(
            (Whom.CONTACT,),
            Label("工程师已到现场", "Our engineer has arrived"),
            Label("上门工程师已到达现场{said}。", "Our engineer is on site{said}."),
        )
    ),
    Happening.DIAGNOSED: tells(
        Notice(
            (Whom.CONTACT,),
            Label("诊断已出", "The diagnosis is there"),
            Label("故障诊断已出{said}。", "The fault has been diagnosed{said}."),
        )
    ),
    Happening.VISIT_ENDED: nobody(ON_THE_TICKET),
    Happening.NOTED: tells(
        Notice(
            (Whom.OWNER,),
            Label("{actor}有留言：{customer}", "A note of {actor}: {customer}"),
            Label("{actor}留言{said}。", "{actor} writes{said}."),
            Label("请看一下，需要时回复对方。", "Read it, and answer where an answer is wanted."),
            FROM_OUTSIDE,
        ),
        otherwise=ON_THE_TICKET,
    ),
    Happening.MAILED: tells(
        Notice(
            (Whom.OWNER,),
            Label("收到来信：{customer}", "A message came: {customer}"),
            Label("收到与此单有关的来信{said}。", "A message about it came{said}."),
            Label(
                "请看一下，需要时联系对方。来信不算同意、批准或确认。",
                "Read it, and get in touch where that is wanted. A message consents to nothing, nor approves anything.",
            ),
        )
    ),
    Happening.LOG_WRITTEN: nobody(ON_THE_TICKET),
    Happening.PAUSED: tells(
        Notice(
            (Whom.PROJECT_MANAGER,),
            Label("已暂停计时：{customer}", "The clock is paused: {customer}"),
            Label("{actor}已暂停计时，原因：{pause}{said}。", "{actor} has paused the clock, {pause}{said}."),
        ),
        Notice(
            (Whom.CONTACT,),
            Label("请您方配合，报障已暂停计时", "We wait for you: the clock of your report is paused"),
            Label("处理时限暂停计算，等您方配合{said}。", "The time to solve it is paused, for we wait for you{said}."),
            Label("请尽快办理；有疑问的，请联系我们。", "See to it soon, or ask us."),
            _FOR_THE_CUSTOMER,
        ),
        Notice(
            (Whom.CONTACT,),
            Label("您的报障已暂停计时", "The clock of your report is paused"),
            Label("处理时限暂停计算，原因：{pause}{said}。", "The time to solve it is paused: {pause}{said}."),
            when=_FOR_ANOTHER_REASON,
        ),
    ),
    Happening.RESUMED: nobody("the clock shows it"),
    Happening.PAUSE_CAPPED: tells(
        Notice(
            (Whom.OWNER, Whom.PROJECT_MANAGER),
            Label("暂停到期，已恢复计时：{customer}", "The pause is over, the clock runs: {customer}"),
            Label(
                "暂停（{pause}）已到上限，时限恢复计算。",
                "The pause ({pause}) has reached its limit; time counts again.",
            ),
            Label("请继续处理。", "Go on with it."),
        ),
        Notice(
            (Whom.CONTACT,),
            Label("您的报障已恢复计时", "The clock of your report runs again"),
            Label("暂停期已满，处理时限恢复计算。", "The pause is over; the time to solve it counts again."),
        ),
    ),
}

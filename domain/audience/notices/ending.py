"""Notices of the end: restored, resolved, confirmed or not, closed, and what is owed afterwards."""

from domain.audience.notices.notice import Notice, Told, When, Whom, tells
from domain.ticket.timeline import Happening
from domain.words.label import Label

_DISSATISFIED = When(
    "dissatisfied", lambda entry, _: entry.data.get("satisfaction") in {"dissatisfied", "very_dissatisfied"}
)

#: To whoever resolved it, where somebody else is in charge.
_WITH_THE_OWNER = Label(
    "请把处理经过告诉{in_charge}，一起弄清原因。", "Tell {in_charge} what you did, and find the cause together."
)
_BACK = (Whom.OWNER, Whom.PROJECT_MANAGER, Whom.HOTLINE)

ROWS: dict[Happening, Told] = {
    Happening.RESTORED: tells(
        Notice(
            (Whom.CONTACT,),
            Label("业务已恢复", "Service is restored"),
            Label("您的业务已恢复运行{said}。", "Your service runs again{said}."),
        )
    ),
    Happening.RESOLVED: tells(
        Notice(
            (Whom.CONTACT,),
            Label("请确认故障是否已解决", "Please confirm that it is solved"),
            Label("工程师已处理完毕{said}。", "Our engineer has solved it{said}."),
            Label("请确认；仍有问题的，请退回并说明。", "Confirm it; if it is not solved, reject it and say why."),
        )
    ),
    Happening.CONFIRMED: tells(
        Notice(
            (Whom.OWNER,),
            Label("客户已确认解决：{customer}", "Confirmed: {customer}"),
            Label("{actor}已确认解决{said}。", "{actor} confirms that it is solved{said}."),
        )
    ),
    Happening.SILENCE_CONFIRMED: tells(
        Notice(
            (Whom.OWNER,),
            Label("确认期已满，视为解决：{customer}", "Confirmed by silence: {customer}"),
            Label("客户在确认期内没有异议，视为已解决。", "The customer has not objected within the window."),
        )
    ),
    Happening.REJECTED: tells(
        Notice(
            _BACK,
            Label("客户不认可，已退回：{customer}，{title}", "Rejected: {customer}, {title}"),
            Label(
                "{actor}不认可处理结果{said}，时限继续计算。", "{actor} does not accept it{said}; the clocks run on."
            ),
            Label("请马上联系客户，继续处理。", "Call the customer at once, and go on."),
        ),
        Notice(
            (Whom.RESOLVER,),
            Label("您办结的工单被退回：{customer}，{title}", "What you resolved is rejected: {customer}, {title}"),
            Label("{actor}不认可处理结果{said}。", "{actor} does not accept it{said}."),
            _WITH_THE_OWNER,
        ),
    ),
    Happening.REOPENED: tells(
        Notice(
            _BACK,
            Label("已重新打开：{customer}，{title}", "Reopened: {customer}, {title}"),
            Label("{actor}重新打开了此单{said}，时限继续计算。", "{actor} has reopened it{said}; the clocks run on."),
            Label("请继续处理。", "Go on with it."),
        ),
        Notice(
            (Whom.RESOLVER,),
            Label(
                "您办结的工单已重新打开：{customer}，{title}", "What you resolved is open again: {customer}, {title}"
            ),
            Label("{actor}重新打开了此单{said}。", "{actor} has reopened it{said}."),
            _WITH_THE_OWNER,
        ),
    ),
    Happening.REPORT_DELIVERED: tells(
        Notice(
            (Whom.CONTACT,),
            Label("故障报告已提交", "The report is there"),
            Label("我方已提交故障报告{said}。", "We have delivered the report{said}."),
        )
    ),
    Happening.SURVEY_RECORDED: tells(
        Notice(
            (Whom.PROJECT_MANAGER, Whom.DUTY_MANAGER, Whom.LEADER),
            Label("客户不满意：{customer}", "A dissatisfied customer: {customer}"),
            Label("回访结果：不满意{said}。", "The survey says: dissatisfied{said}."),
            Label("请联系客户，直到对方满意为止。", "Get in touch with the customer until they are satisfied."),
            _DISSATISFIED,
        ),
        otherwise="a satisfied customer asks nothing of anybody",
    ),
    Happening.FOLLOWED_UP: tells(
        Notice(
            (Whom.PROJECT_MANAGER,),
            Label("不满意回访已跟进：{customer}", "Followed up: {customer}"),
            Label("{actor}已跟进客户{said}。", "{actor} has followed it up{said}."),
        )
    ),
    Happening.DISCARDED: tells(
        Notice(
            (Whom.OWNER,),
            Label("工单已作废：{customer}，{title}", "Discarded: {customer}, {title}"),
            Label("{actor}已作废此单{said}。", "{actor} has discarded it{said}."),
        ),
        Notice(
            (Whom.CONTACT,),
            Label("您的报障记录已作废", "This report was opened by mistake"),
            Label("这条报障记录为误开，已作废{said}。", "It was opened by mistake and is discarded{said}."),
        ),
    ),
    Happening.MERGED: tells(
        Notice(
            (Whom.OWNER,),
            Label("工单已并入另一单：{customer}，{title}", "Merged: {customer}, {title}"),
            Label("{actor}已将此单并入工单 {into}，为同一故障。", "{actor} has merged it into {into}: the same fault."),
            Label("请在工单 {into} 继续处理。", "Go on with ticket {into}."),
        ),
        Notice(
            (Whom.CONTACT,),
            Label("您的报障已并入工单 {into}", "Your report goes on as {into}"),
            Label(
                "此报障与工单 {into} 为同一故障，已合并处理，进展见该工单。",
                "It is about the same fault as {into}, and goes on there.",
            ),
        ),
    ),
    Happening.MERGED_IN: tells(
        Notice(
            (Whom.OWNER,),
            Label("另一报障已并入此单：{customer}，{title}", "Another report is merged into it: {customer}, {title}"),
            Label(
                "工单 {merged} 与此单为同一故障，已并入；联系人现为{contact}。",
                "Ticket {merged} is about the same fault and ended in it; contacts are now {contact}.",
            ),
            Label("进展请同时告知新增联系人。", "Keep the new contact informed, too."),
        )
    ),
    Happening.BOOKED: tells(
        Notice(
            (Whom.OWNER,),
            Label("客户已约定时间：{customer}", "An appointment: {customer}"),
            Label("{actor}约定了上门或服务时间{said}。", "{actor} has made an appointment{said}."),
            Label("请按约定时间安排。", "Keep the appointment."),
        ),
        Notice(
            (Whom.CONTACT,),
            Label("预约时间已登记", "Your appointment is on record"),
            Label("您的预约时间已登记{said}。", "Your appointment is on record{said}."),
        ),
    ),
    Happening.CLOSED: tells(
        Notice(
            (Whom.OWNER,),
            Label("工单已关闭：{customer}", "Closed: {customer}"),
            Label("此单已关闭{said}。", "It is closed{said}."),
        ),
        Notice(
            (Whom.CONTACT,),
            Label("您的报障已关闭", "Your report is closed"),
            Label("您的报障已办结关闭，感谢配合。", "Your report is closed. Thank you."),
        ),
    ),
}

"""Notices of the installation itself: what of a ticket could not be kept as it happened."""

from domain.audience.notices.notice import Notice, Told, Whom, tells
from domain.ticket.timeline import Happening
from domain.words.label import Label

ROWS: dict[Happening, Told] = {
    Happening.SET_ASIDE: tells(
        Notice(
            (Whom.PROJECT_MANAGER, Whom.DUTY_MANAGER),
            Label("工单有记录未能完整保存：{customer}，{number}", "Not all was kept: {customer}, {number}"),
            Label(
                "此单有内容数据库无法保存，已另行存放，工单照常进行，告警照常发出。",
                "The database refuses some of it, which was set aside. The ticket goes on, and alarms go out.",
            ),
            Label(
                "请核对时间线，缺少的内容请向管理员索取。", "Check the timeline; ask the administrator for the rest."
            ),
        ),
        Notice(
            (Whom.ADMINISTRATOR,),
            Label("工单 {number} 有内容未能保存", "Not all of ticket {number} was kept"),
            Label(
                "工单 {number} 有内容数据库无法保存，已另行存放，没有丢失。",
                "The database refuses some of ticket {number}; it was set aside, and nothing is lost.",
            ),
            Label("请用 zhishou aside 查看并处理。", "Look at it with zhishou aside."),
        ),
    ),
}

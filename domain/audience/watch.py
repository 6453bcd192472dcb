"""What the watchdog finds, and in which words it tells of it: the number and the reason, and nothing of the ticket."""

from enum import StrEnum

from domain.audience.saying import Sentence
from domain.people.actors import Role
from domain.words.label import Label


class Trouble(StrEnum):
    """What may stand still without anybody hearing of it."""

    NO_RUN = "no_run"  # an open ticket without a running workflow
    LOST = "lost"  # a report that was acknowledged and never shown, without a running workflow
    RUN_FAILS = "run_fails"  # a workflow, or what it asks of the world, that fails again and again
    OVERDUE = "overdue"  # a promise that was due, and no alarm
    NOT_PROJECTED = "not_projected"  # the read model is not told of a ticket
    NOT_ARCHIVED = "not_archived"  # a closed run that is not in the archive, and that the server will forget
    ALTERED = "altered"  # what the archive's log speaks of is not what it was
    EVIDENCE = "evidence"  # what is archived was changed, removed or hidden
    UNWITNESSED = "unwitnessed"  # a witness who stays away, or will not cosign the archive's log
    UNSTAMPED = "unstamped"  # an authority who does not stamp the archive's log
    UNDELIVERED = "undelivered"  # messages that do not leave by a channel
    CALL_OVERDUE = "call_overdue"  # a missed call of which nobody was told in time
    CALL_FAILS = "call_fails"  # the clock of a missed call that does not run, or fails again and again
    UNREAD = "unread"  # a mailbox that customers write to and that cannot be read
    NO_ROOM = "no_room"  # a disk that is nearly full, by a folder on it
    FLOODED = "flooded"  # more calls than any desk takes
    STANDS_BACK = "stands_back"  # a build of the worker, by its name, that could not take the tickets over
    SILENT = "silent"  # a part of the installation, by its name


#: Who is told: both managers, and the administrator.
TOLD = (Role.DUTY_MANAGER, Role.PROJECT_MANAGER, Role.ADMINISTRATOR)

#: What each is called, and what is to be done.
WORDS: dict[Trouble, tuple[Label, Label]] = {
    Trouble.NO_RUN: (
        Label("工单 {subject} 的流程没有在运行", "The workflow of ticket {subject} does not run"),
        Label(
            "此单的时限和告警已停止，请人工跟进，并请管理员恢复流程。",
            "Its promises are not watched: follow it by hand, and have its workflow restored.",
        ),
    ),
    Trouble.LOST: (
        Label("已受理的报障 {subject} 丢失", "The report {subject}, which was acknowledged, is lost"),
        Label(
            "工单没有建成，无人处理。请联系受理人或报障人，重新登记；报障内容请管理员用 zhishou lost 查看。",
            "No ticket came of it: call whoever took or made the report, and take it anew. The administrator sees what"
            " it says with zhishou lost.",
        ),
    ),
    Trouble.RUN_FAILS: (
        Label("工单 {subject} 的流程反复出错", "The workflow of ticket {subject} fails again and again"),
        Label(
            "此单的操作和告警可能停滞，请人工跟进，并请管理员查看日志。",
            "Commands and alarms may stand still: follow it by hand, and look at the worker's log.",
        ),
    ),
    Trouble.OVERDUE: (
        Label("工单 {subject} 有时限已到却没有告警", "A promise of ticket {subject} was due without an alarm"),
        Label("请立即人工处理此单，并请管理员查明原因。", "See to the ticket now, and find out why."),
    ),
    Trouble.NOT_PROJECTED: (
        Label("工单 {subject} 的记录没有更新", "What happens on ticket {subject} is not shown"),
        Label(
            "页面和消息可能已经过时，请人工跟进，并请管理员查看日志。",
            "Screens and messages may be out of date: follow it by hand, and look at the worker's log.",
        ),
    ),
    Trouble.NOT_ARCHIVED: (
        Label("工单 {subject} 的流程历史没有归档", "The history of ticket {subject} is not archived"),
        Label(
            "保留期一过，历史就会被服务器删除，不能再作证据。请管理员查看归档目录和巡检日志。",
            "The server deletes it when its retention ends: look at the archive's folder and the watchdog's log.",
        ),
    ),
    Trouble.ALTERED: (
        Label("{subject} 与归档日志不符", "What the archive's log says of {subject} is not what is there"),
        Label(
            "归档之后，登记变更记录或附件被改动或删除。请管理员保留现场、查明是谁所为，并用备份核对。",
            "A record of the registry or an attachment was altered or removed since: find out by whom, from a backup.",
        ),
    ),
    Trouble.EVIDENCE: (
        Label("归档中的证据不成立：{subject}", "Evidence in the archive does not hold: {subject}"),
        Label(
            "归档内容被改动、删除或隐藏。请管理员保留现场，运行 zhishou audit check，并从备份恢复；索引会自动重建。",
            "It was changed, removed or hidden: keep what is there, run zhishou audit check, and restore it from a"
            " backup. An index is made anew by itself.",
        ),
    ),
    Trouble.UNWITNESSED: (
        Label("见证方 {subject} 没有联署归档日志", "The witness {subject} does not cosign the archive's log"),
        Label(
            "没有见证，外人就看不出历史是否被改写。联系不上（一小时以上）的，请管理员与见证方联系；拒绝联署（refused）"
            "说明日志与其见过的不同，请保留现场，运行 zhishou audit check。",
            "Without it nobody outside sees whether the past was written anew. Where it has not answered for an hour,"
            " call whoever runs it; where it has refused, the log is not what it has seen: keep what is there, and run"
            " zhishou audit check.",
        ),
    ),
    Trouble.UNSTAMPED: (
        Label(
            "时间戳机构 {subject} 没有给归档日志盖时间戳", "The authority {subject} does not stamp the archive's log"
        ),
        Label(
            "联系不上，或答复不成立，已超过一小时。没有时间戳，就证明不了今天归档的内容何时已有。请管理员查看巡检日志，"
            "核对 ZHISHOU_TIMESTAMPS 的地址和根证书，并与该机构联系。",
            "It has not answered for an hour, or with what does not hold. Without it nobody can prove when today's"
            " evidence was there: look at the watchdog's log, at the address and the root certificates in"
            " ZHISHOU_TIMESTAMPS, and call whoever runs it.",
        ),
    ),
    Trouble.UNDELIVERED: (
        Label("消息发不出去：{subject}", "Messages do not leave by {subject}"),
        Label(
            "收件人只能在值守里看到。请电话通知要紧的，并请管理员用 zhishou channels 查看原因。",
            "People see them in the inbox alone: call whoever must know. The administrator finds why with zhishou"
            " channels.",
        ),
    ),
    Trouble.UNREAD: (
        Label("客户来信读不到：{subject}", "Customers' mail cannot be read: {subject}"),
        Label(
            "邮件报障进不来，也没有开始计时。请直接打开邮箱查看，并请管理员用 zhishou channels mailbox 查明原因。",
            "Reports by mail do not come in, and none of their clocks runs: look into the mailbox itself. The"
            " administrator finds why with zhishou channels mailbox.",
        ),
    ),
    Trouble.CALL_OVERDUE: (
        Label("漏接来电没有通知到人：{subject}", "Nobody was told of a missed call: {subject}"),
        Label(
            "请马上打开首页的来电，安排人回电，并请管理员查明原因。",
            "Open the calls on the first page, see to it that somebody calls back, and find out why.",
        ),
    ),
    Trouble.CALL_FAILS: (
        Label("漏接来电的计时停了：{subject}", "The clock of a missed call stands still: {subject}"),
        Label(
            "不会再有人收到提醒：请打开首页的来电，安排人回电，并请管理员查看日志。",
            "Nobody is reminded any more: open the calls on the first page, see to it that somebody calls back, and"
            " look at the worker's log.",
        ),
    ),
    Trouble.NO_ROOM: (
        Label("磁盘空间即将用尽：{subject}", "The disk is nearly full: {subject}"),
        Label(
            "写满后无法受理报障，也无法告警。请管理员立即清理或扩容。",
            "Once it is full no report is taken and no alarm is raised: make room now, or add some.",
        ),
    ),
    Trouble.FLOODED: (
        Label("来电过多，新来电暂不登记：{subject}", "Too many calls, new ones are not taken: {subject}"),
        Label(
            "请核对话务系统。若不是真实来电，令牌可能已泄露，请在「账户」里吊销并另发；若是真实来电，请按话务系统的记录"
            "回电。",
            "Look at the telephone system. If nobody calls so often, somebody may have its token: revoke it and issue"
            " another. If they do, call back by the telephone system's own list.",
        ),
    ),
    Trouble.STANDS_BACK: (
        Label(
            "工作程序的新版本 {subject} 没有接管工单",
            "The build {subject} of the worker has not taken the tickets over",
        ),
        Label(
            "工单仍由原来的版本处理，没有受损。请管理员查看它的日志（哪些工单不能重放），并用 zhishou workers"
            " 决定由哪个版本处理。",
            "The build before it still decides, and no ticket comes to harm: its log names the tickets that it cannot"
            " replay. Say which one decides with zhishou workers.",
        ),
    ),
    Trouble.SILENT: (
        Label("系统部件 {subject} 没有回应", "The part {subject} is silent"),
        Label("请管理员检查该部件是否在运行。", "Check whether that part runs."),
    ),
}

_TEXT = Label("巡检发现：{what}（{reason}）。", "The watchdog has found: {what} ({reason}).")
_OVER = Label("已恢复：{what}", "Over: {what}")
_OVER_TEXT = Label("巡检确认，该问题已恢复。", "The watchdog finds it no more.")
_MORE = Label("另有 {count} 项同类问题：{what}", "{count} more of the same kind: {what}")
_EVERYTHING = Label("（多项）", "(several)")


def found(trouble: Trouble, subject: str, reason: str) -> Sentence:
    """That something stands still."""
    what, action = (label.filled(subject=subject) for label in WORDS[trouble])
    return Sentence(what, _TEXT.filled(what=what, reason=reason), action)


def over(trouble: Trouble, subject: str) -> Sentence:
    """That it does no more."""
    what, _ = WORDS[trouble]
    return Sentence(_OVER.filled(what=what.filled(subject=subject)), _OVER_TEXT)


def more(trouble: Trouble, count: int, *, is_over: bool) -> Sentence:
    """That there are more than anybody reads one by one."""
    what, action = (label.filled(subject=_EVERYTHING) for label in WORDS[trouble])
    title = _MORE.filled(count=count, what=what)
    return (
        Sentence(_OVER.filled(what=title), _OVER_TEXT)
        if is_over
        else Sentence(title, _TEXT.filled(what=what, reason=count), action)
    )

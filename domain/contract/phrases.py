"""How an explanation is worded: one object a language. The sentences are the same, in the same order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.contract.calendars import ALWAYS, Calendar
from domain.words.label import Label, Language

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Phrases:
    """The sentences of a language. Fields in braces are filled in by ``domain.contract.explain``."""

    language: Language
    promised: str
    clause: str
    clause_line: str
    within: str
    within_workdays: str
    within_days: str
    armed: str
    either: str
    waiting: str
    began: str
    assumed_fault: str
    wall: str
    service: str
    step: str
    more: str
    opening_inside: str
    opening: str
    deferred_inside: str
    deferred: str
    workdays: str
    workday: str
    days: str
    stop: str
    open_stop: str
    reason: str
    extended: str
    due: str
    superseded: str
    provisional: str
    default: str
    unclassified: str
    uncovered: str
    every_day: str
    working_days: str
    always: str
    units: tuple[str, str, str, str]  # hours, minutes, seconds, none of them
    separator: str
    enumeration: str
    sentence_end: str

    def duration(self, length: timedelta) -> str:
        """Hours, minutes and seconds, those that are not zero."""
        hours, rest = divmod(length, timedelta(hours=1))
        minutes, rest = divmod(rest, timedelta(minutes=1))
        seconds = f"{rest / _SECOND:.6f}".rstrip("0").rstrip(".")
        parts = zip((str(hours), str(minutes), seconds), self.units, strict=False)
        return " ".join(f"{amount} {unit}" for amount, unit in parts if amount != "0") or self.units[3]

    def hours(self, calendar: Calendar) -> str:
        """When a calendar is open, in words."""
        if calendar.windows == ALWAYS.windows:
            return self.always if calendar.every_day else self.working_days.format(windows="00:00–24:00")
        windows = self.enumeration.join(
            f"{opening:%H:%M}–{'24:00' if f'{closing:%H:%M}' == '00:00' else f'{closing:%H:%M}'}"
            for opening, closing in calendar.windows
        )
        return (self.every_day if calendar.every_day else self.working_days).format(windows=windows)


def clock(instant: datetime) -> str:
    """The time of day, to the second where that matters; nobody reads fractions."""
    return instant.time().isoformat("seconds" if instant.second or instant.microsecond else "minutes")


def moment(instant: datetime) -> str:
    """Date and time of day, in China's time."""
    return f"{instant.date().isoformat()} {clock(instant)}"


CHINESE = Phrases(
    language=Language.ZH,
    promised="{clause}：{within}",
    clause="{kind}（条款 {clause}）",
    clause_line="{kind}（条款 {clause}，原文第 {line} 行）",
    within="自{origin}起 {budget}内",
    within_workdays="{origin}之日后第 {budget} 个工作日服务结束前",
    within_days="{origin}之日后第 {budget} 天 24:00 前",
    armed="{events}后生效",
    either="或",
    waiting="{origin}尚未发生，届时开始计时",
    began="{origin}：{moment}",
    assumed_fault="故障发生时间不详，按受理时间计",
    wall="昼夜连续计时",
    service="只计服务时间（{hours}）：{steps}",
    step="{month}月{day}日 {begin}–{end} 计 {length}",
    more="……（共 {count} 段）",
    opening_inside="在服务时间（{hours}）内，即刻起连续计时",
    opening="不在服务时间（{hours}）内，自 {moment} 开始服务起连续计时",
    deferred_inside="连续计时至 {moment}，在服务时间（{hours}）内",
    deferred="连续计时至 {moment}，不在服务时间（{hours}）内，顺延至下一次开始服务",
    workdays="逐个数工作日（{hours}）：{days}",
    workday="{month}月{day}日",
    days="当日为第 0 天",
    stop="{since} 至 {until} 暂停计时{reason}",
    open_stop="自 {since} 起暂停计时{reason}，恢复后到期时间顺延",
    reason="（{reason}）",
    extended="客户书面同意延至 {moment}",
    due="到期：{moment}",
    superseded="同类条款 {clauses} 到期不早于此，备查",
    provisional="用到了尚未公布放假安排的年份，按普通周推算，为暂定时间",
    default="文件没有写明，采用我方默认值",
    unclassified="尚未定级，暂按最严的级别计",
    uncovered="受理时没有有效的合同，只承诺响应",
    every_day="每天 {windows}",
    working_days="工作日 {windows}",
    always="全天候",
    units=("小时", "分钟", "秒", "0 分钟"),
    separator="；",
    enumeration="、",
    sentence_end="。",
)

ENGLISH = Phrases(
    language=Language.EN,
    promised="{clause}: {within}",
    clause="{kind} (clause {clause})",
    clause_line="{kind} (clause {clause}, line {line} of the document)",
    within="within {budget} of {origin}",
    within_workdays="by the end of hours on working day {budget} after the day of {origin}",
    within_days="by 24:00 on day {budget} after the day of {origin}",
    armed="Counts once {events}",
    either=" or ",
    waiting="Not begun: it is counted from {origin}",
    began="Counted from {origin}: {moment}",
    assumed_fault="Nobody knows when the fault occurred; taken as the receipt",
    wall="Counted day and night",
    service="Counted in service hours ({hours}): {steps}",
    step="{year}-{month:02}-{day:02} {begin}–{end} counts {length}",
    more="... ({count} stretches in all)",
    opening_inside="Inside service hours ({hours}): counted day and night from then on",
    opening="Outside service hours ({hours}): counted day and night from the next opening, {moment}",
    deferred_inside="Counted day and night to {moment}, inside service hours ({hours})",
    deferred="Counted day and night to {moment}, outside service hours ({hours}): the next opening",
    workdays="Working days counted ({hours}): {days}",
    workday="{year}-{month:02}-{day:02}",
    days="The day itself is day 0",
    stop="Stopped from {since} to {until}{reason}",
    open_stop="Stopped since {since}{reason}; due later once it resumes",
    reason=" ({reason})",
    extended="The customer agreed in writing to wait until {moment}",
    due="Due {moment}",
    superseded="Other clauses of its kind are not due before: {clauses}",
    provisional="Provisional: it reaches into a year whose holidays are not published, taken as plain weeks",
    default="The document does not say; this is our default",
    unclassified="Not classified yet: the strictest level is assumed",
    uncovered="No contract was in force when the report came: only the response is promised",
    every_day="every day {windows}",
    working_days="working days {windows}",
    always="always",
    units=("h", "min", "s", "0 min"),
    separator="; ",
    enumeration=", ",
    sentence_end=". ",
)


def in_both(say: Callable[[Phrases], str]) -> Label:
    """What is said, worded in each language."""
    return Label(say(CHINESE), say(ENGLISH))

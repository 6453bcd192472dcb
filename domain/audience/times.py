"""Times in sentences: an instant and a length as one says them, in China."""

from datetime import datetime, timedelta

from domain.contract.calendars import CHINA
from domain.words.label import Label


def moment(instant: datetime, now: datetime) -> Label:
    """An instant as one says it: the time of day, with the day where that is another one."""
    there, today = instant.astimezone(CHINA), now.astimezone(CHINA)
    clock = f"{there:%H:%M}"
    if there.date() == today.date():
        return Label(clock, clock)
    year_zh, year_en = ("", "") if there.year == today.year else (f"{there.year} 年 ", f" {there.year}")
    return Label(
        f"{year_zh}{there.month} 月 {there.day} 日 {clock}", f"{there.day} {_MONTHS[there.month - 1]}{year_en}, {clock}"
    )


def minute_of(at: datetime) -> str:
    """An instant with its day, in figures that both languages read."""
    return f"{at.astimezone(CHINA):%m-%d %H:%M}"


_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def duration(length: timedelta) -> Label:
    """How long, as one says it: its two largest units."""
    minutes = max(0, round(length / timedelta(minutes=1)))
    if not minutes:
        return Label("不到 1 分钟", "less than a minute")
    amounts = (minutes // 1440, minutes % 1440 // 60, minutes % 60)
    units = (Label("天", "d"), Label("小时", "h"), Label("分钟", "min"))
    said = [(amount, unit) for amount, unit in zip(amounts, units, strict=True) if amount][:2]
    return Label(*(" ".join(f"{amount} {getattr(unit, name)}" for amount, unit in said) for name in ("zh", "en")))


def late(length: timedelta) -> Label:
    said = duration(length)
    return (
        Label("刚刚超时", "just now")
        if length < timedelta(minutes=1)
        else Label(f"已超时 {said.zh}", f"{said.en} late")
    )

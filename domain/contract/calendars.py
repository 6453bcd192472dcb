"""Calendars: when service hours run, and how many of them lie between two instants.

All instants are aware; days and windows are those of China Standard Time, which has had no daylight saving
in the years that this software knows. Inside, an instant is a number of microseconds since the beginning of
year 1 and a day the number of whole days since then (a Monday), so that every question is answered by
arithmetic and one binary search, however far apart the instants lie.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from itertools import count

CHINA = timezone(timedelta(hours=8), "+08:00")
DAY = 86_400_000_000  # microseconds
_SECOND = 1_000_000
_BEGINNING = datetime(1, 1, 1, tzinfo=CHINA)


@dataclass(frozen=True, slots=True)
class Schedule:
    """The State Council's yearly schedules: the exceptions to the Monday-to-Friday week. Stored in histories.

    Outside ``first_year .. last_year`` the plain week is assumed and what is computed there is provisional.
    """

    version: str
    first_year: int
    last_year: int
    days_off: tuple[date, ...]  # weekdays that are holidays
    make_up: tuple[date, ...]  # weekend days that are worked

    def __hash__(self) -> int:
        """Spare the caches a walk over hundreds of dates at each look-up; equality still compares all."""
        return hash((self.version, self.first_year, self.last_year, len(self.days_off), len(self.make_up)))


@dataclass(frozen=True, slots=True)
class Calendar:
    """Service hours: windows of a day, half-open, in order, and whether they run on working days only.

    A window that closes at midnight has ``time(0)`` as its end.

    Stored in histories.
    """

    id: str
    every_day: bool
    windows: tuple[tuple[time, time], ...]


ALWAYS = Calendar("7*24", every_day=True, windows=((time(0), time(0)),))


def ticks(instant: datetime) -> int:
    """Microseconds since the beginning of year 1 in China. Naive instants are a TypeError."""
    since = instant - _BEGINNING
    return since.days * DAY + since.seconds * _SECOND + since.microseconds


def instant_at(tick: int) -> datetime:
    """The instant, in China's time. OverflowError outside the years 1 to 9999."""
    return _BEGINNING + timedelta(microseconds=tick)


class EveryDay:
    """Days that are all worked."""

    __slots__ = ()

    def place(self, day: int) -> tuple[int, bool]:
        """How many worked days precede the day, and whether it is worked itself."""
        return day, True

    def nth(self, index: int) -> int:
        """The day that so many worked days precede."""
        return index

    def known(self, first: int, last: int) -> bool:  # noqa: ARG002 - the same question as to working days
        """Whether the schedule of all the days from first to last is published."""
        return True


class WorkingDays:
    """Working days: the published schedules, and the plain week before and after them."""

    __slots__ = ("_before", "_days", "_first", "_past", "_surplus")

    def __init__(self, schedule: Schedule) -> None:
        self._first = date(schedule.first_year, 1, 1).toordinal() - 1
        self._past = date(schedule.last_year, 12, 31).toordinal()
        off = {day.toordinal() - 1 for day in schedule.days_off}
        made_up = {day.toordinal() - 1 for day in schedule.make_up}
        published = range(self._first, self._past)
        self._days = [day for day in published if (day % 7 < 5 and day not in off) or day in made_up]
        self._before = _weekdays_before(self._first)
        self._surplus = self._before + len(self._days) - _weekdays_before(self._past)

    def place(self, day: int) -> tuple[int, bool]:
        """How many worked days precede the day, and whether it is worked itself."""
        if self._first <= day < self._past:
            index = bisect_left(self._days, day)
            return self._before + index, index < len(self._days) and self._days[index] == day
        plain = _weekdays_before(day)
        return (plain if day < self._first else plain + self._surplus), day % 7 < 5

    def nth(self, index: int) -> int:
        """The day that so many worked days precede."""
        published = index - self._before
        if 0 <= published < len(self._days):
            return self._days[published]
        weeks, weekday = divmod(index if published < 0 else index - self._surplus, 5)
        return weeks * 7 + weekday

    def known(self, first: int, last: int) -> bool:
        """Whether the schedule of all the days from first to last is published."""
        return self._first <= first and last < self._past


def _weekdays_before(day: int) -> int:
    """Mondays to Fridays before the day; the days are counted from a Monday."""
    return day // 7 * 5 + min(day % 7, 5)


class Hours:
    """A calendar made ready for arithmetic. Instants and lengths of time are microseconds."""

    __slots__ = ("_before", "_closes", "_daily", "_days", "_opens")

    def __init__(self, calendar: Calendar, days: EveryDay | WorkingDays) -> None:
        self._days = days
        self._opens = [_of_day(opening) for opening, _ in calendar.windows]
        self._closes = [_of_day(closing) or DAY for _, closing in calendar.windows]
        lengths = [closing - opening for opening, closing in zip(self._opens, self._closes, strict=True)]
        self._before = [sum(lengths[:index]) for index in range(len(lengths))]
        self._daily = sum(lengths)

    def elapsed(self, tick: int) -> int:
        """Service time up to the instant, from a beginning that is the same for all instants."""
        day, clock = divmod(tick, DAY)
        index, worked = self._days.place(day)
        if not worked or clock <= self._opens[0]:
            return index * self._daily
        window = bisect_right(self._opens, clock) - 1
        open_for = min(clock, self._closes[window]) - self._opens[window]
        return index * self._daily + self._before[window] + open_for

    def reach(self, elapsed: int) -> int:
        """The earliest instant up to which that much service time has elapsed."""
        index, rest = divmod(elapsed - 1, self._daily)
        window = bisect_right(self._before, rest) - 1
        return self._days.nth(index) * DAY + self._opens[window] + rest + 1 - self._before[window]

    def opening(self, tick: int) -> int:
        """The instant itself inside the windows, otherwise the next opening."""
        day, clock = divmod(tick, DAY)
        index, worked = self._days.place(day)
        if worked and clock < self._closes[-1]:
            window = bisect_right(self._closes, clock)
            return day * DAY + max(clock, self._opens[window])
        return self._days.nth(index + worked) * DAY + self._opens[0]

    def closing(self, tick: int, days: int) -> int:
        """Closing time of the n-th worked day after that of the instant, which is day 0, worked or not."""
        index, worked = self._days.place(tick // DAY)
        return self._days.nth(index + worked + days - 1) * DAY + self._closes[-1]

    def known(self, first: int, last: int) -> bool:
        """Whether the schedule of every day from one instant to the other, both included, is published."""
        return self._days.known(first // DAY, last // DAY)

    def stretches(self, since: int, until: int) -> Iterator[tuple[int, int]]:
        """The windows between the instants, cut to them, in order."""
        for index in count(self._days.place(since // DAY)[0]):
            midnight = self._days.nth(index) * DAY
            if midnight >= until:
                return
            for opening, closing in zip(self._opens, self._closes, strict=True):
                stretch = max(midnight + opening, since), min(midnight + closing, until)
                if stretch[0] < stretch[1]:
                    yield stretch


def _of_day(clock: time) -> int:
    """Microseconds since midnight."""
    return ((clock.hour * 60 + clock.minute) * 60 + clock.second) * _SECOND + clock.microsecond


@lru_cache(maxsize=256)
def working_days(schedule: Schedule) -> WorkingDays:
    """Its working days; made once for a schedule, equal schedules sharing one."""
    return WorkingDays(schedule)


@lru_cache(maxsize=1024)
def hours(calendar: Calendar, schedule: Schedule) -> Hours:
    """The calendar under the schedule, ready for arithmetic; made once."""
    return Hours(calendar, EveryDay() if calendar.every_day else working_days(schedule))

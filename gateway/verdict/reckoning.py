"""When a share of a budget is spent, reckoned once more: day by day, with nothing of what due times are made with.

Slow and plain on purpose, as docs/counting.md says it. An auditor's second opinion is worth what it does not share.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.contract.calendars import CHINA, Calendar, Schedule
from domain.contract.clauses import Counting

Stretch = tuple[datetime, datetime]

_DAY, _NONE = timedelta(days=1), timedelta(0)
_WEEKEND = 5  # Saturday


@dataclass(frozen=True)
class Clock:
    """A promise's clock: how it counts, in which hours, from when, and when it stood still.

    Attributes:
        budget: a length of time, or a number of days.
        stops: those that have ended, in any order; they may overlap.
    """

    counting: Counting
    calendar: Calendar
    schedule: Schedule
    origin: datetime
    budget: timedelta | int
    stops: tuple[Stretch, ...] = ()

    def reaches(self, percent: int) -> datetime:
        """When that share is spent; 100 is the due time."""
        if isinstance(self.budget, timedelta) and self.counting is not Counting.DEFERRED:
            begin = self._opening(self.origin) if self.counting is Counting.OPENING else self.origin
            doors = self._doors if self.counting is Counting.SERVICE else _all_day
            return self._spent(doors, begin, self.budget * percent // 100)
        due = self._due_in_wall_time()
        if percent == 100:
            return due
        ran = due - self.origin - self._stopped(self.origin, due)
        return self._opening(self._spent(_all_day, self.origin, ran * percent // 100))

    def _due_in_wall_time(self) -> datetime:
        """Of what is not simply so much running time."""
        if isinstance(self.budget, timedelta):
            return self._opening(self._spent(_all_day, self.origin, self.budget))
        end_after = self._closing if self.counting is Counting.WORKDAY_END else _midnight
        start = self.origin
        due = end_after(start, self.budget)
        for since, until in _one_after_another(self.stops):
            if since >= due:
                break
            start += max(until - max(since, self.origin), _NONE)
            due = end_after(start, self.budget)
        return due

    def _spent(self, doors: Callable[[datetime], Iterator[Stretch]], begin: datetime, budget: timedelta) -> datetime:
        """When it has run so long while the door was open and no stop held it."""
        for stretch in doors(begin):
            for since, until in _without(stretch, self.stops):
                if budget <= until - since:
                    return since + budget
                budget -= until - since
        raise AssertionError("a door that opens no more")

    def _stopped(self, since: datetime, until: datetime) -> timedelta:
        ran = (end - begin for begin, end in _without((since, until), self.stops))
        return until - since - sum(ran, _NONE)

    def _opening(self, instant: datetime) -> datetime:
        """Itself while the door is open, else the next opening."""
        return next(self._doors(instant))[0]

    def _closing(self, start: datetime, days: int) -> datetime:
        """The end of the last window of the n-th worked day after that of the start."""
        day = _morning(start)
        while days:
            day += _DAY
            days -= self._is_worked(day.date())
        return self._windows(day)[-1][1]

    def _doors(self, since: datetime) -> Iterator[Stretch]:
        """The stretches in which the door is open, from an instant on."""
        for day in _days(since):
            if self._is_worked(day.date()):
                yield from (
                    (max(opens, since), closes) for opens, closes in self._windows(day) if max(opens, since) < closes
                )

    def _windows(self, day: datetime) -> list[Stretch]:
        return [(_at(day, opens), _at(day, closes, is_end=True)) for opens, closes in self.calendar.windows]

    def _is_worked(self, day: date) -> bool:
        if self.calendar.every_day or day in self.schedule.make_up:
            return True
        return day.weekday() < _WEEKEND and day not in self.schedule.days_off


def _at(day: datetime, clock: time, *, is_end: bool = False) -> datetime:
    """That time of the day; a window that ends at 00:00 ends with the day."""
    if is_end and clock == time(0):
        return day + _DAY
    return day.replace(hour=clock.hour, minute=clock.minute, second=clock.second, microsecond=clock.microsecond)


def _morning(instant: datetime) -> datetime:
    return instant.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)


def _midnight(start: datetime, days: int) -> datetime:
    return _morning(start) + (days + 1) * _DAY


def _days(since: datetime) -> Iterator[datetime]:
    day = _morning(since)
    while True:
        yield day
        day += _DAY


def _all_day(since: datetime) -> Iterator[Stretch]:
    return ((max(day, since), day + _DAY) for day in _days(since))


def _without(stretch: Stretch, stops: Iterable[Stretch]) -> list[Stretch]:
    """What is left of it outside the stops."""
    left = [stretch]
    for since, until in (each for each in stops if each[0] < each[1]):
        parts = (part for begin, end in left for part in ((begin, min(end, since)), (max(begin, until), end)))
        left = [(begin, end) for begin, end in parts if begin < end]
    return left


def _one_after_another(stops: Iterable[Stretch]) -> list[Stretch]:
    """In order, what overlaps cut from the later."""
    found: list[Stretch] = []
    for since, until in sorted(stops):
        begin = max(since, found[-1][1]) if found else since
        if begin < until:
            found.append((begin, until))
    return found

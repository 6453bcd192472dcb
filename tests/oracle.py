"""An oracle for due times that steps minute by minute: slow, plain, and without any arithmetic of the product.

It reads docs/counting.md literally: a clock that ticks once a minute, a door that is open or shut in that minute, and
stops during which the clock stands still. Origins, budgets and stops are whole minutes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

MINUTE = timedelta(minutes=1)
MINUTES_A_DAY = 24 * 60

Stops = Sequence[tuple[datetime, datetime]]


@dataclass(frozen=True)
class Door:
    """A calendar looked at minute by minute, over a range of days that is long enough for the test."""

    first: datetime  # 00:00 of the first day
    open: bytearray  # one for each minute

    @classmethod
    def of(
        cls,
        windows: Sequence[tuple[time, time]],
        worked: Callable[[date], bool],
        first: datetime,
        days: int,
    ) -> "Door":
        """A door that is open in these windows of worked days; a window that ends at 00:00 ends at 24:00."""
        clocks = [time(minute // 60, minute % 60) for minute in range(MINUTES_A_DAY)]
        a_worked_day = bytes(
            any(opening <= clock and (closing == time(0) or clock < closing) for opening, closing in windows)
            for clock in clocks
        )
        minutes = bytearray()
        for number in range(days):
            day = (first + timedelta(days=number)).date()
            minutes += a_worked_day if worked(day) else bytes(MINUTES_A_DAY)
        return cls(first, minutes)

    def is_open(self, instant: datetime) -> bool:
        return bool(self.open[(instant - self.first) // MINUTE])


def due(counting: str, door: Door, origin: datetime, budget: int, stops: Stops = ()) -> datetime:
    """The due time. The budget is minutes, or days for workday_end and day_end."""
    if counting == "wall":
        return _tick(origin, budget, lambda now: not _stopped(now, stops))
    if counting == "service":
        return _tick(origin, budget, lambda now: door.is_open(now) and not _stopped(now, stops))
    if counting == "opening":
        begin = origin
        while not door.is_open(begin):
            begin += MINUTE
        return _tick(begin, budget, lambda now: not _stopped(now, stops))
    if counting == "deferred":
        elapsed = _tick(origin, budget, lambda now: not _stopped(now, stops))
        while not door.is_open(elapsed):
            elapsed += MINUTE
        return elapsed
    if counting == "workday_end":
        return _later(origin, stops, lambda start: _closing(door, start, budget))
    return _later(origin, stops, lambda start: _midnight(start, budget))


def _tick(origin: datetime, budget: int, running: Callable[[datetime], bool]) -> datetime:
    now, consumed = origin, 0
    while consumed < budget:
        consumed += running(now)
        now += MINUTE
    return now


def _stopped(now: datetime, stops: Stops) -> bool:
    return any(since <= now < until for since, until in stops)


def _later(origin: datetime, stops: Stops, due_from: Callable[[datetime], datetime]) -> datetime:
    """Minute by minute until the due time: each stopped minute on the way takes the origin a minute later.

    A stop that began before the due time counts whole.
    """
    now = start = origin
    end = due_from(start)
    while now < end or (_stopped(now, stops) and _stopped(now - MINUTE, stops)):
        if _stopped(now, stops):
            start += MINUTE
            if start.hour == start.minute == 0:
                end = due_from(start)
        now += MINUTE
    return end


def _closing(door: Door, start: datetime, days: int) -> datetime:
    """The end of the last open minute of the n-th day after the start's on which the door opens at all."""
    day = start.replace(hour=0, minute=0)
    opened: list[datetime] = []
    while days:
        day += timedelta(days=1)
        minutes = (day + number * MINUTE for number in range(MINUTES_A_DAY))
        opened = [minute for minute in minutes if door.is_open(minute)]
        days -= bool(opened)
    return opened[-1] + MINUTE


def _midnight(start: datetime, days: int) -> datetime:
    return start.replace(hour=0, minute=0) + timedelta(days=days + 1)

"""Counting: from an origin and a budget to the instant a promise is due. Six ways, one function each.

Instants and lengths of time are the microseconds of ``domain.contract.calendars``. Stops are merged, in order, and
have ended; a clock does not run inside them.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta

from domain.contract.calendars import ALWAYS, DAY, EveryDay, Hours
from domain.contract.clauses import Counting

Stops = tuple[tuple[int, int], ...]

ALL_HOURS = Hours(ALWAYS, EveryDay())
_MICROSECOND = timedelta(microseconds=1)


def merged(stops: Iterable[tuple[int, int]]) -> Stops:
    """The stops in order, those that overlap or touch made one, empty ones left out."""
    result: list[tuple[int, int]] = []
    for since, until in sorted(stop for stop in stops if stop[0] < stop[1]):
        if result and since <= result[-1][1]:
            result[-1] = (result[-1][0], max(until, result[-1][1]))
        else:
            result.append((since, until))
    return tuple(result)


def length(budget: timedelta | int) -> int:
    """A duration in microseconds, or a number of days as it is."""
    match budget:
        case int():
            return budget
    return budget // _MICROSECOND


def spent(hours: Hours, origin: int, budget: int, stops: Stops) -> int:
    """The earliest instant at which a clock inside the hours and outside the stops has run for the budget."""
    start = hours.elapsed(origin)
    for since, until in stops:
        if until <= origin:
            continue
        ran = max(hours.elapsed(since) - start, 0)
        if ran >= budget:
            break
        budget -= ran
        start = hours.elapsed(max(until, origin))
    return hours.reach(start + budget)


def stopped(origin: int, until: int, stops: Stops) -> int:
    """How long the clock stood still between two instants."""
    return sum(max(min(end, until) - max(since, origin), 0) for since, end in stops)


def _service(hours: Hours, origin: int, budget: int, stops: Stops) -> tuple[int, bool]:
    due = spent(hours, origin, budget, stops)
    # A due time at midnight was consumed up to the end of the day before: the day it opens is not looked at.
    return due, hours.known(origin, due - 1)


def _wall(_: Hours, origin: int, budget: int, stops: Stops) -> tuple[int, bool]:
    return spent(ALL_HOURS, origin, budget, stops) if stops else origin + budget, True


def _opening(hours: Hours, origin: int, budget: int, stops: Stops) -> tuple[int, bool]:
    begin = hours.opening(origin)
    return _wall(hours, begin, budget, stops)[0], hours.known(origin, begin)


def _deferred(hours: Hours, origin: int, budget: int, stops: Stops) -> tuple[int, bool]:
    elapsed, _ = _wall(hours, origin, budget, stops)
    due = hours.opening(elapsed)
    return due, hours.known(elapsed, due)


def _workday_end(hours: Hours, origin: int, budget: int, stops: Stops) -> tuple[int, bool]:
    due = _later_by_stops(lambda start: hours.closing(start, budget), origin, stops)
    return due, hours.known(origin, due - 1)


def _day_end(_: Hours, origin: int, budget: int, stops: Stops) -> tuple[int, bool]:
    return _later_by_stops(lambda start: (start // DAY + budget + 1) * DAY, origin, stops), True


def _later_by_stops(due_from: Callable[[int], int], origin: int, stops: Stops) -> int:
    """Due from an origin later by the stopped time; only stops that begin before the due time count."""
    due, start = due_from(origin), origin
    for since, until in stops:
        if since >= due:
            break
        start += max(until - max(since, origin), 0)
        due = due_from(start)
    return due


_COUNT = {
    Counting.WALL: _wall,
    Counting.SERVICE: _service,
    Counting.OPENING: _opening,
    Counting.DEFERRED: _deferred,
    Counting.WORKDAY_END: _workday_end,
    Counting.DAY_END: _day_end,
}
#: Where a budget is a length of time for which a clock runs.
_RUNNING = frozenset({Counting.WALL, Counting.SERVICE, Counting.OPENING})


def due(counting: Counting, hours: Hours, origin: int, budget: timedelta | int, stops: Stops = ()) -> tuple[int, bool]:
    """The instant a budget is due, and whether every day that was looked at has a published schedule."""
    return _COUNT[counting](hours, origin, length(budget), stops)


def start(counting: Counting, hours: Hours, origin: int) -> int:
    """The instant at which the clock starts: the origin, or where it waits for that, the next opening."""
    return hours.opening(origin) if counting is Counting.OPENING else origin


def share(
    counting: Counting, hours: Hours, origin: int, budget: timedelta | int, percent: int, stops: Stops = ()
) -> int:
    """The instant at which that share of the budget is spent; 100 is the due time.

    Where the budget is not a length of running time it is the share of the wall time from origin to due,
    without the stops, moved to the next opening.
    """
    if counting in _RUNNING:
        running = hours if counting is Counting.SERVICE else ALL_HOURS
        return spent(running, start(counting, hours, origin), length(budget) * percent // 100, stops)
    end, _ = due(counting, hours, origin, budget, stops)
    if percent == 100:
        return end
    ran = end - origin - stopped(origin, end, stops)
    return hours.opening(spent(ALL_HOURS, origin, ran * percent // 100, stops))

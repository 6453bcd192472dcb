"""Random due times of the product against the oracle of the tests, which steps minute by minute."""

import os
import random
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta
from functools import cache

from domain.contract.calendars import Calendar, hours, instant_at, ticks
from domain.contract.clauses import Counting
from domain.contract.counting import due, merged
from tests import oracle
from tests.domain.samples import CALENDARS, SCHEDULE, at, worked
from tests.oracle import MINUTE, Door

A_SHARE = 500
DAYS = 80
ORIGINS = 15 * 24 * 60  # minutes
IN_DAYS = (Counting.WORKDAY_END, Counting.DAY_END)
BUDGETS = (10, 30, 60, 120, 360, 1440, 2880)  # minutes
BEGINNINGS = ("2026-01-25T00:00", f"{SCHEDULE.last_year}-12-15T00:00")  # Spring Festival, the last published days

Stops = list[tuple[datetime, datetime]]


def wrong_due_times(cases: int) -> int:
    """How many of so many seeded random cases differ from the oracle, on all cores."""
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        return sum(pool.map(_wrong_of_a_share, range(cases // A_SHARE)))


def _wrong_of_a_share(seed: int) -> int:
    draw = random.Random(seed)  # noqa: S311  # the cases of a seed are the same everywhere
    return sum(_is_wrong(draw) for _ in range(A_SHARE))


def _is_wrong(draw: random.Random) -> bool:
    counting, calendar = draw.choice(list(Counting)), draw.choice(CALENDARS)
    door = _door(calendar, draw.choice(BEGINNINGS))
    origin = door.first + draw.randrange(ORIGINS) * MINUTE
    budget = draw.randint(1, 5) if counting in IN_DAYS else draw.choice(BUDGETS)
    begins = [origin + draw.randrange(-600, 4000) * MINUTE for _ in range(draw.randrange(3))]
    stops = [(since, since + draw.randrange(1, 900) * MINUTE) for since in begins]
    return _ours(counting, calendar, origin, budget, stops) != oracle.due(counting, door, origin, budget, stops)


@cache
def _door(calendar: Calendar, beginning: str) -> Door:
    return Door.of(calendar.windows, lambda day: calendar.every_day or worked(day), at(beginning), DAYS)


def _ours(counting: Counting, calendar: Calendar, origin: datetime, budget: int, stops: Stops) -> datetime:
    length = budget if counting in IN_DAYS else timedelta(minutes=budget)
    stood_still = merged((ticks(since), ticks(until)) for since, until in stops)
    return instant_at(due(counting, hours(calendar, SCHEDULE), ticks(origin), length, stood_still)[0])

"""The auditor's own arithmetic, against that of the product: two that share nothing come to the same instant."""

from datetime import datetime, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.contract.calendars import ALWAYS, Calendar, hours, instant_at, ticks
from domain.contract.clauses import Counting
from domain.contract.counting import merged, share
from gateway.verdict.reckoning import Clock, Stretch
from tests.domain.samples import CALENDARS, SCHEDULE, WORKING_HOURS, at

FIRST = at("2026-01-25T00:00")
IN_DAYS = (Counting.WORKDAY_END, Counting.DAY_END)
instants = st.integers(0, 20 * 24 * 3600 * 1000).map(lambda number: FIRST + number * timedelta(milliseconds=1))
stops = st.tuples(instants, st.integers(0, 3 * 24 * 3600)).map(lambda each: (each[0], each[0] + timedelta(0, each[1])))


def product(
    counting: Counting, calendar: Calendar, origin: datetime, budget: timedelta | int, percent: int, *held: Stretch
) -> datetime:
    stood_still = merged((ticks(since), ticks(until)) for since, until in held)
    return instant_at(share(counting, hours(calendar, SCHEDULE), ticks(origin), budget, percent, stood_still))


@settings(max_examples=400)
@given(
    counting=st.sampled_from(Counting),
    calendar=st.sampled_from((*CALENDARS, ALWAYS)),
    origin=instants,
    budget=st.tuples(st.integers(1, 30), st.sampled_from((1, 60, 600))),
    percent=st.sampled_from((50, 80, 100, 150)),
    held=st.lists(stops, max_size=4),
)
@example(Counting.SERVICE, WORKING_HOURS, at("2026-02-12T17:00"), (8, 60), 100, [])
@example(Counting.DEFERRED, WORKING_HOURS, at("2026-02-12T16:30"), (30, 1), 100, [])
def test_every_share_of_every_budget_is_reached_at_the_instant_that_the_product_says(
    counting: Counting,
    calendar: Calendar,
    origin: datetime,
    budget: tuple[int, int],
    percent: int,
    held: list[Stretch],
):
    """Of a budget of days the number of them, else so many times a minute, an hour or ten."""
    count, unit = budget
    length = count if counting in IN_DAYS else timedelta(minutes=count * unit)
    said = product(counting, calendar, origin, length, percent, *held)
    assert Clock(counting, calendar, SCHEDULE, origin, length, tuple(held)).reaches(percent) == said

"""Counting: the six ways of docs/counting.md, against an oracle that steps minute by minute."""

import random
from datetime import datetime, time, timedelta
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.contract.calendars import ALWAYS, DAY, Calendar, hours, instant_at, ticks
from domain.contract.clauses import Counting
from domain.contract.counting import Stops, due, merged, share, spent
from tests import oracle
from tests.domain.samples import CALENDARS, SCHEDULE, WORKING_HOURS, at, worked
from tests.oracle import MINUTE, Door

FIRST = at("2026-01-25T00:00")  # make-up Saturdays, Spring Festival, and no day that is not published
DAYS = 80
IN_DAYS = (Counting.WORKDAY_END, Counting.DAY_END)
MINUTE_TICKS = 60_000_000


@cache
def door_of(calendar: Calendar, year_end: bool = False) -> Door:
    first = at(f"{SCHEDULE.last_year}-12-15T00:00") if year_end else FIRST
    return Door.of(calendar.windows, lambda day: calendar.every_day or worked(day), first, DAYS)


def ours(
    counting: Counting,
    calendar: Calendar,
    origin: datetime,
    budget: int,
    stops: list[tuple[datetime, datetime]],
) -> datetime:
    length = budget if counting in IN_DAYS else budget * MINUTE
    taken = merged((ticks(since), ticks(until)) for since, until in stops)
    return instant_at(due(counting, hours(calendar, SCHEDULE), ticks(origin), length, taken)[0])


minutes = st.integers(0, 20 * 24 * 60).map(lambda number: FIRST + number * MINUTE)
stop = st.tuples(minutes, st.integers(1, 3 * 24 * 60)).map(lambda each: (each[0], each[0] + each[1] * MINUTE))


@settings(max_examples=250)
@given(
    counting=st.sampled_from(Counting),
    calendar=st.sampled_from(CALENDARS),
    origin=minutes,
    budget=st.integers(1, 24 * 60),
    stops=st.lists(stop, max_size=4),
)
@example(Counting.SERVICE, WORKING_HOURS, at("2026-02-12T17:00"), 480, [])
@example(Counting.DEFERRED, WORKING_HOURS, at("2026-02-12T16:30"), 30, [])
@example(
    Counting.OPENING, WORKING_HOURS, at("2026-02-12T17:00"), 60, [(at("2026-02-13T08:00"), at("2026-02-13T10:00"))]
)
def test_due_times_are_those_of_the_oracle(
    counting: Counting,
    calendar: Calendar,
    origin: datetime,
    budget: int,
    stops: list[tuple[datetime, datetime]],
) -> None:
    """In every counting, with any stops."""
    budget = budget % 5 + 1 if counting in IN_DAYS else budget
    expected = oracle.due(counting, door_of(calendar), origin, budget, stops)
    assert ours(counting, calendar, origin, budget, stops) == expected


@pytest.mark.parametrize("seed", range(8))
def test_thousands_of_random_due_times_are_those_of_the_oracle(seed: int) -> None:
    """A seeded sweep, wider than what the property test tries, also over the end of the published years."""
    draw = random.Random(seed)
    for _ in range(500):
        counting, calendar = draw.choice(list(Counting)), draw.choice(CALENDARS)
        year_end = draw.random() < 0.3
        door = door_of(calendar, year_end)
        origin = door.first + draw.randrange(15 * 24 * 60) * MINUTE
        budget = draw.randint(1, 5) if counting in IN_DAYS else draw.choice([10, 30, 60, 120, 360, 1440, 2880])
        begins = [origin + draw.randrange(-600, 4000) * MINUTE for _ in range(draw.randrange(3))]
        stops = [(since, since + draw.randrange(1, 900) * MINUTE) for since in begins]
        expected = oracle.due(counting, door, origin, budget, stops)
        found = ours(counting, calendar, origin, budget, stops)
        assert found == expected, (counting, calendar.id, origin, budget, stops)


@given(
    calendar=st.sampled_from(CALENDARS),
    origin=st.integers(0, 30 * DAY),
    budget=st.integers(1, 5 * DAY),
)
def test_the_due_time_is_the_earliest_at_which_the_budget_is_consumed_to_the_microsecond(
    calendar: Calendar, origin: int, budget: int
) -> None:
    """One microsecond before, a microsecond of the budget is left."""
    counted, start = hours(calendar, SCHEDULE), ticks(FIRST) + origin
    end = spent(counted, start, budget, ())
    assert counted.elapsed(end) - counted.elapsed(start) == budget
    assert counted.elapsed(end - 1) - counted.elapsed(start) == budget - 1


@pytest.mark.parametrize("counting", Counting)
def test_stops_in_any_order_and_in_any_pieces_give_one_due_time(counting: Counting) -> None:
    """Due times depend on when the clock stood still, not on how that was recorded."""
    draw = random.Random(counting)
    counted, origin = hours(WORKING_HOURS, SCHEDULE), ticks(at("2026-02-12T10:00"))
    budget = 2 if counting in IN_DAYS else timedelta(hours=9)
    whole = [(origin + 30 * MINUTE_TICKS, origin + 90 * MINUTE_TICKS), (origin + DAY, origin + 2 * DAY)]
    pieces = [(since, since + (until - since) // 2) for since, until in whole] + [
        (since + (until - since) // 3, until) for since, until in whole
    ]
    expected = due(counting, counted, origin, budget, merged(whole))
    for _ in range(20):
        draw.shuffle(pieces)
        assert due(counting, counted, origin, budget, merged(pieces)) == expected


class TestBoundaries:
    """Where one instant decides."""

    def test_30_minutes_from_17_00_are_due_at_17_30_when_the_window_closes_then(self) -> None:
        """Clauses, Arithmetic: the earliest instant, not the next opening."""
        regular = Calendar("regular", every_day=False, windows=((time(9), time(17, 30)),))
        counted = hours(regular, SCHEDULE)
        end, _ = due(Counting.SERVICE, counted, ticks(at("2026-02-12T17:00")), timedelta(minutes=30))
        assert instant_at(end) == at("2026-02-12T17:30")

    def test_a_stop_that_begins_at_the_due_time_takes_nothing(self) -> None:
        """The budget was consumed before it."""
        origin = ticks(at("2026-02-12T10:00"))
        for counting in (Counting.WALL, Counting.SERVICE, Counting.DEFERRED):
            counted = hours(WORKING_HOURS, SCHEDULE)
            end, _ = due(counting, counted, origin, timedelta(hours=1))
            assert due(counting, counted, origin, timedelta(hours=1), ((end, end + DAY),))[0] == end

    def test_a_stop_before_the_origin_takes_nothing(self) -> None:
        """A pause that ended before the fault was reported again."""
        origin = ticks(at("2026-02-12T10:00"))
        stops: Stops = ((origin - DAY, origin),)
        for counting in Counting:
            budget = 1 if counting in IN_DAYS else timedelta(hours=1)
            counted = hours(WORKING_HOURS, SCHEDULE)
            assert due(counting, counted, origin, budget, stops) == due(counting, counted, origin, budget)

    def test_the_day_of_the_visit_is_day_0_of_day_end(self) -> None:
        """002-07: three days after Friday 13 February end when the 17th begins."""
        end, known = due(Counting.DAY_END, hours(ALWAYS, SCHEDULE), ticks(at("2026-02-13T15:00")), 3)
        assert (instant_at(end), known) == (at("2026-02-17T00:00"), True)


class TestShares:
    """Rungs lie at a share of the budget."""

    @pytest.mark.parametrize(
        ("percent", "instant"),
        [(50, "2026-02-13T17:00"), (80, "2026-02-14T09:36"), (100, "2026-02-14T10:00"), (150, "2026-02-14T11:00")],
    )
    def test_a_share_of_service_time_is_service_time(self, percent: int, instant: str) -> None:
        """Two hours of 5*8 from 16:00."""
        origin = ticks(at("2026-02-13T16:00"))
        found = share(Counting.SERVICE, hours(WORKING_HOURS, SCHEDULE), origin, timedelta(hours=2), percent)
        assert instant_at(found) == at(instant)

    @pytest.mark.parametrize(
        ("percent", "instant"),
        [(50, "2026-02-24T09:00"), (100, "2026-02-24T09:00"), (150, "2026-03-02T09:00")],
    )
    def test_a_share_of_wall_time_moves_to_the_next_opening(self, percent: int, instant: str) -> None:
        """``deferred``: 24 h from the last working hour before the holiday."""
        origin = ticks(at("2026-02-14T16:00"))
        counted = hours(WORKING_HOURS, SCHEDULE)
        found = share(Counting.DEFERRED, counted, origin, timedelta(hours=24), percent)
        assert instant_at(found) == at(instant)

    @pytest.mark.parametrize("counting", Counting)
    def test_all_of_the_budget_is_the_due_time(self, counting: Counting) -> None:
        """The rung of 100 is the breach."""
        origin, counted = ticks(at("2026-02-13T16:10")), hours(WORKING_HOURS, SCHEDULE)
        budget = 3 if counting in IN_DAYS else timedelta(hours=7)
        stops: Stops = ((origin + DAY // 24, origin + DAY // 12),)
        assert share(counting, counted, origin, budget, 100, stops) == due(counting, counted, origin, budget, stops)[0]

    @pytest.mark.parametrize("counting", Counting)
    def test_rungs_never_come_before_the_ones_below_them(self, counting: Counting) -> None:
        """Whatever the calendar and the stops."""
        counted = hours(ALWAYS if counting is Counting.DAY_END else WORKING_HOURS, SCHEDULE)
        budget = 2 if counting in IN_DAYS else timedelta(hours=30)
        for minute in range(0, 10 * 24 * 60, 97):
            origin = ticks(FIRST) + minute * MINUTE_TICKS
            stops: Stops = ((origin + DAY // 3, origin + DAY), (origin + 2 * DAY, origin + 3 * DAY))
            rungs = [share(counting, counted, origin, budget, percent, stops) for percent in (50, 80, 100, 150)]
            assert rungs == sorted(rungs)


class TestProvisional:
    """A due time that reaches into a year without a schedule says so."""

    END = f"{SCHEDULE.last_year}-12-31"

    @pytest.mark.parametrize(
        ("counting", "budget", "origin", "known"),
        [
            (Counting.SERVICE, timedelta(hours=1), "T16:00", True),  # consumed at the closing of the last day
            (Counting.SERVICE, timedelta(hours=1, minutes=1), "T16:00", False),
            (Counting.DEFERRED, timedelta(hours=1), "T15:59", True),
            (Counting.DEFERRED, timedelta(hours=1), "T16:00", False),
            (Counting.WORKDAY_END, 1, "T10:00", False),
            (Counting.WALL, timedelta(hours=48), "T10:00", True),
            (Counting.DAY_END, 3, "T10:00", True),
        ],
    )
    def test_on_the_last_published_day(
        self, counting: Counting, budget: timedelta | int, origin: str, known: bool
    ) -> None:
        """31 December of the last published year is a working day."""
        counted = hours(WORKING_HOURS, SCHEDULE)
        assert due(counting, counted, ticks(at(self.END + origin)), budget)[1] is known

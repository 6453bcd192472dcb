"""How fast due times are calculated, beside the libraries that people use for it, and whether they are right."""

import importlib
import random
import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from time import perf_counter
from typing import Any

from bench import peers
from bench.figures import Bar, Line, NotRun, Of, Say, remark
from bench.oracle_check import wrong_due_times
from bench.size import Size
from domain.contract.calendars import CHINA, Calendar, Schedule, hours, instant_at, ticks
from domain.contract.clauses import Counting
from domain.contract.counting import due
from policies.loader import load_schedule

BLOCKS = 7
CASES = 100
FOR_THE_FAST = 20  # ours goes through the cases so often in a block
HOUR = timedelta(hours=1)
SHORT, LONG = 40, 400  # hours, at most


@dataclass(frozen=True)
class Case:
    """So many hours of service time from an instant, and when they are over."""

    origin: datetime
    hours: int
    budget: timedelta
    due: datetime


@dataclass(frozen=True)
class Sample:
    """Cases under one calendar. The libraries know no make-up days, so that here there are none."""

    name: str
    calendar: Calendar
    schedule: Schedule
    longest: int  # hours
    cases: list[Case]

    @property
    def windows(self) -> list[tuple[time, time]]:
        return list(self.calendar.windows)

    @property
    def budgets(self) -> range:
        """In whole hours, because pandas takes no others."""
        return range(1, self.longest + 1)


@dataclass(frozen=True)
class Contest:
    """The same question, asked of ours and of a library."""

    library: str
    bar: float
    ours: Callable[[Case], object]
    theirs: Callable[[Case], object]
    agree: Callable[[Case], bool]


def measure(size: Size, say: Say) -> None:
    sys.path.append(str(peers.place()))
    for sample in _samples():
        years = f"{sample.schedule.first_year} to {sample.schedule.last_year}"
        remark(f"{sample.name}: {len(sample.cases)} cases, the holidays of {years}, no make-up days")
        for library, bars, contest in CONTESTS:
            measure = f"due times over {library}, {sample.name}"
            try:
                rivals = contest(sample)
            except ImportError:
                say(NotRun("due_times", measure, "it is not installed: python3 -m bench.peers"))
                continue
            if rivals is not None:
                _say(measure, Contest(library, bars[sample.longest], *rivals), sample.cases, say)
    sys.path.remove(str(peers.place()))
    wrong = wrong_due_times(size.cases)
    remark(f"{size.cases:,} seeded random cases in all five countings, with stops (--full: 1,000,000)")
    say(Line("due_times", "due times that differ from the oracle's", wrong, "", bar=Bar(Of.OURS, 0)))


def _say(measure: str, contest: Contest, cases: Sequence[Case], say: Say) -> None:
    agreed = sum(map(contest.agree, cases))
    if agreed < len(cases):
        remark(f"{contest.library} gives the same answer in {agreed} of {len(cases)} cases")
    ours, theirs = [], []
    for _ in range(BLOCKS):
        ours.append(_microseconds(contest.ours, cases, FOR_THE_FAST))
        theirs.append(_microseconds(contest.theirs, cases, 1))
    our, their = statistics.median(ours), statistics.median(theirs)
    bar = Bar(Of.FASTER, contest.bar)
    say(Line("due_times", measure, our, "us", their, bar, ratio=their / our))


def _microseconds(answer: Callable[[Case], object], cases: Sequence[Case], times: int) -> float:
    """Of one answer."""
    began = perf_counter()
    for _ in range(times):
        for case in cases:
            answer(case)
    return (perf_counter() - began) / times / len(cases) * 1e6


def _samples() -> list[Sample]:
    published = load_schedule()
    schedule = Schedule(published.version, published.first_year, published.last_year, published.days_off, make_up=())
    return [
        _sample(f"1-{SHORT} h", _office((9, 17)), schedule, SHORT),
        _sample(f"1-{LONG} h, noon closed", _office((9, 12), (13, 17)), schedule, LONG),
    ]


def _office(*windows: tuple[int, int]) -> Calendar:
    return Calendar("office", every_day=False, windows=tuple((time(opens), time(closes)) for opens, closes in windows))


def _sample(name: str, calendar: Calendar, schedule: Schedule, longest: int) -> Sample:
    draw = random.Random(longest)  # noqa: S311  # the same cases everywhere
    first = datetime(schedule.last_year, 1, 5, tzinfo=CHINA)
    sample = Sample(name, calendar, schedule, longest, [])
    for _ in range(CASES):
        origin, hours_ = first + timedelta(minutes=draw.randrange(240 * 24 * 60)), draw.randint(1, longest)
        end = _our_due(sample, origin, hours_ * HOUR)
        sample.cases.append(Case(origin, hours_, hours_ * HOUR, end))
    return sample


def _our_due(sample: Sample, origin: datetime, budget: timedelta) -> datetime:
    end, _ = due(Counting.SERVICE, hours(sample.calendar, sample.schedule), ticks(origin), budget)
    return instant_at(end)


def _our_hours(sample: Sample, since: datetime, until: datetime) -> float:
    counted = hours(sample.calendar, sample.schedule)
    return (counted.elapsed(ticks(until)) - counted.elapsed(ticks(since))) / 3.6e9


Rivals = tuple[Callable[[Case], object], Callable[[Case], object], Callable[[Case], bool]]


def _businesstimedelta(sample: Sample) -> Rivals:
    library: Any = importlib.import_module("businesstimedelta")
    # It fails unless another holiday follows.
    holidays = {*sample.schedule.days_off, date(sample.schedule.last_year + 1, 1, 1)}
    weekdays = [0, 1, 2, 3, 4]
    office = [library.WorkDayRule(start_time=a, end_time=b, working_days=weekdays) for a, b in sample.windows]
    rules = library.Rules([*office, library.HolidayRule(holidays)])
    budgets = {hours_: library.BusinessTimeDelta(rules, hours=hours_) for hours_ in sample.budgets}

    def theirs(case: Case) -> Any:  # noqa: ANN401  # it has no types
        return case.origin.replace(tzinfo=None) + budgets[case.hours]

    def agree(case: Case) -> bool:
        return bool(theirs(case).replace(tzinfo=CHINA) == case.due)

    return lambda case: _our_due(sample, case.origin, case.budget), theirs, agree


def _business_duration(sample: Sample) -> Rivals | None:
    """It knows no due times, only how long it was from one instant to another, and one window a day."""
    if len(sample.windows) > 1:
        return None
    library: Any = importlib.import_module("business_duration")
    ((opening, closing),) = sample.windows
    holidays = sample.schedule.days_off

    def theirs(case: Case) -> Any:  # noqa: ANN401  # it has no types
        since, until = case.origin.replace(tzinfo=None), case.due.replace(tzinfo=None)
        return library.businessDuration(since, until, opening, closing, holidaylist=holidays, unit="hour")

    def agree(case: Case) -> bool:
        return bool(abs(theirs(case) - case.hours) < 1e-6)

    return lambda case: _our_hours(sample, case.origin, case.due), theirs, agree


def _pandas(sample: Sample) -> Rivals:
    library: Any = importlib.import_module("pandas")
    starts, ends = ([f"{each:%H:%M}" for each in side] for side in zip(*sample.windows, strict=True))
    a_hour = library.offsets.CustomBusinessHour(start=starts, end=ends, holidays=list(sample.schedule.days_off))
    budgets = {hours_: hours_ * a_hour for hours_ in sample.budgets}
    counted = hours(sample.calendar, sample.schedule)

    def theirs(case: Case) -> Any:  # noqa: ANN401  # it has no types
        return library.Timestamp(case.origin.replace(tzinfo=None)) + budgets[case.hours]

    def agree(case: Case) -> bool:
        """It takes the next opening for a closing."""
        found = theirs(case).to_pydatetime().replace(tzinfo=CHINA)
        return bool(counted.opening(ticks(found)) == counted.opening(ticks(case.due)))

    return lambda case: _our_due(sample, case.origin, case.budget), theirs, agree


#: By library, how many times faster ours is to be in short and in long cases.
CONTESTS: tuple[tuple[str, Mapping[int, float], Callable[[Sample], Rivals | None]], ...] = (
    ("businesstimedelta", {SHORT: 30, LONG: 300}, _businesstimedelta),
    ("business-duration", {SHORT: 100, LONG: 100}, _business_duration),
    ("pandas CustomBusinessHour", {SHORT: 80, LONG: 80}, _pandas),
)

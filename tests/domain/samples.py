"""Calendars and cases that the tests of time share. The working days come straight from chinese-calendar."""

import random
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

import chinese_calendar  # type: ignore[import-untyped]  # it ships no types

from domain.contract.calendars import CHINA, Calendar
from domain.contract.clauses import FactValue, Kind, Origin
from domain.contract.facts import FACTS
from domain.contract.promises import Case, Promise, Stop, promises
from domain.contract.terms import Terms
from policies import load_pack

MIDNIGHT = time(0)
WORKING_HOURS = Calendar("5*8", every_day=False, windows=((time(9), time(17)),))
WORKING_DAYS = Calendar("5*24", every_day=False, windows=((MIDNIGHT, MIDNIGHT),))
DAILY_HOURS = Calendar("7*8", every_day=True, windows=((time(9), time(17)),))
SHOP_HOURS = Calendar(
    "shop", every_day=False, windows=((time(8, 30), time(12)), (time(13, 30), time(18)), (time(20), MIDNIGHT))
)
CALENDARS = (WORKING_HOURS, WORKING_DAYS, DAILY_HOURS, SHOP_HOURS)
SCHEDULE = load_pack("sitech").schedule

#: What a pause stops.
FIXING = frozenset({Kind.RESTORE, Kind.RESOLVE})


def worked(day: date) -> bool:
    """Whether people work: the published schedule, and the plain week after it."""
    if day.year <= SCHEDULE.last_year:
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5


def at(text: str) -> datetime:
    """An instant in China, written without its offset."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def terms_of(pack: str, remote_calendar: str | None = None) -> Terms:
    """The pack's own terms, or with hours of remote service."""
    return load_pack(pack).terms(remote_calendar=remote_calendar)


def case_of(received: str, level: str | None, facts: Mapping[str, FactValue] | None = None, **moments: str) -> Case:
    happened = {Origin(name): at(text) for name, text in moments.items()}
    return Case({Origin.RECEIVED: at(received), **happened}, level, dict(facts or {}))


def promise_of(terms: Terms, case: Case, key: str) -> Promise:
    """The promise of that key. A test that asks for one that is not made fails."""
    return {promise.key: promise for promise in promises(terms, case)}[key]


def random_case(draw: random.Random, levels: tuple[str, ...]) -> Case:
    """Any case in the spring of 2026: moments, a level, facts, and stops that may overlap."""
    received = at("2026-01-20T00:00") + draw.randrange(40 * 24 * 60) * timedelta(minutes=1)
    moments = {Origin.RECEIVED: received} | {
        origin: received + draw.randrange(-300, 3000) * timedelta(minutes=1)
        for origin in Origin
        if origin is not Origin.RECEIVED and draw.random() < 0.5
    }
    begins = [received + draw.randrange(3000) * timedelta(minutes=1) for _ in range(draw.randrange(4))]
    stops = tuple(Stop(FIXING, since, since + draw.randrange(1, 2000) * timedelta(minutes=1)) for since in begins)
    facts = {fact: draw.choice(values) for fact, values in FACTS.items() if draw.random() < 0.6}
    return Case(moments, draw.choice(levels), facts, stops=stops)

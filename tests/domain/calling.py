"""Tickets that call somebody, for the tests of who answers."""

from datetime import timedelta
from typing import Any

from domain.matters.calls import current
from domain.read_model import summary_of
from domain.ticket.call import Call
from domain.ticket.timeline import Entry
from domain.timekeeping import soonest
from tests.domain.told import FRIDAY, Told, tell

MINUTES = timedelta(minutes=1)
HOURS = timedelta(hours=1)
DAYS = timedelta(days=1)


def grave(pack: str = "sitech", **report: Any) -> Told:
    """A report of the gravest level, which an engineer is in charge of, and which calls somebody since the opening."""
    told = tell(pack, tell(pack).ticket.terms.levels[0], **report)
    told.does("hotline", "reassign", to="engineer", reason="值班")
    return told


def rungs(told: Told) -> list[tuple[int, str]]:
    """After how many minutes which role was called."""
    return [((each.at - FRIDAY) // MINUTES, each.data["roles"][0]) for each in told.alarms("unanswered")]


def lives(told: Told, duration: timedelta) -> None:
    """Time passes, and everything is noticed at the very instant at which it is due, as timers see to it."""
    until = told.now + duration
    while (first := soonest(told.ticket)) is not None and first.at <= until:
        told.reaches(first.at)
    told.reaches(until)


def acknowledges(told: Told, who: str, **known: Any) -> Entry:
    call = told.ticket.call
    return told.does(who, "acknowledge", known={"called": [call.id] if call else []} | known)


def call_of(told: Told) -> Call:
    call = current(told.ticket)
    assert call is not None
    return call


def who_has_it(told: Told) -> str | None:
    return summary_of(told.ticket).answered_by

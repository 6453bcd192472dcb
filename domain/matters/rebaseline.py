"""Rebaseline: provisional due times, derived anew once the years they reach into are published."""

from dataclasses import replace
from datetime import datetime

from domain.contract.calendars import Schedule
from domain.matters.matter import AFTERWARDS, REASON, Matter, Row
from domain.ticket import clocks
from domain.ticket.commands import Command
from domain.ticket.commands import CommandKind as C
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening


def ask(ticket: Ticket, _: Command, __: datetime) -> Ticket:
    """The published working days are wanted; a promise that was never provisional does not change."""
    return replace(ticket, schedule_wanted=True)


def rebaseline(ticket: Ticket, published: Schedule, now: datetime) -> Ticket:
    """With the years that have been published since the terms were agreed, and what follows from them on record."""
    before = {each.key: each.promise.due_at for each in ticket.obligations}
    terms = replace(ticket.terms, schedule=_extended(ticket.terms.schedule, published))
    ticket = clocks.derive(replace(ticket, terms=terms, schedule_wanted=False), now)
    moved = {
        each.key: {"from": _text(before.get(each.key)), "to": _text(each.promise.due_at)}
        for each in ticket.obligations
        if before.get(each.key) != each.promise.due_at
    }
    data = {"schedule": terms.schedule.version, "last_year": terms.schedule.last_year, "moved": moved}
    return ticket.write(Happening.REBASELINED, at=now, recorded_at=now, data=data)


def _extended(agreed: Schedule, published: Schedule) -> Schedule:
    """The agreed years as they were agreed, and the later ones as they are published now."""
    if published.last_year <= agreed.last_year:
        return agreed
    return Schedule(
        version=published.version,
        first_year=agreed.first_year,
        last_year=published.last_year,
        days_off=(*agreed.days_off, *(day for day in published.days_off if day.year > agreed.last_year)),
        make_up=(*agreed.make_up, *(day for day in published.make_up if day.year > agreed.last_year)),
    )


def _text(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None


MATTER = Matter(
    rows=(Row(C.REBASELINE, Happening.REBASELINE_ASKED, (REASON,), does=ask, during=AFTERWARDS),),
)

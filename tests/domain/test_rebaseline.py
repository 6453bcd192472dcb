"""Rebaseline: only what was provisional may move, and what moved is on record."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from domain.contract.calendars import CHINA
from domain.matters.rebaseline import rebaseline
from tests.domain.told import Told, tell

NEW_YEARS_EVE = datetime(2026, 12, 31, 16, 0, tzinfo=CHINA)


def over_the_year() -> Told:
    """A ticket whose dues reach into 2027, of which nothing is published."""
    told = tell("nuobida", "III", at=NEW_YEARS_EVE, terms={"remote_calendar": "5*8"})
    assert told.ticket.terms.schedule.last_year == 2026
    return told


class TestRebaseline:
    """design: a provisional due time is re-derived by a recorded rebaseline, nothing else is."""

    def test_a_newly_published_holiday_moves_a_provisional_due_time(self):
        told = over_the_year()
        assert told.obligation("resolve").promise.provisional
        assert told.due("resolve") == datetime(2027, 1, 1, 16, 0, tzinfo=CHINA)
        told.does("pm", "rebaseline", reason="2027 年安排已公布")
        published = replace(told.ticket.terms.schedule, version="2027", last_year=2027)
        published = replace(published, days_off=(*published.days_off, date(2027, 1, 1)))
        told.ticket = rebaseline(told.ticket, published, told.now)
        assert told.due("resolve") == datetime(2027, 1, 4, 16, 0, tzinfo=CHINA)
        assert not told.obligation("resolve").promise.provisional
        assert set(told.ticket.fresh[-1].data["moved"]) >= {"resolve", "plan"}

    def test_years_that_were_agreed_stay_as_they_were_agreed(self):
        told = tell("nuobida", "III")
        due = told.due("resolve")
        changed = replace(told.ticket.terms.schedule, version="x", make_up=(), last_year=2026)
        told.ticket = rebaseline(told.ticket, changed, told.now)
        assert told.due("resolve") == due

    def test_with_nothing_new_nothing_moves(self):
        told = over_the_year()
        told.ticket = rebaseline(told.ticket, told.ticket.terms.schedule, told.now + timedelta(hours=1))
        assert told.ticket.fresh[-1].data["moved"] == {}

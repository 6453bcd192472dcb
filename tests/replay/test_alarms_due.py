"""Which alarms were due is reckoned a second time, with nothing of what raises them: both agree on any life."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from domain.contract.promises import rung_at
from domain.matters import escalation
from domain.ticket.deadlines import Deadline, Event
from domain.ticket.ticket import Ticket
from gateway.verdict.alarms import Alarms, open_rungs
from tests.domain.test_any_life import Step, lives, told
from tests.domain.told import Told, tell
from workflows.carried import Carried
from workflows.ticket_law import keeper

MINUTES = timedelta(minutes=1)


def passes(life: Told, wait: timedelta, alarms: Alarms) -> list[str]:
    """Time passes under its eyes; what it finds wrong."""
    life.now += wait
    life.ticket = alarms.caught_up(life.ticket, upto=life.now, now=life.now)
    return [wrong.en for _, wrong in alarms.wrong]


@settings(max_examples=300)
@given(lives)
def test_in_no_life_is_anything_wrong(life: tuple[str, str | None, bool, list[Step]]):
    pack, level, major, taken = life
    ticket, alarms = told(pack, level, major=major), Alarms()
    for step in taken:
        ticket.says(step.who, step.kind, step.ago, step.data)
        assert passes(ticket, step.wait, alarms) == []


def test_an_alarm_that_is_missing_is_found(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("gateway.verdict.alarms.catch_up", lambda ticket, **_: ticket)
    wrong = passes(tell("nuobida", "I"), 6 * MINUTES, Alarms())
    assert any("50 %, due at 2026-02-13T16:05:00+08:00, is missing" in each for each in wrong)


@pytest.mark.parametrize("by", [-MINUTES, MINUTES], ids=["early", "late"])
def test_an_alarm_at_another_instant_is_found(monkeypatch: pytest.MonkeyPatch, by: timedelta):
    def moved(*given: Any) -> datetime | None:
        at = rung_at(*given)
        return at and at + by

    monkeypatch.setattr(escalation, "rung_at", moved)
    wrong = passes(tell("nuobida", "I"), 7 * MINUTES, Alarms())
    assert any("another instant" in each for each in wrong)


def test_an_alarm_of_what_is_met_is_found(monkeypatch: pytest.MonkeyPatch):
    life, alarms = tell("nuobida", "I"), Alarms()
    life.does("engineer", "respond", text="已响应")
    (due,) = [each.promise.due_at for each in life.ticket.obligations if each.key == "respond"]
    assert due is not None

    def raised_all_the_same(ticket: Ticket, *, seen: object, **_: object) -> Ticket:
        assert callable(seen)
        seen(ticket, Deadline("respond", due, Event.RUNG, "respond", 100))
        return ticket

    monkeypatch.setattr("gateway.verdict.alarms.catch_up", raised_all_the_same)
    assert any("was not due" in each for each in passes(life, 11 * MINUTES, alarms))


def test_where_a_history_ends_only_what_was_due_a_minute_before_has_to_be_there():
    """An alarm may be on its way: the server has the event, and no worker has come to it yet."""
    life = tell("nuobida", "I")

    due = life.due("respond")
    for late, found in ((59, False), (61, True)):
        alarms = Alarms()
        alarms.watch(keeper(Carried(life.ticket), over=lambda _: False))
        alarms.ends(9, due + timedelta(seconds=late))
        assert any("100 %" in wrong.en for _, wrong in alarms.wrong) is found


def agreed_to_wait() -> Told:
    """The customer agrees in writing that somebody comes 36 hours later."""
    life = tell("fuao", "full_urgent")
    until = (life.due("arrive") + timedelta(hours=36)).isoformat()
    life.does("customer", "consent", subject="001-05", text="可以晚到", until=until, evidence="传真")
    return life


@pytest.mark.parametrize("by", [timedelta(0), timedelta(days=5)], ids=["as agreed", "later"])
def test_what_the_customer_agreed_to_wait_for_is_reckoned_too_and_not_taken_from_the_promise(by: timedelta):
    life = agreed_to_wait()
    arrive = life.obligation("arrive")
    agreed = life.due("arrive")
    moved = replace(arrive, promise=replace(arrive.promise, due_at=agreed + by))
    assert dict(open_rungs(life.ticket, moved))[100] == agreed

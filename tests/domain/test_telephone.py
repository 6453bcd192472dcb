"""A call that nobody took: who is told of it when, and in which words."""

from datetime import datetime, timedelta

from domain.audience.telephone import RETURNED_WITHIN, RUNGS, Missed, instants, said, stands, told_on
from domain.contract.calendars import CHINA
from domain.people.actors import Role

MISSED = Missed("c1", datetime(2026, 11, 27, 3, 0, tzinfo=CHINA))


def test_the_hotline_is_told_at_once_its_manager_when_it_is_late_and_the_leader_last():
    assert [(at - MISSED.at, rung.roles) for at, rung in zip(instants(MISSED), RUNGS, strict=True)] == [
        (timedelta(0), (Role.HOTLINE,)),
        (RETURNED_WITHIN, (Role.HOTLINE, Role.DUTY_MANAGER)),
        (2 * RETURNED_WITHIN, (Role.DUTY_MANAGER, Role.LEADER)),
    ]


def test_whoever_is_told_hears_who_called_and_what_to_do():
    first = said(0, MISSED, "13800001234", "王敏")
    assert first.title.zh == "漏接来电：王敏 13800001234"
    assert first.text.zh == "11-27 03:00 的来电无人接听，应在 11-27 03:10 前回电。"
    assert first.action is not None
    assert first.action.en == "Call 13800001234 back, then say so or take the report."


def test_of_a_withheld_number_that_is_said():
    assert said(1, MISSED, "", None).title.zh == "漏接来电未按时回电：未显示号码"


def test_of_a_number_that_is_nobodys_the_number_is_told():
    assert said(2, MISSED, "0532-88881234", None).title.en == "A missed call is still not returned: 0532-88881234"


def test_it_stands_on_the_last_rung_that_is_reached():
    minutes = {0: 0, 9: 0, 10: 1, 19: 1, 20: 2, 4000: 2, -1: 0}
    assert {each: stands(MISSED, MISSED.at + timedelta(minutes=each)) for each in minutes} == minutes


def test_whoever_was_not_told_in_time_is_told_with_those_of_where_it_stands():
    assert told_on(2, since=0) == (Role.HOTLINE, Role.DUTY_MANAGER, Role.LEADER)
    assert told_on(2, since=2) == RUNGS[2].roles
    assert told_on(0, since=0) == RUNGS[0].roles

"""The clock of a mail: when each rung is reached, and what is said on it."""

from datetime import datetime, timedelta

import pytest

from domain.audience.mail import RUNGS, TAKEN_WITHIN, Come, instants, said
from domain.contract.calendars import ALWAYS, CHINA
from domain.people.actors import Role
from policies.loader import load_calendar, load_schedule

HOURS, SCHEDULE = load_calendar("fuao-phone"), load_schedule()


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    ("came", "told", "late", "later"),
    [
        ("27 10:00", "27 10:00", "27 10:10", "27 10:20"),
        ("27 22:25", "27 22:25", "28 09:05", "28 09:15"),  # ten minutes of service, not of the night
        ("27 22:30", "28 09:00", "28 09:10", "28 09:20"),
        ("27 03:00", "27 09:00", "27 09:10", "27 09:20"),
        ("28 12:00", "28 12:00", "28 12:10", "28 12:20"),  # a Saturday: the hotline is there
    ],
)
def test_it_is_taken_within_ten_minutes_of_the_hotlines_hours(came: str, told: str, late: str, later: str):
    """001-02, 001-26."""
    assert instants(at(came), HOURS, SCHEDULE) == (at(told), at(late), at(later))


def test_without_a_pause_where_somebody_is_always_there():
    assert instants(at("27 03:00"), ALWAYS, SCHEDULE)[1] == at("27 03:00") + TAKEN_WITHIN


def test_the_ladder_begins_with_the_commercial_and_ends_with_the_leader():
    """001-26: by mail, to the commercial staff; 001-34: whoever answers for it learns of it."""
    assert [rung.roles for rung in RUNGS] == [
        (Role.COMMERCIAL,),
        (Role.COMMERCIAL, Role.DUTY_MANAGER),
        (Role.DUTY_MANAGER, Role.LEADER),
    ]
    assert [rung.after for rung in RUNGS] == [timedelta(0), TAKEN_WITHIN, 2 * TAKEN_WITHIN]


def test_each_rung_says_what_waits_and_until_when():
    come = Come("张三", "存储故障", at("27 10:00"), at("27 10:10"), "TICK2222")
    first, second, _ = (said(rung, come) for rung in range(3))
    assert first.title.zh == "邮件报障：存储故障"
    assert "11-27 10:10 前受理" in first.text.zh
    assert "无人受理" in second.text.zh
    assert all(each.action for each in (first, second))


def test_what_nobody_could_read_is_said_as_such():
    lost = Come("", "", at("27 10:00"), at("27 10:10"), None)
    assert [said(rung, lost).title.zh for rung in (0, 1)] == [
        "邮件报障：无法读取的邮件",
        "邮件报障未按时受理：无法读取的邮件",
    ]
    assert "已保存" in said(0, lost).text.zh

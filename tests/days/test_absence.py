"""Whoever is absent: off duty, or gone. What happens meanwhile reaches somebody, and says who was missing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete

from demo.people import PEOPLE
from domain.people.duty import DUTIES
from store.models import ShiftRow
from store.registry.records import Shift
from store.registry.roster import add_shift
from tests.days.day import Day
from tests.deputies import CONTACT, named
from tests.duty import everybody_on_duty
from tests.patience import eventually
from tests.served import Served

APPLICATION = {"title": "更换主控板", "plan": "今晚切换", "risk": "中断 10 分钟"}


@pytest.fixture(autouse=True)
def full_again(desk: Served) -> Iterator[None]:
    """Afterwards everybody is on duty, as the other days have it."""
    yield
    everybody_on_duty(desk.engine)


def nobody_on_duty(desk: Served, *, but: str = "", away: str = "") -> None:
    """Everybody's turn is over, but for who is there in the place of somebody who is away."""
    now, turn = datetime.now(UTC), timedelta(hours=2)
    with desk.engine.begin() as connection:
        connection.execute(delete(ShiftRow))
    for id_, person in PEOPLE.items():
        if person.role in DUTIES and id_ != away:
            add_shift(desk.engine, Shift(person.role, id_, now - 2 * turn, now - turn))
    if away:
        add_shift(desk.engine, Shift(PEOPLE[away].role, away, now - turn, now + turn, but))


@contextmanager
def gone(desk: Served, *people: str) -> Iterator[None]:
    """They have left; what rests on them is left to nobody, openly."""
    admin = desk.as_user("admin")
    try:
        for id_ in people:
            done = admin.patch(f"/api/people/{id_}", json={"active": False, "unassigned": True} | desk.seen)
            assert done.status_code == 200, done.text
        yield
    finally:
        for id_ in people:
            assert admin.patch(f"/api/people/{id_}", json={"active": True} | desk.seen).status_code == 200


def test_nobody_on_duty_at_all_and_the_gravest_report_is_heard_all_the_same(desk: Served):
    """All of each role are told, and the duty manager of each gap (001-34)."""
    nobody_on_duty(desk)
    day = Day(desk, "sitech", level="A")
    for who in ("engineer", "engineer2", "pm"):
        day.told(who, "新报障")
    day.told("duty", "重大报障")
    day.told("expert", "请待命支援")
    for role in ("工程师", "项目经理", "值班经理", "技术专家"):
        day.told("duty", f"排班有空档：{role}此刻无人值班")


def test_what_is_broken_reaches_whoever_is_left_where_leader_and_duty_manager_are_gone(desk: Served):
    """The last rung is the leader's; without one it is the duty manager's, without both the administrator's."""
    with gone(desk, "leader"):
        day = Day(desk, "sitech", level="A", ago=timedelta(hours=1))
        day.told("duty", "严重超时")
    with gone(desk, "leader", "duty"):
        day = Day(desk, "sitech", level="A", ago=timedelta(hours=1))
        said = day.told("admin", "无人可通知")
        assert "核心交换机" not in said["title"] + said["text"], "who reads no ticket gets number and reason only"


def test_the_responsible_person_off_duty_is_told_and_whoever_stands_in_too(desk: Served):
    nobody_on_duty(desk, but="engineer2", away="engineer")
    day = Day(desk, "xinhe", level="normal")
    day.does("engineer", "take", text="我来跟")
    day.does("customer", "note", text="机房又断了一次")
    for who in ("engineer", "engineer2"):
        day.told(who, "机房又断了一次")


def test_the_responsible_person_leaves_and_somebody_hears_that_nobody_is_in_charge(desk: Served):
    day = Day(desk, "nuobida", level="II")
    day.does("engineer2", "take", text="我来跟")
    with gone(desk, "engineer2"):
        eventually(lambda: day.sees("pm")["assignee"] is None, "nobody is in charge")
        for who in ("hotline", "pm"):
            day.told(who, "无人负责")


def test_an_application_waits_in_vain_once_approver_and_deputy_are_gone(desk: Served):
    """The wait says so to who can change it; applying anew is refused, and names who that is."""
    desk.as_user("admin").post("/api/people", json=CONTACT)
    assert named(desk, "business", str(CONTACT["id"]), "business").status_code == 201
    day = Day(desk, "nuobida", level="I")
    day.does("engineer", "take", text="我来跟")
    day.does("pm", "submit_formal_report", text="正式报告：主控板故障")
    day.does("pm", "apply_major", **APPLICATION)
    with gone(desk, str(CONTACT["id"]), "business"):
        for who in ("pm", "engineer"):
            assert "业务部门" in day.told(who, "客户已无人可以审批")["text"]
        day.told("customer", "请指定重大问题的审批人")
        day.does("pm", "withdraw_major", reason="等业务部门有人")
        refused = desk.command("pm", day.number, "apply_major", **APPLICATION).json()
        assert refused["reason"] == "no_approver"
        assert "业务部门没有审批人" in refused["detail"]
        assert "由谁审批" in day.told("customer", "请指定重大问题的审批人")["action"]
    day.does("pm", "apply_major", **APPLICATION)

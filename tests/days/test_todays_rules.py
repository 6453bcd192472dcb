"""One ticket under every rule that came later than the five documents' first reading, told over HTTP."""

import uuid

import pytest

from tests.days.day import Day
from tests.served import Served

CALLER = "周国栋"


@pytest.fixture
def helper(desk: Served) -> str:
    """An engineer who is also, under another account, somebody of the customer's."""
    id_ = f"helper-{uuid.uuid4().hex[:6]}"
    admin = desk.as_user("admin")
    theirs = {"id": f"{id_}-theirs", "name": "顾明", "role": "customer_contact", "customers": ["demo-fuao"]}
    for person in ({"id": id_, "name": "顾明", "role": "engineer"}, theirs | {"same_as": id_}):
        made = admin.post("/api/people", json=person)
        assert made.status_code == 201, made.text
    return id_


def test_one_ticket_keeps_them_all(desk: Served, helper: str):
    """Who recorded or did something is kept apart from who acts on it, through hands, roles and accounts."""
    day = Day(
        desk,
        "fuao",
        level="urgent",
        title="出入库终端连不上服务器",
        description="三号库终端都报连接超时",
        customer={"name": "港城来电"},
        contact={"name": CALLER, "phone": "13712345679"},
    )
    _it_is_found_out_whose_it_is(day)
    _it_goes_from_hand_to_hand(day)
    _the_work_is_paid_and_somebody_else_sends(day)
    _a_visit_has_its_order(day)
    _nobody_grants_what_they_ever_asked_for(day, helper)
    _nobody_resolves_on_an_acceptance_of_their_own_recording(day)
    _the_end_comes_first_and_who_worked_asks_nobody(desk, day, helper)


def _it_is_found_out_whose_it_is(day: Day) -> None:
    """Whoever identifies or classifies states something; another customer brings their contact (edition 4)."""
    day.hidden_from("customer")
    day.refused("hotline", "identify", "nobody_named")
    day.refused("hotline", "classify", "nothing_stated", reason="看一下")
    day.does("hotline", "identify", customer="demo-fuao", contact={"name": CALLER, "phone": "13712345679"})
    day.told("pm", "报修单位已核实")
    assert CALLER in day.told("customer", "一条报障已登记到贵单位")["text"]
    assert day.sees("customer")["title"] == "出入库终端连不上服务器"


def _it_goes_from_hand_to_hand(day: Day) -> None:
    """Engineers hand over what is theirs, and nobody gets what they have (edition 6)."""
    day.does("engineer", "take")
    assert "李建国" in day.told("customer", "您的报障由")["text"]
    day.refused("engineer2", "reassign", "not_yours", to="engineer2", reason="我离得近")
    day.refused("engineer", "reassign", "already_theirs", to="engineer", reason="我来")
    day.does("engineer", "reassign", to="engineer2", reason="被叫去一号库")
    for who in ("engineer2", "pm"):
        assert "被叫去一号库" in day.told(who, "交" if who == "engineer2" else "已转交")["text"]
    assert "王海涛" in day.told("customer", "您的报障由 王海涛")["text"]
    day.refused("hotline", "reassign", "already_theirs", to="engineer2", reason="再派一次")


def _the_work_is_paid_and_somebody_else_sends(day: Day) -> None:
    """A fault of somebody else's is charged (001-08); who recorded that it is paid sends nobody (edition 2)."""
    day.does("engineer2", "classify", facts={"cause": "environment"}, reason="库区交换机是对方自购")
    day.refused("pm", "dispatch", "paid_work_not_agreed", to="engineer2")
    day.phoned("hotline", "consent", CALLER, subject="paid_work", text="同意按工作日付费")
    for who in ("engineer2", "pm"):
        assert "周晓雯代录" in day.told(who, "客户已答复")["text"]
    assert CALLER in day.told("customer", "已代您记录")["text"]
    day.refused("hotline", "dispatch", "own_record", to="engineer2")
    day.does("pm", "dispatch", to="engineer2")
    day.told("engineer2", "请上门")


def _a_visit_has_its_order(day: Day) -> None:
    """Nobody sets out or arrives twice (edition 4), nor is sent who has (edition 7)."""
    day.refused("engineer2", "end_visit", "no_visit")
    day.does("engineer2", "depart", text="带备用交换机出发")
    day.refused("engineer2", "depart", "on_the_way_already", text="出发")
    day.refused("pm", "dispatch", "set_out_already", to="engineer2")
    day.does("engineer2", "arrive", text="到三号库")
    day.refused("engineer2", "arrive", "on_site_already", text="到了")
    day.refused("engineer", "end_visit", "no_visit")
    day.does("engineer2", "end_visit", text="交换机已换，终端仍时断时续")
    day.refused("engineer2", "end_visit", "no_visit")


def _nobody_grants_what_they_ever_asked_for(day: Day, helper: str) -> None:
    """Under whichever account, also where somebody else asked since (edition 3)."""
    day.does(helper, "request_remote", scope="出入库服务器", text="看连接数")
    day.does("engineer2", "request_remote", scope="出入库服务器", text="看连接池")
    day.refused(f"{helper}-theirs", "grant_remote", "own_request", scope="出入库服务器")
    day.does("customer", "grant_remote", scope="出入库服务器")
    for who in ("engineer2", "pm"):
        day.told(who, "客户已同意远程")
    day.does(helper, "start_remote", text="看连接池")
    day.does(helper, "end_remote", text="连接数上限太小")


def _nobody_resolves_on_an_acceptance_of_their_own_recording(day: Day) -> None:
    """Nor records the customer's yes to what they made (edition 2)."""
    day.does("engineer2", "propose_change", text="连接上限改为 400", size="large", documents="变更说明和回退步骤")
    day.phoned("hotline", "agree_change", CALLER, text="同意，午休做")
    day.does("engineer2", "make_change", text="已改，终端全部连上", backup="配置备份 0303")
    day.refused("engineer", "resolve", "change_not_accepted", summary="连接上限太小，已改大")
    word = {"name": CALLER, "channel": "phone"}
    day.refused("engineer2", "accept_change", "own_record", text="好了", on_behalf=word)
    day.phoned("engineer", "accept_change", CALLER, text="都连上了")
    day.refused("engineer", "resolve", "own_record", summary="连接上限太小，已改大")
    day.does("engineer2", "resolve", summary="原因：连接上限太小；处理：改大；结果：终端全部连上")
    day.told("customer", "请确认")


def _the_end_comes_first_and_who_worked_asks_nobody(desk: Served, day: Day, helper: str) -> None:
    """No survey is told late before the close (edition 2); whoever worked makes none, in no later role (edition 3)."""
    day.refused("supervisor", "record_survey", "not_closed", text="满意", satisfaction="satisfied")
    day.does("customer", "confirm", text="都好了")
    day.told("engineer2", "客户已确认解决")
    day.comes_to("closed")
    another_role = {"role": "supervisor"} | desk.seen
    changed = desk.as_user("admin").patch(f"/api/people/{helper}", json=another_role)
    assert changed.status_code == 200, changed.text
    day.refused(helper, "record_survey", "own_work", text="满意", satisfaction="satisfied")
    day.does("supervisor", "record_survey", text="来得快，说得清", satisfaction="satisfied")
    assert day.promise("survey")["state"] == "met"
    day.refused("supervisor", "record_survey", "surveyed_already", text="改口", satisfaction="dissatisfied")

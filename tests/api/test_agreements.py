"""What changes in the registry reaches the tickets that are open, and what only the registry knows reaches commands."""

import time
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.people.actors import Role
from store.registry.people import change_person
from tests.patience import PATIENCE_S, eventually
from tests.security.newcomers import newcomer, token_of
from tests.served import Served
from tests.uploads import brought

CASE = {"vendor": "vendor", "text": "支援"}


def strict(desk: Served) -> str:
    """A ticket of a contract that lets nobody call vendors without leave."""
    contract = {
        "id": f"leave-{uuid.uuid4().hex[:8]}",
        "pack": "sitech",
        "switches": {"vendor_needs_authorisation": True},
    }
    assert desk.as_user("admin").post("/api/customers/demo-sitech/contracts", json=contract).status_code == 201
    return str(desk.open("sitech", level="A", contract=contract["id"])["number"])


def told_of(desk: Served, number: str, happening: str) -> list[dict[str, Any]]:
    """What its timeline says of a happening, line by line."""
    lines = desk.as_user("auditor").get(f"/api/tickets/{number}/timeline?limit=500").json()["items"]
    return [line for line in lines if line["happening"] == happening]


def until_told(desk: Served, number: str, happening: str, times: int) -> dict[str, Any]:
    """The ticket has been told so often; the last line that says so."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        told = told_of(desk, number, happening)
        if len(told) >= times:
            last: dict[str, Any] = told[-1]
            return last
        time.sleep(0.2)
    raise AssertionError(f"{happening} did not come {times} times")


class TestAStandingAuthorisation:
    def test_counts_from_when_it_is_recorded_until_it_is_revoked(self, desk: Served):
        """Both while the ticket is open."""
        number = strict(desk)
        assert desk.command("engineer", number, "open_vendor_case", **CASE).json()["reason"] == (
            "no_standing_authorisation"
        )
        ends = (datetime.now(UTC) + timedelta(days=30)).isoformat()
        granted = {"scope": "联系原厂", "channel": "paper", "granted_by": "王主任", "expires_at": ends}
        granted["evidence"] = brought(desk, number, user="customer")
        kept = desk.as_user("pm").post("/api/customers/demo-sitech/authorisations", json=granted)
        assert kept.status_code == 201, kept.text
        line = until_told(desk, number, "authorisation_changed", 1)
        assert (line["actor"]["id"], line["data"]["about"]) == ("system", kept.json()["id"])
        assert desk.command("engineer", number, "open_vendor_case", **CASE).status_code == 200
        address = f"/api/customers/demo-sitech/authorisations/{kept.json()['id']}"
        assert desk.as_user("pm").delete(address).status_code == 204
        assert until_told(desk, number, "authorisation_changed", 2)["data"]["until"] is None
        assert desk.command("engineer", number, "open_vendor_case", **CASE).json()["reason"] == (
            "no_standing_authorisation"
        )

    def test_is_told_by_nobody_over_the_interface(self, desk: Served):
        number = strict(desk)
        for who in ("admin", "pm", "duty"):
            answer = desk.command(who, number, "take_authorisation", about="x")
            assert answer.status_code in {403, 404, 422}


def of_its_own(desk: Served) -> tuple[str, str, str]:
    """A customer of whom no other test knows, with a ticket that has its level, and its contact."""
    customer, admin = f"c-{uuid.uuid4().hex[:12]}", desk.as_user("admin")
    admin.post("/api/customers", json={"id": customer, "name": "某公司"})
    admin.post(f"/api/customers/{customer}/contracts", json={"id": f"{customer}-1", "pack": "sitech"})
    number = str(desk.open(customer={"id": customer})["number"])
    assert desk.command("engineer", number, "classify", level="B").status_code == 200
    contact = newcomer(desk, Role.CUSTOMER_CONTACT)
    change_person(desk.engine, contact, {"customers": (customer,)})
    return customer, number, contact


class TestACustomerThatIsDeactivated:
    def test_leaves_no_grant_no_session_and_no_authorisation_behind(self, desk: Served):
        """At once, for good, and whoever works remotely is told; its tickets are worked on."""
        customer, number, one = of_its_own(desk)
        admin = desk.as_user("admin")
        ends = (datetime.now(UTC) + timedelta(days=30)).isoformat()
        granted = {"scope": "联系原厂", "channel": "paper", "granted_by": "王主任", "expires_at": ends}
        granted["evidence"] = brought(desk, number, user="engineer")
        kept = desk.as_user("pm").post(f"/api/customers/{customer}/authorisations", json=granted)
        assert kept.status_code == 201, kept.text
        until_told(desk, number, "authorisation_changed", 1)
        grant = {"kind": "grant_remote", "data": {"scope": "db"}, "command_id": str(uuid.uuid4())}
        bearer = {"Authorization": f"Bearer {token_of(desk, one)}"}
        assert desk.stranger.post(f"/api/tickets/{number}/commands", json=grant, headers=bearer).status_code == 200
        assert desk.command("expert", number, "start_remote", text="开始").status_code == 200
        assert admin.patch(f"/api/customers/{customer}", json={"active": False} | desk.seen).status_code == 200
        assert until_told(desk, number, "customer_changed", 1)["data"]["active"] is False
        ended = until_told(desk, number, "remote_ended", 1)
        assert (ended["data"]["ended_by"], ended["data"]["worked"]) == ("customer_changed", "expert")
        assert until_told(desk, number, "grant_ended", 1)["data"]["ended_by"] == "customer_changed"
        assert until_told(desk, number, "authorisation_changed", 2)["data"]["until"] is None
        told = desk.as_user("expert").get("/api/inbox", params={"limit": 100}).json()["items"]
        assert "您的远程会话已结束：某公司" in {item["title"] for item in told if item["ticket"] == number}
        refused = desk.command("engineer", number, "request_remote", scope="db", text="x")
        assert refused.json()["reason"] == "customer_gone"
        assert admin.patch(f"/api/customers/{customer}", json={"active": True} | desk.seen).status_code == 200
        assert until_told(desk, number, "customer_changed", 2)["data"]["active"] is True
        assert desk.command("expert", number, "start_remote", text="继续").json()["reason"] == "no_grant"


def of_two_departments(desk: Served) -> tuple[str, str, str]:
    """A customer of its own with one approver a department; the technical one, and a ticket that waits for both."""
    customer, admin = f"c-{uuid.uuid4().hex[:12]}", desk.as_user("admin")
    departments = [{"id": each, "name": each} for each in ("technical", "business")]
    admin.post("/api/customers", json={"id": customer, "name": customer, "departments": departments})
    admin.post(f"/api/customers/{customer}/contracts", json={"id": f"{customer}-1", "pack": "nuobida"})
    one, other = (newcomer(desk, Role.CUSTOMER_APPROVER) for _ in departments)
    change_person(desk.engine, one, {"customers": (customer,)})
    change_person(desk.engine, other, {"customers": (customer,), "department": "business"})
    number = str(desk.open(contract="nuobida", customer={"id": customer}, level="I")["number"])
    for who, kind, data in (
        ("engineer", "take", {}),
        ("pm", "submit_formal_report", {"text": "正式报告"}),
        ("pm", "apply_major", {"title": "更换主控板", "plan": "今晚切换", "risk": "中断 10 分钟"}),
    ):
        answer = desk.command(who, number, kind, **data)
        assert answer.status_code == 200, answer.text
    return customer, one, number


class TestAnApplication:
    def test_is_refused_where_a_department_has_nobody_who_could_answer(self, desk: Served):
        """The API looks it up; what a sender claims to know is no field."""
        number = str(desk.open("nuobida", level="I")["number"])
        assert desk.command("pm", number, "submit_formal_report", text="正式报告").status_code == 200
        application = {"title": "更换主控板", "plan": "今晚切换", "risk": "中断 10 分钟"}
        address = "/api/people/business"
        assert desk.as_user("admin").patch(address, json={"active": False} | desk.seen).status_code == 200
        try:
            refused = desk.command("pm", number, "apply_major", **application)
        finally:
            assert desk.as_user("admin").patch(address, json={"active": True} | desk.seen).status_code == 200
        assert (refused.status_code, refused.json()["reason"]) == (409, "no_approver")
        assert "业务部门没有审批人：请客户联系人告知由谁审批" in refused.json()["detail"]
        assert desk.command("pm", number, "apply_major", **application).status_code == 200

    @pytest.mark.parametrize("change", [{"active": False}, {"department": "business"}])
    def test_that_waits_for_a_department_with_nobody_left_says_so(self, desk: Served, change: dict[str, Any]):
        """Who was to answer leaves, or speaks for another department: nobody hears by itself that it waits in vain."""
        customer, one, number = of_two_departments(desk)
        gone = desk.as_user("admin").patch(f"/api/people/{one}", json=change | {"unassigned": True} | desk.seen)
        assert gone.status_code == 200, gone.text
        assert gone.json()["rests_on"]["approvals"] == [number]
        for who, title in (("pm", f"客户已无人可以审批：{customer}"), ("engineer", f"客户已无人可以审批：{customer}")):
            told = desk.as_user(who).get("/api/inbox", params={"limit": 100}).json()["items"]
            (said,) = [each for each in told if each["ticket"] == number and each["title"] == title]
            assert "技术部门答复" in said["text"]
            assert said["action"] == "请客户指定新的审批人，并由管理员登记。"

    def test_that_waits_for_a_department_with_somebody_left_says_nothing(self, desk: Served):
        customer, one, number = of_two_departments(desk)
        another = newcomer(desk, Role.CUSTOMER_APPROVER)
        change_person(desk.engine, another, {"customers": (customer,)})
        gone = desk.as_user("admin").patch(f"/api/people/{one}", json={"active": False, "unassigned": True} | desk.seen)
        assert gone.status_code == 200, gone.text
        told = desk.as_user("pm").get("/api/inbox", params={"limit": 100}).json()["items"]
        assert not [each for each in told if each["ticket"] == number and "无人可以审批" in each["title"]]


class TestAContract:
    def test_that_follows_one_which_has_ended_is_heard_of_and_covers_the_work(self, desk: Served):
        """What was reported before it gets no promise of it; the work is not charged any more (002-19)."""
        customer, admin = f"c-{uuid.uuid4().hex[:12]}", desk.as_user("admin")
        contracts = f"/api/customers/{customer}/contracts"
        admin.post("/api/customers", json={"id": customer, "name": "续约客户"})
        ended = {"id": f"{customer}-1", "pack": "standard", "ends_on": "2020-12-31"}
        assert admin.post(contracts, json=ended).status_code == 201
        number = str(desk.open("standard", customer={"id": customer}, level="severe")["number"])
        assert desk.command("engineer", number, "dispatch", to="engineer").json()["reason"] == "paid_work_not_agreed"
        follows = {"id": f"{customer}-2", "pack": "standard", "starts_on": "2021-01-01"}
        assert admin.post(contracts, json=follows).status_code == 201
        eventually(
            lambda: any(
                line["data"].get("begins_on") == "2021-01-01" for line in told_of(desk, number, "contract_changed")
            ),
            "the ticket is told of the one that follows",
        )
        assert desk.command("engineer", number, "dispatch", to="engineer").status_code == 200
        promised = desk.as_user("auditor").get(f"/api/tickets/{number}/obligations").json()["items"]
        assert {each["kind"] for each in promised} == {"respond"}

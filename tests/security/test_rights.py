"""Who may do what: the table of the interface, cell by cell, over HTTP."""

import uuid
from typing import Any

import pytest
from sqlalchemy.orm import Session

from domain.authority import MAY, MAY_OPEN, MAY_READ
from domain.commands import DATA
from domain.people import Role
from store.demo import PEOPLE
from store.models import CustomerRow, PersonRow
from tests.served import Served, report

#: Who signs in for each role.
USERS = {who.role: user for user, who in PEOPLE.items()}
ROLES = sorted(USERS)
SILENT = {role for role in Role if not MAY[role]}


@pytest.fixture(scope="module")
def own(desk: Served) -> str:
    """A ticket of a customer whom the demo's people act for, on which the demo's vendor has a case."""
    number = str(desk.open(level="A")["number"])
    opened = desk.command("engineer", number, "open_vendor_case", vendor="vendor", text="请厂家支持")
    assert opened.status_code == 200
    return number


@pytest.fixture(scope="module")
def foreign(desk: Served) -> str:
    """A ticket of somebody else's."""
    return str(desk.open(customer={"name": "别家单位"}, contact={"name": "别人", "phone": "1"})["number"])


def status(desk: Served, role: Role, number: str, kind: str) -> int:
    """The answer to a command with a fault that only those are told of who may send it."""
    body = {"command_id": "no UUID", "kind": kind, "data": {}}
    answer = desk.as_user(USERS[role]).post(f"/api/tickets/{number}/commands", json=body)
    return int(answer.status_code)


class TestACommand:
    @pytest.mark.parametrize("role", ROLES)
    def test_is_open_to_exactly_the_roles_of_the_table(self, desk: Served, own: str, role: Role):
        """403 for all others, before anything is said about its fields."""
        for kind in DATA:
            assert status(desk, role, own, kind) == (422 if kind in MAY[role] else 403), kind

    @pytest.mark.parametrize("role", ROLES)
    def test_on_other_peoples_tickets_does_not_exist_for_outsiders(self, desk: Served, foreign: str, role: Role):
        """404, not 403: that there is such a ticket is nobody's business."""
        outsider = role in {Role.VENDOR, Role.CUSTOMER_CONTACT, Role.CUSTOMER_APPROVER}
        for kind in DATA:
            allowed = 422 if kind in MAY[role] else 403
            assert status(desk, role, foreign, kind) == (404 if outsider else allowed), kind


class TestAQuestion:
    @pytest.mark.parametrize("role", ROLES)
    def test_is_answered_by_role_and_by_whose_ticket_it_is(self, desk: Served, own: str, foreign: str, role: Role):
        """Lists and counts leave out what is not the caller's."""
        client = desk.as_user(USERS[role])
        if role not in MAY_READ:
            for path in (f"/api/tickets/{own}", "/api/tickets", "/api/counts"):
                assert client.get(path).status_code == 403
            return
        outsider = role in {Role.VENDOR, Role.CUSTOMER_CONTACT, Role.CUSTOMER_APPROVER}
        for part in ("", "/timeline", "/obligations"):
            assert client.get(f"/api/tickets/{own}{part}").status_code == 200
            assert client.get(f"/api/tickets/{foreign}{part}").status_code == (404 if outsider else 200)
        listed = {item["number"] for item in client.get("/api/tickets").json()["items"]}
        assert own in listed
        assert (foreign in listed) is not outsider

    @pytest.mark.parametrize("role", ROLES)
    def test_of_opening_is_open_to_those_who_take_reports(self, desk: Served, role: Role):
        """403 before anything is said about the report."""
        answer = desk.post_ticket({}, user=USERS[role])
        assert answer.status_code == (422 if role in MAY_OPEN else 403)


class TestAForeignTicket:
    def test_answers_like_one_that_does_not_exist(self, desk: Served, foreign: str):
        """The same status and the same words, so that numbers cannot be tried out."""

        def words(number: str, path: str = "", body: Any = None) -> tuple[int, dict[str, Any]]:
            method = "POST" if body is not None else "GET"
            answer = desk.as_user("customer").request(method, f"/api/tickets/{number}{path}", json=body)
            told: dict[str, Any] = answer.json()
            del told["request_id"]
            return answer.status_code, told

        command = {"command_id": str(uuid.uuid4()), "kind": "note", "data": {"text": "x"}}
        for path, body in (("", None), ("/timeline", None), ("/obligations", None), ("/commands", command)):
            assert words(foreign, path, body) == words("22222222", path, body)

    def test_shows_nothing_in_any_list(self, desk: Served, foreign: str):
        """However the list is asked for."""
        for query in (f"text={foreign}", "text=别家单位", "contract=sitech", "state=running"):
            items = desk.as_user("customer").get(f"/api/tickets?{query}").json()["items"]
            assert foreign not in {item["number"] for item in items}

    def test_of_another_customer_is_as_foreign_as_one_of_nobody(self, desk: Served):
        """Two customers, each with people of its own."""
        with Session(desk.engine) as session, session.begin():
            session.add(CustomerRow(id="rival", name="另一家"))
            session.flush()
            session.add(PersonRow(id="rival", name="对手", role=Role.CUSTOMER_CONTACT, customers=("rival",)))
        number = desk.open()["number"]
        assert desk.as_user("customer").get(f"/api/tickets/{number}").status_code == 200
        assert desk.as_user("rival").get(f"/api/tickets/{number}").status_code == 404
        assert desk.as_user("rival").get("/api/tickets").json()["items"] == []


class TestTheCustomer:
    def test_reads_neither_notes_of_engineers_nor_alarms_nor_refusals(self, desk: Served, own: str):
        """What the service company says to itself stays there."""
        desk.command("engineer", own, "note", text="内部：客户机房太乱")
        desk.command("customer", own, "note", text="请尽快")
        desk.command("engineer", own, "reopen", reason="x")
        answer = desk.as_user("customer").get(f"/api/tickets/{own}/timeline")
        assert "内部" not in answer.text
        assert "请尽快" in answer.text


class TestAWriteModel:
    FOREIGN = (
        "number", "seq", "stage", "actor", "opener", "role", "accepted_at", "recorded_at", "customer_id", "drill",
        "key_hash", "body_hash", "approved_by", "assignee", "state", "due_at", "password", "user", "__class__",
    )  # fmt: skip

    @pytest.mark.parametrize("field", [*FOREIGN, "command_id", "kind", "data", "occurred_at", "expect_seq"])
    def test_of_a_ticket_takes_no_field_of_another(self, desk: Served, field: str):
        """CVE-2021-42086: nobody becomes anything by sending more than was asked for."""
        answer = desk.post_ticket(report(**{field: "x"}))
        assert answer.status_code == 422
        assert [error["field"] for error in answer.json()["errors"]] == [field]

    @pytest.mark.parametrize("field", [*FOREIGN, "title", "contract", "customer", "level", "facts", "received_at"])
    def test_of_a_command_takes_no_field_of_another(self, desk: Served, own: str, field: str):
        """Neither beside its data nor inside; ``classify`` has a level and facts of its own."""
        for kind in DATA:
            known = {one.name for one in DATA[kind]}
            user = next(USERS[role] for role in ROLES if kind in MAY[role])
            body = {"command_id": str(uuid.uuid4()), "kind": kind, "data": {field: "x"}, field: "x"}
            answer = desk.as_user(user).post(f"/api/tickets/{own}/commands", json=body)
            assert answer.status_code == 422
            named = {error["field"] for error in answer.json()["errors"]}
            assert named >= ({field} if field in known else {field, f"data.{field}"})

"""Who may do what, cell by cell over HTTP: every route and every command, for every role, on own and foreign tickets.

What to expect follows from what the served OpenAPI document declares and from ``domain.audience.authority``; some rows
stand here once more, so that the table in the domain cannot change silently. The same matrix is
printed in ``docs/authorisation.md``.

CVE-2026-40591, CVE-2026-34722 (objects of others reached by an id in a request): a route that says nothing of what
its ids name, or of who may call it, fails here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from demo.people import ACTORS
from domain.audience.authority import MAY, MAY_OPEN, MAY_READ, may_send
from domain.matters.index import ROWS
from domain.people.actors import CUSTOMER_SIDE, Role
from store.access.tokens import issue
from tests.security.asking import PROBLEM, USERS
from tests.served import Served

ROLES = sorted(USERS)
OUTSIDE = CUSTOMER_SIDE | {Role.VENDOR}
MISSING = "22222222"
#: In the place of ids that name nothing.
NOTHING = "no-such-thing"
#: What only a browser's session may do: a program's token gets 403, whatever its role.
BROWSERS = {("PUT", "/api/session/password")}

ENGINEERS = """
    classify respond contact submit_plan advance dispatch depart arrive end_visit diagnose restore resolve pause resume
    note write_log deliver_report request_remote start_remote end_remote apply_onsite request_consultation
    open_vendor_case close_vendor_case request_part verify_part deliver_substitute return_substitute take
    propose_change make_change reassign unassign
"""
MANAGERS = f"""
    {ENGINEERS} submit_formal_report apply_major reopen close start_plan object_plan end_plan rebaseline
    form_centre withdraw_major discard identify merge
"""

#: Who may, written down a second time by hand.
INTERFACE = {
    Role.ENGINEER: ENGINEERS,
    Role.PROJECT_MANAGER: MANAGERS,
    Role.DUTY_MANAGER: MANAGERS,
    Role.HOTLINE: "classify identify respond contact dispatch reassign pause resume note write_log merge",
    Role.EXPERT: """
        note diagnose conclude_consultation start_remote end_remote depart arrive end_visit respond contact submit_plan
        restore write_log take reassign unassign
    """,
    Role.VENDOR: "note close_vendor_case",
    Role.CUSTOMER_CONTACT: """
        note confirm reject reopen grant_remote refuse_remote revoke_remote agree_part refuse_part consent
        agree_change refuse_change accept_change book
    """,
    Role.CUSTOMER_APPROVER: "approve refuse note agree_change refuse_change accept_change",
    Role.SUPERVISOR: "record_survey record_followup note",
    Role.LEADER: "note object_plan reassign",
    Role.COMMERCIAL: "classify identify reassign note verify_part order_part",
    Role.STOCK_KEEPER: "verify_part reserve_part part_arrived deliver_substitute return_substitute note",
    Role.AUDITOR: "",
    Role.ADMINISTRATOR: "",
}
#: What a customer says by telephone, and who records it.
RECORDED = {
    "grant_remote", "refuse_remote", "revoke_remote", "agree_part", "refuse_part", "agree_change", "refuse_change",
    "accept_change", "consent", "confirm", "reject", "book",
}  # fmt: skip
RECORDED_BY = {Role.HOTLINE, Role.ENGINEER, Role.PROJECT_MANAGER, Role.DUTY_MANAGER}
FIXED = {word for words in INTERFACE.values() for word in words.split()}


@dataclass(frozen=True)
class Operation:
    """A path and a method, as the interface declares them."""

    method: str
    path: str
    permission: dict[str, Any]

    @property
    def is_public(self) -> bool:
        return bool(self.permission["name"] == "public")

    @property
    def parameters(self) -> list[str]:
        return re.findall(r"{(\w+)}", self.path)

    @property
    def is_about_a_ticket(self) -> bool:
        return "number" in self.parameters

    def address(self, number: str) -> str:
        """With this ticket, and nothing that exists in the place of other ids."""
        return self.path.format(**dict.fromkeys(self.parameters, NOTHING) | {"number": number})

    def expected(self, role: Role, *, is_there: bool) -> int | None:
        """The status that is right; None: any of an answer. Of the registry nothing is hidden from who may ask."""
        permitted = self.is_public or role in self.permission["roles"]
        if not permitted or (self.method, self.path) in BROWSERS:
            return 403
        hidden = {name for name, named in self.permission["whose"].items() if named["exists_for"] != "anybody"}
        return 404 if hidden - {"number"} or (self.is_about_a_ticket and not is_there) else None


@pytest.fixture(scope="module")
def operations(interface: dict[str, Any]) -> list[Operation]:
    """All of the served interface."""
    return [
        Operation(method.upper(), path, operation["x-permission"])
        for path, methods in interface["paths"].items()
        for method, operation in methods.items()
    ]


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


def ask(client: httpx2.Client, operation: Operation, number: str = MISSING, **headers: str) -> httpx2.Response:
    """The answer to an operation with an empty body; of a stream, its head."""
    body: dict[str, Any] | None = None if operation.method in {"GET", "DELETE"} else {}
    address = operation.address(number)
    with client.stream(operation.method, address, json=body, headers=headers) as answer:
        if not answer.headers.get("content-type", "").startswith("text/event-stream"):
            answer.read()
        return answer


def cells(operation: Operation, own: str, foreign: str, role: Role) -> Iterator[tuple[str, bool]]:
    """The tickets that a route is asked about, and whether they exist for the role."""
    yield MISSING, False
    if operation.is_about_a_ticket:
        yield own, True
        yield foreign, role not in OUTSIDE


class TestTheTable:
    def test_says_of_every_route_who_may_call_it_and_whose_things_it_names(self, operations: list[Operation]):
        """A new path parameter needs its row in ``api.access.ownership``."""
        assert len(operations) >= 10
        for operation in operations:
            assert operation.permission["name"], operation
            assert set(operation.permission["whose"]) == set(operation.parameters), operation
            assert operation.is_public is (not operation.permission["roles"]), operation

    def test_lets_nobody_read_tickets_or_open_them_by_another_name(self, operations: list[Operation]):
        """Routes under a ticket's address are for who may read tickets, and its commands for who may send any."""
        for operation in operations:
            if operation.is_about_a_ticket:
                assert set(operation.permission["roles"]) <= MAY_READ, operation
        opening = next(one for one in operations if (one.method, one.path) == ("POST", "/api/tickets"))
        assert set(opening.permission["roles"]) == MAY_OPEN

    @pytest.mark.parametrize("role", ROLES)
    def test_of_commands_is_the_one_of_the_interface(self, role: Role):
        """Word by word; kinds that the interface does not name are ours to give."""
        assert {kind.value for kind in MAY[role]} & FIXED == set(INTERFACE[role].split())


class TestEveryRoute:
    @pytest.mark.parametrize("role", ROLES)
    def test_answers_a_role_as_its_row_says(
        self, desk: Served, operations: list[Operation], own: str, foreign: str, role: Role
    ):
        """403 for the wrong role, whatever it asks about; 404 for what does not exist for the right one."""
        client = desk.as_user(USERS[role])
        for operation in operations:
            for number, is_there in cells(operation, own, foreign, role):
                answer, expected = ask(client, operation, number), operation.expected(role, is_there=is_there)
                told = (role, operation.method, operation.address(number), answer.status_code)
                if expected is None:
                    assert answer.status_code < 500, told
                    assert answer.status_code not in {401, 403, 405}, told
                    assert answer.status_code != 404 or set(operation.parameters) - {"number"}, told
                else:
                    assert answer.status_code == expected, told
                    assert answer.headers["content-type"] == PROBLEM, told

    def test_answers_nobody_who_shows_no_valid_token(self, desk: Served, operations: list[Operation]):
        """Without credentials, with an expired token, with a made-up one."""
        now = datetime.now(UTC)
        expired = issue(desk.engine, "pm", name="old", lasts=timedelta(hours=1), now=now - timedelta(hours=2))
        for headers in ({}, {"Authorization": f"Bearer {expired}"}, {"Authorization": "Bearer nonsense"}):
            for operation in operations:
                answer = ask(desk.stranger, operation, **headers)
                assert (answer.status_code == 401) is not operation.is_public, (operation, answer.status_code)

    def test_takes_no_other_method(self, desk: Served, operations: list[Operation]):
        """What is not declared is not there; 403 where a word of one path is the id in another, declared one."""
        declared = {(operation.method, operation.path) for operation in operations}
        for operation in operations:
            for method in ("PUT", "PATCH", "DELETE", "POST", "TRACE"):
                if (method, operation.path) not in declared:
                    answer = desk.as_user("pm").request(method, operation.address(MISSING))
                    assert answer.status_code in {403, 404, 405}, (method, operation.path)


class TestEveryCommand:
    @pytest.mark.parametrize("whose", ["own", "foreign"])
    @pytest.mark.parametrize("role", ROLES)
    def test_is_open_to_exactly_the_roles_of_the_table(
        self, desk: Served, own: str, foreign: str, role: Role, whose: str
    ):
        """403 before anything is said about its fields, and 404 before that where the ticket is not theirs.

        A fault in the envelope is told to those alone who may send the command: their 422 proves the right.
        """
        number, client = {"own": own, "foreign": foreign}[whose], desk.as_user(USERS[role])
        for kind in ROWS:
            body = {"command_id": "no UUID", "kind": kind, "data": {}}
            answer = client.post(f"/api/tickets/{number}/commands", json=body)
            hidden = whose == "foreign" and role in OUTSIDE
            assert answer.status_code == (404 if hidden else 422 if may_send(ACTORS[USERS[role]], kind) else 403), kind


class TestAWordOfTheCustomer:
    """Recorded on their behalf: a right of its own, cell by cell."""

    @pytest.mark.parametrize("role", ROLES)
    def test_is_recorded_by_exactly_the_roles_of_the_table(self, desk: Served, own: str, role: Role):
        """Never an approval; and with the field nobody sends what they could send without it."""
        said = {"name": "刘雅琴", "channel": "phone"}
        for kind in ROWS:
            body = {"command_id": "no UUID", "kind": kind, "data": {"on_behalf": said}}
            answer = desk.as_user(USERS[role]).post(f"/api/tickets/{own}/commands", json=body)
            may = role in RECORDED_BY if kind in RECORDED else may_send(ACTORS[USERS[role]], kind)
            assert answer.status_code == (422 if may else 403), kind

    @pytest.mark.parametrize("kind", ["agree_change", "refuse_change", "accept_change"])
    @pytest.mark.parametrize(("user", "status"), [("tech", 422), ("business", 403)])
    def test_on_a_change_is_the_technical_departments_alone(
        self, desk: Served, own: str, kind: str, user: str, status: int
    ):
        body = {"command_id": "no UUID", "kind": kind, "data": {}}
        assert desk.as_user(user).post(f"/api/tickets/{own}/commands", json=body).status_code == status


class TestAList:
    @pytest.mark.parametrize("role", ROLES)
    def test_holds_what_exists_for_the_role_and_counts_no_more(self, desk: Served, own: str, foreign: str, role: Role):
        """Lists and counts leave out what is not the caller's."""
        if role not in MAY_READ:
            return
        client = desk.as_user(USERS[role])
        listed = [item["number"] for item in client.get("/api/tickets").json()["items"]]
        assert own in listed
        assert (foreign in listed) is (role not in OUTSIDE)
        assert sum(client.get("/api/counts").json()["stages"].values()) == len(listed)

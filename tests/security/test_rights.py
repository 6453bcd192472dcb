"""Other people's tickets: to those whom they do not concern they are as if they did not exist.

CVE-2026-40591 (an agent reaches another mailbox's customer by an id), CVE-2026-34722 (a parameter that skips the
authorisation), CVE-2024-33668 (guessable ids): two customers and two vendors, every route, by status, words, lists,
figures, enumeration and time. Who may do what at all: ``test_matrix.py``.
"""

import re
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from statistics import median
from typing import Any

import pytest
from sqlalchemy.orm import Session

from domain.people.actors import Role
from domain.ticket.numbers import ALPHABET
from store.models import ContractRow, CustomerRow, PersonRow
from tests.served import Served
from tests.store.samples import spoken

MISSING = "22222222"
RIVALS = {
    "rival-contact": (Role.CUSTOMER_CONTACT, None),
    "rival-tech": (Role.CUSTOMER_APPROVER, "technical"),
    "rival-business": (Role.CUSTOMER_APPROVER, "business"),
    "rival-vendor": (Role.VENDOR, None),
}
#: Whom the ticket of the demo concerns, and whom that of the rival does; the service company sees both.
DEMOS = ("customer", "tech", "business", "vendor")
OURS = (
    "hotline",
    "engineer",
    "engineer2",
    "pm",
    "duty",
    "expert",
    "supervisor",
    "stock",
    "leader",
    "commercial",
    "auditor",
)

#: Headers that are another one in every answer.
_EACH_ITS_OWN = {"x-request-id", "date"}


@pytest.fixture(scope="module", autouse=True)
def rivals(desk: Served) -> None:
    """Another customer with a contract and people, and another vendor's person."""
    with Session(desk.engine) as session, session.begin():
        session.add(CustomerRow(id="rival", name="另一家"))
        session.flush()
        session.add(ContractRow(id="rival-2026", customer="rival", pack="sitech", switches={}))
        for id_, (role, department) in RIVALS.items():
            customers = () if role is Role.VENDOR else ("rival",)
            session.add(PersonRow(id=id_, name=id_, role=role, customers=customers, department=department))


@pytest.fixture(scope="module")
def demos(desk: Served) -> str:
    """A ticket of the demo's customer, with a case of the demo's vendor."""
    return _with_case(desk, str(desk.open(level="A")["number"]), "vendor")


@pytest.fixture(scope="module")
def theirs(desk: Served) -> str:
    """The same of the rival's."""
    return _with_case(desk, str(desk.open(level="A", customer={"id": "rival"})["number"]), "rival-vendor")


def _with_case(desk: Served, number: str, vendor: str) -> str:
    assert desk.command("engineer", number, "open_vendor_case", vendor=vendor, text="请支持").status_code == 200
    return number


def about_tickets(desk: Served) -> Iterator[tuple[str, str]]:
    """Every route with a ticket's number in its address, as method and path."""
    for path, operations in desk.stranger.get("/openapi.json").json()["paths"].items():
        if "{number}" in path:
            yield from ((method.upper(), path) for method in operations)


def filled(path: str, number: str) -> str:
    """With this number, and ids of nothing in the place of the others."""
    return re.sub(r"{\w+}", str(uuid.UUID(int=7)), path.replace("{number}", number))


def words(desk: Served, user: str, method: str, address: str) -> tuple[int, dict[str, Any], dict[str, str]]:
    """All of an answer that is not another one each time."""
    note = {"command_id": str(uuid.UUID(int=7)), "kind": "note", "data": {"text": "x"}}
    answer = desk.as_user(user).request(method, address, json=None if method == "GET" else note)
    told: dict[str, Any] = answer.json()
    headers = {name: value for name, value in answer.headers.items() if name not in _EACH_ITS_OWN}
    return answer.status_code, told | {"request_id": None}, headers


class TestAForeignTicket:
    @pytest.mark.parametrize("user", [*DEMOS, *RIVALS, "admin"])
    def test_answers_on_every_route_like_one_that_does_not_exist(
        self, desk: Served, demos: str, theirs: str, user: str
    ):
        """The same status, the same words, the same headers."""
        foreign = demos if user in RIVALS else theirs
        routes = list(about_tickets(desk))
        assert len(routes) >= 5
        for method, path in routes:
            told = words(desk, user, method, filled(path, foreign))
            assert told == words(desk, user, method, filled(path, MISSING)), (method, path)
            assert told[0] in ({403} if user == "admin" else {403, 404}), (method, path)

    @pytest.mark.parametrize("user", [*DEMOS, *RIVALS, *OURS])
    def test_stands_in_no_list_and_no_figure(self, desk: Served, demos: str, theirs: str, user: str):
        """However the list is asked for."""
        own = {demos} if user in DEMOS else {theirs} if user in RIVALS else {demos, theirs}
        client = desk.as_user(user)
        for query in (
            "",
            "?text=demo",
            "?text=另一家",
            f"?text={demos}",
            f"?text={theirs}",
            "?stage=triage",
            "?level=A",
        ):
            listed = {item["number"] for item in client.get(f"/api/tickets{query}").json()["items"]}
            assert listed <= own, query
        assert sum(client.get("/api/counts").json()["stages"].values()) == len(own)

    def test_is_found_by_nobody_who_tries_its_neighbours(self, desk: Served, demos: str, theirs: str):
        """Five hundred numbers around somebody else's, the real one among them: nothing but 404."""
        ends = [first + second for first in ALPHABET for second in ALPHABET][:499]
        numbers = [theirs, *(theirs[:-2] + end for end in ends)]
        client = desk.as_user("customer")
        with ThreadPoolExecutor(4) as people:
            answers = list(people.map(lambda number: client.get(f"/api/tickets/{number}"), numbers))
        assert {answer.status_code for answer in answers} == {404}
        assert len({str(answer.json() | {"request_id": None}) for answer in answers}) == 1

    def test_takes_no_longer_to_deny_than_one_that_does_not_exist(self, desk: Served, theirs: str):
        """Coarsely: what is measured over loopback differs by less than the network does, or by less than a half."""
        client = desk.as_user("customer")

        def taken_by(number: str) -> float:
            began = time.perf_counter()
            client.get(f"/api/tickets/{number}")
            return time.perf_counter() - began

        pairs = [(taken_by(theirs), taken_by(MISSING)) for _ in range(60)]
        foreign, missing = (median(taken) for taken in zip(*pairs, strict=True))
        assert abs(foreign - missing) < max(0.02, missing / 2)

    def test_gives_its_contract_to_nobody_else(self, desk: Served):
        """A report of one customer under the contract of another: the valid ones are the customer's own."""
        for contract in ("rival-2026", "demo-xinhe-2026"):
            answer = desk.post_ticket(
                {
                    "contract": contract, "title": "x", "description": "x", "channel": "phone",
                    "customer": {"id": "demo-sitech"}, "contact": {"name": "x", "phone": "1"},
                }
            )  # fmt: skip
            assert answer.status_code == 422
            (error,) = answer.json()["errors"]
            assert error["field"] == "contract"
            assert "demo-sitech-2026" in error["message"]
            assert "rival" not in error["message"]


class TestSomebodyElsesMessage:
    @pytest.mark.parametrize("user", ["customer", "engineer", "duty", "auditor", "admin"])
    def test_is_as_if_it_did_not_exist(self, desk: Served, theirs: str, user: str):
        """Known or guessed, for the curious of both sides."""
        id_ = uuid.uuid4().hex
        with Session(desk.engine) as session, session.begin():
            session.add(spoken(id=id_, ticket=theirs, seq=1, recipient="pm", created_at=datetime.now(UTC)))
        told = words(desk, user, "POST", f"/api/inbox/{id_}/read")
        assert told == words(desk, user, "POST", f"/api/inbox/{uuid.uuid4().hex}/read")
        assert told[0] == 404
        assert id_ not in desk.as_user(user).get("/api/inbox?limit=1000").text

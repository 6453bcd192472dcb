"""Deputies over HTTP: who names them, with what, and that they answer in an approver's place while it lasts."""

import uuid
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from demo.people import PEOPLE
from store.registry.people import change_person
from tests.deputies import CONTACT, DEPUTIES, named, today, written
from tests.links import APPLICATION, REPORT, Letter, applied, asked_for, timeline
from tests.served import Served
from tests.uploads import JPEG, brought

NOBODYS = "0" * 32


@pytest.fixture(scope="module")
def report(desk: Served) -> str:
    """A ticket of the customer, to which proofs are brought."""
    return str(desk.open("nuobida", level="III")["number"])


@pytest.fixture
def proof(desk: Served, report: str) -> str:
    """What the customer has written, brought by neither the deputy nor whoever records it."""
    return written(desk, report, "hotline")


@pytest.fixture(scope="module", autouse=True)
def _colleague(desk: Served) -> None:
    answer = desk.as_user("admin").post("/api/people", json=CONTACT)
    assert answer.status_code == 201, answer.text


@pytest.fixture
def number(desk: Served) -> str:
    """A major incident whose application waits for both departments."""
    return applied(desk)


@pytest.fixture
def deputyship(desk: Served) -> str:
    """The contact stands in for the technical approver, who says so in person: its address."""
    answer = named(desk, "tech")
    assert answer.status_code == 201, answer.text
    return str(answer.headers["location"])


@pytest.fixture(autouse=True)
def _over(desk: Served) -> Any:
    """What a test named ends with it."""
    yield
    for one in desk.as_user("admin").get(DEPUTIES, params={"limit": 100}).json()["items"]:
        assert desk.as_user("admin").delete(f"{DEPUTIES}/{one['id']}").status_code == 204


def wrong(answer: httpx2.Response) -> list[str]:
    assert answer.status_code == 422, answer.text
    return [error["field"] for error in answer.json()["errors"]]


class TestNaming:
    def test_is_the_approvers_own_word(self, desk: Served, deputyship: str):
        """From today on, by name or account, and on record with all."""
        kept = desk.as_user("tech").get(deputyship).json()
        assert (kept["approver"], kept["deputy"], kept["named_by"], kept["recorded_by"]) == (
            "tech",
            "customer",
            "tech",
            "tech",
        )
        assert kept["starts_on"] in {str(today()), str(today() - timedelta(days=1))}  # midnight may just have passed
        assert (kept["evidence"], kept["ended_at"]) == (None, None)
        assert (kept["approver_name"], kept["deputy_name"]) == (PEOPLE["tech"].name, "刘雅琴")
        assert desk.as_user("customer").get(DEPUTIES).json()["items"][0] == kept
        assert named(desk, "tech", deputy="刘雅琴").json()["deputy"] == "customer"

    def test_is_of_an_approver_for_themself_alone(self, desk: Served):
        assert wrong(named(desk, "business")) == ["approver", "evidence"]

    def test_of_an_approver_by_others_needs_the_customers_writing(self, desk: Served, report: str):
        for user in ("contact", "hotline", "pm", "duty", "admin"):
            assert wrong(named(desk, user)) == ["evidence"]
            assert wrong(named(desk, user, evidence=NOBODYS)) == ["evidence"]
            answer = named(desk, user, evidence=written(desk, report), channel="mail", named_by="马俊峰")
            assert (answer.status_code, answer.json().get("recorded_by")) == (201, user), answer.text
        other = str(desk.open("sitech", level="B")["number"])
        assert wrong(named(desk, "pm", evidence=brought(desk, other, user="customer"))) == ["evidence"]

    def test_is_never_of_oneself(self, desk: Served, proof: str):
        """Nor by another account of the same person."""
        admin = desk.as_user("admin")
        assert wrong(named(desk, "customer", evidence=proof)) == ["deputy"]
        assert admin.patch("/api/people/contact", json={"same_as": "customer"} | desk.seen).status_code == 200
        try:
            assert wrong(named(desk, "contact", evidence=proof)) == ["deputy"]
        finally:
            change_person(desk.engine, "contact", {"same_as": None})

    def test_makes_nobody_the_deputy_of_two_departments_at_a_time(self, desk: Served, proof: str):
        """At another time it may, and once the first has ended."""
        first = named(desk, "tech")
        assert first.status_code == 201, first.text
        assert wrong(named(desk, "business", approver="business")) == ["deputy"]
        assert wrong(named(desk, "pm", approver="business", evidence=proof)) == ["deputy"]
        later = str(today() + timedelta(days=9))
        assert named(desk, "business", approver="business", starts_on=later, ends_on=later).status_code == 201
        assert desk.as_user("tech").delete(first.headers["location"]).status_code == 204
        assert named(desk, "business", approver="business").status_code == 201

    def test_takes_evidence_that_a_third_person_brought(self, desk: Served, report: str):
        assert wrong(named(desk, "pm", evidence=written(desk, report, "customer"))) == ["evidence"]
        assert wrong(named(desk, "pm", evidence=written(desk, report, "pm"))) == ["evidence"]
        assert named(desk, "pm", evidence=written(desk, report, "hotline")).status_code == 201

    def test_takes_evidence_of_its_own(self, desk: Served, report: str):
        """The same bytes are the same writing, under whatever number."""
        bytes_ = JPEG + uuid.uuid4().bytes
        once, again = (brought(desk, report, user="tech", content=bytes_) for _ in range(2))
        assert named(desk, "pm", evidence=once).status_code == 201
        assert wrong(named(desk, "pm", evidence=once)) == ["evidence"]
        assert wrong(named(desk, "pm", evidence=again)) == ["evidence"]

    def test_lasts_a_year_at_most(self, desk: Served):
        assert wrong(named(desk, "tech", ends_on=str(today() + timedelta(days=367)))) == ["ends_on"]
        first = today() + timedelta(days=30)
        of_a_year = {"starts_on": str(first), "ends_on": str(first + timedelta(days=365))}
        assert named(desk, "tech", **of_a_year).status_code == 201

    def test_is_ended_by_the_approver_and_who_recorded_it_or_a_manager(self, desk: Served, report: str):
        """Neither by the deputy, nor by others of the customer."""
        for user in ("contact", "tech", "pm", "duty", "admin"):
            address = named(desk, "contact", evidence=written(desk, report)).headers["location"]
            for other in ("customer", "business"):
                assert wrong(desk.as_user(other).delete(address)) == ["approver"]
            assert desk.as_user(user).delete(address).status_code == 204

    @pytest.mark.parametrize("user", ["engineer", "expert", "vendor", "leader", "auditor", "stock"])
    def test_is_nobody_elses(self, desk: Served, user: str):
        assert named(desk, user).status_code == 403
        assert desk.as_user(user).get(DEPUTIES).status_code == 403

    @pytest.mark.parametrize(
        ("fields", "told"),
        [
            ({"approver": "customer", "deputy": "business"}, ["approver"]),
            ({"approver": "nobody"}, ["approver"]),
            ({"deputy": "engineer"}, ["deputy"]),
            ({"deputy": "tech"}, ["deputy"]),
            ({"ends_on": "2020-01-01"}, ["ends_on"]),
            ({"starts_on": "2099-01-02", "ends_on": "2099-01-01"}, ["ends_on"]),
            ({"channel": "whisper"}, ["channel"]),
        ],
    )
    def test_that_is_wrong_names_the_fields(self, desk: Served, proof: str, fields: dict[str, Any], told: list[str]):
        assert wrong(named(desk, "pm", evidence=proof, **fields)) == told

    def test_is_for_people_of_that_customer(self, desk: Served):
        """To people of another customer it does not exist."""
        admin = desk.as_user("admin")
        admin.post("/api/customers", json={"id": "bank", "name": "银行"})
        elsewhere = {"id": "elsewhere", "name": "别家", "role": "customer_contact", "customers": ["bank"]}
        assert admin.post("/api/people", json=elsewhere).status_code == 201
        for address in (DEPUTIES, f"{DEPUTIES}/{NOBODYS}"):
            assert desk.as_user("elsewhere").get(address).status_code == 404
        assert named(desk, "elsewhere").status_code == 404
        assert wrong(named(desk, "tech", deputy="elsewhere")) == ["deputy"]
        assert desk.as_user("pm").get("/api/customers/none/deputies").status_code == 404


class TestADeputy:
    def test_answers_in_the_approvers_place(self, desk: Served, number: str, deputyship: str):
        """Signed in, and on record for whom; the approver then finds it answered."""
        assert deputyship
        assert desk.command("customer", number, "approve", opinion="代为同意").status_code == 200
        line = timeline(desk, number)[-1]
        assert (line["actor"]["id"], line["data"]["department"], line["data"]["deputy_for"]) == (
            "customer",
            "technical",
            "tech",
        )
        assert desk.command("tech", number, "approve", opinion="同意").json()["reason"] == "already_decided"
        assert desk.command("business", number, "approve", opinion="同意").status_code == 200
        assert desk.command("engineer", number, "restore", text="切换").status_code == 200

    def test_answers_by_a_link(self, desk: Served, number: str, deputyship: str):
        assert deputyship
        phone = asked_for(desk, number, "customer")
        assert "等您表态" in phone.look().text
        assert phone.answer().status_code == 200
        assert (timeline(desk, number)[-1]["data"]["deputy_for"]) == "tech"
        assert "已同意" in asked_for(desk, number, "business").look().text

    def test_is_told_where_the_approver_is(self, desk: Served, deputyship: str):
        """The report and the application; nobody else of the customer who is no approver is."""
        assert deputyship
        number = applied(desk)
        sent = desk.as_user("customer").get("/api/inbox", params={"limit": 200}).json()["items"]
        told = {one["happening"]: one for one in sent if one["ticket"] == number}
        assert {"formal_report_submitted", "major_applied"} <= set(told)
        assert told["major_applied"]["action"]

    def test_finds_in_the_session_what_they_may_say_and_afterwards_no_longer(self, desk: Served, deputyship: str):
        """What a page offers goes by it."""

        def offered() -> set[str]:
            return {"approve", "refuse"} & set(desk.as_user("customer").get("/api/session").json()["commands"])

        assert offered() == {"approve", "refuse"}
        assert desk.as_user("tech").delete(deputyship).status_code == 204
        assert offered() == set()

    def test_whose_time_is_over_answers_nothing(self, desk: Served, number: str, deputyship: str):
        """Neither signed in nor by the link of before."""
        phone = asked_for(desk, number, "customer")
        assert phone.look().status_code == 200
        assert desk.as_user("tech").delete(deputyship).status_code == 204
        assert phone.look().status_code == 404
        assert phone.answer().status_code == 404
        assert desk.command("customer", number, "approve", opinion="同意").status_code == 403
        asked = desk.as_user("customer").post(f"/api/tickets/{number}/approval-link", json={})
        assert asked.status_code == 409
        assert desk.as_user("tech").get(deputyship).json()["ended_at"]
        assert "approved" not in {line["happening"] for line in timeline(desk, number)}

    def test_whose_time_begins_later_answers_nothing_yet(self, desk: Served, number: str):
        later = today() + timedelta(days=2)
        assert named(desk, "tech", starts_on=str(later), ends_on=str(later)).status_code == 201
        assert desk.command("customer", number, "approve", opinion="同意").status_code == 403

    def test_of_an_approver_who_left_answers_nothing(self, desk: Served, number: str):
        """A deputy speaks for somebody who is there."""
        admin = desk.as_user("admin")
        fields = {"name": "临时审批人", "role": "customer_approver", "department": "technical"}
        customers = {"customers": ["demo-nuobida"]}
        assert admin.post("/api/people", json={"id": "temporary", **fields, **customers}).status_code == 201
        assert named(desk, "temporary", approver="temporary").status_code == 201
        leaves = {"active": False, "unassigned": True} | desk.seen
        assert admin.patch("/api/people/temporary", json=leaves).status_code == 200
        assert desk.command("customer", number, "approve", opinion="同意").status_code == 403

    def test_of_one_department_who_is_approver_of_the_other_is_one_person(self, desk: Served, number: str):
        """Two departments, two people."""
        assert named(desk, "tech", deputy="business").status_code == 201
        assert desk.command("business", number, "approve", opinion="同意").status_code == 200
        answer = desk.command("business", number, "approve", opinion="代为同意")
        assert (answer.status_code, answer.json()["reason"]) == (409, "own_matter")

    def test_answers_by_no_account_that_is_only_called_theirs(self, desk: Served, number: str, deputyship: str):
        """An administrator says that alone; it lets nobody into an approval."""
        assert deputyship
        admin = desk.as_user("admin")
        assert admin.patch("/api/people/contact", json={"same_as": "customer"} | desk.seen).status_code == 200
        try:
            assert desk.command("contact", number, "approve", opinion="代为同意").status_code == 403
            assert desk.command("customer", number, "approve", opinion="代为同意").status_code == 200
        finally:
            change_person(desk.engine, "contact", {"same_as": None})

    def test_makes_a_department_answerable_that_nobody_else_could_answer_for(self, desk: Served, proof: str):
        """Two accounts of one person are one: without a deputy there is nobody for the other department."""
        admin, number = desk.as_user("admin"), str(desk.open("nuobida", level="I")["number"])
        assert admin.patch("/api/people/tech", json={"same_as": "business"} | desk.seen).status_code == 200
        try:
            assert desk.command("pm", number, "submit_formal_report", text=REPORT).status_code == 200
            refused = desk.command("pm", number, "apply_major", **APPLICATION)
            assert refused.json()["reason"] == "no_approver"
            assert wrong(named(desk, "pm", deputy="business", evidence=proof)) == ["deputy"]
            assert named(desk, "pm", evidence=proof).status_code == 201
            assert desk.command("pm", number, "apply_major", **APPLICATION).status_code == 200
            assert desk.command("customer", number, "approve", opinion="代为同意").status_code == 200
            assert desk.command("business", number, "approve", opinion="同意").status_code == 200
        finally:
            change_person(desk.engine, "tech", {"same_as": None})


class TestAStranger:
    def test_who_is_no_deputy_gets_no_link(self, desk: Served, number: str):
        answer = desk.as_user("customer").post(f"/api/tickets/{number}/approval-link", json={})
        assert (answer.status_code, answer.json()["reason"]) == (409, "not_allowed")
        assert Letter(desk, "/a/none").look().status_code == 404

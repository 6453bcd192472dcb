"""Fields by role: the same ticket through every way out, for everybody who may see it.

CVE-2025-32360 (a customer reads the agents' drafts through the API) and its class: notes, alarms, sums of money,
other people's names and commands reach nobody outside, in documents, lists, figures, streams, filters or searches.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from demo.people import PEOPLE as DEMO
from domain.people.actors import Role
from domain.ticket.timeline import Happening
from store.models import EntryRow, PersonRow
from tests.served import Served
from tests.store.samples import spoken

OURS = ("hotline", "engineer", "pm", "duty", "expert", "supervisor", "stock", "leader", "commercial", "auditor")
CUSTOMERS = ("customer", "tech", "business")

#: What each document has for whom, key by key; what the service company gets, and what others get of it.
TICKET = {
    "number", "seq", "projected", "stage", "level", "contract", "pack", "agreed_contract", "title", "description",
    "channel", "customer", "contact", "asset", "facts", "assignee", "assignee_name", "opener", "paused", "proposed",
    "waits_for", "next_due", "drill", "received_at", "accepted_at", "fault_occurred_at", "booked_at", "resolved_at",
    "closed_at", "updated_at", "ended_as", "service", "category", "follows", "followed_by", "merged_into",
    "merged_from", "legs", "call",
    "proposed_engineer", "standing_still", "other_contacts", "site", "late", "paused_until", "waits_since", "work",
}  # fmt: skip
OF_A_LINE = TICKET - {
    "projected", "agreed_contract", "description", "channel", "contact", "asset", "facts", "opener", "accepted_at",
    "fault_occurred_at", "booked_at", "follows", "followed_by", "merged_into", "merged_from", "legs",
    "proposed_engineer", "standing_still", "other_contacts", "site",
}  # fmt: skip
NOT_THE_CUSTOMERS = {"opener", "proposed", "proposed_engineer", "standing_still", "work", "call"}
NOT_THE_VENDORS = NOT_THE_CUSTOMERS | {
    "contract", "pack", "agreed_contract", "channel", "accepted_at", "facts", "paused", "waits_for", "next_due",
    "service", "category", "late", "paused_until", "waits_since",
}  # fmt: skip

SECRET = "密件"  # stands in every text that nobody outside may read


@dataclass
class Case:
    """A ticket on which everybody has done something."""

    number: str
    commands: dict[str, str] = field(default_factory=dict)  # by sender and kind
    message: str = ""


#: Who says what on it.
SAID: list[tuple[str, str, dict[str, Any]]] = [
    ("engineer", "note", {"text": f"{SECRET}客户机房太乱"}),
    ("hotline", "reassign", {"to": "engineer2", "reason": f"{SECRET}李工太忙"}),
    ("engineer", "open_vendor_case", {"vendor": "vendor", "text": "请支持核心交换机"}),
    ("engineer", "open_vendor_case", {"vendor": "rival-vendor", "text": "请支持存储"}),
    ("vendor", "note", {"text": "厂家甲备注"}),
    ("rival-vendor", "note", {"text": "厂家乙备注"}),
    ("customer", "note", {"text": "请尽快处理"}),
    ("expert", "note", {"text": f"{SECRET}疑似我方过失"}),
    ("engineer", "write_log", {"text": f"{SECRET}日志"}),
    ("engineer", "apply_onsite", {"text": f"{SECRET}内部申请"}),
    ("engineer", "request_consultation", {"text": f"{SECRET}会诊"}),
    ("expert", "conclude_consultation", {"text": f"{SECRET}结论"}),
    ("engineer", "request_part", {"text": "电源模块"}),
    ("pm", "close", {"text": f"{SECRET}想关单"}),
    ("customer", "confirm", {"text": "好"}),
    ("tech", "approve", {"opinion": f"{SECRET}技术部门的话"}),
]


@pytest.fixture(scope="module")
def case(desk: Served) -> Case:
    """Late, so that alarms were raised; two vendors; notes by all; refusals; an entry with sums of money."""
    received = datetime.now(UTC) - timedelta(hours=3)
    number = str(desk.open(level="A", received_at=received.isoformat())["number"])
    case = Case(number)
    with Session(desk.engine) as session, session.begin():
        session.merge(PersonRow(id="rival-vendor", name="别的厂家", role=Role.VENDOR))
    for user, kind, data in SAID:
        answer = desk.command(user, number, kind, **data)
        assert answer.status_code in {200, 409}, answer.text
        case.commands[f"{user} {kind}"] = answer.json()["command_id"]
    add_what_may_come(desk, case)
    return case


def add_what_may_come(desk: Served, case: Case) -> None:
    """Fields and messages that no command makes today: sums of money, an alarm addressed to a customer."""
    with Session(desk.engine) as session, session.begin():
        row = session.scalars(
            select(EntryRow).where(EntryRow.ticket == case.number, EntryRow.happening == Happening.PART_REQUESTED)
        ).one()
        money = {"cost": f"{SECRET}980", "price": f"{SECRET}1200", "roles": [SECRET], "people": [SECRET]}
        case_of = (EntryRow.ticket == row.ticket, EntryRow.seq == row.seq)
        session.execute(update(EntryRow).where(*case_of).values(data=row.data | money))
        case.message = uuid.uuid4().hex
        session.add(
            spoken(
                id=case.message, ticket=case.number, seq=1, recipient="customer", text={"zh": SECRET, "en": SECRET},
                data={"rung": 100, "text": SECRET}, created_at=datetime.now(UTC),
            )
        )  # fmt: skip


def get(desk: Served, user: str, path: str) -> Any:
    answer = desk.as_user(user).get(path)
    assert answer.status_code == 200, (user, path, answer.text)
    return answer.json()


def lines(desk: Served, user: str, case: Case) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = get(desk, user, f"/api/tickets/{case.number}/timeline")["items"]
    return items


def questions(desk: Served, case: Case) -> Iterator[str]:
    """Every GET of the served interface that is no stream, with this ticket in its address."""
    for path, operations in desk.stranger.get("/openapi.json").json()["paths"].items():
        if "get" in operations and not path.endswith("/events"):
            yield path.replace("{number}", case.number)


class TestNobodyOutside:
    @pytest.mark.parametrize("user", [*CUSTOMERS, "vendor", "rival-vendor"])
    def test_reads_anywhere_what_is_not_for_him(self, desk: Served, case: Case, user: str):
        """Every question of the interface is asked; the marked texts are in none of the answers.

        What ``tech`` wrote in a refused approval is theirs: nobody else on their side reads it.
        """
        for path in questions(desk, case):
            answer = desk.as_user(user).get(path)
            found = answer.text.replace(f"{SECRET}技术部门的话", "") if user == "tech" else answer.text
            assert SECRET not in found, path

    def test_is_kept_from_it_by_an_empty_ticket(self, desk: Served, case: Case):
        """The same texts are there for the service company: the test above looks at something."""
        for user in OURS:
            texts = str(lines(desk, user, case))
            for text in ("客户机房太乱", "李工太忙", "疑似我方过失", "980", "技术部门的话"):
                assert f"{SECRET}{text}" in texts, user

    @pytest.mark.parametrize("user", [*CUSTOMERS, "vendor", "rival-vendor"])
    def test_finds_a_ticket_by_what_is_hidden(self, desk: Served, case: Case, user: str):
        """A search is no oracle, nor is a filter or an order; people of ours search the same fields."""
        for text in (SECRET, "客户机房", "李建国", "hotline", "980"):
            assert get(desk, user, f"/api/tickets?text={text}")["items"] == []
        assert [one["number"] for one in get(desk, user, "/api/tickets?text=核心")["items"]] == [case.number]

    @pytest.mark.parametrize("user", ["vendor", "rival-vendor"])
    @pytest.mark.parametrize(
        ("query", "named"),
        [
            ("contract=sitech", "contract"),
            ("state=breached", "state"),
            ("due_before=2099-01-01T00:00:00Z", "due_before"),
            ("sort=next_due_at", "sort"),
        ],
    )
    def test_asks_by_a_field_that_he_does_not_get(self, desk: Served, case: Case, user: str, query: str, named: str):
        """422 whatever the value, so that none can be tried out."""
        answer = desk.as_user(user).get(f"/api/tickets?{query}")
        assert answer.status_code == 422
        assert [error["field"] for error in answer.json()["errors"]] == [named]

    @pytest.mark.parametrize("user", ["customer", "vendor"])
    def test_learns_the_names_of_our_people_but_of_who_is_in_charge(self, desk: Served, case: Case, user: str):
        """Of the others the role."""
        named = {line["actor"]["id"] for line in lines(desk, user, case) if "id" in line["actor"]}
        assert not named & {"hotline", "engineer", "expert", "pm"}
        told = str(lines(desk, user, case)) + desk.as_user(user).get(f"/api/tickets/{case.number}/commands").text
        assert not [who for who in ("hotline", "engineer", "expert", "pm") if DEMO[who].name in told]
        assert get(desk, user, f"/api/tickets/{case.number}")["assignee_name"] == DEMO["engineer2"].name
        assert all(line["actor"]["role"] for line in lines(desk, user, case))
        assert get(desk, user, f"/api/tickets/{case.number}")["assignee"] == "engineer2"


class TestADocument:
    @pytest.mark.parametrize(
        ("users", "hidden"), [(OURS, set()), (CUSTOMERS, NOT_THE_CUSTOMERS), (("vendor",), NOT_THE_VENDORS)]
    )
    def test_of_a_ticket_has_exactly_the_keys_for_its_reader(
        self, desk: Served, case: Case, users: tuple[str, ...], hidden: set[str]
    ):
        """Alone and in a list; what is hidden is absent, not empty."""
        for user in users:
            assert set(get(desk, user, f"/api/tickets/{case.number}")) == TICKET - hidden
            (line,) = get(desk, user, "/api/tickets?text=" + case.number)["items"]
            assert set(line) == OF_A_LINE - hidden

    def test_of_obligations_shows_the_customer_what_is_promised_and_not_what_rang(self, desk: Served, case: Case):
        """Alarms are an empty list, and a vendor has no business with any of it."""
        ours = get(desk, "duty", f"/api/tickets/{case.number}/obligations")
        theirs = get(desk, "customer", f"/api/tickets/{case.number}/obligations")
        assert any(item["alarms"] for item in ours["items"])
        assert len(theirs["items"]) == len(ours["items"])
        for ours_, theirs_ in zip(ours["items"], theirs["items"], strict=True):
            assert set(ours_) - set(theirs_) == {"next_rung_at"}
            assert theirs_ == {name: value for name, value in ours_.items() if name != "next_rung_at"} | {"alarms": []}
        assert get(desk, "vendor", f"/api/tickets/{case.number}/obligations")["items"] == []

    def test_of_figures_tells_a_vendor_nothing_of_our_promises(self, desk: Served, case: Case):
        """A count of broken ones would."""
        assert set(get(desk, "customer", "/api/counts")) == {"stages", "breached"}
        assert set(get(desk, "vendor", "/api/counts")) == {"stages"}


class TestATimeline:
    def test_shows_a_vendor_his_own_case_and_no_other(self, desk: Served, case: Case):
        """Neither that there is another nor what its vendor says."""
        for user, own, other in (("vendor", "甲", "rival-vendor"), ("rival-vendor", "乙", "vendor")):
            seen = lines(desk, user, case)
            assert [line["data"] for line in seen if line["happening"] == "noted"] == [{"text": f"厂家{own}备注"}]
            (opened,) = [line["data"] for line in seen if line["happening"] == "vendor_case_opened"]
            assert opened["vendor"] == user
            assert other not in {line["actor"].get("id") for line in seen}

    def test_shows_the_customer_both_sides_without_the_internals(self, desk: Served, case: Case):
        """Their notes and their own refusal, a vendor's help without a word of it."""
        seen = lines(desk, "customer", case)
        happenings = [line["happening"] for line in seen]
        assert not {"alarm_raised", "promise_breached", "onsite_applied", "consultation_requested"} & set(happenings)
        assert [line["data"] for line in seen if line["happening"] == "noted"] == [{"text": "请尽快处理"}]
        assert [line["data"] for line in seen if line["happening"] == "vendor_case_opened"] == [{}, {}]
        assert [line["data"] for line in seen if line["happening"] == "part_requested"] == [
            {"text": "电源模块", "part": "P1"}
        ]
        (refusal,) = [line["data"] for line in seen if line["happening"] == "command_refused"]
        assert (refusal["kind"], set(refusal)) == ("confirm", {"kind", "reason", "detail", "data"})

    def test_in_pages_ends_where_the_visible_entries_end(self, desk: Served, case: Case):
        """A page is full of what is visible; hidden entries neither shorten it nor bring another."""
        whole, paged, address = lines(desk, "customer", case), [], f"/api/tickets/{case.number}/timeline?limit=2"
        while address:
            page = get(desk, "customer", address)
            assert len(page["items"]) == 2 or "next" not in page
            paged += page["items"]
            address = page.get("next", "")
        assert paged == whole

    def test_names_commands_to_their_senders_alone(self, desk: Served, case: Case):
        """An id is a key to its decision."""
        own = {one for sender, one in case.commands.items() if sender.startswith("customer ")}
        assert {line["command_id"] for line in lines(desk, "customer", case)} - {None} <= own


class TestADecision:
    @pytest.mark.parametrize(("user", "others"), [("customer", "tech approve"), ("vendor", "rival-vendor note")])
    def test_on_somebody_elses_command_does_not_exist(self, desk: Served, case: Case, user: str, others: str):
        """The same answer as for a command that nobody sent."""

        def asked(command_id: str) -> dict[str, Any]:
            answer = desk.as_user(user).get(f"/api/tickets/{case.number}/commands/{command_id}")
            assert answer.status_code == 404
            told: dict[str, Any] = answer.json()
            return told | {"request_id": None}

        for key in (others, "engineer note", "pm close"):
            assert asked(case.commands[key]) == asked(str(uuid.uuid4()))

    @pytest.mark.parametrize("user", ["customer", "vendor"])
    def test_is_not_told_to_who_sends_the_same_id_again(self, desk: Served, case: Case, user: str):
        """They are told to take another id, and nothing happens."""
        seq = get(desk, "auditor", f"/api/tickets/{case.number}")["seq"]
        answer = desk.command(user, case.number, "note", command_id=case.commands["pm close"], text="x")
        assert (answer.status_code, answer.json()["type"]) == (409, "urn:zhishou:problem:id_reused")
        assert "errors" not in answer.json()
        assert get(desk, "auditor", f"/api/tickets/{case.number}")["seq"] == seq

    def test_of_ones_own_says_why_and_not_what_else_was_possible(self, desk: Served, case: Case):
        """What is possible is for people of ours, whose consoles offer it."""
        own = get(desk, "customer", f"/api/tickets/{case.number}/commands/{case.commands['customer confirm']}")
        assert (own["decision"], own["reason"]) == ("refused", "wrong_stage")
        assert own["detail"]["zh"]
        assert "allowed" not in own
        answer = desk.command("customer", case.number, "reopen", reason="x")
        assert answer.status_code == 409
        assert "allowed" not in answer.json()
        theirs = get(desk, "pm", f"/api/tickets/{case.number}/commands/{case.commands['pm close']}")
        assert theirs["allowed"]


class TestTheInbox:
    def test_holds_no_alarm_for_a_customer(self, desk: Served, case: Case):
        """However it came to be addressed to them; it cannot be marked as read either."""
        assert "alarm_raised" not in {one["happening"] for one in get(desk, "customer", "/api/inbox")["items"]}
        assert desk.as_user("customer").post(f"/api/inbox/{case.message}/read").status_code == 404

    def test_tells_a_vendor_of_his_case_in_the_words_that_were_meant_for_him(self, desk: Served, case: Case):
        """And of nobody else's."""
        (message,) = get(desk, "vendor", "/api/inbox")["items"]
        assert message["data"] == {"vendor": "vendor", "case": "V1", "text": "请支持核心交换机"}

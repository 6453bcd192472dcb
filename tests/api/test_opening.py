"""Opening a ticket: one report, one ticket, whatever happens on the way."""

import asyncio
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from temporalio.client import Client

from api.http.hashes import hash_of_key
from domain.contract.calendars import CHINA
from domain.ticket.numbers import ALPHABET, numbers
from gateway.tickets import Tickets
from store.projections import project
from tests.served import Served, report
from tests.store.samples import first_batch, opening
from tests.trust import SIGNER

DAY = timedelta(days=1)
OPENERS = {"hotline", "engineer", "engineer2", "pm", "duty"}
OTHERS = {"expert", "vendor", "supervisor", "stock", "leader", "auditor", "admin", "customer", "tech", "business"}


def from_now(**delta: float) -> str:
    return (datetime.now(UTC) + timedelta(**delta)).isoformat()


class TestATicket:
    def test_is_opened_and_known_at_once(self, desk: Served):
        """The answer waits for the projection, so that the next question finds the ticket."""
        answer = desk.post_patiently(report(level="A"))
        opened = answer.json()
        assert answer.status_code == 201
        assert answer.headers["location"] == f"/api/tickets/{opened['number']}"
        assert (opened["stage"], opened["level"], opened["projected"]) == ("triage", "A", True)
        assert opened["seq"] >= 1

    def test_has_a_number_that_can_be_read_out(self, desk: Served):
        """Eight characters, none of which looks or sounds like another."""
        number = desk.open()["number"]
        assert len(number) == 8
        assert set(number) <= set(ALPHABET)

    def test_may_name_its_level_in_chinese(self, desk: Served):
        """What follows speaks of the level by its id."""
        assert desk.open("nuobida", level="二级")["level"] == "II"

    def test_may_name_the_contract_itself(self, desk: Served):
        """A pack id means the customer's only contract under it."""
        opened = desk.open("sitech", contract="demo-sitech-2026")
        assert (opened["contract"], opened["agreed_contract"]) == ("demo-sitech-2026", "demo-sitech-2026")

    def test_may_come_from_a_caller_not_known_yet(self, desk: Served):
        """Then the contract is a pack's."""
        opened = desk.open("fuao", customer={"name": "某单位 <a@b>"})
        assert opened["customer"] == {"id": None, "name": "某单位 <a@b>"}
        assert opened["agreed_contract"] == "fuao"

    def test_keeps_its_text_as_it_was_written(self, desk: Served):
        """Emoji, markup, tabs and lines: all of it is text."""
        text = "🔥 <script>alert(1)</script> '; DROP TABLE ticket; -- 𠮷\ttab\nline"
        opened = desk.open(description=text)
        assert opened["description"] == text

    @pytest.mark.parametrize("user", sorted(OTHERS))
    def test_is_not_opened_by_roles_that_may_not(self, desk: Served, user: str):
        """Neither customers nor auditors take reports."""
        assert desk.post_ticket(report(), user=user).status_code == 403

    @pytest.mark.parametrize("user", sorted(OPENERS))
    def test_is_opened_by_those_who_answer_the_phone(self, desk: Served, user: str):
        """The service company's people who take reports."""
        assert desk.post_ticket(report(), user=user).status_code == 201

    def test_keeps_what_joins_its_pictures(self, desk: Served):
        """And what chooses them."""
        title = "👩\u200d🔧 ❤\ufe0f 现场急"
        assert desk.open(title=title)["title"] == title

    def test_keeps_the_instant_whatever_its_offset_is(self, desk: Served):
        """Shown in the time of China."""
        before, after = (f"{datetime.now(CHINA) + days * DAY:%Y-%m-%d}" for days in (-2, 2))
        opened = desk.open(received_at=f"{before}t18:00:00.1234567+1600", booked_at=f"{after}T22:30:00+16:00")
        assert opened["received_at"] == f"{before}T10:00:00.123456+08:00"
        assert opened["booked_at"] == f"{after}T14:30:00+08:00"


class TestTheSameRequest:
    def test_is_the_same_ticket(self, desk: Served):
        """Also when its fields come in another order."""
        key, body = uuid.uuid4().hex, report()
        first = desk.post_ticket(body, key=key)
        again = desk.post_ticket(dict(reversed(body.items())), key=key)
        assert (first.status_code, again.status_code) == (201, 200)
        assert first.json()["number"] == again.json()["number"]

    def test_of_somebody_else_is_another_ticket(self, desk: Served):
        """A key is its opener's own."""
        key = uuid.uuid4().hex
        first = desk.post_ticket(report(), key=key)
        other = desk.post_ticket(report(), key=key, user="engineer")
        assert other.status_code == 201
        assert first.json()["number"] != other.json()["number"]

    def test_with_another_body_is_an_error(self, desk: Served):
        """Which of the two was meant nobody can know."""
        key = uuid.uuid4().hex
        desk.post_ticket(report(), key=key)
        answer = desk.post_ticket(report(title="另一个标题"), key=key)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == "Idempotency-Key"

    def test_is_the_same_ticket_when_only_the_read_model_remembers_it(self, desk: Served):
        """Tickets outlive the workflow server's retention."""
        body, key = report(), uuid.uuid4().hex
        opened = desk.post_ticket(body, key=key).json()
        # A row whose workflow is long gone: the same, under a key that no workflow was started with.
        forgotten = uuid.uuid4().hex
        key_hash = hash_of_key("hotline", forgotten)
        number = next(numbers(key_hash))
        project(desk.engine, first_batch(number, opening=opening(number, key_hash=key_hash, body_hash="x")))
        assert desk.post_ticket(body, key=key).json()["number"] == opened["number"]
        assert desk.post_ticket(body, key=forgotten).status_code == 422


class TestANumber:
    def test_that_another_key_has_is_left_to_it(self, desk: Served):
        """The next characters of the hash are taken."""
        key = uuid.uuid4().hex
        first, second, *_ = numbers(hash_of_key("hotline", key))
        project(desk.engine, first_batch(first))
        assert desk.post_ticket(report(), key=key).json()["number"] == second

    async def test_that_another_workflow_has_is_left_to_it(self, desk: Served, client: Client):
        """Also while the other ticket is not projected."""
        key = uuid.uuid4().hex
        first, second, *_ = numbers(hash_of_key("hotline", key))
        foreign = opening(first, key_hash="another", body_hash="another")
        await Tickets(client, "nobody works here", SIGNER).start(foreign)
        answer = await asyncio.to_thread(desk.post_ticket, report(), key=key)
        assert answer.json()["number"] == second


class TestAKey:
    @pytest.mark.parametrize("key", ["", "a b", "x" * 201, "键", "a\x7f", "tab\tbed"])
    def test_that_is_not_visible_ascii_is_refused(self, desk: Served, key: str):
        """A header that proxies may change identifies nothing."""
        headers = [(b"Idempotency-Key", key.encode())]
        answer = desk.as_user("hotline").post("/api/tickets", json=report(), headers=headers)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == "Idempotency-Key"

    def test_is_needed(self, desk: Served):
        """Without it a retry would be a second ticket."""
        answer = desk.as_user("hotline").post("/api/tickets", json=report())
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == "Idempotency-Key"


class TestAReport:
    @pytest.mark.parametrize(
        ("fields", "named"),
        [
            ({"contract": "nonsense"}, "contract"),
            ({"contract": "fuao"}, "contract"),
            ({"contract": "demo-fuao-2026"}, "contract"),
            ({"contract": 1}, "contract"),
            ({"title": ""}, "title"),
            ({"title": " \t\n"}, "title"),
            ({"title": "x" * 201}, "title"),
            ({"description": "x" * 4001}, "description"),
            ({"description": None}, "description"),
            ({"channel": "fax"}, "channel"),
            ({"level": "E"}, "level"),
            ({"level": "一级"}, "level"),
            ({"level": ["A"]}, "level"),
            ({"facts": {"mayor": True}}, "facts.mayor"),
            ({"facts": {"major": "true"}}, "facts.major"),
            ({"facts": {"major": 1}}, "facts.major"),
            ({"facts": {"cause": "nobody"}}, "facts.cause"),
            ({"facts": []}, "facts"),
            ({"customer": {"id": "demo-nobody"}}, "customer.id"),
            ({"customer": {}}, "customer"),
            ({"customer": {"id": "demo-sitech", "name": "x"}}, "customer"),
            ({"customer": {"name": "x", "vip": True}}, "customer.vip"),
            ({"customer": "demo-sitech"}, "customer"),
            ({"contact": {"name": "王工"}}, "contact.phone"),
            ({"asset": "a/../b"}, "asset"),
            ({"site": " "}, "site"),
            ({"site": "楼" * 301}, "site"),
            ({"site": "A 座\n3 层"}, "site"),
            ({"site": 3}, "site"),
            ({"received_at": "2026-02-13T16:00:00"}, "received_at"),
            ({"received_at": "2026-02-30T16:00:00+08:00"}, "received_at"),
            ({"received_at": 1770000000}, "received_at"),
            ({"received_at": "1770000000"}, "received_at"),
            ({"received_at": "2026-02-13"}, "received_at"),
            ({"received_at": "0001-01-01T00:00:00+14:00"}, "received_at"),
            ({"booked_at": "9999-12-31T23:59:59-12:00"}, "booked_at"),
            ({"status": "closed"}, "status"),
        ],
    )
    def test_that_is_wrong_names_the_field(self, desk: Served, fields: dict[str, Any], named: str):
        """So that whoever typed it finds it."""
        answer = desk.post_ticket(report(**fields))
        assert answer.status_code == 422, answer.text
        assert [error["field"] for error in answer.json()["errors"]] == [named]

    @pytest.mark.parametrize(
        "nothing", ["\u200b", "\ufeff", "\u2060", "\u00ad", "\u3164", "\u2800", "\u202e", "\ue000", " \u200b "]
    )
    def test_in_which_nothing_can_be_read_names_each_such_field(self, desk: Served, nothing: str):
        """A title that shows nothing is none; so is a name, and a number to call back."""
        contact, customer = {"name": nothing, "phone": nothing}, {"name": nothing}
        answer = desk.post_ticket(report(title=nothing, description=nothing, customer=customer, contact=contact))
        assert answer.status_code == 422
        errors = answer.json()["errors"]
        assert {error["field"] for error in errors} == {
            "title", "description", "customer.name", "contact.name", "contact.phone",
        }  # fmt: skip
        assert all("可见的文字" in error["message"] or "看不见" in error["message"] for error in errors)

    @pytest.mark.parametrize("hidden", ["\x1b", "\u202e", "\u2067", "\u200b", "\u200d", "\u2028", "\r", "\x85"])
    def test_in_which_something_hides_names_each_such_field_and_the_character(self, desk: Served, hidden: str):
        """What people read is what was sent, and nothing of it turns what stands beside it."""
        text = f"机房{hidden}告警"
        contact, customer = {"name": text, "phone": f"138{hidden}0000"}, {"name": text}
        answer = desk.post_ticket(report(title=text, description=text, customer=customer, contact=contact))
        errors = answer.json()["errors"]
        assert {error["field"] for error in errors} == {
            "title", "description", "customer.name", "contact.name", "contact.phone",
        }  # fmt: skip
        assert all(f"U+{ord(hidden):04X}" in error["message"] for error in errors)

    @pytest.mark.parametrize("title", ["一\n二", "一\t二", "一\r\n二"])
    def test_whose_title_is_more_than_a_line_is_refused(self, desk: Served, title: str):
        answer = desk.post_ticket(report(title=title, contact={"name": title, "phone": title}))
        assert {error["field"] for error in answer.json()["errors"]} == {"title", "contact.name", "contact.phone"}
        assert desk.open(description=title)["description"] == title

    def test_with_several_faults_names_them_all(self, desk: Served):
        """Not one at a time."""
        answer = desk.post_ticket(report(title="", channel="fax", extra=1))
        assert {error["field"] for error in answer.json()["errors"]} == {"title", "channel", "extra"}

    def test_from_the_future_is_refused(self, desk: Served):
        """A clock that runs a little ahead is forgiven."""
        assert desk.post_ticket(report(received_at=from_now(seconds=1))).status_code == 201
        answer = desk.post_ticket(report(received_at=from_now(minutes=10)))
        assert answer.json()["errors"][0]["field"] == "received_at"

    def test_of_a_fault_that_is_yet_to_come_is_refused(self, desk: Served):
        """It occurred before it was reported, or in the same instant."""
        at = from_now(hours=-1)
        assert desk.post_ticket(report(received_at=at, fault_occurred_at=at)).status_code == 201
        answer = desk.post_ticket(report(received_at=at, fault_occurred_at=from_now(minutes=-59)))
        assert answer.json()["errors"][0]["field"] == "fault_occurred_at"

    @pytest.mark.parametrize(
        ("times", "named"),
        [
            ({"received_at": {"days": -32}}, "received_at"),
            ({"fault_occurred_at": {"days": -367}}, "fault_occurred_at"),
            ({"booked_at": {"days": 368}}, "booked_at"),
            ({"booked_at": {"hours": -1}}, "booked_at"),
        ],
    )
    def test_of_a_time_that_cannot_be_meant_says_what_to_do(
        self, desk: Served, times: dict[str, dict[str, float]], named: str
    ):
        answer = desk.post_ticket(report(**{name: from_now(**delta) for name, delta in times.items()}))
        (error,) = answer.json()["errors"]
        assert error["field"] == named
        assert "请" in error["message"]

    def test_may_be_taken_down_weeks_later_of_a_fault_of_months(self, desk: Served):
        at = {"received_at": from_now(days=-30), "fault_occurred_at": from_now(days=-390)}
        assert desk.post_ticket(report(**at)).status_code == 201

    def test_may_be_booked_for_any_time_of_a_year(self, desk: Served):
        """An appointment lies ahead of the report; of one that is told late, perhaps behind us."""
        assert desk.open("nuobida", level="IV", booked_at=from_now(days=300))["booked_at"] is not None
        at = {"received_at": from_now(hours=-3), "booked_at": from_now(hours=-1)}
        assert desk.post_ticket(report(**at)).status_code == 201

    def test_says_what_is_wrong_in_the_callers_language(self, desk: Served):
        """Chinese unless English is asked for."""
        body = report(channel="fax")
        headers = {"Idempotency-Key": "k", "Accept-Language": "en-GB,en;q=0.9"}
        english = desk.as_user("hotline").post("/api/tickets", json=body, headers=headers).json()
        assert english["errors"][0]["message"].startswith("must be one of phone")
        assert desk.post_ticket(body).json()["errors"][0]["message"].startswith("可选值")

"""Whose report it is, found out later: the registry is asked, the read model follows, and so does who may see it."""

import time
import uuid
from typing import Any

import httpx2
import pytest

from tests.patience import PATIENCE_S
from tests.served import Served

CALLER = {"customer": {"name": "来电单位"}}
CONTACT = {"name": "李工", "phone": "139 0000 0000"}
#: A level of fuao's, where the report has one of sitech's.
REGULAR = {"level": "regular", "reason": "登记错了单位"}


@pytest.fixture(scope="module")
def other(desk: Served) -> str:
    """A customer with one contract under another pack, and somebody of theirs."""
    id_ = f"other-{uuid.uuid4().hex[:6]}"
    admin = desk.as_user("admin")
    contract = {"id": f"{id_}-2026", "pack": "fuao"}
    person = {"id": f"{id_}-contact", "name": "另一联系人", "role": "customer_contact", "customers": [id_]}
    for address, body in (
        ("/api/customers", {"id": id_, "name": "另一单位"}),
        (f"/api/customers/{id_}/contracts", contract),
        ("/api/people", person),
    ):
        made = admin.post(address, json=body)
        assert made.status_code == 201, made.text
    return id_


def identify(desk: Served, number: str, who: str = "hotline", **data: Any) -> httpx2.Response:
    return desk.command(who, number, "identify", **data)


def seen(desk: Served, number: str, who: str = "hotline") -> httpx2.Response:
    return desk.as_user(who).get(f"/api/tickets/{number}")


def shown(desk: Served, number: str) -> dict[str, Any]:
    document: dict[str, Any] = seen(desk, number).json()
    return document


def items(desk: Served, who: str, address: str, **query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.as_user(who).get(address, params={"limit": "500"} | query).json()["items"]
    return found


def lines(desk: Served, number: str, who: str) -> list[dict[str, Any]]:
    return items(desk, who, f"/api/tickets/{number}/timeline")


class TestACallerWhomNobodyKnew:
    def test_is_found_to_be_a_customers_and_its_terms_are_agreed_anew(self, desk: Served):
        number = str(desk.open("sitech", level="A", **CALLER)["number"])
        assert seen(desk, number, "customer").status_code == 404
        assert identify(desk, number, customer="demo-sitech", contact=CONTACT).status_code == 200
        document = shown(desk, number)
        assert (document["customer"]["id"], document["contact"]) == ("demo-sitech", CONTACT)
        assert document["agreed_contract"] != "sitech"
        assert seen(desk, number, "customer").json()["customer"]["id"] == "demo-sitech"

    def test_is_found_by_its_new_name_and_telephone_and_by_the_old_ones_no_more(self, desk: Served):
        number = str(desk.open("sitech", level="A", customer={"name": "甲乙丙公司"}, site="丁戊路 18 号")["number"])
        assert identify(desk, number, customer="demo-sitech", contact=CONTACT).status_code == 200
        name = str(shown(desk, number)["customer"]["name"])
        told = {name: True, "13900000000": True, "丁戊路 18": True, "甲乙丙公司": False}
        for text, is_found in told.items():
            numbers = {each["number"] for each in items(desk, "pm", "/api/tickets", text=text)}
            assert (number in numbers) is is_found, text

    def test_under_another_pack_needs_the_level_by_name(self, desk: Served):
        number = str(desk.open("sitech", level="A", **CALLER)["number"])
        refused = identify(desk, number, customer="demo-fuao")
        assert (refused.status_code, refused.json()["reason"]) == (409, "level_named_anew")
        assert "level" in refused.json()["detail"]
        wrong = identify(desk, number, customer="demo-fuao", level="A")
        assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "data.level")
        refused = identify(desk, number, customer="demo-fuao", level="regular")
        assert (refused.status_code, refused.json()["reason"]) == (409, "no_reason")
        answer = identify(desk, number, customer="demo-fuao", **REGULAR)
        assert answer.status_code == 200, answer.text
        assert (shown(desk, number)["pack"], shown(desk, number)["level"]) == ("fuao", "regular")
        assert {"identified", "promises_changed", "terms_agreed"} <= {
            line["happening"] for line in lines(desk, number, "pm")
        }


class TestTheRegistry:
    @pytest.mark.parametrize(
        ("data", "field"),
        [
            ({"customer": "no-such"}, "data.customer"),
            ({"customer": "demo-sitech", "contract": "no-such"}, "data.contract"),
            ({"contract": "no-such"}, "data.contract"),
            ({"contact": {"name": "李工"}}, "data.contact.phone"),
        ],
    )
    def test_has_whom_and_what_is_named(self, desk: Served, data: dict[str, Any], field: str):
        number = str(desk.open("sitech", level="A", **CALLER)["number"])
        wrong = identify(desk, number, **data)
        assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, field), wrong.text

    def test_offers_no_customer_that_is_active_no_more(self, desk: Served, other: str):
        number = str(desk.open("sitech", level="A", **CALLER)["number"])
        address = f"/api/customers/{other}"
        assert desk.as_user("admin").patch(address, json={"active": False} | desk.seen).status_code == 200
        try:
            wrong = identify(desk, number, customer=other, **REGULAR)
        finally:
            assert desk.as_user("admin").patch(address, json={"active": True} | desk.seen).status_code == 200
        assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "data.customer")


class TestWhoMay:
    @pytest.mark.parametrize("who", ["engineer", "expert", "customer", "supervisor", "leader", "stock"])
    def test_not(self, desk: Served, who: str):
        number = str(desk.open()["number"])
        assert identify(desk, number, who, contact=CONTACT).status_code == 403

    @pytest.mark.parametrize("who", ["hotline", "commercial", "pm", "duty"])
    def test_correct_a_contact(self, desk: Served, who: str):
        number = str(desk.open()["number"])
        assert identify(desk, number, who, contact=CONTACT).status_code == 200
        assert shown(desk, number)["contact"] == CONTACT

    def test_and_names_something(self, desk: Served):
        number = str(desk.open()["number"])
        assert identify(desk, number, reason="核实").json()["reason"] == "nobody_named"


class TestAnotherCustomer:
    def test_sees_the_ticket_and_nothing_that_was_the_others(self, desk: Served, other: str):
        """The people of the one before see it no more, not even as it was opened."""
        number = str(desk.open(level="A")["number"])
        assert desk.command("customer", number, "note", text="这不是我们报的").status_code == 200
        assert desk.command("engineer", number, "contact", text="已联系王工，电话13800000000").status_code == 200
        assert desk.command("engineer", number, "request_part", text="王工确认更换").status_code == 200
        assert desk.command("customer", number, "grant_remote", scope="全部主机").status_code == 200
        form = {"Content-Type": "text/plain", "X-File-Name": "a.txt"}
        address = f"/api/tickets/{number}/attachments"
        brought = desk.as_user("customer").post(address, content="内部资料".encode(), headers=form)
        assert brought.status_code == 201, brought.text
        answer = identify(desk, number, customer=other, contact=CONTACT, **REGULAR)
        assert answer.status_code == 200, answer.text
        assert seen(desk, number, "customer").status_code == 404
        assert desk.command("customer", number, "note", text="x").status_code == 404
        theirs = f"{other}-contact"
        document = seen(desk, number, theirs).json()
        assert (document["customer"]["name"], document["agreed_contract"]) == ("另一单位", f"{other}-2026")
        told = lines(desk, number, theirs)
        assert not {"noted", "remote_granted", "contacted", "part_requested"} & {line["happening"] for line in told}
        assert [line["happening"] for line in told][:2] == ["opened", "identified"]
        assert (told[0]["data"], "王工" in str(told)) == ({}, False)
        assert [line["data"]["contract"] for line in told if line["happening"] == "terms_agreed"] == [f"{other}-2026"]
        assert "demo-sitech" not in str(told)
        assert items(desk, theirs, f"/api/tickets/{number}/attachments") == []
        assert {"noted", "remote_granted"} <= {line["happening"] for line in lines(desk, number, "pm")}

    def test_is_told_and_the_one_before_is_not(self, desk: Served, other: str):
        number = str(desk.open(level="A")["number"])
        assert identify(desk, number, customer=other, contact=CONTACT, **REGULAR).status_code == 200
        told = {each["ticket"]: each for each in items(desk, f"{other}-contact", "/api/inbox")}
        assert told[number]["happening"] == "identified"
        assert number not in {each["ticket"] for each in items(desk, "customer", "/api/inbox")}

    def test_is_told_by_their_stream_from_then_on(self, desk: Served, other: str):
        number = str(desk.open(level="A")["number"])
        with events(desk, "customer") as old, events(desk, f"{other}-contact") as new:
            first, then = old.iter_lines(), new.iter_lines()
            seen_last = until(first, "id: ")
            until(then, "event: ready")
            assert identify(desk, number, customer=other, contact=CONTACT, **REGULAR).status_code == 200
            until(first, "event: missed")
            assert number in until(then, "data: ", number)
        with events(desk, "customer", seen_last.removeprefix("id: ")) as again:
            until(again.iter_lines(), "event: missed")


def events(desk: Served, who: str, last: str | None = None) -> Any:  # a context of the client's
    return desk.as_user(who).stream("GET", "/api/events", headers={"Last-Event-ID": last} if last else {})


def until(told: Any, start: str, within: str = "") -> str:  # lines of a stream
    """The next line that begins so, and has that in it."""
    ends = time.monotonic() + PATIENCE_S
    for line in told:
        if line.startswith(start) and within in line:
            return str(line)
        assert time.monotonic() < ends
    raise AssertionError(f"the stream ended before {start}")

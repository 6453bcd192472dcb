"""Customers, contracts and standing authorisations over HTTP."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from store.registry.customers import standing_until
from tests.served import Served
from tests.uploads import brought

CONTRACTS, AUTHORISATIONS = "/api/customers/demo-xinhe/contracts", "/api/customers/demo-sitech/authorisations"


def named(answer: httpx2.Response) -> list[str]:
    return [error["field"] for error in answer.json()["errors"]]


class TestACustomer:
    def test_is_created_changed_and_deactivated(self, desk: Served):
        """Never deleted; from one that has left no report is taken."""
        admin = desk.as_user("admin")
        body = {"id": "bank", "name": "银行", "departments": [{"id": "technical", "name": "科技部"}]}
        created = admin.post("/api/customers", json=body)
        assert created.status_code == 201
        there = admin.get(created.headers["location"]).json()
        assert there == body | {"active": True, "version": there["version"]}
        assert admin.post("/api/customers/bank/contracts", json={"id": "bank-1", "pack": "sitech"}).status_code == 201
        assert desk.open("sitech", customer={"id": "bank"})["customer"] == {"id": "bank", "name": "银行"}
        changed = admin.patch("/api/customers/bank", json={"active": False} | desk.seen)
        assert changed.json() == there | {"active": False, "version": changed.json()["version"]}
        refused = desk.post_ticket({**_report(), "customer": {"id": "bank"}})
        assert (refused.status_code, named(refused)) == (422, ["customer.id"])
        assert admin.delete("/api/customers/bank").status_code == 405

    @pytest.mark.parametrize(
        ("fields", "wrong"),
        [
            ({"id": "Bank"}, ["id"]),
            ({"name": "a\u202eb"}, ["name"]),
            ({"departments": [{"id": "业务", "name": "x"}]}, ["departments[0].id"]),
            ({"departments": [{"id": "it", "name": "x"}, {"id": "it", "name": "y"}]}, ["departments"]),
            ({"departments": [{"id": "it"}]}, ["departments[0].name"]),
            ({"active": True}, ["active"]),
        ],
    )
    def test_that_is_wrong_names_the_fields(self, desk: Served, fields: dict[str, Any], wrong: list[str]):
        """By their paths."""
        answer = desk.as_user("admin").post("/api/customers", json={"id": "wrong", "name": "x"} | fields)
        assert (answer.status_code, named(answer)) == (422, wrong)

    def test_keeps_departments_that_somebody_speaks_for(self, desk: Served):
        """409 names them."""
        answer = desk.as_user("admin").patch("/api/customers/demo-xinhe", json={"departments": []} | desk.seen)
        assert (answer.status_code, named(answer)) == (409, ["departments"])

    def test_is_listed_by_id_and_found_by_name(self, desk: Served):
        """A page at a time."""
        page = desk.as_user("admin").get("/api/customers?text=示范&limit=3").json()
        rest = desk.as_user("admin").get(page["next"]).json()
        assert [item["id"] for item in page["items"] + rest["items"]] == sorted(
            f"demo-{pack}" for pack in ("fuao", "nuobida", "sitech", "standard", "xinhe")
        )


class TestAContract:
    def test_is_created_and_changed(self, desk: Served):
        """Switches are replaced as a whole; its pack and its customer stay."""
        admin = desk.as_user("admin")
        body = {"id": "xinhe-9", "pack": "nuobida", "star": 5, "remote_calendar": "7*8", "starts_on": "2026-01-01"}
        created = admin.post(CONTRACTS, json=body | {"switches": {"heartbeat_min": 30}})
        assert created.status_code == 201, created.text
        address = created.headers["location"]
        otherwise = {"switches": {"follow_up": True}, "ends_on": "2026-12-31"}
        changed = admin.patch(address, json=otherwise | desk.seen).json()
        assert changed == admin.get(address).json()
        assert (changed["switches"], changed["ends_on"], changed["star"]) == ({"follow_up": True}, "2026-12-31", 5)
        for wrong in ({"pack": "xinhe"}, {"customer": "demo-fuao"}, {"id": "x"}, {"ends_on": "2025-01-01"}):
            answer = admin.patch(address, json=wrong | desk.seen)
            assert (answer.status_code, named(answer)) == (422, list(wrong))
        assert admin.patch(address.replace("xinhe/", "fuao/"), json={} | desk.seen).status_code == 404

    @pytest.mark.parametrize(
        ("fields", "wrong"),
        [
            ({"pack": "gold"}, ["pack"]),
            ({"star": 6}, ["star"]),
            ({"star": "5"}, ["star"]),
            ({"remote_calendar": "5*8"}, ["remote_calendar"]),
            ({"starts_on": "2026-02-30"}, ["starts_on"]),
            ({"starts_on": "01.02.2026"}, ["starts_on"]),
            ({"starts_on": 20260101}, ["starts_on"]),
            ({"switches": {"no_such": 1}}, ["switches.no_such"]),
            ({"switches": {"follow_up": "yes"}}, ["switches.follow_up"]),
            ({"switches": []}, ["switches"]),
        ],
    )
    def test_that_is_wrong_names_the_fields(self, desk: Served, fields: dict[str, Any], wrong: list[str]):
        """So that no ticket is opened under terms that cannot be agreed."""
        answer = desk.as_user("admin").post(CONTRACTS, json={"id": "wrong-1", "pack": "xinhe"} | fields)
        assert (answer.status_code, named(answer)) == (422, wrong), answer.text

    def test_that_has_an_id_of_another_is_in_conflict(self, desk: Served):
        """Ids of contracts are unique among all customers."""
        answer = desk.as_user("admin").post(CONTRACTS, json={"id": "demo-fuao-2026", "pack": "xinhe"})
        assert (answer.status_code, named(answer)) == (409, ["id"])

    def test_sets_what_its_tickets_agree(self, desk: Served):
        """A switch of the contract is what the workflow gets."""
        body = {"id": "fuao-major", "pack": "nuobida", "switches": {"major_needs_approval": False}}
        assert desk.as_user("admin").post("/api/customers/demo-fuao/contracts", json=body).status_code == 201
        number = desk.open("fuao-major", customer={"id": "demo-fuao"}, level="I", facts={"major": True})["number"]
        answer = desk.command("pm", number, "apply_major", title="x", plan="x", risk="x")
        assert answer.json()["reason"] == "approval_not_needed"


@pytest.fixture(scope="module")
def proof(desk: Served) -> str:
    """What the customer has signed."""
    return brought(desk, str(desk.open("sitech", level="B")["number"]), user="customer")


class TestAStandingAuthorisation:
    def grant(self, desk: Served, proof: str, user: str = "pm", **fields: Any) -> httpx2.Response:
        until = datetime.now(UTC) + timedelta(days=30)
        body = {"scope": "协调厂商", "channel": "paper", "granted_by": "王主任", "expires_at": until.isoformat()}
        return desk.as_user(user).post(AUTHORISATIONS, json=body | {"evidence": proof} | fields)

    def test_is_recorded_and_revoked(self, desk: Served, proof: str):
        """004-05: who granted it, who wrote it down, and until when; it stays on record."""
        granted = self.grant(desk, proof)
        assert granted.status_code == 201, granted.text
        assert (granted.json()["recorded_by"], granted.json()["granted_by"]) == ("pm", "王主任")
        assert standing_until(desk.engine, "demo-sitech", datetime.now(UTC)) is not None
        address = granted.headers["location"]
        assert desk.as_user("duty").delete(address).status_code == 204
        assert standing_until(desk.engine, "demo-sitech", datetime.now(UTC)) is None
        assert desk.as_user("admin").get(address).json()["revoked_at"] is not None
        listed = desk.as_user("pm").get(AUTHORISATIONS).json()["items"]
        assert [item["id"] for item in listed] == [granted.json()["id"]]
        assert desk.as_user("pm").delete(address.replace("sitech", "fuao")).status_code == 404

    @pytest.mark.parametrize(
        ("fields", "wrong"),
        [
            ({"expires_at": "2026-01-01T00:00:00Z"}, ["expires_at"]),
            ({"expires_at": None}, ["expires_at"]),
            ({"granted_at": "2099-01-01T00:00:00Z"}, ["granted_at", "expires_at"]),
            ({"channel": "rumour"}, ["channel"]),
            ({"scope": " "}, ["scope"]),
            ({"granted_by": "a\nb"}, ["granted_by"]),
            ({"recorded_by": "admin"}, ["recorded_by"]),
            ({"revoked_at": None}, ["revoked_at"]),
            ({"evidence": None}, ["evidence"]),
            ({"evidence": "0" * 32}, ["evidence"]),
        ],
    )
    def test_that_is_wrong_names_the_fields(self, desk: Served, proof: str, fields: dict[str, Any], wrong: list[str]):
        """Nobody writes in another's name, and nothing is taken on our word alone."""
        answer = self.grant(desk, proof, **fields)
        assert (answer.status_code, named(answer)) == (422, wrong), answer.text


def _report() -> dict[str, Any]:
    return {
        "contract": "sitech", "title": "宕机", "description": "宕机", "channel": "phone",
        "contact": {"name": "王工", "phone": "13800000000"},
    }  # fmt: skip

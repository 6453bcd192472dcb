"""Evidence: an attachment wherever the documents ask for writing, elsewhere an attachment or words."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from tests.served import Served
from tests.uploads import brought

NOBODYS = "0" * 32


@pytest.fixture(scope="module")
def number(desk: Served) -> str:
    """A ticket of the demo's customer."""
    return str(desk.open("fuao", level="urgent", facts={"severity": "serious"})["number"])


@pytest.fixture(scope="module")
def proof(desk: Served, number: str) -> str:
    """What was brought to it."""
    return brought(desk, number, user="customer")


def consents(desk: Served, number: str, **data: Any) -> httpx2.Response:
    return desk.command("customer", number, "consent", text="同意", **data)


def wrong(answer: httpx2.Response) -> list[str]:
    assert answer.status_code == 422, answer.text
    return [error["field"] for error in answer.json()["errors"]]


WRITTEN = [{"subject": "level_lowering"}, {"subject": "001-19"}]


class TestWhatIsAskedForInWriting:
    @pytest.mark.parametrize("data", WRITTEN)
    def test_is_an_attachment_that_is_there(self, desk: Served, number: str, proof: str, data: dict[str, Any]):
        assert wrong(consents(desk, number, **data)) == ["data.evidence"]
        assert wrong(consents(desk, number, evidence="传真件", **data)) == ["data.evidence"]
        assert wrong(consents(desk, number, evidence=NOBODYS, **data)) == ["data.evidence"]
        assert consents(desk, number, evidence=proof, **data).status_code == 200
        assert consents(desk, number, agreed=False, **data).status_code == 200

    def test_may_lie_with_another_ticket_of_the_customer(self, desk: Served, proof: str):
        other = desk.open("fuao", level="urgent", facts={"severity": "serious"})["number"]
        assert consents(desk, other, subject="level_lowering", evidence=proof).status_code == 200
        foreign = desk.open("sitech", level="B")["number"]
        assert wrong(consents(desk, foreign, subject="level_lowering", evidence=proof)) == ["data.evidence"]

    def test_is_named_in_the_words_that_one_of_us_records_too(self, desk: Served, number: str, proof: str):
        said = {"name": "刘雅琴", "channel": "mail"}
        data = {"subject": "level_lowering", "text": "同意"}
        answer = desk.command("hotline", number, "consent", on_behalf=said | {"evidence": "邮件"}, **data)
        assert wrong(answer) == ["data.on_behalf.evidence"]
        answer = desk.command("hotline", number, "consent", on_behalf=said | {"evidence": proof}, **data)
        assert answer.status_code == 200, answer.text

    def test_of_a_standing_authorisation_is_of_the_same_customer(self, desk: Served, proof: str):
        body = {
            "scope": "协调原厂",
            "channel": "paper",
            "granted_by": "刘雅琴",
            "expires_at": (datetime.now(UTC) + timedelta(days=365)).isoformat(),
        }
        pm = desk.as_user("pm")
        assert wrong(pm.post("/api/customers/demo-fuao/authorisations", json=body)) == ["evidence"]
        answer = pm.post("/api/customers/demo-sitech/authorisations", json=body | {"evidence": proof})
        assert wrong(answer) == ["evidence"]
        answer = pm.post("/api/customers/demo-fuao/authorisations", json=body | {"evidence": proof})
        assert answer.status_code == 201, answer.text


class TestElsewhere:
    def test_it_is_an_attachment_or_words(self, desk: Served, number: str, proof: str):
        grant = {"scope": "数据库"}
        for evidence in ("电话录音 12 号", proof):
            assert desk.command("customer", number, "grant_remote", evidence=evidence, **grant).status_code == 200
        assert wrong(desk.command("customer", number, "grant_remote", evidence=NOBODYS, **grant)) == ["data.evidence"]


class TestTheDesk:
    """Who takes a report looks up whose it is and what its levels mean."""

    @pytest.mark.parametrize("user", ["hotline", "pm", "duty", "leader", "commercial", "admin"])
    def test_looks_up_customers_contracts_and_levels(self, desk: Served, user: str):
        client = desk.as_user(user)
        assert client.get("/api/customers?text=通信").json()["items"][0]["id"] == "demo-sitech"
        assert client.get("/api/customers/demo-sitech").status_code == 200
        contract = client.get("/api/customers/demo-sitech/contracts").json()["items"][0]["id"]
        levels = client.get(f"/api/customers/demo-sitech/contracts/{contract}/levels").json()["items"]
        assert [level["id"] for level in levels] == ["A", "B", "C", "D"]
        responds = next(promise for promise in levels[0]["promises"] if promise["kind"] == "respond")
        assert "10" in responds["explanation"]["zh"]

    @pytest.mark.parametrize("user", ["engineer", "customer", "vendor", "auditor"])
    def test_is_nobody_elses(self, desk: Served, user: str):
        assert desk.as_user(user).get("/api/customers").status_code == 403

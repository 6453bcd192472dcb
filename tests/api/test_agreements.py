"""What changes in the registry reaches the tickets that are open, and what only the registry knows reaches commands."""

import time
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.patience import PATIENCE_S
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


def until_told(desk: Served, number: str, happening: str, times: int) -> dict[str, Any]:
    """The ticket has been told so often; the last line that says so."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        lines = desk.as_user("auditor").get(f"/api/tickets/{number}/timeline?limit=500").json()["items"]
        told = [line for line in lines if line["happening"] == happening]
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


class TestAnApplication:
    def test_is_refused_where_a_department_has_nobody_who_could_answer(self, desk: Served):
        """The API looks it up; what a sender claims to know is no field."""
        number = str(desk.open("nuobida", level="I")["number"])
        assert desk.command("pm", number, "submit_formal_report", text="正式报告").status_code == 200
        application = {"title": "更换主控板", "plan": "今晚切换", "risk": "中断 10 分钟"}
        address = "/api/people/business"
        assert desk.as_user("admin").patch(address, json={"active": False}).status_code == 200
        try:
            refused = desk.command("pm", number, "apply_major", **application)
        finally:
            assert desk.as_user("admin").patch(address, json={"active": True}).status_code == 200
        assert (refused.status_code, refused.json()["reason"]) == (409, "no_approver")
        assert "business" in refused.json()["detail"]
        assert desk.command("pm", number, "apply_major", **application).status_code == 200

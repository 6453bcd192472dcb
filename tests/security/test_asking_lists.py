"""What lists and counts of tickets are asked by: a filter on a hidden field would tell it, one question at a time.

CVE-2025-32360 and its class: what a document hides no filter, no order and no count tells.
"""

from typing import Any

import pytest

from api.tickets.queries import TicketFilters
from tests.security.test_fields import CUSTOMERS, OURS
from tests.served import Served

#: What lists are asked by, with a value that would match; and of whom that is refused.
ASKED: dict[str, Any] = {
    "number": ["22222222"], "contract": "sitech", "level": ["A"], "stage": ["triage"], "state": ["running"],
    "due_before": "2099-01-01T00:00:00Z", "due_within": 5, "overdue": False, "assignee": "engineer2",
    "mine": True, "unassigned": False,
    "customer": "demo-sitech", "phone": "13800000000", "open": True, "breached": True, "paused": True,
    "waits_for": ["approval"], "work": ["part", "consultation"], "refused": True,
    "received_from": "2020-01-01T00:00:00Z", "received_to": "2099-01-01T00:00:00Z",
    "closed_from": "2020-01-01T00:00:00Z", "closed_to": "2099-01-01T00:00:00Z", "text": "核心", "drill": False,
    "sort": "next_due_at",
}  # fmt: skip
NO_CUSTOMER_ASKS = {"work", "refused"}
NO_VENDOR_ASKS = NO_CUSTOMER_ASKS | {
    "contract", "state", "due_before", "due_within", "overdue", "breached", "paused", "waits_for", "sort",
}  # fmt: skip


@pytest.fixture(scope="module")
def own(desk: Served) -> str:
    """A ticket of the customer's people, on which the vendor has a case."""
    number = str(desk.open(level="A")["number"])
    assert desk.command("engineer", number, "open_vendor_case", vendor="vendor", text="请厂家支持").status_code == 200
    return number


class TestAQuestion:
    @pytest.mark.parametrize("user", [*OURS, *CUSTOMERS, "vendor"])
    def test_is_by_what_is_theirs_to_know_filter_by_filter(self, desk: Served, own: str, user: str):
        """One table for both; a filter that has no row here fails."""
        assert set(ASKED) == set(TicketFilters.model_fields)
        hidden = set[str]() if user in OURS else NO_CUSTOMER_ASKS if user in CUSTOMERS else NO_VENDOR_ASKS
        for name, value in ASKED.items():
            view = {"id": name, "query": {name: value}}
            answer = desk.as_user(user).get("/api/tickets", params={name: value})
            counted = desk.as_user(user).post("/api/counts", json={"views": [view]})
            assert (answer.status_code, counted.status_code) == ((422, 422) if name in hidden else (200, 200)), name
            if name in hidden:
                assert [error["field"] for error in counted.json()["errors"]] == [f"views[0].query.{name}"]
            else:
                assert answer.json()["total"] == counted.json()["views"][name]["count"], name

    @pytest.mark.parametrize(("query", "named"), [("sort=gravity", "sort"), ("level=sitech:A", "level")])
    def test_of_a_vendors_tells_neither_the_contract_nor_what_it_promises(
        self, desk: Served, own: str, query: str, named: str
    ):
        """An order tells of what it sorts by, and whose level it is tells the contract."""
        answer = desk.as_user("vendor").get(f"/api/tickets?{query}")
        assert answer.status_code == 422
        assert [error["field"] for error in answer.json()["errors"]] == [named]

"""The statistics over HTTP: who reads them, of which months, and that a month's figures are those of its tickets."""

from typing import Any

import pytest

from store.statistics.folding import fold
from tests.served import Served

READERS = ("pm", "duty", "leader", "supervisor", "auditor")
PATHS = ("reports", "promises", "stages", "lateness", "ageing", "load")


def asked(desk: Served, path: str, **query: str) -> dict[str, Any]:
    answer = desk.as_user("pm").get(f"/api/statistics/{path}", params=query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.fixture(scope="module")
def number(desk: Served) -> str:
    """A ticket that was answered, and is the engineer's."""
    number = str(desk.open(level="A")["number"])
    assert desk.command("engineer", number, "respond", text="正在看").status_code == 200
    fold(desk.engine, 1e9)
    return number


def test_a_report_counts_where_it_was_received(desk: Served, number: str):
    (month,) = asked(desk, "reports")["items"]
    assert (month["open"], month["closed"]) == (1, 0)
    promised = asked(desk, "promises", by="kind")
    responses = {one["group"]: one for one in promised["items"]}["respond"]
    assert (responses["met"], responses["breached"], responses["month"]) == (1, 0, month["month"])
    assert promised["as_of"]
    by_clause = asked(desk, "promises", contract="demo-sitech-2026")["items"]
    assert {one["kind"] for one in by_clause} >= {"respond"}
    assert asked(desk, "promises", contract="another")["items"] == []


def test_what_is_open_has_an_age_and_somebody(desk: Served, number: str):
    (aged,) = asked(desk, "ageing")["items"]
    assert aged == {"pack": "sitech", "level": "A", "below_hours": 4, "tickets": 1}
    (load,) = asked(desk, "load")["items"]
    assert (load["person"], load["open"], load["closed"]) == ("engineer", 1, 0)
    assert load["name"] != "engineer"
    assert asked(desk, "stages")["items"] == []


@pytest.mark.parametrize("path", PATHS)
def test_those_who_answer_for_the_work_or_check_it_read_them(desk: Served, path: str):
    for user in READERS:
        assert desk.as_user(user).get(f"/api/statistics/{path}").status_code == 200, user
    for user in ("engineer", "hotline", "customer", "tech", "vendor", "admin", "stock"):
        assert desk.as_user(user).get(f"/api/statistics/{path}").status_code == 403, user


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("from=2026-13", "from"),
        ("from=2026-1", "from"),
        ("from=2026-03&to=2026-02", "body"),
        ("from=2000-01&to=2026-02", "body"),
        ("by=engineer", "by"),
        ("months=12", "months"),
    ],
)
def test_what_is_wrong_is_named(desk: Served, query: str, field: str):
    answer = desk.as_user("pm").get(f"/api/statistics/promises?{query}")
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]

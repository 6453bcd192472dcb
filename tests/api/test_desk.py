"""The desk over HTTP: who calls, for whom, and whether it is known already."""

from typing import Any

import pytest

from tests.served import Served


@pytest.fixture(scope="module")
def number(desk: Served) -> str:
    return str(desk.open(title="营业厅接口超时", contact={"name": "刘雅琴", "phone": "139 0000 1234"})["number"])


def asked(desk: Served, user: str, path: str, **query: str) -> list[dict[str, Any]]:
    answer = desk.as_user(user).get(f"/api/desk/{path}", params=query)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def test_a_caller_is_shown_with_what_of_theirs_is_open(desk: Served, number: str):
    """By the number as a telephone shows it; its lines are those of the list."""
    (found,) = asked(desk, "hotline", "callers", phone="+8613900001234")
    assert (found["certainty"], found["name"], found["customer"]["id"]) == ("exact", "刘雅琴", "demo-sitech")
    assert [line["number"] for line in found["open"]] == [number]
    assert found["open"][0].keys() == desk.as_user("hotline").get("/api/tickets").json()["items"][0].keys()


def test_a_customer_is_found_with_its_contracts(desk: Served, number: str):
    """And looked at with its authorisations; one that is not there is not found."""
    (found,) = asked(desk, "engineer", "customers", text="demo-sitech")
    assert (found["id"], found["open"], found["contracts"][0]["pack"]) == ("demo-sitech", 1, "sitech")
    one = desk.as_user("engineer").get("/api/desk/customers/demo-sitech").json()
    assert one == found | {"authorisations": one["authorisations"]}
    assert desk.as_user("engineer").get("/api/desk/customers/nobody").status_code == 404


def test_a_ticket_that_may_be_the_same_says_why(desk: Served, number: str):
    """By the words that are the same."""
    (found,) = asked(desk, "pm", "similar", text="营业厅接口报错", customer="demo-sitech")
    assert (found["ticket"]["number"], found["why"], found["score"]) == (number, ["营业厅接口"], 1.0)


@pytest.mark.parametrize("user", ["customer", "vendor", "admin"])
@pytest.mark.parametrize(
    "path", ["callers?phone=13900001234", "customers", "similar?text=营业厅", "customers/demo-sitech"]
)
def test_nobody_else_is_told(desk: Served, number: str, user: str, path: str):
    """Neither people outside nor who reads no tickets."""
    assert desk.as_user(user).get(f"/api/desk/{path}").status_code == 403


@pytest.mark.parametrize(("path", "field"), [("callers", "phone"), ("similar", "text"), ("customers?limit=5", "limit")])
def test_what_is_missing_or_unknown_is_named(desk: Served, path: str, field: str):
    """As everywhere."""
    answer = desk.as_user("hotline").get(f"/api/desk/{path}")
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]

"""A customer who phones, over HTTP: their word is recorded by one of us, and looked up in the registry."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from domain.people.actors import Role
from store.models import ShiftRow
from store.registry.records import Shift
from store.registry.roster import add_shift, remove_shift
from tests.served import Served


@pytest.fixture(scope="module")
def number(desk: Served) -> str:
    """A ticket of a known customer."""
    return str(desk.open(level="B")["number"])


def granted(desk: Served, user: str, number: str, **said: Any) -> Any:
    return desk.command(user, number, "grant_remote", scope="数据库", on_behalf={"channel": "phone", **said})


def entry(desk: Served, number: str, seq: int) -> dict[str, Any]:
    lines = desk.as_user("auditor").get(f"/api/tickets/{number}/timeline?limit=500").json()["items"]
    return next(dict(line) for line in lines if line["seq"] == seq)


class TestThePersonNamed:
    @pytest.mark.parametrize(
        ("name", "on_record"),
        [("刘雅琴", True), ("customer", True), ("王工", True), ("路人甲", False)],
    )
    def test_is_of_the_customer_or_the_contact_or_marked_as_not_on_record(
        self, desk: Served, number: str, name: str, on_record: bool
    ):
        answer = granted(desk, "hotline", number, name=name)
        assert answer.status_code == 200, answer.text
        told = entry(desk, number, answer.json()["seq"])["data"]["on_behalf"]
        assert told == {"name": name, "channel": "phone", "on_record": on_record, "recorded_by": "hotline"}

    @pytest.mark.parametrize("name", ["engineer2", "hotline", "vendor"])
    def test_is_nobody_of_ours(self, desk: Served, number: str, name: str):
        answer = granted(desk, "hotline", number, name=name)
        assert answer.status_code == 422
        assert [error["field"] for error in answer.json()["errors"]] == ["data.on_behalf.name"]

    def test_may_be_a_caller_whom_nobody_knows(self, desk: Served):
        opened = desk.open(level="B", customer={"name": "新单位"}, contact={"name": "钱工", "phone": "13900000000"})
        assert granted(desk, "engineer", opened["number"], name="钱工").status_code == 200

    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"channel": "phone"}, "data.on_behalf.name"),
            ({"name": "刘雅琴"}, "data.on_behalf.channel"),
            ({"name": "刘雅琴", "channel": "fax"}, "data.on_behalf.channel"),
            ({"name": "\u200b", "channel": "phone"}, "data.on_behalf.name"),
            ({"name": "刘雅琴", "channel": "phone", "by": "x"}, "data.on_behalf.by"),
        ],
    )
    def test_is_named_with_how_they_said_it(self, desk: Served, number: str, said: dict[str, Any], field: str):
        answer = desk.command("hotline", number, "grant_remote", scope="数据库", on_behalf=said)
        assert answer.status_code == 422
        assert [error["field"] for error in answer.json()["errors"]] == [field]


class TestWhoRecords:
    def test_does_not_act_on_it(self, desk: Served, number: str):
        assert granted(desk, "engineer", number, name="刘雅琴").status_code == 200
        refused = desk.command("engineer", number, "start_remote", text="开始")
        assert (refused.status_code, refused.json()["reason"]) == (409, "own_record")
        assert desk.command("engineer2", number, "start_remote", text="开始").status_code == 200

    def test_may_say_nothing_for_the_customer_without_naming_them(self, desk: Served, number: str):
        assert desk.command("hotline", number, "grant_remote", scope="x").status_code == 403
        said = {"name": "刘雅琴", "channel": "phone"}
        assert desk.command("customer", number, "grant_remote", scope="x", on_behalf=said).status_code == 403

    def test_is_seen_by_the_customer_with_both_names(self, desk: Served, number: str):
        answer = granted(desk, "hotline", number, name="刘雅琴")
        lines = desk.as_user("customer").get(f"/api/tickets/{number}/timeline?limit=500").json()["items"]
        told = next(line for line in lines if line["seq"] == answer.json()["seq"])["data"]["on_behalf"]
        assert (told["name"], told["recorded_by"]) == ("刘雅琴", "hotline")


class TestTheRoster:
    """Who is alone on duty works on what they recorded; what the sender says of it is not asked."""

    def test_says_who_is_alone(self, desk: Served):
        now = datetime.now(UTC)
        with desk.engine.begin() as connection:
            connection.execute(delete(ShiftRow))
        night = [
            add_shift(desk.engine, Shift(role, who, now - timedelta(hours=1), now + timedelta(hours=1)))
            for role, who in ((Role.ENGINEER, "engineer"), (Role.HOTLINE, "hotline"))
        ]
        number = desk.open(level="B")["number"]
        granted(desk, "engineer", number, name="刘雅琴")
        assert desk.command("engineer", number, "start_remote", text="开始").status_code == 409
        remove_shift(desk.engine, night[1].id)
        answer = granted(desk, "engineer", number, name="刘雅琴")
        assert entry(desk, number, answer.json()["seq"])["data"]["recorded_alone"] is True
        begun = desk.command("engineer", number, "start_remote", text="开始")
        assert begun.status_code == 200, begun.text
        assert entry(desk, number, begun.json()["seq"])["data"]["recorded_alone"] is True
        remove_shift(desk.engine, night[0].id)


class TestSeveral:
    def test_that_fit_are_named_in_the_refusal(self, desk: Served):
        number = desk.open(level="B")["number"]
        for text in ("电源", "主板"):
            assert desk.command("engineer", number, "request_part", text=text).status_code == 200
        refused = desk.command("customer", number, "agree_part", text="同意")
        assert (refused.status_code, refused.json()["reason"]) == (409, "which_one")
        assert "P1" in refused.json()["detail"]
        assert desk.command("customer", number, "agree_part", text="同意", part="P2").status_code == 200
        assert desk.command("customer", number, "agree_part", text="同意").status_code == 200

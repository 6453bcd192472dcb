"""What an approver is told of those who answer in their place."""

from typing import Any

import pytest

from tests.deputies import CONTACT, named, written
from tests.links import applied
from tests.served import Served


@pytest.fixture
def number(desk: Served) -> str:
    """A major incident whose application waits for both departments."""
    return applied(desk)


def inbox(desk: Served, user: str) -> list[dict[str, Any]]:
    """What somebody was told, newest first."""
    items: list[dict[str, Any]] = desk.as_user(user).get("/api/inbox", params={"limit": 100}).json()["items"]
    return items


def of_the_registry(desk: Served, user: str) -> list[str]:
    """The messages to somebody that are about no ticket."""
    return [one["id"] for one in inbox(desk, user) if one["ticket"] is None]


class TestTheApprover:
    def test_is_told_at_once_who_may_answer_in_their_place(self, desk: Served):
        """And when that ends early; the deputy as well, for whom and until when; nobody else is, and once."""
        others = {user: of_the_registry(desk, user) for user in ("business", "pm")}
        before_ = len(of_the_registry(desk, "customer"))
        report = str(desk.open("nuobida", level="III")["number"])
        assert desk.as_user("admin").post("/api/people", json=CONTACT).status_code == 201
        named_ = named(desk, "contact", evidence=written(desk, report))
        told = inbox(desk, "tech")[0]
        assert (told["title"], told["ticket"], told["grounds"]["whom"]) == (
            "已为您指定代理审批人：刘雅琴",
            None,
            "concerned",
        )
        assert "由孙倩登记" in told["text"]
        assert told["action"]
        for _ in range(2):
            assert desk.as_user("pm").delete(named_.headers["location"]).status_code == 204
        ended, before = inbox(desk, "tech")[:2]
        assert (ended["title"], before["id"]) == ("刘雅琴不再是您的代理审批人", told["id"])
        assert "由我方提前终止" in ended["text"]
        no_more, said = inbox(desk, "customer")[:2]
        assert (said["title"], said["action"]) == ("您已被指定为马俊峰的代理审批人", None)
        assert f"至 {named_.json()['ends_on']} 您可代马俊峰（技术部门）审批" in said["text"]
        assert no_more["text"] == "您代马俊峰（技术部门）审批的资格已由我方提前终止。"
        assert len(of_the_registry(desk, "customer")) == before_ + 2
        assert others == {user: of_the_registry(desk, user) for user in others}

    def test_is_told_on_the_ticket_how_a_deputy_answered_in_their_place(self, desk: Served, number: str):
        named_ = named(desk, "tech")
        assert named_.status_code == 201
        assert desk.command("customer", number, "refuse", opinion="月底不能停机").status_code == 200
        (told,) = (one for one in inbox(desk, "tech") if one["ticket"] == number and one["happening"] == "refused")
        assert told["title"] == "刘雅琴已代您拒绝《重大问题服务申请》"
        assert "月底不能停机" in told["text"]
        assert desk.as_user("tech").delete(named_.headers["location"]).status_code == 204

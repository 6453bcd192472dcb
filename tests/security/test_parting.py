"""Two accounts of one person are one for every separation of duties: no administrator alone makes two of them."""

import pytest

from domain.people.actors import Role
from tests.security.newcomers import newcomer
from tests.security.test_two_for_a_way_in import asks, inbox
from tests.served import Served


def part(desk: Served, account: str, by: str) -> None:
    """Take an account out of its links, by two."""
    parted = asks(desk, by, "PATCH", f"/api/people/{account}", same_as=None)
    assert (parted.status_code, parted.json()["awaits_parting"]) == (200, True)
    (waits,) = (one for one in asks(desk, by, "GET", "/api/confirmations").json()["items"] if one["person"] == account)
    third = newcomer(desk, Role.ADMINISTRATOR)
    assert asks(desk, third, "POST", f"/api/confirmations/{waits['id']}", decision="confirm").status_code == 204


class TestTwoAccountsOfOnePerson:
    @pytest.fixture
    def both(self, desk: Served, admins: tuple[str, str], approver: str) -> tuple[str, str]:
        """An engineer, and their account at the customer's."""
        engineer = newcomer(desk, Role.ENGINEER)
        assert asks(desk, admins[0], "PATCH", f"/api/people/{engineer}", same_as=approver).status_code == 200
        return engineer, approver

    def are_one(self, desk: Served, admins: tuple[str, str], both: tuple[str, str]) -> bool:
        also = asks(desk, admins[0], "GET", f"/api/people/{both[0]}").json()["also"]
        return bool(also == [both[1]])

    def test_are_one_until_a_second_administrator_parts_them(
        self, desk: Served, admins: tuple[str, str], both: tuple[str, str]
    ):
        """One alone would undo every separation of duties; neither owner decides it, by whichever account."""
        first, second = admins
        asked = asks(desk, first, "PATCH", f"/api/people/{both[0]}", same_as=None).json()
        assert asked["awaits_parting"]
        (waits,) = asks(desk, both[0], "GET", "/api/confirmations").json()["items"]
        assert waits["parting"]
        path = f"/api/confirmations/{waits['id']}"
        assert [asks(desk, who, "POST", path, decision="confirm").status_code for who in (first, *both)] == [
            409, 409, 404,
        ]  # fmt: skip
        assert self.are_one(desk, admins, both)
        assert asks(desk, second, "POST", path, decision="confirm").status_code == 204
        assert not self.are_one(desk, admins, both)

    def test_stay_one_where_their_owner_refuses(self, desk: Served, admins: tuple[str, str], both: tuple[str, str]):
        asks(desk, admins[0], "PATCH", f"/api/people/{both[0]}", same_as=None)
        (waits,) = asks(desk, both[0], "GET", "/api/confirmations").json()["items"]
        path = f"/api/confirmations/{waits['id']}"
        assert asks(desk, both[0], "POST", path, decision="refuse").status_code == 204
        assert asks(desk, admins[1], "POST", path, decision="confirm").status_code == 404
        assert self.are_one(desk, admins, both)

    def test_are_told_of_it_when_it_is_asked_for_and_once_it_holds(
        self, desk: Served, admins: tuple[str, str], both: tuple[str, str]
    ):
        """The account at the other side too; nothing says that somebody could be signed in by it."""
        part(desk, both[0], admins[0])
        told = [one["title"] for one in inbox(desk, both[0])]
        assert "请核对：有人申请为您解除同一人账号的关联" in told
        assert "已为您解除同一人账号的关联" in told
        assert not [one for one in inbox(desk, both[0]) if "登录您的账号" in one["text"]]
        for one, other in (both, both[::-1]):
            assert [each["title"] for each in inbox(desk, one) if f"({other}) 不再" in each["title"]]
        (to_second,) = (
            one for one in inbox(desk, admins[1]) if one["title"].startswith("请核对") and both[0] in one["title"]
        )
        assert "两个账号按两个人计" in to_second["text"]


class TestAnAdministratorsOwnAccounts:
    def test_get_no_other_role_and_are_not_parted_by_themselves(self, desk: Served, admins: tuple[str, str]):
        """Whoever has an engineer's account too makes no approver of it."""
        first, second = admins
        own = newcomer(desk, Role.ENGINEER)
        assert asks(desk, second, "PATCH", f"/api/people/{own}", same_as=first).status_code == 200
        for change in ({"role": "expert"}, {"same_as": None}, {"told_apart": [first]}):
            assert asks(desk, first, "PATCH", f"/api/people/{own}", **change).status_code == 409, change
        part(desk, own, second)
        for one, other in ((own, first), (first, own)):
            titles = [each["title"] for each in inbox(desk, one)]
            assert any(f"({other}) 不再" in title for title in titles)
            assert any(f"({other}) 登记" in title for title in titles)
        assert asks(desk, second, "PATCH", f"/api/people/{own}", role="expert").status_code == 200

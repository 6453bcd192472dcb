"""How somebody is reached outside the inbox: what the company leaves to them, and what they prefer."""

from datetime import UTC, datetime

import pytest

from domain.audience.reaching import Rule, Urgency, Way
from domain.people.actors import Role
from store.deliveries.policy import lay_down
from store.deliveries.routing import open_channels
from tests.served import Served

PATH = "/api/inbox/channels"


class TestWhatSomebodyPrefers:
    def test_is_theirs_and_stands_until_they_say_otherwise(self, desk: Served):
        wanted = {"quiet_from": "22:00", "quiet_until": "07:30", "refused": ["know/mail"]}
        own = desk.as_user("supervisor")
        assert own.put(PATH, json=wanted).json().items() >= wanted.items()
        assert own.get(PATH).json().items() >= wanted.items()
        assert desk.as_user("engineer").get(PATH).json()["refused"] == []
        assert own.put(PATH, json={}).json()["quiet_from"] is None

    @pytest.mark.parametrize(
        "wrong",
        [
            {"quiet_from": "22:00"}, {"quiet_from": "07:00", "quiet_until": "07:00"},
            {"quiet_from": "7", "quiet_until": "8"}, {"refused": ["know/wecom"]}, {"refused": ["x"]},
            {"refused": ["know/mail", "know/mail"]},
        ],
    )  # fmt: skip
    def test_is_what_it_can_be(self, desk: Served, wrong: dict[str, object]):
        assert desk.as_user("supervisor").put(PATH, json=wrong).status_code == 422


class TestTheRules:
    PATH = "/api/channel-rules"

    def test_are_laid_down_by_an_administrator_and_taken_back(self, desk: Served):
        """For one role, or for every other; who changed it stands on the registry's record."""
        admin = desk.as_user("admin")
        given = {"first": ["mail"], "second": ["webhook"], "after_min": 5, "fixed": True, "quiet": False}
        laid_down = admin.put(f"{self.PATH}/act/stock_keeper", json=given).json()["items"]
        assert [each for each in laid_down if each["role"] == "stock_keeper"] == [
            {"urgency": "act", "role": "stock_keeper", "laid_down": True} | given
        ]
        assert admin.get(self.PATH).json()["items"] == laid_down
        changes = desk.as_user("auditor").get("/api/registry/changes", params={"kind": "channel_rule"}).json()["items"]
        assert changes[0]["person"] == "admin"
        after = admin.delete(f"{self.PATH}/act/stock_keeper").json()["items"]
        assert [(each["urgency"], each["role"], each["laid_down"]) for each in after] == [
            ("now", None, False), ("act", None, False), ("know", None, False),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("where", "given", "status"),
        [
            ("act/nobody", {}, 404), ("soon/leader", {}, 404), ("act/system", {}, 404),
            ("act/leader", {"first": ["pigeon"]}, 422), ("act/leader", {"after_min": 0}, 422),
            ("act/leader", {"first": ["mail"], "second": ["mail"]}, 422),
        ],
    )  # fmt: skip
    def test_are_what_they_can_be(self, desk: Served, where: str, given: dict[str, object], status: int):
        assert desk.as_user("admin").put(f"{self.PATH}/{where}", json=given).status_code == status

    @pytest.mark.parametrize("user", ["duty", "auditor", "hotline", "customer"])
    def test_are_the_administrators(self, desk: Served, user: str):
        assert desk.as_user(user).get(self.PATH).status_code == 403


def test_somebody_sees_what_the_company_lays_down_for_their_role(desk: Served):
    open_channels(desk.engine, [Way.WEBHOOK], datetime.now(UTC))
    lay_down(desk.engine, Urgency.KNOW, Role.SUPERVISOR, Rule((), (Way.WEBHOOK,), after_min=5, fixed=True))
    found = {each["urgency"]: each for each in desk.as_user("supervisor").get(PATH).json()["channels"]}
    assert (found["know"]["second"], found["know"]["after_min"], found["know"]["fixed"]) == (["webhook"], 5, True)
    lay_down(desk.engine, Urgency.KNOW, Role.SUPERVISOR, None)

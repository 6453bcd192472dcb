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


def test_somebody_sees_what_the_company_lays_down_for_their_role(desk: Served):
    open_channels(desk.engine, [Way.WEBHOOK], datetime.now(UTC))
    lay_down(desk.engine, Urgency.KNOW, Role.SUPERVISOR, Rule((), (Way.WEBHOOK,), after_min=5, fixed=True))
    found = {each["urgency"]: each for each in desk.as_user("supervisor").get(PATH).json()["channels"]}
    assert (found["know"]["second"], found["know"]["after_min"], found["know"]["fixed"]) == (["webhook"], 5, True)
    lay_down(desk.engine, Urgency.KNOW, Role.SUPERVISOR, None)

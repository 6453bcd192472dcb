"""The wall: what a room sees from afar, and nothing that is rehearsed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from store.models import ObligationRow, TicketRow
from tests.served import Served


def shown(desk: Served) -> dict[str, Any]:
    answer = desk.as_user("duty").get("/api/wall")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def numbers(desk: Served) -> list[str]:
    return [each["number"] for each in shown(desk)["next"]]


@pytest.fixture(scope="module")
def number(desk: Served) -> str:
    """A ticket of the gravest level, which is the engineer's."""
    number = str(desk.open(level="A", title="计费系统停了")["number"])
    assert desk.command("engineer", number, "take").status_code == 200
    return number


class TestTheWall:
    def test_shows_what_is_open_by_its_levels_own_name_and_place(self, desk: Served, number: str):
        (gravest,) = shown(desk)["open"]
        assert (gravest["place"], gravest["tickets"], gravest["level"]["zh"]) == (0, 1, "A级")
        (line,) = shown(desk)["next"]
        assert (line["number"], line["title"], line["assignee"]) == (number, "计费系统停了", "李建国")
        assert line["next_due"]["due_at"]

    def test_shows_ten_by_what_is_due_first(self, desk: Served, number: str):
        others = [desk.open("standard", title="打印机脱机")["number"] for _ in range(11)]
        there = numbers(desk)
        assert there[0] == number
        assert len(there) == 10
        assert set(there[1:]) <= set(others)

    def test_counts_what_was_broken_since_midnight_in_china(self, desk: Served, number: str):
        before = shown(desk)["breaches_today"]
        now = datetime.now(UTC)
        for ago, more in ((timedelta(0), 1), (timedelta(days=1), 0)):
            broken = update(ObligationRow).where(ObligationRow.ticket == number, ObligationRow.kind == "restore")
            with desk.engine.begin() as connection:
                assert connection.execute(broken.values(state="breached", due_at=now - ago)).rowcount == 1
            assert shown(desk)["breaches_today"] == before + more

    def test_names_who_is_on_duty_and_says_nothing_of_alarms_that_were_not_raised(self, desk: Served):
        found = shown(desk)
        assert found["on_duty"] == desk.as_user("duty").get("/api/roster/on-duty").json()["items"]
        assert found["lateness"] is None
        assert found["approvals"] == 0

    def test_has_no_rehearsal(self, desk: Served):
        desk.open(level="A")
        there = numbers(desk)
        with desk.engine.begin() as connection:
            connection.execute(update(TicketRow).where(TicketRow.number == there[0]).values(drill=True))
        assert there[0] not in numbers(desk)

    @pytest.mark.parametrize("user", ["customer", "vendor", "admin"])
    def test_is_for_those_of_ours_who_read_tickets(self, desk: Served, user: str):
        assert desk.as_user(user).get("/api/wall").status_code == 403

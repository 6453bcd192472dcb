"""What the installation says of itself: ready, degraded, and by what; never whose ticket it is."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, update

from domain.audience.watch import Trouble
from store.models import BeatRow, FindingRow, SetAsideRow
from store.watch.beats import EXPECTED, WATCHDOG, beat
from store.watch.findings import Look, settle
from tests.served import Served

MINUTE_AGO = timedelta(seconds=61)


@pytest.fixture
def well(desk: Served) -> Iterator[Served]:
    """All parts have just been heard."""
    for name in EXPECTED:
        beat(desk.engine, name)
    yield desk
    with desk.engine.begin() as connection:
        for table in (BeatRow, FindingRow, SetAsideRow):
            connection.execute(delete(table))


def ready(desk: Served) -> dict[str, Any]:
    answer = desk.stranger.get("/readyz")
    assert answer.status_code == 200
    told: dict[str, Any] = answer.json()
    return told


def figure(desk: Served, name: str) -> float:
    lines = desk.stranger.get("/metrics").text.splitlines()
    return float(next(line for line in lines if line.startswith(f"{name} ")).rpartition(" ")[2])


class TestReady:
    def test_is_what_nothing_speaks_against(self, well: Served):
        told = ready(well)
        assert (told["status"], told["warnings"]) == ("ready", [])

    def test_is_degraded_while_something_stands_still(self, well: Served):
        """By kind and number: it is public. Tickets can be opened all the same."""
        number = well.open()["number"]
        settle(well.engine, Look(Trouble.RUN_FAILS, {number: "workflow task, attempt 3"}), datetime.now(UTC))
        told = ready(well)
        assert (told["status"], told["warnings"]) == ("degraded", ["standing_still"])
        assert told["standing_still"] == {"run_fails": 1}
        assert number not in well.stranger.get("/readyz").text + well.stranger.get("/metrics").text
        assert figure(well, 'zhishou_standing_still{trouble="run_fails"}') == 1
        settle(well.engine, Look(Trouble.RUN_FAILS, {}), datetime.now(UTC))
        assert ready(well)["status"] == "ready"
        assert figure(well, 'zhishou_standing_still{trouble="run_fails"}') == 0

    def test_is_degraded_a_minute_after_the_watchdog_died(self, well: Served):
        """Its silence is seen by others."""
        with well.engine.begin() as connection:
            dead = update(BeatRow).where(BeatRow.name == WATCHDOG)
            connection.execute(dead.values(at=datetime.now(UTC) - MINUTE_AGO))
        told = ready(well)
        assert (told["status"], told["silent"]) == ("degraded", [WATCHDOG])
        assert figure(well, 'zhishou_beat_age_seconds{part="watchdog"}') > 60
        assert figure(well, "zhishou_parts_silent") == 1

    def test_is_degraded_where_nobody_ever_watched(self, well: Served):
        with well.engine.begin() as connection:
            connection.execute(delete(BeatRow))
        assert ready(well)["silent"] == sorted(EXPECTED)


class TestATicket:
    def test_says_that_it_stands_still_to_our_side_only(self, well: Served):
        number = well.open()["number"]
        settle(well.engine, Look(Trouble.NO_RUN, {number: "no running workflow"}), datetime.now(UTC))
        for user in ("engineer", "auditor"):
            (still,) = well.as_user(user).get(f"/api/tickets/{number}").json()["standing_still"]
            assert (still["trouble"], still["reason"]) == ("no_run", "no running workflow")
            assert datetime.fromisoformat(still["since"]) <= datetime.now(UTC)
        assert "standing_still" not in well.as_user("customer").get(f"/api/tickets/{number}").json()

    def test_that_moves_says_so(self, well: Served):
        number = well.open()["number"]
        assert well.as_user("engineer").get(f"/api/tickets/{number}").json()["standing_still"] == []

    def test_is_told_of_in_the_inbox(self, well: Served):
        """With the way to it; the administrator reads number and reason."""
        number = well.open()["number"]
        settle(well.engine, Look(Trouble.NO_RUN, {number: "no running workflow"}), datetime.now(UTC))
        for user in ("duty", "pm", "admin"):
            messages = well.as_user(user).get("/api/inbox", headers={"Accept-Language": "zh"}).json()["items"]
            (told,) = [one for one in messages if one["happening"] is None and one["ticket"] == number]
            assert number in told["title"]
            assert told["link"] == f"/api/tickets/{number}"
            assert (told["customer"], told["seq"]) == (None, None)
            assert well.as_user(user).post(f"/api/inbox/{told['id']}/read").is_success


def test_what_is_set_aside_is_counted(well: Served):
    row = {"ticket": "X", "seq": 1, "part": "entry", "why": "22P05", "raw": "{}", "at": datetime.now(UTC)}
    with well.engine.begin() as connection:
        connection.execute(insert(SetAsideRow).values(row))
    assert figure(well, "zhishou_set_aside") == 1

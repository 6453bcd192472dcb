"""The main job on a whole installation: five tickets over HTTP, a power cut in their middle, the alarm on time."""

import signal
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from runtime.embedded.ports import is_free
from store.database import connect
from tests.patience import PATIENCE_S, eventually
from tests.runtime.conftest import Installation, Installations
from tests.runtime.test_run import RUN
from tests.served import Served

LEVELS = {"nuobida": "I", "fuao": "full_urgent", "standard": "severe", "sitech": "A", "xinhe": "emergency"}


def desk_at(installation: Installation) -> Served:
    """The way to its API."""
    settings = installation.settings
    return Served(f"http://127.0.0.1:{settings.port}", settings, connect(settings.database_url))


def opened(desk: Served, *, due_at: datetime) -> dict[str, str]:
    """A ticket under each document; the response to nuobida's, of ten minutes, is due then."""
    received = {"nuobida": {"received_at": (due_at - timedelta(minutes=10)).isoformat()}}
    return {
        pack: desk.open(pack, level=level, channel="web", **received.get(pack, {}))["number"]
        for pack, level in LEVELS.items()
    }


def obligations(desk: Served, number: str) -> dict[str, dict[str, Any]]:
    answer = desk.as_user("engineer").get(f"/api/tickets/{number}/obligations")
    assert answer.status_code == 200, answer.text
    return {row["key"]: row for row in answer.json()["items"]}


def promised(desk: Served, number: str) -> dict[str, dict[str, Any]]:
    """Its obligations without what time alone goes on changing: how far their alarms have come."""
    going_on = {"alarms", "next_rung_at"}
    rows = obligations(desk, number).items()
    return {key: {name: value for name, value in row.items() if name not in going_on} for key, row in rows}


def breached_on_time(desk: Served, number: str) -> bool:
    alarms = [alarm for alarm in obligations(desk, number)["respond"]["alarms"] if alarm["rung"] == 100]
    return bool(alarms) and 0 <= alarms[0]["lateness_ms"] <= 1000 * PATIENCE_S


def test_five_tickets_outlive_a_power_cut_and_the_alarm_is_on_time(installations: Installations, home: Path):
    """One is met, one is breached and alarmed on time after everything was killed, one is walked to closed."""
    began = time.monotonic()
    first = installations.start_and_wait(home, module=RUN)
    soon = timedelta(seconds=max(40, 4 * (time.monotonic() - began)))  # it has to start once more before
    with closing(desk_at(first)) as desk:
        numbers = opened(desk, due_at=datetime.now(UTC) + soon)
        assert desk.command("engineer", numbers["sitech"], "contact", text="已联系").status_code == 200
        assert desk.command("engineer", numbers["standard"], "resolve", summary="更换部件").status_code == 200
        before = {number: promised(desk, number) for number in numbers.values()}
        first.signal(signal.SIGKILL)
        first.wait()
    eventually(partial(is_free, desk.settings.port), "nothing of it is left")

    with closing(desk_at(installations.start_and_wait(home, module=RUN))) as desk:
        assert {number: promised(desk, number) for number in numbers.values()} == before
        assert obligations(desk, numbers["sitech"])["contact"]["state"] == "met"
        alarmed = partial(breached_on_time, desk, numbers["nuobida"])
        eventually(alarmed, "the alarm, on time", not_before_s=soon.total_seconds())
        assert desk.command("customer", numbers["standard"], "confirm").json()["decision"] == "accepted"
        assert desk.as_user("engineer").get(f"/api/tickets/{numbers['standard']}").json()["stage"] == "closed"

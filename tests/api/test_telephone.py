"""The telephone over HTTP: its system tells of calls, the desk sees those that ring and calls back who was missed."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import delete, insert
from temporalio.service import RPCError

from domain.audience.telephone import MOST, Missed
from gateway.telephone import callback_id
from runtime.temporal import connect
from store.models import PhoneCallRow
from store.telephone import CallEvent, Heard, hear, remind
from tests.patience import PATIENCE_S
from tests.served import Served


def tells(desk: Served, id_: str, event: str, **said: Any) -> httpx2.Response:
    body = {"id": id_, "event": event, "number": "0532-88881234"} | said
    return desk.as_user("hotline").post("/api/cti/calls", json=body)


def listed(desk: Served) -> dict[str, dict[str, Any]]:
    return {each["id"]: each for each in desk.as_user("engineer").get("/api/desk/calls").json()["items"]}


async def has_a_clock(desk: Served, call: str) -> bool:
    client = await connect(desk.settings)
    try:
        await client.get_workflow_handle(callback_id(call)).describe()
    except RPCError:
        return False
    return True


def test_a_call_that_rings_is_seen_until_it_was_taken_and_ended(desk: Served):
    assert tells(desk, "seen", "ringing", line="4008000000").status_code == 200
    assert listed(desk)["seen"]["answered_at"] is None
    tells(desk, "seen", "answered", agent="801")
    assert (listed(desk)["seen"]["agent"], listed(desk)["seen"]["return_by"]) == ("801", None)
    tells(desk, "seen", "hung_up")
    assert "seen" not in listed(desk)


def test_a_missed_call_waits_with_its_clock_until_somebody_called_back(desk: Served):
    at = datetime.now(UTC) - timedelta(minutes=1)
    told = tells(desk, "vain", "hung_up", at=at.isoformat(), number="13900002222")
    assert datetime.fromisoformat(told.json()["return_by"]) == at + timedelta(minutes=10)
    assert tells(desk, "vain", "hung_up", at=at.isoformat(), number="13900002222").json() == told.json()
    assert "vain" in listed(desk)
    number = str(desk.open()["number"])
    refused = desk.as_user("hotline").post("/api/desk/calls/vain/return", json={"ticket": "22222222"})
    assert [each["field"] for each in refused.json()["errors"]] == ["ticket"]
    back = desk.as_user("hotline").post("/api/desk/calls/vain/return", json={"ticket": number.lower()})
    assert (back.json()["returned_by"], back.json()["ticket"]) == ("hotline", number)
    assert "vain" not in listed(desk)
    assert asyncio.run(has_a_clock(desk, "vain"))


def test_a_call_that_was_missed_while_temporal_was_away_gets_its_clock(desk: Served):
    """Nobody tells of it again."""
    now = datetime.now(UTC)
    hear(desk.engine, Heard("left", CallEvent.HUNG_UP, "13800001111", now), now)
    deadline = time.monotonic() + PATIENCE_S
    while not asyncio.run(has_a_clock(desk, "left")):
        assert time.monotonic() < deadline, "nothing saw to it"
        time.sleep(1)


def test_calls_that_nobody_took_are_listed_with_who_was_told_and_who_called_back(desk: Served):
    """Those of withheld numbers, too; the newest first, page by page."""
    at = datetime.now(UTC) - timedelta(minutes=1)
    number = desk.open(contact={"name": "赵总", "phone": "13700007777"})["number"]
    for id_, dialled in (("listed-1", "13700007777"), ("listed-2", "anonymous")):
        tells(desk, id_, "hung_up", at=at.isoformat(), number=dialled)
        remind(desk.engine, Missed(id_, at), 0, at)
    desk.as_user("hotline").post("/api/desk/calls/listed-1/return", json={"ticket": number})

    def seen(**asked: Any) -> dict[str, dict[str, Any]]:
        answer = desk.as_user("duty").get("/api/desk/calls/missed", params=asked)
        assert answer.status_code == 200, answer.text
        return {each["id"]: each for each in answer.json()["items"]}

    returned, withheld = (seen()[id_] for id_ in ("listed-1", "listed-2"))
    assert (returned["caller"], returned["returned_by_name"], returned["ticket"]) == ("赵总", "周晓雯", number)
    assert (withheld["number"], withheld["caller"], withheld["returned_at"]) == ("", None, None)
    assert "周晓雯" in {each["name"] for each in withheld["told"]}
    assert {"listed-1", "listed-2"} & set(seen(waiting=True)) == {"listed-2"}
    assert [id_ for id_ in seen() if id_.startswith("listed")] == ["listed-2", "listed-1"]


@pytest.mark.parametrize("user", ["engineer", "supervisor", "auditor", "customer", "vendor", "admin"])
def test_who_was_told_of_a_call_is_for_those_who_answer_for_it(desk: Served, user: str):
    assert desk.as_user(user).get("/api/desk/calls/missed").status_code == 403


def test_what_cannot_be_is_refused_by_name(desk: Served):
    tells(desk, "one", "ringing")
    assert tells(desk, "one", "answered", number="13900000000").json()["errors"][0]["field"] == "id"
    later = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    assert tells(desk, "two", "ringing", at=later).json()["errors"][0]["field"] == "at"
    soon = (datetime.now(UTC) + timedelta(minutes=2)).isoformat()
    assert tells(desk, "ahead", "ringing", at=soon, number="匿名").status_code == 200
    assert datetime.fromisoformat(listed(desk)["ahead"]["rang_at"]) < datetime.fromisoformat(soon)
    assert listed(desk)["ahead"]["number"] == ""
    assert tells(desk, "two", "sings").json()["errors"][0]["field"] == "event"
    assert desk.as_user("hotline").post("/api/desk/calls/one/return", json={}).status_code == 409
    assert desk.as_user("hotline").post("/api/desk/calls/never/return", json={}).status_code == 404


def test_more_calls_than_any_desk_takes_are_to_be_told_later(desk: Served):
    """And how many there are stands beside those that are listed."""
    now = datetime.now(UTC)
    row = {"number": "", "digits": "", "rang_at": now, "heard_at": now, "answered_at": now, "ended_at": now}
    flood = PhoneCallRow.id.startswith("flood-")
    with desk.engine.begin() as connection:
        connection.execute(insert(PhoneCallRow), [row | {"id": f"flood-{nth}"} for nth in range(MOST)])
    try:
        refused = tells(desk, "one-more", "ringing")
        assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    finally:
        with desk.engine.begin() as connection:
            connection.execute(delete(PhoneCallRow).where(flood))
    assert tells(desk, "one-more", "ringing").status_code == 200
    found = desk.as_user("hotline").get("/api/desk/calls").json()
    assert (found["total"], found["exact"]) == (len(found["items"]), True)


@pytest.mark.parametrize(("user", "status"), [("customer", 403), ("vendor", 403), ("engineer", 403), ("admin", 200)])
def test_calls_are_told_of_by_whoever_takes_them_or_sets_the_system_up(desk: Served, user: str, status: int):
    body = {"id": f"by-{user}", "event": "ringing", "number": "1"}
    assert desk.as_user(user).post("/api/cti/calls", json=body).status_code == status


def test_nobody_outside_sees_who_calls(desk: Served):
    for user in ("customer", "tech", "vendor"):
        assert desk.as_user(user).get("/api/desk/calls").status_code == 403

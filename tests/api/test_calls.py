"""Somebody answers, over HTTP: who was called acknowledges, in the inbox and on the ticket is who has it."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from api.backend import Backend
from api.commands.knowing import known
from domain.matters.calls import ON_DUTY_UNTIL
from domain.people.actors import Actor, Role
from domain.ticket.commands import Command
from domain.ticket.commands import CommandKind as C
from store.models import TicketRow
from tests.served import Served


def row(desk: Served, who: str, number: str) -> dict[str, Any]:
    """The newest message by which somebody is called to answer for the ticket."""
    items = desk.as_user(who).get("/api/inbox", params={"limit": 200}).json()["items"]
    found: dict[str, Any] = next(each for each in items if each["ticket"] == number and each["call"])
    return found


def offered(desk: Served, who: str, number: str) -> tuple[bool, str | None]:
    """Whether somebody could acknowledge, and why not."""
    items = desk.as_user(who).get(f"/api/tickets/{number}/commands").json()["items"]
    (found,) = (each for each in items if each["kind"] == "acknowledge")
    return found["possible"], found.get("reason")


def call(desk: Served, number: str) -> dict[str, Any] | None:
    """The call that the ticket shows."""
    shown: dict[str, Any] | None = desk.as_user("pm").get(f"/api/tickets/{number}").json()["call"]
    return shown


async def test_until_when_somebody_is_on_duty_is_known_though_the_read_model_lags_behind(desk: Served):
    """The call may have begun since; the duty manager, who is there round the clock, has it as long."""
    number = desk.open(level="C")["number"]
    now, behind = datetime.now(UTC), Backend.of(desk.settings)
    with Session(desk.engine) as session:
        ticket = session.get_one(TicketRow, number)
    assert ticket.call is None
    sent = {kind: Command("", kind, Actor("duty", Role.DUTY_MANAGER), now) for kind in (C.CONTACT, C.TAKE, C.NOTE)}
    found = {kind: ON_DUTY_UNTIL in await known(behind, ticket, command) for kind, command in sent.items()}
    assert found == {C.CONTACT: True, C.TAKE: True, C.NOTE: False}


class TestAGraveReport:
    def test_is_acknowledged_by_who_was_called_and_shows_who_has_it(self, desk: Served):
        number = desk.open(level="A")["number"]
        waiting = call(desk, number)
        assert waiting is not None
        assert waiting["answered_by"] is None
        assert row(desk, "duty", number)["call"] == {"waits": True, "answered_by": None}
        assert offered(desk, "duty", number) == (True, None)
        assert offered(desk, "leader", number) == (False, "not_called")
        assert desk.command("leader", number, "acknowledge").json()["reason"] == "not_called"
        assert desk.command("customer", number, "acknowledge").status_code == 403
        assert desk.command("duty", number, "acknowledge").status_code == 200
        shown = call(desk, number)
        assert shown is not None
        assert (shown["answered_by"], shown["answered_by_name"]) == ("duty", "赵敏")
        assert row(desk, "duty", number)["call"] == {"waits": False, "answered_by": "赵敏"}
        assert offered(desk, "engineer", number) == (False, "answered")
        lines = desk.as_user("pm").get("/api/wall").json()["next"]
        assert {each["number"]: each["call"] for each in lines if each["call"]}.get(number, shown) == shown

    def test_is_nothing_that_anybody_outside_reads_of(self, desk: Served):
        number = desk.open(level="A")["number"]
        assert "call" not in desk.as_user("customer").get(f"/api/tickets/{number}").json()
        timeline = desk.as_user("customer").get(f"/api/tickets/{number}/timeline").json()["items"]
        assert all("call" not in each["data"] for each in timeline)

    def test_is_answered_by_whoever_acts_for_as_long_as_the_work_lasts(self, desk: Served):
        number = desk.open(level="A")["number"]
        assert desk.command("engineer", number, "contact", text="已联系").status_code == 200
        shown = call(desk, number)
        assert shown is not None
        assert shown["answered_by"] == "engineer"
        assert desk.command("engineer", number, "resolve", summary="更换电源模块后恢复").status_code == 200
        assert call(desk, number) is None

    def test_that_calls_nobody_asks_nobody(self, desk: Served):
        number = desk.open(level="C")["number"]
        assert call(desk, number) is None
        assert offered(desk, "duty", number) == (False, "nobody_is_called")

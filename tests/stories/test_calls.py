"""A grave report at night: who was called when, who had it, and who when they went home."""

import uuid
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import Row

from domain.people.actors import SYSTEM
from domain.ticket.commands import Command, CommandKind
from tests.desk import Case, Desk

MINUTES = timedelta(minutes=1)


async def rungs(case: Case) -> list[str]:
    """The roles that were called because nobody answered, in their order."""
    return [entry.data["roles"][0] for entry in await unanswered(case)]


async def unanswered(case: Case) -> list[Row[Any]]:
    """What says so."""
    return [entry for entry in await case.timeline() if entry.data.get("alarm") == "unanswered"]


async def called(case: Case) -> dict[str, Any]:
    """What the API finds for somebody who was called by the call that stands."""
    call = (await case.ticket()).call
    return {"called": [call.id] if call else []}


class TestAGraveReport:
    async def test_is_called_on_until_somebody_has_it_and_anew_when_their_duty_ends(self, desk: Desk):
        case = await desk.open("sitech", "A")
        await case.does("hotline", "reassign", to="engineer", reason="值班")
        await case.passes(11 * MINUTES)
        assert await rungs(case) == ["engineer", "duty_manager"]
        for entry in await unanswered(case):
            assert entry.recorded_at - entry.at < timedelta(seconds=30)
        await case.expect_refused("leader", "acknowledge", "not_called")
        case.known = await called(case)
        await case.expect_refused("customer", "acknowledge", "not_allowed")
        until = case.now() + 4 * MINUTES
        case.known |= {"on_duty_until": until.isoformat()}
        owed = (await case.ticket()).obligations
        await case.does("duty", "acknowledge")
        assert (await case.ticket()).obligations == owed
        await case.expect_refused("leader", "acknowledge", "answered")
        await case.passes(2 * MINUTES)
        assert await rungs(case) == ["engineer", "duty_manager"]
        await case.reaches(until)
        gone = await case.expect_entry("off_duty")
        assert (gone["from"], gone["roles"]) == ("duty", ["engineer"])
        await case.passes(6 * MINUTES)
        afresh = (await unanswered(case))[2]  # the skip may have brought the one behind it, too
        assert (afresh.data["roles"], afresh.at) == (["duty_manager"], until + 5 * MINUTES)
        case.known = {}
        await case.does("engineer", "contact", text="已联系客户，正在赶往机房")
        assert (await case.ticket()).call is not None
        await case.does("engineer", "resolve", summary="更换电源模块后恢复")
        await case.does("customer", "confirm")
        await case.closes()


class TestATicketThatNobodyAnswersFor:
    async def test_is_called_ever_more_rarely_and_once_a_day_at_last(self, desk: Desk):
        """A week without a word is a history of a few hundred events."""
        case = await desk.open("sitech", "A")
        await case.does("hotline", "reassign", to="engineer", reason="值班")
        await case.passes(timedelta(days=7))
        at = [entry.at for entry in await unanswered(case)]
        waited = [later - one for one, later in pairwise(at)]
        assert max(waited) <= timedelta(days=1, minutes=1)
        assert isinstance(at[0], datetime)
        assert len(at) < 25
        await case.does("engineer", "resolve", summary="更换电源模块后恢复")
        await case.does("customer", "confirm")
        await case.closes()


class TestWhoeverHasACall:
    async def test_leaves_the_company_and_the_next_are_called_at_once(self, desk: Desk):
        """What the API tells the ticket when the registry changes."""
        case = await desk.open("sitech", "A")
        await case.does("hotline", "reassign", to="engineer", reason="值班")
        case.known = await called(case)
        await case.does("duty", "acknowledge")
        case.known = {}
        left = Command(str(uuid.uuid4()), CommandKind.LEAVE_CALL, SYSTEM, case.now(), data={"reason": "离职"})
        await case.sends(replace(left, known={"from": "duty"}))
        gone = await case.expect_entry("off_duty")
        assert (gone["from"], gone["roles"]) == ("duty", ["engineer"])
        await case.passes(6 * MINUTES)
        assert (await rungs(case))[-1] == "duty_manager"
        await case.does("engineer", "resolve", summary="更换电源模块后恢复")
        await case.does("customer", "confirm")
        await case.closes()

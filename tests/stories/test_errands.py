"""Errands: while the world has no answer, the case lives on."""

from datetime import timedelta

import pytest

from activities import terms
from domain.ticket.timeline import Happening
from policies.loader import load_schedule
from tests.desk import Desk


async def test_due_times_are_derived_anew_by_the_published_working_days(desk: Desk):
    case = await desk.open("nuobida", "I")
    await case.does("pm", "rebaseline", reason="新一年的工作日已公布")
    await case.expect_entry("rebaselined")
    await case.does("engineer", "respond", text="已联系")
    await case.timeline()


async def test_alarms_are_raised_while_the_published_schedule_cannot_be_read(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
):
    """Somebody publishes a year's working days with a mistake in the file: nothing falls silent over it."""
    case = await desk.open("nuobida", "I")
    asked = list[object]()

    def broken(*given: object) -> object:
        asked.append(given)
        raise ValueError("a mistake in the file")

    monkeypatch.setattr(terms, "load_schedule", broken)
    await case.does("pm", "rebaseline", reason="新一年的工作日已公布")
    await case.reaches_due("respond")
    await case.expect_alarm("respond", 100)
    assert asked
    await case.does("engineer", "respond", text="已联系")
    assert Happening.REBASELINED not in {line.happening for line in await case.timeline()}
    monkeypatch.setattr(terms, "load_schedule", load_schedule)
    await case.passes(timedelta(seconds=30))
    await case.expect_entry("rebaselined")

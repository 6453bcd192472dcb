"""Whom a rung reaches beside the owner, and who hears that a substitute device is needed."""

from datetime import timedelta

from domain.contract.clauses import Kind
from tests.domain.told import FRIDAY, tell

HOURS = timedelta(hours=1)


class TestASubstitute:
    def test_is_told_half_of_the_way_and_when_it_is_promised(self):
        """002-05: at half of 24 hours; each once, whatever else goes on."""
        told = tell("standard", "severe")
        told.passes(30 * HOURS)
        assert [entry.at - FRIDAY for entry in told.alarms("substitute_soon")] == [6 * HOURS]
        (promised,) = told.alarms("substitute_promised")
        assert promised.at - FRIDAY == 12 * HOURS
        assert promised.data["kind"] == Kind.SUBSTITUTE
        assert promised.data["due_at"] == (FRIDAY + 24 * HOURS).isoformat()

    def test_is_no_news_once_the_fault_is_gone(self):
        told = tell("standard", "severe")
        told.does("engineer", "resolve", summary="更换电源模块后恢复运行")
        told.passes(30 * HOURS)
        assert not told.alarms("substitute_soon") + told.alarms("substitute_promised")


class TestARung:
    def reached(self, kind: str, rung: int, owner: str) -> tuple[list[str], list[str]]:
        """Roles and people of the rung of something that is owed beyond the close."""
        told = tell("standard", "severe", facts={"asset": "application"})
        told.does("pm", "reassign", reason="值班", to=owner)
        told.does("engineer", "arrive")
        told.does("engineer", "end_visit")
        told.does("engineer2", "resolve", summary="更换电源模块后恢复运行")
        told.does("customer", "confirm")
        told.passes(timedelta(days=40))
        rungs = (entry for entry in told.alarms("rung") if entry.data["kind"] == kind and entry.data["rung"] == rung)
        found = next(rungs)
        return found.data["roles"], found.data["people"]

    def test_of_a_report_reaches_the_owner(self):
        assert self.reached("report", 80, "engineer") == (["project_manager"], ["engineer"])

    def test_of_a_survey_reaches_the_supervisor(self):
        assert self.reached("survey", 80, "engineer") == (["supervisor", "project_manager"], [])

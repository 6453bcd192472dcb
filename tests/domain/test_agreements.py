"""What the customer has agreed with us is judged when the act happens, not when the report came (fault 12)."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from domain.decisions import decide
from domain.people.actors import SYSTEM
from domain.ticket.commands import Command, CommandKind
from tests.domain.told import Told, tell

HOURS = timedelta(hours=1)
STRICT = {"vendor_needs_authorisation": True}
CASE: dict[str, Any] = {"vendor": "vendor", "text": "x"}


def learns(told: Told, kind: str, *, as_of: datetime | None = None, **known: Any) -> None:
    """The system tells the ticket how an agreement stands."""
    told.now += timedelta(seconds=1)
    known |= {"as_of": (as_of or told.now).isoformat()}
    command = Command(str(uuid.uuid4()), CommandKind(kind), SYSTEM, told.now, data={"about": "x"}, known=known)
    decision = decide(told.ticket, command)
    assert decision.accepted, decision.reason
    told.ticket = decision.ticket


class TestAnAuthorisation:
    def test_that_is_recorded_while_the_ticket_is_open_opens_the_way(self):
        told = tell("xinhe", "normal", switches=STRICT)
        told.expect_refused("engineer", "open_vendor_case", "no_standing_authorisation", **CASE)
        until = told.now + HOURS
        learns(told, "take_authorisation", until=until.isoformat())
        entry = told.ticket.fresh[-1]
        assert (entry.happening, entry.data["until"]) == ("authorisation_changed", until.isoformat())
        told.does("engineer", "open_vendor_case", **CASE)

    def test_that_is_revoked_shuts_it(self):
        told = tell("xinhe", "normal", switches=STRICT)
        learns(told, "take_authorisation", until=(told.now + HOURS).isoformat())
        learns(told, "take_authorisation", until=None)
        told.expect_refused("engineer", "open_vendor_case", "no_standing_authorisation", **CASE)

    def test_ends_at_its_date_without_a_word(self):
        told = tell("xinhe", "normal", switches=STRICT)
        learns(told, "take_authorisation", until=(told.now + HOURS).isoformat())
        told.passes(2 * HOURS)
        told.expect_refused("engineer", "open_vendor_case", "no_standing_authorisation", **CASE)

    def test_is_not_undone_by_older_news_that_comes_later(self):
        told = tell("xinhe", "normal", switches=STRICT)
        before = told.now
        learns(told, "take_authorisation", until=None)
        learns(told, "take_authorisation", until=(told.now + HOURS).isoformat(), as_of=before)
        told.expect_refused("engineer", "open_vendor_case", "no_standing_authorisation", **CASE)

    def test_is_told_by_nobody_but_the_system(self):
        told = tell("xinhe", "normal", switches=STRICT)
        for who in ("pm", "duty", "customer", "admin"):
            told.expect_refused(who, "take_authorisation", "not_allowed", about="x")


class TestAContract:
    def test_that_is_renewed_is_known_to_the_ticket(self):
        told = tell("standard", "general")
        learns(told, "take_contract", begins_on="2026-01-01", ends_on="2027-12-31")
        entry = told.ticket.fresh[-1]
        assert (entry.happening, entry.data["ends_on"]) == ("contract_changed", "2027-12-31")
        assert str(told.ticket.terms.ends_on) == "2027-12-31"


class TestASecondPause:
    def test_for_the_same_reason_is_a_managers(self):
        told = tell("sitech", "A")
        told.does("engineer", "pause", reason="customer", text="等客户")
        told.does("engineer", "resume")
        told.expect_refused("engineer", "pause", "second_pause", reason="customer", text="又等")
        told.does("duty", "pause", reason="customer", text="又等")

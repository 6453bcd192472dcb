"""Who else hears of an act than those who must act next."""

from dataclasses import replace
from typing import Any

import pytest

from domain.ticket.timeline import Happening
from tests.domain.notices import TICKET, entry, told


class TestWhoeverElseIsConcerned:
    def test_hears_that_a_ticket_was_handed_over_where_its_owner_did_it(self):
        """The project manager plans with who is in charge; what managers and the hotline do themselves, they know."""
        given: dict[str, Any] = {"to": "engineer2", "from": "engineer", "reason": "去另一现场"}
        ticket = replace(TICKET, owner="engineer2")
        handed = told(entry(Happening.REASSIGNED, "engineer", **given), ticket=ticket)
        assert set(handed) == {"engineer2", "pm", "customer"}
        assert "王海涛" in handed["pm"].sentence.title.zh
        assert "pm" not in told(entry(Happening.REASSIGNED, "hotline", **given), ticket=ticket)

    @pytest.mark.parametrize("happening", [Happening.REJECTED, Happening.REOPENED])
    def test_hears_that_what_they_resolved_is_open_again_also_without_being_in_charge(self, happening: Happening):
        sent = told(entry(happening, "customer", reason="仍有告警", resolved_by="engineer2"))
        assert "您办结的" in sent["engineer2"].sentence.title.zh
        assert "李建国" in str(sent["engineer2"].sentence.action)
        assert (
            "您办结的" not in told(entry(happening, "customer", resolved_by="engineer"))["engineer"].sentence.title.zh
        )

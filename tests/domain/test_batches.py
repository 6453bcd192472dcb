"""What the read model is told of at once."""

import pytest

from domain.contract.terms import EDITION_5
from domain.read_model import as_shown, batch
from tests.domain.told import Told, tell


def notes(count: int, edition: int) -> Told:
    """So many notes that came while nothing was told, the first of which puts the engineer in charge."""
    told = tell("standard", "severe", terms={"edition": edition})
    before = told.ticket.seq
    for _ in range(count):
        told.does("engineer", "note", text="正在检查")
    told.ticket = told.ticket.without_fresh(before)
    return told


class TestABatch:
    @pytest.mark.parametrize(("edition", "at_once"), [(EDITION_5 - 1, 20), (EDITION_5, 21)])
    def test_holds_20_commands_that_come_at_once_and_who_took_it(self, edition: int, at_once: int):
        """A ticket from before is told of as it was: its history has what each batch brought."""
        told = notes(20, edition)
        assert len(batch(told.ticket, as_shown(told.ticket), told.now).entries) == at_once

    def test_has_a_bound(self):
        """A server ends a workflow that sends too much; what is left follows."""
        ticket = (told := notes(40, EDITION_5)).ticket
        seen = []
        while ticket.fresh:
            part = batch(ticket, as_shown(ticket), told.now)
            seen.append(len(part.entries))
            ticket = ticket.without_fresh(part.seq)
        assert seen == [24, 17]

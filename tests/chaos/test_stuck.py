"""A ticket that is stuck, and rows that differ, are counted."""

from dataclasses import replace

from chaos.ledger import Sent
from chaos.probe import Pulse
from tests.chaos.samples import DECIDED, a_run, counted, with_history


class TestStuck:
    def test_is_a_ticket_that_shows_no_life(self):
        evidence = a_run().evidence
        number = next(iter(evidence.at_the_end))
        for answers, decides, failing in ((False, True, False), (True, False, False), (True, True, True)):
            pulse = Pulse(number, answers=answers, decides=decides, failing=failing)
            assert counted(replace(evidence, pulses=[pulse])) == {"stuck": 1}

    def test_is_a_ticket_whose_workflow_ended_otherwise_than_it_should(self):
        assert counted(with_history(a_run().evidence, broken=("FAILED",))) == {"stuck": 1}

    def test_is_a_request_that_was_never_settled(self):
        run = a_run()
        run.lines.append(Sent(run.now, "unanswered", "engineer", DECIDED, run.history.number, "note"))
        assert counted(run.evidence) == {"stuck": 1}


class TestAProjectionDifference:
    def test_is_every_row_that_differs(self):
        assert counted(replace(a_run().evidence, differing=["a row"])) == {"projection difference": 1}

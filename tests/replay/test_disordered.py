"""A history that today's code wrote and does not replay: one step was taken in two, and is taken in one again.

A question about a ticket was under way while the answer of an activity came. The workflow got that answer with the
question, it seems, and the signal that had come since afterwards, within the same task. Replayed, both come at once:
signals are heard first, and the commands come in another order.
"""

from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory
from temporalio.workflow import NondeterminismError

from tests.replay.replaying import replay

_HISTORY = Path(__file__).parent / "disordered/asked-between.json"


@pytest.mark.xfail(raises=NondeterminismError, strict=True, reason="the SDK orders what came in by how it came")
async def test_a_ticket_that_was_asked_about_between_an_answer_and_a_signal_replays():
    await replay(WorkflowHistory.from_json("HDHX59RB", _HISTORY.read_text()))

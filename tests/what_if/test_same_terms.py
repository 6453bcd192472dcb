"""Under the very same terms the facts of every recorded ticket give exactly what its histories say."""

from datetime import datetime
from typing import Any

import pytest

from domain.what_if.comparing import Outcome, outcomes
from domain.what_if.living import lived
from gateway.what_if.recording import facts_of
from tests.what_if.corpus import runs_of, tickets, told


def test_every_history_of_the_corpus_has_its_beginning_there():
    assert len(tickets()) > 70
    for name in tickets():
        assert any(not each.workflow_id.endswith("-aftercare") for each in runs_of(name))


@pytest.mark.parametrize("name", tickets())
async def test_there_is_no_difference(name: str):
    """Key, clause, due time, state, when it was met and which alarms were raised: as the read model was told."""
    histories = runs_of(name)
    facts = await facts_of(name, histories)
    life = lived(facts)
    assert life.otherwise == ()
    found = outcomes(life.ticket, facts.until)
    recorded = told(histories)
    assert {key: as_told(each) for key, each in found.items()} == {key: plain(each) for key, each in recorded.items()}
    assert found == outcomes(facts.ended, facts.until)


def as_told(outcome: Outcome) -> tuple[Any, ...]:
    return outcome.clause, outcome.state, outcome.due_at, outcome.met_at, outcome.rungs


def plain(said: dict[str, Any]) -> tuple[Any, ...]:
    rungs = tuple(sorted(alarm["rung"] for alarm in said["alarms"]))
    return said["clause"], said["state"], instant(said["due_at"]), instant(said["met_at"]), rungs


def instant(said: str | None) -> datetime | None:
    return None if said is None else datetime.fromisoformat(said)

"""A run's plan: all of it follows from the seed, and it is what the ledger says later."""

from pathlib import Path

import pytest

from chaos.ledger import Account, Answered, Ledger, Sent
from chaos.plan import FULL, QUICK, Report, plan
from domain.ticket.commands import CommandKind
from policies import load_pack
from tests.domain.told import FRIDAY
from tests.people import PEOPLE

SEEDS = range(1, 30)


def test_the_same_seed_gives_the_same_run():
    assert plan(7, FULL) == plan(7, FULL)
    assert plan(7, FULL) != plan(8, FULL)


def test_a_full_run_sends_500_commands_under_at_least_50_kills():
    assert len(plan(1, FULL).steps) == FULL.commands >= 500
    assert FULL.kills >= 50


@pytest.mark.parametrize("seed", SEEDS)
def test_every_command_comes_after_its_report_and_while_there_are_kills(seed: int):
    opened: set[int] = set()
    for errand in plan(seed, QUICK).errands:
        assert 0 <= errand.at_s <= QUICK.lasts_s
        if isinstance(errand, Report):
            assert errand.received_s <= errand.at_s, "a report is never received in the future"
            assert errand.body["level"] in load_pack(errand.body["contract"]).level_ids
            opened.add(errand.ticket)
        else:
            assert errand.ticket in opened
            assert errand.act.user in PEOPLE
            assert errand.act.kind in set(CommandKind)


def test_a_ledger_is_read_as_it_was_written(tmp_path: Path):
    sent = Sent(FRIDAY, "a", "engineer", (200,), "TESTTEST", "note", {"text": "进展"})
    answer = Answered(FRIDAY, "a", 200, "TESTTEST", "accepted", 3)
    ledger = Ledger(tmp_path / "ledger.jsonl")
    for line in (sent, answer):
        ledger.write(line)
    assert Account.read(tmp_path / "ledger.jsonl") == Account.of([sent, answer]), "before it is closed"
    ledger.close()

"""A short run, as `make chaos` makes the long one."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from chaos.killer import TARGETS
from chaos.poison import REFUSED
from chaos.reconcile import COUNTERS

PROJECT = Path(__file__).parent.parent.parent


@pytest.mark.timeout(1800)
def test_60_commands_under_9_kills_lose_nothing_and_double_nothing():
    """Each kind of process dies once while commands run and alarms fall due, and tickets are poisoned."""
    command = (sys.executable, "-m", "chaos", "--quick", "--seed", "1")
    run = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    said = run.stdout + run.stderr
    assert re.findall(rf"^({'|'.join(COUNTERS)}) (\d+)$", said, re.MULTILINE) == [(name, "0") for name in COUNTERS], (
        said
    )
    assert run.returncode == 0, said
    assert f"\n{len(TARGETS)} kills: " in said
    (poisoned,) = re.findall(r"^(\d+) poisoned: (.*)$", said, re.MULTILINE)
    assert REFUSED in poisoned[1]

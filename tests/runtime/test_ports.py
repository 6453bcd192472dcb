"""Ports of an installation: those of last time; where those are not known, others."""

from pathlib import Path

import pytest

from cli.findings import State
from cli.machine import of_ports
from runtime.embedded.ports import CANDIDATES, keep_ports
from runtime.home import Home


@pytest.mark.parametrize("kept", ["no JSON", "[]", "null", '{"frontend": "x"}', '{"frontend": -1}'])
def test_what_was_kept_and_cannot_be_read_keeps_nothing_from_starting(tmp_path: Path, kept: str):
    """Nor the doctor from looking."""
    file = tmp_path / "ports.json"
    file.write_text(kept)
    assert [each.state for each in of_ports(Home(tmp_path))] == [State.OK]
    chosen = keep_ports(file, ("frontend",))
    assert chosen["frontend"] in CANDIDATES
    assert keep_ports(file, ("frontend",)) == chosen

"""What strangers send is taken apart where it exhausts nobody else."""

from pathlib import Path

import pytest

from runtime import apart

PROGRAMS = {
    "that takes too much memory": "confine(memory=2**27); kept = bytes(2**28)",
    "that goes on for ever": "confine(seconds=1)\nwhile True: pass",
    "that falls down": "confine(); raise ValueError",
}


@pytest.fixture
def program(tmp_path: Path) -> Path:
    return tmp_path / "program.py"


@pytest.mark.parametrize("does", PROGRAMS.values(), ids=PROGRAMS)
def test_a_program_ends_by_itself_and_says_nothing(program: Path, does: str):
    program.write_text(f"from runtime.apart import confine\n{does}\nprint('done')")
    assert apart.run(str(program)) is None


def test_a_program_is_told_what_it_is_to_read_and_nothing_of_its_surroundings(
    program: Path, monkeypatch: pytest.MonkeyPatch
):
    """No secret stands in its environment."""
    monkeypatch.setenv("ZHISHOU_SECRET", "x")
    program.write_text("import os, sys; print(sys.argv[1], sys.stdin.read(), 'ZHISHOU_SECRET' in os.environ, end='')")
    assert apart.run(str(program), "one", data=b"two") == b"one two False"

"""The set-up, which runs before anything is installed."""

import ast
import sys
from pathlib import Path
from subprocess import CalledProcessError, run

import pytest

from runtime import server_build
from runtime.bootstrap import LOCK, PROJECT
from runtime.cache import cache_dir

SET_UP = ("__init__", "bootstrap", "cache", "server_build")


@pytest.fixture
def go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in the place of Go; a test writes it."""
    monkeypatch.setattr(server_build, "PROGRESS_EVERY_S", 0.2)
    program = tmp_path / "go"
    program.touch(mode=0o755)
    return program


def test_it_needs_nothing_but_the_standard_library():
    allowed = sys.stdlib_module_names | {f"runtime.{name}" for name in SET_UP}
    for name in SET_UP:
        for node in ast.walk(ast.parse((PROJECT / "runtime" / f"{name}.py").read_text())):
            if isinstance(node, ast.Import):
                assert {alias.name for alias in node.names} <= allowed
            elif isinstance(node, ast.ImportFrom):
                assert node.module in allowed or str(node.module).partition(".")[0] in sys.stdlib_module_names


def test_the_lock_names_no_address_so_that_a_mirror_works():
    assert "://" not in LOCK.read_text()


def test_a_second_set_up_finds_all_done_and_says_nothing():
    done = run([sys.executable, "-m", "runtime.bootstrap"], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout == ""


def test_a_long_build_says_how_far_it_is(go: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    go.write_text("#!/bin/sh\necho go: downloading a\necho b\necho c\nsleep 1\n")
    server_build._go_install(str(go), tmp_path)
    assert "1 modules downloaded, 2 packages compiled" in capsys.readouterr().out


def test_a_failed_build_shows_why(go: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    go.write_text("#!/bin/sh\necho this is why\nexit 1\n")
    with pytest.raises(CalledProcessError):
        server_build._go_install(str(go), tmp_path)
    assert "this is why" in capsys.readouterr().out


def test_its_cache_is_where_the_user_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "general"))
    monkeypatch.delenv("ZHISHOU_CACHE", raising=False)
    assert cache_dir() == tmp_path / "general" / "zhishou"
    monkeypatch.setenv("ZHISHOU_CACHE", str(tmp_path / "ours"))
    assert cache_dir() == tmp_path / "ours"

"""The console: built once for each content, and an installation without it."""

import ast
import os
import re
import shutil
import sys
import time
import tomllib
from pathlib import Path
from subprocess import run
from zipfile import ZipFile

import pytest
from hatchling.builders.wheel import WheelBuilder

from runtime import console_build
from runtime.console_build import OLD_LASTS_S, PROJECT, SHIPPED, SOURCE, Built, WhyNot, built


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache."""
    monkeypatch.setenv("ZHISHOU_CACHE", str(tmp_path))
    return tmp_path / "console"


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the console's sources to change."""
    place = tmp_path / "source"
    shutil.copytree(SOURCE, place, ignore=shutil.ignore_patterns(*console_build._NOT_SOURCE))
    monkeypatch.setattr(console_build, "SOURCE", place)
    return place


def made(place: Path, page: str = "<title>built</title>") -> Path:
    """Something that stands where a build would."""
    place.mkdir(parents=True)
    (place / "index.html").write_text(page)
    return place


class TestWhatBrowsersGet:
    def test_is_nothing_where_somebody_wants_none(self):
        assert built("none") == Built(why_not=WhyNot.SWITCHED_OFF)

    def test_is_the_folder_that_is_named(self, tmp_path: Path):
        place = made(tmp_path / "named")
        assert built(str(place)).folder == place

    def test_is_nothing_where_the_folder_that_is_named_has_no_page(self, tmp_path: Path):
        assert built(str(tmp_path)) == Built(why_not=WhyNot.NO_PAGE)

    def test_is_what_was_built_from_these_sources(self, cache: Path, source: Path):
        """Other sources are another console."""
        place = made(cache / console_build.fingerprint())
        assert built(None).folder == place
        (source / "index.html").write_text("another page")
        assert built(None) == Built(why_not=WhyNot.NOT_BUILT)

    def test_is_none_where_a_wheel_was_built_without_it(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        """There are no sources either, so building is no way out."""
        monkeypatch.setattr(console_build, "SOURCE", tmp_path / "console")
        assert built(None) == Built(why_not=WhyNot.NOT_SHIPPED)

    def test_is_told_why_not_where_the_build_failed(self, cache: Path):
        cache.mkdir()
        (cache / "failure.txt").write_text("npm is out of reach\n")
        assert built(None) == Built(why_not=WhyNot.FAILED)

    def test_is_an_older_console_too_for_pages_that_are_still_open(self, cache: Path):
        """For a week from when another one took its place, however long it stood."""
        of_now, old, older = (made(cache / name) for name in (console_build.fingerprint(), "old", "older"))
        long_ago = time.time() - OLD_LASTS_S - 60
        for place in (old, older):
            os.utime(place, (long_ago, long_ago))
        (old / "replaced").touch()
        assert built(None).old == (old,)
        console_build._clear(of_now)
        assert sorted(cache.iterdir()) == sorted([of_now, old, older])
        os.utime(older / "replaced", (long_ago, long_ago))
        console_build._clear(of_now)
        assert sorted(cache.iterdir()) == sorted([of_now, old])


def test_the_same_sources_are_not_built_again(cache: Path, monkeypatch: pytest.MonkeyPatch):
    place = made(cache / console_build.fingerprint())
    monkeypatch.setattr(console_build, "npm", lambda *_, **__: pytest.fail("built again"))
    assert console_build.build() == place


def test_what_npm_cannot_reach_stops_nothing_and_says_how_to_try_again(tmp_path: Path):
    """As `make run` goes on; the page that people see instead says the same."""
    environment = os.environ | {"ZHISHOU_CACHE": str(tmp_path), "npm_config_registry": "http://127.0.0.1:1/"}
    environment |= {"npm_config_fetch_retries": "0", "npm_config_cache": str(tmp_path / "npm")}
    done = run(
        [sys.executable, "-m", "runtime.console_build"],
        cwd=PROJECT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "everything else works without it; `make console` tries again" in done.stdout
    assert "npm" in (tmp_path / "console" / "failure.txt").read_text()


def test_it_needs_nothing_but_the_standard_library():
    allowed = sys.stdlib_module_names | {"runtime"}
    for node in ast.walk(ast.parse((PROJECT / "runtime" / "console_build.py").read_text())):
        if isinstance(node, ast.ImportFrom):
            assert str(node.module).partition(".")[0] in allowed
        if isinstance(node, ast.Import):
            assert {alias.name.partition(".")[0] for alias in node.names} <= allowed


def test_the_lock_names_no_registry_so_that_a_mirror_works():
    assert not re.search(r'"resolved"', (SOURCE / "package-lock.json").read_text())
    assert (SOURCE / ".npmrc").read_text() == "omit-lockfile-registry-resolved=true\n"


def test_the_image_builds_it_in_a_stage_of_its_own_and_sees_all_that_the_wheel_takes():
    image = (PROJECT / "Dockerfile").read_text()
    assert "runtime.console_build to /console" in image
    assert "COPY --from=console /console api/static/console" in image
    seen = set((PROJECT / ".dockerignore").read_text().split())
    taken = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert {"!console", *(f"!{each}" for each in taken["only-include"])} <= seen


def test_the_wheel_carries_it_though_git_does_not_know_it(tmp_path: Path):
    for each in ("pyproject.toml", "LICENSE", ".gitignore"):
        shutil.copy(PROJECT / each, tmp_path)
    assets = tmp_path / SHIPPED.relative_to(PROJECT) / "assets"
    assets.mkdir(parents=True)
    (assets / "main-1.js.br").touch()
    (assets.parent / "index.html").touch()
    wheel = next(WheelBuilder(str(tmp_path)).build(directory=str(tmp_path), versions=["standard"]))
    carried = {name for name in ZipFile(wheel).namelist() if name.startswith("api/")}
    assert carried == {"api/static/console/index.html", "api/static/console/assets/main-1.js.br"}

"""What the console's page may do in a browser: run our scripts and speak with us, nothing else."""

import re
from pathlib import Path

import pytest

from api.http.console import FOR_EVER, PERMISSIONS, PHONE_POLICY, POLICY, Console
from runtime.console_build import Built, build


def sources(policy: str) -> dict[str, set[str]]:
    """Each directive with what it allows."""
    words = (directive.split() for directive in policy.split(";"))
    return {name: set(allowed) for name, *allowed in words}


def test_nothing_is_loaded_from_elsewhere():
    """Nor sent there: not by a script, a picture, a form, a frame, or a base that turns our own addresses."""
    allowed = sources(POLICY)
    assert allowed["default-src"] == {"'none'"}
    assert allowed["base-uri"] == allowed["frame-ancestors"] == {"'none'"}
    assert set().union(*allowed.values()) == {"'none'", "'self'", "'unsafe-inline'", "blob:", "data:"}


def test_only_our_files_are_scripts():
    """What somebody wrote into a ticket never runs, however it comes to stand in the page."""
    allowed = sources(POLICY)
    assert allowed["script-src"] == allowed["worker-src"] == allowed["connect-src"] == {"'self'"}
    assert {name for name, of in allowed.items() if "'unsafe-inline'" in of} == {"style-src"}


def test_the_phones_page_has_no_style_of_its_own_either():
    assert sources(PHONE_POLICY) == sources(POLICY) | {"style-src": {"'self'"}}


def test_the_camera_is_all_of_the_machine_that_is_asked_for():
    assert PERMISSIONS == "camera=(self), geolocation=(), microphone=()"


def test_what_is_kept_for_ever_is_named_by_what_it_holds(folder: Path):
    assert "immutable" in FOR_EVER
    assert not [name for name in Console.of(Built(folder)).assets if not re.search(r"-[\w-]{8}\.\w+(\.\w+)?$", name)]


@pytest.fixture(scope="module")
def folder() -> Path:
    """The console as it is."""
    return build()


@pytest.mark.parametrize("name", ["index.html", "m/index.html"])
def test_the_page_has_no_script_of_its_own(folder: Path, name: str):
    """It would not run."""
    page = (folder / name).read_text()
    assert re.findall(r"<script[^>]*>", page)
    assert not re.findall(r"<script(?![^>]*src=)|<style|style=|\son\w+=", page)
    assert not re.findall(r"(?:src|href)=\"(?!/assets/)", page)

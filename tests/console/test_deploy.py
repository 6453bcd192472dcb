"""A new build takes the place of one whose pages are open, half filled in: nothing that was typed is lost."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from runtime.console_build import build
from runtime.settings import Settings
from tests.console.browsing import needs_chromium, tell
from tests.duty import everybody_on_duty
from tests.served import Served, served

#: What a build names by what it holds; and the shelf of the phone's worker, which is named by those.
_NAMED = re.compile(r"-([\w-]{8})(?=\.\w+$)")
_SHELF = re.compile(r"(\$\{\w+\}|zhishou-phone-)(\w{8})\b")


def another(place: Path) -> Path:
    """A build of which every file has another name, and another content by that; nothing of it is packed."""
    shutil.copytree(build(), place, ignore=shutil.ignore_patterns("*.gz", "*.br"))
    names = {file.name: _NAMED.sub(_turned, file.name) for file in (place / "assets").iterdir()}
    assert len(set(names) | set(names.values())) == 2 * len(names)
    known = re.compile("|".join(map(re.escape, names)))
    for file in [each for each in place.rglob("*") if each.suffix in {".html", ".js", ".css"}]:
        file.write_text(known.sub(lambda found: names[found[0]], file.read_text()))
    worker = place / "m" / "sw.js"
    text, shelves = _SHELF.subn(lambda found: found[1] + found[2][::-1], worker.read_text())
    assert shelves == 1
    worker.write_text(text)
    for old, new in names.items():
        (place / "assets" / old).rename(place / "assets" / new)
    return place


def _turned(found: re.Match[str]) -> str:
    return f"-{found[1][::-1]}"


@pytest.fixture(scope="module")
def deployed(desk: Served, settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The same installation with another build, of which the first one knows no file, and the other way round."""
    folder = another(tmp_path_factory.mktemp("builds") / "another")
    with served(settings.model_copy(update={"console": str(folder)})) as running:
        yield running


@pytest.mark.timeout(1800)
@needs_chromium
def test_what_was_half_filled_in_is_sent_by_the_new_build_once(desk: Served, deployed: Served):
    """A report, a command, a record and a phone's form, past a page of the old build that is nowhere any more."""
    everybody_on_duty(desk.engine)
    number = desk.open("sitech", level="C", title="大厅叫号机不出号")["number"]
    assert desk.command("engineer", number, "take").status_code == 200
    tell(
        "e2e", desk, ("hotline", "duty", "engineer", "admin"), ("deploy.spec.ts",), DEPLOYED=deployed.url, NUMBER=number
    )

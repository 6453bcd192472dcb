"""What the READMEs, their neighbours and the pages of ``docs/`` name exists; both READMEs say the same."""

import importlib
import re
from pathlib import Path

import pytest
import typer

from cli.main import COMMANDS

PROJECT = Path(__file__).parent.parent.parent
ENGLISH, CHINESE = PROJECT / "README.md", PROJECT / "README.zh-CN.md"
PAGES = [*sorted(PROJECT.glob("*.md")), *sorted((PROJECT / "docs").rglob("*.md"))]

_FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`([^`\n]+)`")
_HEADING = re.compile(r"^(#+) ", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_OTHER_PLACES = re.compile(r"[a-z]+:|#")

of_each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PROJECT)))


def blocks(page: Path) -> list[tuple[str, str]]:
    """The language and the text of each code block."""
    return _FENCE.findall(page.read_text())


def prose(page: Path) -> str:
    """The page without its code blocks."""
    return _FENCE.sub("", page.read_text())


def code(page: Path) -> str:
    """All that stands as code, in blocks or within sentences."""
    return "\n".join([*(text for _, text in blocks(page)), *_INLINE.findall(prose(page))])


def known_commands() -> set[str]:
    """Every command of the command line, those with commands of their own followed by each of them."""
    known = set(COMMANDS)
    for name, place in COMMANDS.items():
        module, _, attribute = place.partition(":")
        command = getattr(importlib.import_module(module), attribute)
        if isinstance(command, typer.Typer):
            inner = (each.name or getattr(each.callback, "__name__", "") for each in command.registered_commands)
            known |= {f"{name} {each}" for each in inner}
    return known


def groups(known: set[str]) -> set[str]:
    return {command.partition(" ")[0] for command in known if " " in command}


@of_each_page
def test_every_command_that_is_named_exists(page: Path):
    known = known_commands()
    for name, inner in re.findall(r"\bzhishou ([a-z]+)(?: ([a-z]+))?", code(page)):
        command = f"{name} {inner}" if inner and name in groups(known) else name
        assert command in known


def test_every_command_stands_in_the_readme():
    named = code(ENGLISH)
    assert not [command for command in known_commands() - groups(known_commands()) if f"zhishou {command}" not in named]


@of_each_page
def test_every_make_target_that_is_named_exists(page: Path):
    targets = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)", code(page))) <= targets


@of_each_page
def test_every_relative_link_leads_somewhere(page: Path):
    links = [link for link in _LINK.findall(prose(page)) if not _OTHER_PLACES.match(link)]
    assert not [link for link in links if not (page.parent / link.partition("#")[0]).exists()]


@of_each_page
def test_every_file_of_the_tests_that_is_named_exists(page: Path):
    named = re.findall(r"\btests/[\w/]+\.py", code(page))
    assert not [file for file in named if not (PROJECT / file).exists()]


@of_each_page
def test_every_test_that_is_named_exists(page: Path):
    """A class or a test of a file: what shows something is not renamed away from under it."""
    for file, names in re.findall(r"\b(tests/[\w/]+\.py)::([\w:]+)", code(page)):
        there = set(re.findall(r"^ *(?:class|def|async def) (\w+)", (PROJECT / file).read_text(), re.MULTILINE))
        assert set(names.split("::")) <= there


def test_every_variable_of_the_readme_is_read_somewhere():
    sources = "\n".join(file.read_text() for file in (PROJECT / "runtime").rglob("*.py"))
    fields = {f"ZHISHOU_{name.upper()}" for name in re.findall(r"^    (\w+): ", sources, re.MULTILINE)}
    named = set(re.findall(r"\b(?:ZHISHOU|TEMPORAL)_[A-Z_]+\b", code(ENGLISH)))
    assert not [name for name in named if name not in fields and f'"{name}"' not in sources]


class TestBothLanguages:
    """One README in two languages."""

    def test_have_the_same_headings(self):
        english, chinese = (_HEADING.findall(prose(page)) for page in (ENGLISH, CHINESE))
        assert english == chinese

    def test_have_the_same_commands(self):
        english, chinese = (
            [text for language, text in blocks(page) if language == "sh"] for page in (ENGLISH, CHINESE)
        )
        assert english
        assert english == chinese

    def test_have_the_same_kinds_of_blocks(self):
        english, chinese = ([language for language, _ in blocks(page)] for page in (ENGLISH, CHINESE))
        assert english == chinese

    def test_have_tables_of_the_same_length(self):
        english, chinese = (prose(page).count("\n|") for page in (ENGLISH, CHINESE))
        assert english == chinese

    def test_lead_to_the_same_places(self):
        english, chinese = (set(_LINK.findall(prose(page))) for page in (ENGLISH, CHINESE))
        assert english - {CHINESE.name} == chinese - {ENGLISH.name}

    def test_tell_the_same_measured_times(self):
        english, chinese = (re.findall(r"\| (\d[\d.]*)\D", prose(page)) for page in (ENGLISH, CHINESE))
        assert english == chinese

"""Many tickets of an archive, asked about on the command line: what they come to, kept as it is found."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from cli import whatif as command
from domain.what_if.comparing import Comparison
from evidence.leaves import ErasedLeaf
from gateway.archiving import keep
from gateway.what_if.asking import LeftOut, what_if
from policies.files import FOLDER
from runtime.archive import Archive
from runtime.settings import Given
from tests.what_if.corpus import kept_as, runs_of, tickets

#: Four lives: with an aftercare, identified later, handed over, major.
FOLDERS = ("corrected", "identification", "handing-over", "bought-for-major")
NAMES = [next(name for name in tickets() if name.startswith(f"{folder}/")) for folder in FOLDERS]


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """With some of the corpus in it."""
    monkeypatch.setenv("ZHISHOU_HOME", str(tmp_path))
    archive = Archive.of(Given(home=tmp_path))
    keep(archive, [kept_as(run) for name in NAMES for run in runs_of(name)], datetime.now(UTC))
    return archive


def ask(*arguments: str) -> Result:
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(command.whatif)
    return CliRunner().invoke(app, [*arguments])


def told(*arguments: str) -> Any:
    result = ask(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


class TestTheArchive:
    def test_is_asked_ticket_by_ticket_and_added_up(self, archive: Archive):
        found = told("--contract", "nuobida")
        assert found["left_out"] == []
        assert found["totals"]["tickets"] == len(archive.index.numbers()) == len(found["tickets"])
        changed = [each for each in found["tickets"] if each["changed"]]
        assert len(changed) == found["totals"]["changed"] > 0
        promises = [each for ticket in found["tickets"] for each in ticket["promises"]]
        assert sum(each["count"] for each in found["totals"]["promises"]) == len(promises)

    def test_is_asked_about_those_that_are_wanted(self, archive: Archive):
        everybody = told("--contract", "nuobida")["tickets"]
        of_one = {each["number"] for each in everybody if each["contract_was"] == everybody[0]["contract_was"]}
        under = told("--contract", "nuobida", "--under", everybody[0]["contract_was"])
        assert {each["number"] for each in under["tickets"]} >= of_one
        assert told("--contract", "nuobida", "--customer", "nobody")["tickets"] == []
        assert told("--contract", "nuobida", "--since", "2200-01-01")["tickets"] == []

    def test_leaves_out_what_is_not_there_and_what_was_changed_since(self, archive: Archive):
        number = min(archive.index.numbers())
        (_, leaf), *_ = archive.latest(number)
        archive.shelf.put(leaf.path, b"x")
        found = told("--contract", "nuobida", "--number", number, "--number", "22222222")
        assert [each["number"] for each in found["left_out"]] == [number, "22222222"]
        assert leaf.path in found["left_out"][0]["why"]["en"]

    def test_says_of_what_was_erased_that_it_was(self, archive: Archive):
        number, *others = sorted(archive.index.numbers())
        gone = [ErasedLeaf(leaf.number, leaf.run, leaf.sha256) for _, leaf in archive.latest(number)]
        archive.record(gone, datetime.now(UTC))
        found = told("--contract", "nuobida")
        assert [each["number"] for each in found["tickets"]] == others
        assert [each["number"] for each in found["left_out"]] == [number]
        assert "erased on request" in found["left_out"][0]["why"]["en"]

    def test_is_read_by_people_as_a_table(self, archive: Archive):
        result = ask("--contract", "nuobida")
        assert result.exit_code == 0
        assert f"tickets {len(archive.index.numbers())}" in result.stdout
        assert "response" in result.stdout


class TestAnEditedPack:
    def test_stands_for_the_published_one(self, archive: Archive, tmp_path: Path):
        """A response within a minute: what was met in five is breached."""
        edited = tmp_path / "sitech.toml"
        published = (FOLDER / "packs" / "sitech.toml").read_text()
        edited.write_text(published.replace('"10 min"', '"1 min"').replace('"6 h"', '"1 min"'))
        assert edited.read_text() != published
        as_published = told("--contract", "sitech")["totals"]["promises"]
        assert told("--contract", "sitech", str(edited))["totals"]["promises"] != as_published

    def test_that_is_malformed_is_refused_with_its_place(self, archive: Archive, tmp_path: Path):
        edited = tmp_path / "mine.toml"
        edited.write_text("nonsense = 1")
        result = ask("--contract", "sitech", str(edited))
        assert result.exit_code == 2
        assert "mine.toml: field 'nonsense': unknown field" in result.stderr


class TestAnUnknownLevel:
    def test_is_refused_and_the_known_ones_are_named(self, archive: Archive):
        result = ask("--contract", "sitech", "--level", "I=Z")
        assert result.exit_code == 2
        assert "A, B, C, D" in result.stderr


class TestWhatIsStopped:
    def test_says_what_it_has_and_goes_on_where_it_was(
        self, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        out, whole = tmp_path / "found.jsonl", told("--contract", "nuobida")
        asked_until(monkeypatch, 2)
        stopped = ask("--contract", "nuobida", "--out", str(out))
        assert stopped.exit_code == 130
        assert "tickets 2" in stopped.stdout
        assert "goes on" in stopped.stderr
        with out.open("a") as file:
            file.write('{"number": "cut o')
        monkeypatch.undo()
        monkeypatch.setenv("ZHISHOU_HOME", str(tmp_path))
        again = told("--contract", "nuobida", "--out", str(out))
        assert again == whole
        assert told("--contract", "nuobida", "--out", str(out)) == whole

    def test_asks_of_no_ticket_twice_but_of_one_that_went_on(
        self, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        out = tmp_path / "found.jsonl"
        told("--contract", "nuobida", "--out", str(out))
        asked = asked_until(monkeypatch, 99)
        told("--contract", "nuobida", "--out", str(out))
        assert asked == []

    def test_under_other_terms_is_another_question(self, archive: Archive, tmp_path: Path):
        out = tmp_path / "found.jsonl"
        told("--contract", "nuobida", "--number", "22222222", "--out", str(out))
        result = ask("--contract", "sitech", "--number", "22222222", "--out", str(out))
        assert "results of another question" in str(result.exception)

    @pytest.mark.parametrize("there", ['[]\n{"a": 1', "3\n", "no JSON\nand no end", "\n"])
    def test_into_a_file_of_something_else_is_refused_and_leaves_it_as_it_is(
        self, archive: Archive, tmp_path: Path, there: str
    ):
        out = tmp_path / "found.jsonl"
        out.write_text(there)
        assert "no file of results" in str(ask("--contract", "nuobida", "--out", str(out)).exception)
        assert out.read_text() == there

    def test_about_other_tickets_is_another_question(self, archive: Archive, tmp_path: Path):
        """Else the totals of two customers would be told as one's."""
        out = tmp_path / "found.jsonl"
        told("--contract", "nuobida", "--customer", "demo-nuobida", "--out", str(out))
        result = ask("--contract", "nuobida", "--customer", "demo-sitech", "--out", str(out))
        assert "results of another question" in str(result.exception)


def asked_until(monkeypatch: pytest.MonkeyPatch, many: int) -> list[str]:
    """Of which tickets it is asked; somebody stops it once there were so many."""
    asked: list[str] = []

    async def one(number: str, *rest: Any) -> Comparison | LeftOut | None:
        if len(asked) == many:
            raise KeyboardInterrupt
        asked.append(number)
        found: Comparison | LeftOut | None = await what_if(number, *rest)
        return found

    monkeypatch.setattr("cli.whatif.what_if", one)
    return asked

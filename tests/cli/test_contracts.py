"""`zhishou contracts lint`: a report on all packs, for people and for programs."""

import json

import pytest
import typer
from typer.testing import CliRunner, Result

from cli import contracts as command
from policies import Pack, PackError, pack_ids


def run(*arguments: str) -> Result:
    app = typer.Typer(pretty_exceptions_enable=False)
    app.add_typer(command.contracts, name="contracts")
    return CliRunner().invoke(app, ["contracts", "lint", *arguments])


def test_the_json_lists_every_finding_of_every_pack() -> None:
    """Findings are no failure: exit code 0, and nothing but JSON."""
    result = run("--json")
    findings = json.loads(result.stdout)
    assert result.exit_code == 0
    assert {finding["pack"] for finding in findings} == set(pack_ids())
    assert {finding["finding"] for finding in findings} == {"rivals", "scales", "order", "repair", "default"}
    assert all(list(finding) == ["pack", "finding", "clauses", "levels", "zh", "en"] for finding in findings)


@pytest.mark.parametrize("clause", ["000-26", "001-45", "002-05", "002-09", "003-16", "004-09"])
def test_the_report_for_people_names_clauses(clause: str) -> None:
    """By id, under a heading for each pack."""
    result = run()
    assert result.exit_code == 0
    assert clause in result.stdout
    assert "nuobida 诺必达服务体系: 4 conflicts, " in result.stdout


def test_a_malformed_pack_ends_it_with_2_and_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    """File, clause and field, on standard error."""
    problem = "sitech.toml: clause 003-18 (respond): field 'budget': missing"

    def malformed(_: str) -> Pack:
        raise PackError([problem])

    monkeypatch.setattr(command, "load_pack", malformed)
    result = run("--json")
    assert (result.exit_code, result.stdout, result.stderr.strip()) == (2, "", problem)

"""`zhishou contracts`: what is wrong in a contract before a customer finds out."""

import json
import sys
from itertools import groupby
from typing import Annotated

import typer

from policies import PackError, load_pack, pack_ids
from policies.findings import Finding, FindingKind
from policies.lint import lint as findings_of

contracts = typer.Typer(help="Contract packs: look for conflicts and defaults.")


@contracts.callback()
def contract_packs() -> None:
    """Contract packs: look for conflicts and defaults."""


@contracts.command()
def lint(
    as_json: Annotated[bool, typer.Option("--json", help="print JSON and nothing else")] = False,
) -> None:
    """List every conflict between clauses and every value that the customer did not give us."""
    try:
        findings = [finding for pack in pack_ids() for finding in findings_of(load_pack(pack))]
    except PackError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(2) from error
    if as_json:
        print(json.dumps([finding.as_json() for finding in findings], indent=2, ensure_ascii=False))
    else:
        print("\n".join(_report(findings)))


def _report(findings: list[Finding]) -> list[str]:
    lines: list[str] = []
    for pack, found in groupby(findings, key=lambda finding: finding.pack):
        told = list(found)
        defaults = sum(finding.finding is FindingKind.DEFAULT for finding in told)
        name = load_pack(pack).file.name
        lines.append(f"{pack} {name.zh}: {len(told) - defaults} conflicts, {defaults} defaults")
        lines.extend(_line(finding) for finding in told)
    return lines


def _line(finding: Finding) -> str:
    levels = f" [{', '.join(finding.levels)}]" if finding.levels else ""
    return f"  {finding.finding:8}{' '.join(finding.clauses) or '-'}{levels}  {finding.message.en}"

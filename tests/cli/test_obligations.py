"""`zhishou obligations`: the due times of a case, with no installation running."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from cli.instants import instant
from cli.obligations import obligations
from domain.contract.facts import FACTS
from policies import load_pack, pack_ids

ROOT = Path(__file__).parents[2]
FIELDS = [
    "kind",
    "clause",
    "superseded",
    "due_at",
    "budget",
    "counting",
    "calendar",
    "origin",
    "armed",
    "provisional",
    "default",
]


def run(*arguments: str) -> Result:
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(obligations)
    return CliRunner().invoke(app, arguments)


def rows(contract: str, level: str, received: str, *more: str) -> list[dict[str, object]]:
    result = run("--contract", contract, "--level", level, "--received", received, *more, "--json")
    assert result.exit_code == 0, result.output
    found: list[dict[str, object]] = json.loads(result.stdout)
    return found


def test_an_obligation_has_the_fields_of_interface_md_in_their_order() -> None:
    """Other tools rely on them."""
    found = rows("sitech", "A", "2026-02-13T23:00+08:00")
    assert found[1] == {
        "kind": "respond",
        "clause": "003-16",
        "superseded": [],
        "due_at": "2026-02-13T23:10:00+08:00",
        "budget": "PT10M",
        "counting": "wall",
        "calendar": "7*24",
        "origin": "received",
        "armed": "now",
        "provisional": False,
        "default": True,
    }
    assert [list(row) for row in found] == [FIELDS] * 5


@pytest.mark.parametrize(
    ("contract", "level", "kind", "column", "value"),
    [
        ("sitech", "A", "depart", "armed", "breach:restore or declared"),
        ("sitech", "A", "depart", "budget", "PT3H"),
        ("nuobida", "I", "plan", "budget", "PT30M"),
        ("standard", "general", "restore", "budget", "PT2H"),
        ("standard", "general", "resolve", "budget", "PT24H"),
        ("standard", "general", "report", "budget", 3),
        ("standard", "general", "report", "due_at", None),
        ("standard", "general", "substitute", "armed", "half:resolve"),
        ("fuao", "regular", "respond", "superseded", ["001-07", "001-23"]),
        ("fuao", "urgent", "substitute", "origin", "fault"),
        ("fuao", "urgent", "arrive", "counting", "opening"),
        ("nuobida", "II", "arrive", "armed", "dispatched or onsite"),
        ("xinhe", "normal", "handover", "budget", "PT10M"),
        ("xinhe", "normal", "centre", "armed", "emergency"),
        ("xinhe", "normal", "centre", "origin", "emergency"),
        ("nuobida", "IV", "plan", "origin", "received"),
    ],
)
def test_values_are_those_that_interface_md_describes(
    contract: str, level: str, kind: str, column: str, value: object
) -> None:
    """Durations, days, joined events, null while an origin has not happened."""
    found = next(row for row in rows(contract, level, "2026-02-13T17:20+08:00") if row["kind"] == kind)
    assert found[column] == value


def test_what_counts_from_the_start_stands_first() -> None:
    """Those armed now, then the others."""
    for pack in pack_ids():
        armed = [row["armed"] == "now" for row in rows(pack, load_pack(pack).level_ids[0], "2026-02-13T10:00")]
        assert armed == sorted(armed, reverse=True)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-02-13T15:00:00Z", "2026-02-13T23:10:00+08:00"),
        ("2026-02-13T10:00:00-05:00", "2026-02-13T23:10:00+08:00"),
        ("2026-02-13T10:00:00\N{MINUS SIGN}05:00", "2026-02-13T23:10:00+08:00"),
        ("20260213T230000+0800", "2026-02-13T23:10:00+08:00"),
        ("2026-W07-5T23:00", "2026-02-13T23:10:00+08:00"),
        ("2026-02-13 23:00", "2026-02-13T23:10:00+08:00"),
        ("2026-02-13T23:00:07", "2026-02-13T23:10:07+08:00"),
        ("2026-02-13T23:00:07.25", "2026-02-13T23:10:07.250000+08:00"),
        ("2026-02-13T23:00:07,000001", "2026-02-13T23:10:07.000001+08:00"),
        ("2026-02-13T23:00:07.000001000", "2026-02-13T23:10:07.000001+08:00"),
        ("2026-02-13", "2026-02-13T00:10:00+08:00"),
        ("2026-02-13T24:00", "2026-02-14T00:10:00+08:00"),
        ("20260213T240000Z", "2026-02-14T08:10:00+08:00"),
        ("2024-02-28T23:55", "2024-02-29T00:05:00+08:00"),
        ("1949-10-01T15:00", "1949-10-01T15:10:00+08:00"),
        ("0001-01-01T00:00", "0001-01-01T00:10:00+08:00"),
    ],
)
def test_any_instant_is_accepted_and_keeps_its_precision(received: str, due: str) -> None:
    """ISO 8601; without an offset it is China's time."""
    assert next(row for row in rows("sitech", "A", received) if row["kind"] == "respond")["due_at"] == due


@pytest.mark.parametrize("received", ["yesterday", "2026-13-01", "2026-02-13T25:00", "", "2026-02-13T23:00:00.0000001"])
def test_what_is_no_instant_is_refused_in_plain_words(received: str) -> None:
    """And what is finer than a microsecond is not cut."""
    result = run("--contract", "sitech", "--level", "A", "--received", received)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"'{received}' is " in result.stderr


@pytest.mark.parametrize("received", ["9999-12-31T23:59", "9999-12-31T23:59:59Z", "9999-12-31T24:00"])
def test_beyond_the_last_day_of_all_there_is_an_error_and_no_traceback(received: str) -> None:
    """A due time in the year 10000 cannot be written."""
    result = run("--contract", "sitech", "--level", "D", "--received", received)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr
    assert result.stderr


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("--contract", "acme", "--level", "A"), ("'acme'", *pack_ids())),
        (("--contract", "nuobida", "--level", "V"), ("'V'", "I (一级)", "IV (四级)")),
        (("--contract", "sitech", "--level", "A", "--fact", "size=big"), ("'size'", *FACTS)),
        (("--contract", "sitech", "--level", "A", "--fact", "major=yes"), ("'yes'", "true", "false")),
        (("--contract", "sitech", "--level", "A", "--fact", "cause"), ("cause", "own", "third_party")),
        (("--contract", "nuobida", "--level", "I", "--fact", "remote_calendar=6*8"), ("'6*8'", "5*24", "7*24")),
    ],
)
def test_what_is_unknown_is_refused_with_the_valid_ones_named(
    arguments: tuple[str, ...], named: tuple[str, ...]
) -> None:
    """Exit code 2, nothing on standard output."""
    result = run(*arguments, "--received", "2026-02-13T10:00")
    assert (result.exit_code, result.stdout) == (2, "")
    assert all(name in result.stderr for name in named)


def test_facts_and_moments_change_what_is_due() -> None:
    """A major incident of fuao, a fault that is older than the report, an appointment."""
    major = rows("fuao", "加急", "2026-02-13T10:00", "--fact", "major=true", "--fact", "severity=general")
    assert [row["clause"] for row in major if row["kind"] == "resolve"] == ["001-33"]
    fault = rows("fuao", "全面加急", "2026-02-13T10:00", "--fault-occurred", "2026-02-13T06:00")
    assert [row["due_at"] for row in fault if row["kind"] == "substitute"] == ["2026-02-13T18:00:00+08:00"]
    booked = rows("nuobida", "四级", "2026-02-13T10:00", "--booked", "2026-02-25T09:00")
    assert [(row["origin"], row["due_at"]) for row in booked if row["kind"] in {"respond", "plan"}] == [
        ("received", "2026-02-13T10:30:00+08:00"),
        ("booked", "2026-02-25T13:00:00+08:00"),
    ]
    remote = rows("nuobida", "三级", "2026-02-13T16:00", "--fact", "remote_calendar=5*8")
    assert [(row["kind"], row["counting"], row["calendar"], row["due_at"]) for row in remote[1:3]] == [
        ("plan", "service", "5*8", "2026-02-14T10:00:00+08:00"),
        ("resolve", "service", "5*8", "2026-02-14T16:00:00+08:00"),
    ]
    assert rows("sitech", "C", "2026-02-13T10:00", "--fact", "remote_calendar=5*8") == rows(
        "sitech", "C", "2026-02-13T10:00"
    )


@pytest.mark.parametrize(
    ("contract", "level", "received", "kind", "due"),
    [
        ("sitech", "C", "2026-02-13T23:00", "respond", "2026-02-14T05:00"),
        ("sitech", "D", "2026-02-13T16:00", "respond", "2026-02-14T16:00"),
        ("sitech", "D", "2026-02-14T16:00", "respond", "2026-02-24T09:00"),
        ("fuao", "regular", "2026-02-13T17:20", "respond", "2026-02-13T17:30"),
        ("fuao", "urgent", "2026-02-13T20:00", "arrive", "2026-02-14T00:00"),
        ("fuao", "urgent", "2026-02-13T20:00", "resolve", "2026-02-14T00:00"),
        ("fuao", "urgent", "2026-02-13T22:00", "arrive", "2026-02-14T13:00"),
        ("fuao", "urgent", "2026-02-13T22:00", "resolve", "2026-02-14T13:00"),
        ("nuobida", "III", "2026-02-13T16:00", "plan", "2026-02-13T18:00"),
        ("nuobida", "III", "2026-02-13T16:00", "resolve", "2026-02-14T00:00"),
        ("nuobida", "II", "2026-02-13T10:00", "arrive", "2026-02-13T14:00"),
    ],
)
def test_the_worked_examples_of_clauses_md(contract: str, level: str, received: str, kind: str, due: str) -> None:
    """Those that need nothing but the opening; the others stand in docs/counting.md."""
    found = next(row for row in rows(contract, level, received) if row["kind"] == kind)
    assert found["due_at"] == f"{due}:00+08:00"
    fault = rows("fuao", "urgent", "2026-02-13T20:00", "--fault-occurred", "2026-02-13T10:00")
    assert [row["due_at"] for row in fault if row["kind"] == "substitute"] == ["2026-02-13T22:00:00+08:00"]


def test_without_json_there_is_a_table_for_people() -> None:
    """A line an obligation, remarks at the end."""
    result = run("--contract", "fuao", "--level", "regular", "--received", "2026-02-13T17:20")
    lines = result.stdout.splitlines()
    assert lines[0].split()[:3] == ["kind", "due", "clause"]
    assert any("2026-02-13 17:30:00" in line and "over 001-07, 001-23" in line for line in lines)
    assert len(lines) == 5


def test_it_needs_nothing_that_an_installation_needs() -> None:
    """No Temporal, no web framework, no database, nothing else printed."""
    script = (
        "import sys, cli.obligations, cli.contracts;"
        "print(sorted({'temporalio', 'fastapi', 'sqlalchemy', 'uvicorn'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert (found.stdout.strip(), found.stderr) == ("[]", "")


def test_an_instant_at_the_end_of_a_day_is_the_beginning_of_the_next() -> None:
    """ISO 8601 writes it 24:00."""
    assert instant("2026-12-31T24:00:00") - instant("2026-12-31T00:00:00") == timedelta(days=1)

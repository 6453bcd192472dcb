"""Lint: what somebody should know about a contract before signing it."""

import ast
from dataclasses import replace

import pytest

from domain.contract.clauses import Clause, Kind
from domain.contract.ours import LISTED
from domain.matters.index import ROWS
from policies import load_pack, pack_ids
from policies.expand import Cell
from policies.findings import Finding, FindingKind
from policies.lint import lint
from policies.pack import SWITCHES
from tests.architecture.test_layers import PROJECT

#: Lengths that bound what people can send, or how long a history can get, and promise nothing.
_NO_PROMISES = {
    ("bookings", "timedelta(days=366)"): "an appointment lies within a year",
    ("calls", "timedelta(days=1)"): "told in the list beside calls_at_the_end",
    ("consents", "timedelta(days=366)"): "a customer agrees to wait for a year at most",
    ("consents", "timedelta(days=1)"): "an example of a later instant, for forms",
}


def found(pack: str, kind: FindingKind, *clauses: str) -> list[Finding]:
    """The findings of that kind that name these clauses, and maybe others."""
    return [each for each in lint(load_pack(pack)) if each.finding is kind and set(clauses) <= set(each.clauses)]


def test_the_three_scales_of_001_are_found() -> None:
    """001-45: the urgency, the customer's severity, the state."""
    (scales,) = found("fuao", FindingKind.SCALES, "001-45", "001-05", "001-21", "001-31", "001-33")
    assert "3 scales of gravity compete (level, major incident, severity" in scales.message.en
    assert all(not found(pack, FindingKind.SCALES) for pack in pack_ids() if pack != "fuao")


@pytest.mark.parametrize(
    ("pack", "clauses", "levels", "words"),
    [
        ("nuobida", ("000-26", "000-29"), ("I",), ("arrival on site 2 h", "resolution 2 h")),
        ("nuobida", ("000-26", "000-32"), ("IV",), ("arrival on site 24 h", "resolution 12 h")),
        ("standard", ("002-05", "002-09"), ("severe",), ("arrival on site 2 h", "restoration 30 min")),
        ("fuao", ("001-05", "001-31"), ("full_urgent",), ("arrival on site 24 h", "resolution 4 h")),
        ("fuao", ("001-22", "001-33"), (), ("diagnosis 24 h", "resolution 12 h")),
        ("sitech", ("003-18", "003-01"), ("C",), ("response 6 h", "contact with the user 2 h")),
    ],
)
def test_what_must_come_first_and_is_promised_no_earlier_is_found(
    pack: str, clauses: tuple[str, ...], levels: tuple[str, ...], words: tuple[str, ...]
) -> None:
    """000-26: an arrival within 2 h cannot protect a resolution within 2 h."""
    findings = [each for each in found(pack, FindingKind.ORDER, *clauses) if each.levels == levels]
    assert any(all(word in each.message.en for word in words) for each in findings), findings


def test_two_numbers_for_one_repair_are_found() -> None:
    """002-05 and 002-09: 30, 60 and 120 minutes against 24 hours."""
    repairs = found("standard", FindingKind.REPAIR, "002-05", "002-09")
    assert [(each.levels, each.message.en.split(":")[0]) for each in repairs] == [
        (("severe",), "002-09 restoration 30 min, 002-05 resolution 24 h"),
        (("medium",), "002-09 restoration 1 h, 002-05 resolution 24 h"),
        (("general",), "002-09 restoration 2 h, 002-05 resolution 24 h"),
    ]


@pytest.mark.parametrize(
    ("pack", "clauses", "words"),
    [
        ("standard", ("002-05", "002-09"), "002-05 response 30 min, 002-09 response 10 min"),
        ("fuao", ("001-05", "001-31"), "001-05 response 2 h, 001-31 response 10 min"),
        ("fuao", ("001-05", "001-21"), "001-05 arrival on site 24 h, 001-21 arrival on site 1 h"),
        ("fuao", ("001-21", "001-33"), "001-21 arrival on site 1 h, 001-33 arrival on site 1 h"),
    ],
)
def test_clauses_that_compete_are_found(pack: str, clauses: tuple[str, ...], words: str) -> None:
    """Whichever is due first rules; the customer should know that there are two."""
    assert any(words in each.message.en for each in found(pack, FindingKind.RIVALS, *clauses))


@pytest.mark.parametrize("pack", pack_ids())
def test_every_default_of_ours_is_listed(pack: str) -> None:
    """Requirements, section 6: values you did not give us."""
    loaded = load_pack(pack)
    for clause in loaded.clauses:
        if clause.default:
            listed = [each for each in found(pack, FindingKind.DEFAULT, clause.id) if each.levels == clause.levels]
            assert listed, clause
    for row in loaded.hours.values():
        told = [each.message.en for each in found(pack, FindingKind.DEFAULT)]
        assert any(message.startswith(f"{row.id} = ") for message in told) == row.default
    for fact in loaded.fact_defaults:
        assert any(f"({fact}=" in each.message.en for each in found(pack, FindingKind.DEFAULT))


@pytest.mark.parametrize(
    "name",
    [
        "confirmation_days", "rungs", "pause_caps.customer", "pause_caps.third_party", "pause_caps.parts",
        *sorted(LISTED.keys() - {"approval_silence_min"}),
    ],
)  # fmt: skip
def test_values_that_are_no_clause_are_listed_for_every_pack(name: str) -> None:
    """The confirmation window, the caps of pauses, the rungs, and what is law for every ticket."""
    for pack in pack_ids():
        assert any(each.message.en.endswith(f"({name})") for each in found(pack, FindingKind.DEFAULT))


def test_settings_are_told_with_the_values_of_the_pack() -> None:
    """A changed number changes the report, too."""
    told = {each.message.en for pack in pack_ids() for each in found(pack, FindingKind.DEFAULT)}
    assert "warnings, breach and escalation at 50, 80, 100, 150 percent of a budget (rungs)" in told
    assert "the field reports progress at least every 30 minutes (heartbeat_min)" in told
    assert not any("{" in each for each in told)


@pytest.mark.parametrize("pack", pack_ids())
def test_every_number_of_minutes_that_a_pack_sets_is_listed(pack: str) -> None:
    """The reminders matter only where departments approve."""
    loaded = load_pack(pack)
    listed = {setting.name for setting in (*loaded.file.setting, *loaded.settings)}
    minutes = {name for name in SWITCHES if name.endswith("_min") and getattr(loaded.file, name) is not None}
    if not loaded.file.major_needs_approval:
        minutes -= {"approval_reminders_min"}
    assert minutes <= listed


@pytest.mark.parametrize("pack", pack_ids())
def test_how_silence_goes_on_is_listed_where_departments_approve(pack: str) -> None:
    """000-11 ends with a third reminder; what follows is ours."""
    told = [each.message for each in found(pack, FindingKind.DEFAULT, "000-11")]
    listed = [each for each in told if each.en.endswith("every 60 minutes (approval_silence_min)")]
    assert len(listed) == load_pack(pack).file.major_needs_approval


def test_no_matter_has_a_length_of_its_own() -> None:
    """What runs is what is listed: a length that stands in a matter would be ours in silence."""
    matters = sorted((PROJECT / "domain" / "matters").glob("*.py"))
    nodes = [(file.stem, node) for file in matters for node in ast.walk(ast.parse(file.read_text()))]
    calls = [
        (name, node) for name, node in nodes if isinstance(node, ast.Call) and ast.unparse(node.func) == "timedelta"
    ]
    lengths = {(name, ast.unparse(node)) for name, node in calls if any(map(_is_number, node.keywords))}
    assert lengths == set(_NO_PROMISES)


def _is_number(keyword: ast.keyword) -> bool:
    return isinstance(keyword.value, ast.Constant)


def test_every_cap_is_in_the_list_of_values_of_ours() -> None:
    """A cap that is added to the data must be added to the list."""
    for pack in pack_ids():
        loaded = load_pack(pack)
        listed = {setting.name for setting in loaded.settings}
        assert {f"pause_caps.{reason}" for reason in loaded.pause_caps} <= listed


def test_where_a_clause_applies_may_be_ours_too() -> None:
    """001-32: a regular report gets no device."""
    told = [each.message.en for each in found("fuao", FindingKind.DEFAULT, "001-32")]
    assert any("it gets no device" in message for message in told)


@pytest.mark.parametrize("pack", pack_ids())
def test_whatever_is_listed_as_promised_some_command_keeps(pack: str) -> None:
    """What lint lists and what runs come from one place: the clauses, and values that the pack sets."""
    loaded = load_pack(pack)
    kept = {kind for row in ROWS.values() for kind in row.meets} | {Kind.HANDOVER, Kind.CONTACT}
    assert {clause.kind for clause in loaded.clauses} <= kept
    assert all(loaded.value_of(setting.name) for setting in (*loaded.file.setting, *loaded.settings))
    ids = {clause.id for clause in loaded.clauses}
    for each in lint(loaded):
        if each.finding is not FindingKind.DEFAULT:
            assert set(each.clauses) <= ids | {loaded.file.scales}


@pytest.mark.parametrize("pack", pack_ids())
def test_findings_are_told_in_both_languages_and_once(pack: str) -> None:
    """No finding twice, none empty."""
    findings = lint(load_pack(pack))
    assert all(each.message.zh and each.message.en for each in findings)
    assert len(set(findings)) == len(findings)


def test_a_pack_without_conflicts_has_none() -> None:
    """One clause cannot contradict itself."""
    pack = load_pack("sitech")
    alone: tuple[Cell, ...] = tuple(cell for cell in pack.cells if _is_contact_of_a(cell.clause))
    findings = lint(replace(pack, cells=alone))
    assert {each.finding for each in findings} == {FindingKind.DEFAULT}


def _is_contact_of_a(clause: Clause) -> bool:
    return clause.id == "003-01" and "A" in clause.levels

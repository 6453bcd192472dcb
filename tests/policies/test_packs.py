"""The five packs: loaded whole, quoted from their documents, cut to what a ticket needs."""

import json
import unicodedata
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar  # type: ignore[import-untyped]  # it ships no types
import pytest
from pydantic import TypeAdapter

from domain.contract.clauses import Clause
from domain.contract.terms import Terms
from policies import level_id, load_pack, pack_ids
from policies.loader import load_schedule
from tools.update_workdays import TARGET, published

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


def test_five_packs_ship_one_for_each_document() -> None:
    """000 to 004."""
    assert {pack: load_pack(pack).file.number for pack in pack_ids()} == {
        "nuobida": "000",
        "fuao": "001",
        "standard": "002",
        "sitech": "003",
        "xinhe": "004",
    }
    assert all(load_pack(pack).file.source.startswith(load_pack(pack).file.number) for pack in pack_ids())


def test_an_unknown_pack_is_answered_with_the_known_ones() -> None:
    """So that the caller can correct themselves."""
    with pytest.raises(LookupError, match="packs are fuao, nuobida, sitech, standard, xinhe"):
        load_pack("acme")


@pytest.mark.parametrize("pack", pack_ids())
def test_every_clause_has_its_id_its_line_and_its_sentence(pack: str) -> None:
    """Requirements, section 6."""
    loaded = load_pack(pack)
    for clause in loaded.clauses:
        assert clause.id.startswith(loaded.file.number)
        assert clause.line > 0
        assert loaded.quotation(clause)


def test_a_clause_that_the_pack_no_longer_has_has_no_sentence() -> None:
    """Terms outlive the pack they came from."""
    clause = load_pack("fuao").clauses[0]
    gone = Clause(clause.id, clause.kind, timedelta(1), clause.counting, clause.calendar, clause.origin)
    assert load_pack("fuao").quotation(gone) == ""


@pytest.mark.skipif(not SEEDS.is_dir(), reason="not run: the source documents do not lie beside the checkout")
@pytest.mark.parametrize("pack", pack_ids())
def test_every_sentence_stands_in_the_document_where_the_pack_says(pack: str) -> None:
    """Folded, because 001 is written with Kangxi radicals (001-00); two lines of tolerance."""
    loaded = load_pack(pack)
    lines = (SEEDS / loaded.file.source).read_text(encoding="utf-8").splitlines()
    for cell in loaded.cells:
        near = _folded("".join(lines[max(cell.row.line - 3, 0) : cell.row.line + 2]))
        assert _folded(cell.row.text) in near, (cell.row.id, cell.row.text)


def _folded(text: str) -> str:
    """NFKC makes the radical U+2F3E the traditional 戶, where everybody writes 户."""
    return "".join(unicodedata.normalize("NFKC", text).replace("戶", "户").split())


@pytest.mark.parametrize(
    ("pack", "name", "level"),
    [
        ("nuobida", "三级", "III"),
        ("nuobida", "Ⅳ", "IV"),
        ("nuobida", "ii", "II"),
        ("fuao", "全面加急", "full_urgent"),
        ("fuao", "常规", "regular"),
        ("standard", "中级", "medium"),
        ("sitech", "Ａ", "A"),
        ("xinhe", "紧急", "emergency"),
        ("xinhe", "紧", None),
        ("sitech", "E", None),
    ],
)
def test_a_level_is_known_by_its_id_and_its_chinese_names(pack: str, name: str, level: str | None) -> None:
    """Whatever the width and case of the letters."""
    assert level_id(load_pack(pack), name) == level


class TestTerms:
    """What travels in the history of a ticket."""

    def test_they_hold_the_calendars_that_clauses_can_count_in(self) -> None:
        """And 5*8, in which caps and the confirmation window are counted."""
        held = {pack: [each.id for each in load_pack(pack).terms().calendars] for pack in pack_ids()}
        assert held == {
            "nuobida": ["7*24", "5*24", "7*8", "5*8"],
            "fuao": ["7*24", "5*8", "fuao-phone", "fuao-urgent", "fuao-regular"],
            "standard": ["7*24", "5*8"],
            "sitech": ["7*24", "5*24", "5*8"],
            "xinhe": ["7*24", "5*8"],
        }

    def test_they_hold_the_schedules_of_the_years_asked_for(self) -> None:
        """As far as they are published."""
        schedule = load_pack("sitech").terms(years=(2025, 2099)).schedule
        assert (schedule.first_year, schedule.last_year) == (2025, load_schedule().last_year)
        assert {day.year for day in schedule.days_off} == set(range(2025, schedule.last_year + 1))

    @pytest.mark.parametrize(("years", "kept"), [((2090, 2099), -1), ((1990, 1999), 0)])
    def test_years_that_nobody_published_keep_the_nearest_that_is(self, years: tuple[int, int], kept: int) -> None:
        """A schedule has at least one year; what lies outside it is provisional."""
        schedule = load_pack("sitech").terms(years=years).schedule
        known = load_schedule()
        nearest = (known.first_year, known.last_year)[kept]
        assert (schedule.first_year, schedule.last_year) == (nearest, nearest)

    def test_a_contract_may_set_the_switches_and_the_remote_hours(self) -> None:
        """``major_needs_approval`` is false for four of the packs; a contract may set it."""
        terms = load_pack("fuao").terms(
            contract="C-1", remote_calendar="5*24", overrides={"major_needs_approval": True}
        )
        assert (terms.contract, terms.pack, terms.major_needs_approval) == ("C-1", "fuao", True)
        assert terms.remote_calendar == "5*24"

    def test_the_version_names_the_pack_and_the_schedule(self) -> None:
        """Two packs never share it."""
        versions = {load_pack(pack).terms().version for pack in pack_ids()}
        assert len(versions) == len(pack_ids())
        assert all(version.endswith(load_schedule().version) for version in versions)

    @pytest.mark.parametrize("pack", pack_ids())
    def test_they_stay_small(self, pack: str) -> None:
        """Every ticket's history carries them."""
        terms = load_pack(pack).terms(years=(2025, 2099))
        assert len(json.dumps(asdict(terms), default=str)) < 16_000

    @pytest.mark.parametrize("pack", pack_ids())
    def test_they_come_back_from_a_history_as_they_were(self, pack: str) -> None:
        """Through JSON and back, as the workflow's data converter does it."""
        terms = load_pack(pack).terms(years=(2025, 2099))
        adapter = TypeAdapter(Terms)
        again = adapter.validate_json(adapter.dump_json(terms))
        assert again == terms
        assert [type(clause.budget) for clause in again.clauses] == [type(clause.budget) for clause in terms.clauses]

    def test_detours_propose_another_route_for_a_fact(self) -> None:
        """003-03 and 004-08."""
        assert load_pack("sitech").terms().detours == (
            ("cause", "environment", ("phone", "vendor")),
            ("cause", "unknown", ("phone", "onsite")),
        )
        assert load_pack("xinhe").terms().detours == (("asset", "hardware", ("onsite",)),)
        assert {load_pack(pack).terms().route for pack in pack_ids()} == {("phone", "remote", "onsite")}


class TestSchedule:
    """The State Council's working days as data."""

    def test_the_file_is_what_chinese_calendar_says(self) -> None:
        """Run ``python -m tools.update_workdays`` when a year is published."""
        assert json.loads(TARGET.read_text(encoding="utf-8")) == published()

    def test_it_begins_in_2004_and_ends_with_the_last_published_year(self) -> None:
        """The years between are all there."""
        schedule = load_schedule()
        last = max(day.year for day in chinese_calendar.holidays)
        assert (schedule.first_year, schedule.last_year) == (2004, last)

    def test_a_day_off_is_a_weekday_and_a_make_up_day_is_not(self) -> None:
        """They are exceptions to the Monday-to-Friday week and nothing else."""
        schedule = load_schedule()
        assert {day.weekday() for day in schedule.days_off} == set(range(5))
        assert {day.weekday() for day in schedule.make_up} == {5, 6}
        assert date(2026, 2, 14) in schedule.make_up

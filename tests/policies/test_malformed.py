"""A malformed pack names the file, the clause and the field, and says what would be right."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from policies import PackError, load_pack
from policies.files import FOLDER
from policies.loader import load_schedule

Spoil = Callable[[str, str, str], list[str]]


@pytest.fixture
def spoil(tmp_path: Path) -> Spoil:
    """Change one file of a copy of the packs, load it, and hand back what is said to be wrong."""
    folder = tmp_path / "policies"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))

    def spoiled(file: str, old: str, new: str) -> list[str]:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(PackError) as caught:
            load_pack(path.stem if path.parent.name == "packs" else "sitech", folder)
        return list(caught.value.problems)

    return spoiled


FIRST = 'id = "003-18"\nkind = "respond"\nlevels = ["C"]\nbudget = "6 h"\ncounting = "service"\ncalendar = "5*24"\n'
PLACE = "sitech.toml: clause 003-18 (respond): field "


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('budget = "6 h"', 'budget = "6 hours"', '\'budget\': must be "N min", "N h", or a whole number of days'),
        ('budget = "6 h"', "budget = 0", '\'budget\': must be "N min", "N h", or a whole number of days'),
        ('budget = "6 h"', "budget = 6", '\'budget\': service takes "N min" or "N h"'),
        ('budget = "6 h"', 'budget = { E = "6 h" }', "'budget.E': unknown level 'E'; levels are A, B, C, D"),
        ('budget = "6 h"', 'budget = { D = "6 h" }', "'budget': must name the levels of the clause: C"),
        ('levels = ["C"]', 'levels = ["X"]', "'levels.X': unknown level 'X'; levels are A, B, C, D"),
        ('calendar = "5*24"', 'calendar = "5*25"', "'calendar': unknown calendar '5*25'; calendars are 5*24, 5*8"),
        ('calendar = "5*24"', 'calendar = { D = "5*8" }', "'calendar': no calendar for level 'C'"),
        ('counting = "service"', 'counting = "wall"', "'calendar': wall counts in no calendar; leave it out"),
        (
            'counting = "service"',
            'counting = "clock"',
            "'counting': Input should be 'wall', 'service', 'opening'",
        ),
        ('counting = "service"', 'counting = "service"\ncolour = 1', "'colour': unknown field"),
        ('counting = "service"', 'counting = "service"\ndefault = true', "'note': missing; a default of ours says why"),
        ('counting = "service"', 'counting = "service"\ninstead = "no"', "'instead': Input should be a valid boolean"),
        ('counting = "service"', 'counting = "service"\norigin = "noon"', "'origin': Input should be 'received'"),
        ('counting = "service"', 'counting = "service"\narmed = ["later"]', "'armed.0': Input should be 'now'"),
        ('counting = "service"', 'counting = "service"\nwhen = { size = "big" }', "'when.size': unknown fact 'size'"),
        (
            'counting = "service"',
            'counting = "service"\nwhen = { cause = "me" }',
            "'when.cause': unknown value 'me'; values are own, environment, third_party, unknown",
        ),
        (
            'counting = "service"',
            'counting = "workday_end"\nremote = true',
            "'remote': workday_end counts days; hours of remote service need a duration",
        ),
    ],
)
def test_a_clause_that_is_wrong_is_named_with_its_field(spoil: Spoil, old: str, new: str, problem: str) -> None:
    """One slip of the pen each."""
    found = spoil("packs/sitech.toml", FIRST, FIRST.replace(old, new))
    assert any(each.startswith(PLACE + problem) for each in found), found


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("packs/sitech.toml", 'id = "003-18"', 'id = "004-18"', "sitech.toml: clause 004-18 (respond): field 'id'"),
        ("packs/sitech.toml", "line = 3\n", "", "sitech.toml: clause 003-01 (contact): field 'line': missing"),
        ("packs/sitech.toml", 'id = "003-01"\n', "", "sitech.toml: clause number 1 (contact): field 'id': missing"),
        ("packs/sitech.toml", "[[clause]]", "[[clauses]]", "sitech.toml: field 'clauses': unknown field"),
        ("packs/sitech.toml", "version = ", "version ", "sitech.toml: cannot be read: "),
        ("packs/sitech.toml", '"重大的"', '"B级"', "sitech.toml: field 'levels': 'B级' names two levels"),
        ("packs/sitech.toml", 'value = "unknown"', "value = 1", "sitech.toml: field 'detours.1.value'"),
        ("packs/sitech.toml", 'value = "unknown"', 'value = "x"', "sitech.toml: field 'detours.cause': unknown value"),
        ("packs/fuao.toml", "on_site = false", "onsite = false", "fuao.toml: field 'fact_defaults.onsite': unknown"),
        ("packs/fuao.toml", 'urgent = "fuao-phone"', "", "fuao.toml: field 'hours.phone hours': no hours for level"),
        (
            "packs/sitech.toml",
            'name = "heartbeat_min"',
            'name = "emergency_centre"',
            "sitech.toml: field 'setting.emergency_centre': the pack sets no such value",
        ),
        (
            "packs/fuao.toml",
            'urgent = "fuao-phone"',
            'urgent = "phone"',
            "fuao.toml: field 'hours.phone hours.urgent': unknown calendar 'phone'",
        ),
        (
            "packs/fuao.toml",
            'urgent = "fuao-phone"',
            'urgent = "fuao-phone"\nx = "7*24"',
            "fuao.toml: field 'hours.phone hours.x': unknown level 'x'",
        ),
        (
            "packs/fuao.toml",
            'counting = "workday_end"\ncalendar = "fuao-regular"',
            'counting = "workday_end"\ncalendar = "fuao-phone"',
            "fuao.toml: clause 001-06 (arrive): field 'calendar': workday_end needs hours on working days",
        ),
        ("calendars/hours.toml", '"09:00-17:00"', '"9-17"', "hours.toml: field 'calendar.2.windows.0': must be"),
        ("calendars/hours.toml", '"09:00-17:00"', '"17:00-09:00"', "hours.toml: field 'calendar.2.windows.0': closes"),
        ("calendars/workdays.json", '"2004-01-01"', '"2004-13-01"', "workdays.json: field 'years': "),
        ("calendars/workdays.json", '"2010": {', '"2030": {', "workdays.json: field 'years': a year between"),
        ("calendars/workdays.json", '"years"', '"jahre"', "workdays.json: field 'years': missing"),
        ("defaults.toml", "customer = 5", 'customer = "five"', "defaults.toml: field 'pause_caps.customer"),
    ],
)
def test_every_file_is_checked(spoil: Spoil, file: str, old: str, new: str, problem: str) -> None:
    """Before anything of it is used."""
    found = spoil(file, old, new)
    assert any(each.startswith(problem) for each in found), found


def test_windows_that_overlap_or_stand_out_of_order_are_refused(spoil: Spoil) -> None:
    """Time inside two windows would count twice."""
    found = spoil("calendars/hours.toml", '["09:00-17:00"]', '["09:00-13:00", "12:00-17:00"]')
    assert found == ["hours.toml: field 'calendar.2.windows': must stand in order and not overlap"]


def test_everything_that_is_wrong_is_said_at_once(spoil: Spoil) -> None:
    """One round of corrections, not ten."""
    found = spoil("packs/sitech.toml", FIRST, FIRST.replace('"5*24"', '"x"').replace('["C"]', '["Y"]'))
    assert len(found) == 2


def test_a_folder_without_a_schedule_is_an_error_and_not_a_plain_week(tmp_path: Path) -> None:
    """Never a silent default."""
    with pytest.raises(PackError, match=r"workdays\.json: cannot be read"):
        load_schedule(tmp_path)

"""Whatever stands in an edited pack, it counts, or is refused by what is wrong with it; it is no mistake of ours."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from domain.contract.clauses import Origin
from domain.contract.promises import Case, promises
from policies import PackError, pack_ids
from policies.files import FOLDER
from policies.loader import edited_pack

NUMBER = "9" * 20
SCALARS = (
    NUMBER, f"-{NUMBER}", "0", "-1", "1e308", "nan", "-inf", "true", "1979-05-27", "07:32:00", "1979-05-27T07:32:00Z",
    f'"{NUMBER} h"', f'"{NUMBER} min"', '"1 h"', '""', '"\\u0000"', '"\\uFFFF"', '"24:00-24:00"', '"99:99-00:00"', "[]",
    "{}", f"[{NUMBER}]", f"{{ a = {NUMBER} }}", "9" * 5000,
)  # fmt: skip
#: What stands behind an equals sign: a text, a number, a word.
_VALUE = re.compile(r'= ("(?:[^"\\]|\\.)*"|[\w.]+)')
RECEIVED = datetime(2026, 3, 2, 2, tzinfo=UTC)


def _places() -> Iterator[tuple[str, str, int, int]]:
    """Of each field that a pack has: the first pack that has it, its text, and where its value begins and ends."""
    seen: set[str] = set()
    for pack in pack_ids():
        text = (FOLDER / "packs" / f"{pack}.toml").read_text()
        for found in _VALUE.finditer(text):
            field = text[: found.start()].split()[-1]
            if field not in seen:
                seen.add(field)
                yield pack, text, found.start(1), found.end(1)


@pytest.mark.parametrize("scalar", SCALARS, ids=[each[:30] for each in SCALARS])
def test_a_pack_with_any_scalar_anywhere_counts_or_is_refused(scalar: str):
    """A budget of twenty digits was a mistake of ours, and so was one of nothing."""
    for pack, text, begins, ends in _places():
        with suppress(PackError):
            edited = edited_pack(pack, f"{text[:begins]}{scalar}{text[ends:]}".encode(), "edited.toml")
            for level in edited.level_ids:
                promises(edited.terms(), Case({Origin.RECEIVED: RECEIVED}, level))


@pytest.mark.parametrize(
    ("field", "line"),
    [
        ("confirmation_days", f"confirmation_days = {NUMBER}"),
        ("remote_silence_min", f"remote_silence_min = {NUMBER}"),
        ("vendor_reminders_min", f"vendor_reminders_min = [{NUMBER}]"),
        ("pause_caps", f"pause_caps = {{ customer = {NUMBER} }}"),
        ("pause_caps", "pause_caps = { customer = -1 }"),
    ],
)
def test_a_number_beyond_all_bounds_is_refused_by_its_field(field: str, line: str):
    text = (FOLDER / "packs" / "xinhe.toml").read_text()
    with pytest.raises(PackError, match=field):
        edited_pack("xinhe", f"{line}\n{text}".encode(), "edited.toml")


KEYS = {
    "a key of many parts": "a" + ".a" * 30_000 + " = 1",
    "many of them quoted": 'a.""' * 12_000 + ".b = 1",
    "a header of many parts": "[" + "a." * 30_000 + "a]",
    "tables in tables": "a = " + "{a = " * 12_000,
    "lists in lists": "a = " + "[" * 60_000,
}


@pytest.mark.parametrize("text", KEYS.values(), ids=KEYS)
def test_what_is_too_deep_is_refused_before_it_is_taken_apart(text: str):
    """It took 12 s and 3 GB."""
    with pytest.raises(PackError, match=r"dots|recursion"):
        edited_pack("xinhe", text.encode(), "edited.toml")


def test_of_all_that_is_wrong_the_first_is_told():
    """Nobody reads a hundred thousand lines."""
    with pytest.raises(PackError) as refused:
        edited_pack("xinhe", "".join(f"k{each} = 1\n" for each in range(7_000)).encode(), "edited.toml")
    assert len(refused.value.problems) < 50

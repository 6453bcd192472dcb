"""Text: what a reader can see of it, by a table that no interpreter changes."""

import unicodedata

import pytest

from domain.words.text import folded, hidden_at, is_one_line, says_something
from domain.words.visible import UNICODE
from tools.visible_characters import TARGET, written

#: Texts that show nothing.
NOTHING = {
    "no characters": "",
    "blanks of all widths": " \t\n\u00a0\u2003\u3000",
    "a zero width space": "\u200b",
    "a byte order mark": "\ufeff",
    "a word joiner": "\u2060",
    "a soft hyphen": "\u00ad",
    "fillers of Hangul": "\u3164\u115f\u1160\uffa0",
    "Braille without a dot": "\u2800",
    "marks of direction": "\u202e\u202c\u2066\u2069\u061c",
    "joiners": "\u200d\u200c\u034f",
    "selectors of variations": "\ufe0f\U000e0100\u180b",
    "tags": "\U000e0041\U000e007f",
    "controls": "\x01\x1b\x7f\x85",
    "separators": "\u2028\u2029",
    "private use": "\ue000\U000f0000\U0010fffd",
    "nothing assigned": "\u0378\U0003ffff\U000e0fff",
    "no character at all": "\ufffe\ufdd0",
    "half a pair": "\ud800",
    "an object that was lost": "\ufffc",
    "an accent on nothing": "\u0301",
    "several of these": " \u200b\u3164\ufeff\n",
}


class TestAText:
    @pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING)
    def test_that_shows_nothing_says_nothing(self, text: str):
        """A ticket was closed on it."""
        assert not says_something(text)

    @pytest.mark.parametrize(
        "text",
        ["0", ".", "？", "中", "é", "e\u0301", "𠮷", "ก", "हि", "🔥", "👩\u200d🔧", "❤\ufe0f", "1\ufe0f\u20e3", "🇨🇳"],
    )
    def test_that_shows_one_character_says_something(self, text: str):
        """A letter of any script, a digit, a sign, a picture."""
        assert says_something(text)

    @pytest.mark.parametrize("hidden", NOTHING.values(), ids=NOTHING)
    def test_says_no_less_for_what_hides_in_it(self, hidden: str):
        """Pictures of people are joined by it, and Arabic is written with it."""
        assert says_something(f"{hidden}好{hidden}")

    def test_that_says_something_does_so_in_one_form_of_its_characters_too(self):
        """What the registry folds is looked at afterwards."""
        lost = [code for code in range(0x110000) if says_something(chr(code)) and not folded(chr(code))]
        assert lost == []


class TestTheTable:
    def test_is_what_the_tool_writes_where_the_interpreter_knows_the_same_unicode(self):
        """With another one it stays as it is, for replays ask for it."""
        if unicodedata.unidata_version != UNICODE:
            pytest.skip(f"this interpreter knows Unicode {unicodedata.unidata_version}")
        assert TARGET.read_text() == written()


class TestWhatHides:
    """It turns, breaks or joins what is seen, and nobody sees it."""

    @pytest.mark.parametrize(
        "hidden",
        [
            "\x00", "\x07", "\x1b", "\x7f", "\x85", "\u200b", "\u200f", "\u202a", "\u202e", "\u2066", "\u2069",
            "\u2028", "\u2029", "\ufeff", "\ud800", "\u00ad", "\u2060", "\u180e", "\U000e0041", "\u200d", "\r",
        ],
    )  # fmt: skip
    def test_is_found_where_it_stands(self, hidden: str):
        assert [hidden_at(text) for text in (f"机{hidden}房", hidden, f"👩{hidden}房")] == [1, 0, 1]

    @pytest.mark.parametrize(
        "text", ["👩\u200d🔧", "❤\ufe0f\u200d🔥", "🏳\ufe0f\u200d🌈", "一\n二\t三\r\n四", "é", "हि", "𠮷"]
    )
    def test_is_nothing_of_what_people_type(self, text: str):
        assert hidden_at(text) is None

    def test_ends_no_line_in_a_name(self):
        assert [is_one_line(text) for text in ("王工", "王\n工", "王\t工", "王\r\n工")] == [True, False, False, False]

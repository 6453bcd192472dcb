"""Text: one form of the characters, so that the same word is the same text wherever it was copied from."""

import re
import unicodedata
from bisect import bisect

from domain.words.label import Label
from domain.words.visible import RANGES

#: What is wrong with a text that `says_something` denies.
NOTHING_TO_READ = Label("须有可见的文字", "must hold something that can be read")

#: Radicals that texts taken from PDF have in the place of characters, where NFKC knows no or another character.
_SIMPLIFIED = "⼾户⻅见⻉贝⻋车⻓长⻔门⻙韦⻚页⻛风⻜飞⻢马⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙"
_RADICALS = str.maketrans(_SIMPLIFIED[::2], _SIMPLIFIED[1::2])

#: Where visible characters begin and end, in turn.
_EDGES = [int(code, 16) + after for each in RANGES.split() for after, code in enumerate(each.split("-"))]


def folded(text: str) -> str:
    """The text in one form of its characters, trimmed: 用户 in Kangxi radicals is 用户 (001-00)."""
    return unicodedata.normalize("NFKC", text.translate(_RADICALS)).strip()


#: What stands between letters and characters: punctuation, symbols, blanks of ASCII, Latin, Chinese and full width.
_MARKS_AT = """
20-2f 3a-40 5b-60 7b-bf 2000-206f 2190-2bff 3000-3020 fe30-fe6f ff00-ff0f ff1a-ff20 ff3b-ff40 ff5b-ff65 ffe0-ffee
"""
_MARKS = [int(code, 16) + after for each in _MARKS_AT.split() for after, code in enumerate(each.split("-"))]


def letters(text: str) -> int:
    """How many letters, digits and characters a reader sees in it, marks and blanks left out."""
    return sum(says_something(one) and not bisect(_MARKS, ord(one)) % 2 for one in text)


def says_something(text: str) -> bool:
    """Whether a reader can see any of it: what is blank, hidden, private or unassigned is no text."""
    return any(bisect(_EDGES, ord(character)) % 2 for character in text)


#: An emoji, or what makes one of the sign before it: between two of them a joiner is seen.
_EMOJI = "\U0001f000-\U0001faff\u2600-\u27bf"
#: What nobody sees though it does something: controls but for the end of a line and tabs, marks of direction, joiners
#: and blanks of no width, separators of lines, invisible signs and tags, halves of pairs.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
    f"|\r(?!\n)|(?<![{_EMOJI}\ufe0f])\u200d|\u200d(?![{_EMOJI}])"
)
_LINES = re.compile(r"[\t\r\n]")


def without_hidden(text: str) -> str:
    """The text without what hides something or turns what follows: of what nobody can be asked to write anew."""
    return _HIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def hidden_at(text: str) -> int | None:
    """Where the first character stands that hides something or turns what follows; None: there is none."""
    found = _HIDDEN.search(text)
    return found.start() if found else None


def is_one_line(text: str) -> bool:
    """Whether it neither ends a line nor holds a tab: it is printed in lists, mails and file names."""
    return not _LINES.search(text)

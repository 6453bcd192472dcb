"""Write domain/words/visible.py from the interpreter's Unicode tables: the characters that a reader can see.

Run by hand, and only for an edition of what counts as text: ``python -m tools.visible_characters``.
"""

import sys
import textwrap
import unicodedata
from pathlib import Path

TARGET = Path(__file__).parent.parent / "domain" / "words" / "visible.py"

#: Letters, numbers, punctuation, symbols. A mark is seen on one of these; the rest is unseen, private or unassigned.
_SEEN = "LNPS"
#: Among them, yet blank: the fillers of Hangul, Braille without a dot, the place of an object that was lost, a note
#: without a head, the blanks of hieroglyphs.
_BLANK = frozenset({0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0, 0xFFFC, 0x1D159, 0x13441, 0x13442})


def written() -> str:
    """The module."""
    texts = " ".join(f"{first:x}-{last:x}" for first, last in _ranges())
    return f'''"""Visible characters: those of Unicode {unicodedata.unidata_version}, whatever the interpreter knows.

Written by ``python -m tools.visible_characters``. Replays ask for it: it changes by an edition, not by an upgrade.
"""

UNICODE = "{unicodedata.unidata_version}"

#: The first and the last character of each range, in hexadecimal.
RANGES = """
{textwrap.fill(texts, 118, break_on_hyphens=False)}
"""
'''


def _ranges() -> list[tuple[int, int]]:
    edges = [code for code in range(sys.maxunicode + 2) if _is_seen(code) != _is_seen(code - 1)]
    return [(first, after - 1) for first, after in zip(edges[::2], edges[1::2], strict=True)]


def _is_seen(code: int) -> bool:
    return 0 <= code <= sys.maxunicode and unicodedata.category(chr(code))[0] in _SEEN and code not in _BLANK


def main() -> None:
    """Replace the file."""
    TARGET.write_text(written(), encoding="utf-8")


if __name__ == "__main__":
    main()

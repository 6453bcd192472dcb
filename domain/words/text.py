"""Text: one form of the characters, so that the same word is the same text wherever it was copied from."""

import unicodedata

#: Radicals that texts taken from PDF have in the place of characters, where NFKC knows no or another character.
_SIMPLIFIED = "⼾户⻅见⻉贝⻋车⻓长⻔门⻙韦⻚页⻛风⻜飞⻢马⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙"
_RADICALS = str.maketrans(_SIMPLIFIED[::2], _SIMPLIFIED[1::2])


def folded(text: str) -> str:
    """The text in one form of its characters, trimmed: 用户 in Kangxi radicals is 用户 (001-00)."""
    return unicodedata.normalize("NFKC", text.translate(_RADICALS)).strip()

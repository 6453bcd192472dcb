"""Decoding: the cells of a CSV file as text, and which of them cannot be told.

GB 18030 reads almost anything: UTF-8, Big5 and Western text come out of it as other characters. So a cell counts as
read only where its text is plausible and no other encoding reads it as well; what could be either is refused.
"""

import re
from collections.abc import Sequence

from domain.words.label import Label
from store.imports.faults import Cell

_UNTOLD = Label(
    "无法确定文字：按 {encoding} 读不通，或与文件其他部分的编码不同；请在 Excel 中另存为“CSV UTF-8（逗号分隔）”",
    "cannot be told for certain: it is not in {encoding}, or not in the encoding of the rest; save as CSV UTF-8",
)
_NOT_UTF_8, _NOT_GB_18030 = (_UNTOLD.filled(encoding=encoding) for encoding in ("UTF-8", "GB 18030"))

#: What people in China write: characters, their punctuation and numerals, full-width forms, ASCII.
_CHINESE = re.compile(
    "[\x09-\x7e·×—‘’“”…№℃\u2160-\u217f\u2460-\u249b\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff01-\uffe5"
    "\U00020000-\U0003ffff]*"
)
#: Accented letters at an ASCII letter, as in José: nobody writes a Chinese character there.
_LATIN = re.compile("(?:[\x00-\x7f]|(?<=[A-Za-z])[·À-ÖØ-öø-ɏ]++|[·À-ÖØ-öø-ɏ]++(?=[A-Za-z]))*+")
#: The same in one byte a letter, as Western Windows writes it: alone, or two between letters as in Conceição.
_WESTERN = re.compile(rb"(?:[\x00-\x7f]|[\x80-\xff](?![\x80-\xff0-9])|(?<=[A-Za-z])[\xc0-\xff]{2}(?=[A-Za-z]))*+")
#: From here on Big5 keeps characters that are rare.
_RARE_IN_BIG5 = b"\xc9"
#: Four of five people begin with one of these, simplified or traditional: they tell names from chance. Without 龙
#: and 韓, which are the same bytes.
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟万段雷钱汤尹黎易常武乔贺赖龚文"
    "張劉陳楊趙黃吳孫馬羅鄭謝馮蕭鄧許呂蘇盧蔣賈葉閻鍾譚鄒陸顧萬錢湯喬賀賴龔"
)


def decoded(rows: Sequence[Sequence[bytes]], *, marked: bool) -> list[list[Cell]]:
    """The rows as text, in UTF-8 if they are marked so or most of them is, else in GB 18030."""
    foreign = [cell for row in rows for cell in row if not cell.isascii()]
    broken = sum(_text(cell, "utf-8") is None for cell in foreign)
    if marked or not broken or sum(map(_is_utf_8, foreign)) >= broken:
        return [[_of_utf_8(cell, marked=marked) for cell in row] for row in rows]
    likelier = [_likelier(row) for row in rows]
    sure = "gb18030" in likelier
    return [
        [_of_gb_18030(cell) if cell.isascii() or (sure and encoding != "big5") else _NOT_GB_18030 for cell in row]
        for row, encoding in zip(rows, likelier, strict=True)
    ]


def _text(cell: bytes, encoding: str) -> str | None:
    try:
        return cell.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_utf_8(cell: bytes) -> bool:
    """Whether no other encoding is likely: Chinese in three bytes a character, or accents in a Latin word."""
    text = _text(cell, "utf-8")
    if text is None or text.isascii():
        return False
    return bool(_LATIN.fullmatch(text) or (max(text) > "\u07ff" and _CHINESE.fullmatch(text)))


def _of_utf_8(cell: bytes, *, marked: bool) -> Cell:
    text = _text(cell, "utf-8")
    if text is None:
        return _NOT_UTF_8
    if marked or text.isascii() or _is_utf_8(cell):
        return text
    # 谭 in GB 18030 is a letter of UTF-8 too.
    return _NOT_UTF_8 if isinstance(_of_gb_18030(cell), str) else text


def _of_gb_18030(cell: bytes) -> Cell:
    if cell.isascii():
        return cell.decode()
    text = _text(cell, "gb18030")
    if text is None or _is_utf_8(cell) or _WESTERN.fullmatch(cell) or not _CHINESE.fullmatch(text):
        return _NOT_GB_18030
    # Nobody's name is of rare characters alone; what other encodings make here often is.
    return _NOT_GB_18030 if _rare(text) == len(text) > 1 else text


def _likelier(row: Sequence[bytes]) -> str | None:
    """The encoding that makes more sense of a row, if one does: more surnames, then fewer rare characters."""
    in_gb_18030 = [text for text in map(_of_gb_18030, row) if isinstance(text, str)]
    in_big5 = [text for text in (_text(cell, "big5") for cell in row) if text is not None]
    if len(in_big5) < len(row):
        return "gb18030"
    sense = (_named(in_gb_18030), -sum(map(_rare, in_gb_18030)))
    other = (_named(in_big5), -sum(map(_rare_in_big5, in_big5)))
    if sense == other:
        return None
    return "gb18030" if sense > other else "big5"


def _named(texts: Sequence[str]) -> int:
    """How many cells begin as names do."""
    return sum(text[:1] in _SURNAMES for text in texts)


def _rare(text: str) -> int:
    """How many characters there are beyond the six thousand of GB 2312."""
    # Python's has another dot and another dash.
    known = text.replace("·", "").replace("—", "")
    return len(known) - len(known.encode("gb2312", "ignore").decode("gb2312"))


def _rare_in_big5(text: str) -> int:
    return sum(char.encode("big5") >= _RARE_IN_BIG5 for char in text)

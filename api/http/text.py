"""Text: what no part of a request may hold, wherever it stands."""

from domain.words.label import Label
from domain.words.text import hidden_at

_NUL = Label("不允许空字符（NUL）", "NUL characters are not allowed")
_SURROGATE = Label("含有无法编码的字符（孤立代理项）", "holds a lone surrogate, which no text can hold")
_HIDDEN = Label(
    "第 {place} 个字符（{code}）看不见或改变文字方向，请删除",
    "holds a character that hides or turns what follows, {code} at place {place}; remove it",
)


def fault(text: str) -> Label | None:
    """What makes the text impossible to store, or another than it looks; None: nothing. All else is kept as it is."""
    wrong, at = unstorable(text), hidden_at(text)
    return wrong or (None if at is None else _HIDDEN.filled(place=at + 1, code=f"U+{ord(text[at]):04X}"))


def unstorable(text: str) -> Label | None:
    """What makes the text impossible to store; None: nothing."""
    if "\x00" in text:
        return _NUL
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE
    return None

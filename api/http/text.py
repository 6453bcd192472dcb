"""Text: what no part of a request may hold, wherever it stands."""

from domain.words.label import Label

_NUL = Label("不允许空字符（NUL）", "NUL characters are not allowed")
_SURROGATE = Label("含有无法编码的字符（孤立代理项）", "holds a lone surrogate, which no text can hold")


def fault(text: str) -> Label | None:
    """What makes the text impossible to store; None: nothing. Everything else is kept as it is."""
    if "\x00" in text:
        return _NUL
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE
    return None

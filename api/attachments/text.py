"""Text: what terminals, devices and people write, in whatever encoding, and never a page or a script."""

import codecs
import re
from pathlib import Path

#: The controls that text has none of. Terminals write bells, backspaces, colours and other alphabets; DOS an end.
_UNWRITTEN = bytes(set(range(32)) - {*range(7, 16), 26, 27})
#: A page or a drawing, if the text begins with it: quoted further on it is what a log tells.
_PAGE = re.compile(
    rb"(?>\s|<\?xml.*?\?>|<!--.*?-->)*+"
    rb"<(?:\?php|!doctype\s+(?:html|svg)|(?:[\w.-]+:)?(?:html|head|body|script|iframe|svg)(?![\w.-]))",
    re.IGNORECASE | re.DOTALL,
)


def is_text(path: Path) -> bool:
    """Without control characters that nobody writes, no page, no script of a shell.

    The encoding is not asked for: one log often holds several, and its cut ends half a character.
    """
    try:
        content = _in_bytes(path.read_bytes())
    except UnicodeDecodeError:
        return False
    is_written = len(content.translate(None, _UNWRITTEN)) == len(content)
    return is_written and not content.startswith(b"#!") and not _PAGE.match(content)


def _in_bytes(content: bytes) -> bytes:
    """As it is, but without a mark of order, and UTF-16 in UTF-8: of no other encoding are control bytes a part."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return codecs.getincrementaldecoder("utf-16")().decode(content).encode()
    return content.removeprefix(codecs.BOM_UTF8)

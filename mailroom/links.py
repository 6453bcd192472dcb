"""Links: what opens one is nobody's to read but its holder's, and comes back in what a mail quotes or hands on."""

import codecs
import re

#: `/a/` and 256 random bits, as they stand in our letters or in an address that leads there by another; a program may
#: have broken the line within.
_LONG = 43
_OPENS = re.compile(
    rf"((?:\\?/|%2F)a(?:\\?/|%2F))([\w-]{{{_LONG},}}|[\w-]{{1,{_LONG - 1}}}=?\r?\n[>\s]*[\w-]{{1,{_LONG - 1}}})",
    re.IGNORECASE | re.ASCII,
)
_BROKEN = re.compile(r"[>\s=]")
_OF_ONE = re.compile(r"[\w-]", re.ASCII)
_WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def without_links(text: str) -> str:
    """The text, in which nothing opens a link any more."""
    return _OPENS.sub(_struck_out, text)


def without_links_inside(content: bytes) -> bytes:
    """A file, of whatever type, in which nothing that is not packed opens a link; it is as long as it was."""
    charset = _WIDE.get(content[:2], "latin-1")
    try:
        return _OPENS.sub(_blotted, content.decode(charset)).encode(charset)
    except UnicodeError:
        return content


def _struck_out(found: re.Match[str]) -> str:
    return f"{found[1]}***" if _is_one(found) else found[0]


def _blotted(found: re.Match[str]) -> str:
    return found[1] + _OF_ONE.sub("*", found[2]) if _is_one(found) else found[0]


def _is_one(found: re.Match[str]) -> bool:
    return len(_BROKEN.sub("", found[2])) >= _LONG

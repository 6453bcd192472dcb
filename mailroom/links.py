"""Links: what opens one is nobody's to read but its holder's, and comes back in what a mail quotes or hands on."""

import re

#: `/a/` and 256 random bits, as they stand in our letters or in an address that leads there by another; a program may
#: have broken the line within.
_LONG = 43
_OPENS = re.compile(
    rf"((?:/|%2F)a(?:/|%2F))([\w-]{{{_LONG},}}|[\w-]{{1,{_LONG - 1}}}\n[>\s]*[\w-]{{1,{_LONG - 1}}})",
    re.IGNORECASE | re.ASCII,
)
_BROKEN = re.compile(r"[>\s]")


def without_links(text: str) -> str:
    """The text, in which nothing opens a link any more."""
    return _OPENS.sub(_struck_out, text)


def _struck_out(found: re.Match[str]) -> str:
    is_one = len(_BROKEN.sub("", found[2])) >= _LONG
    return f"{found[1]}***" if is_one else found[0]

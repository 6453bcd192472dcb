"""Vouching: whether a server that we trust says that a mail comes from the domain that it names (RFC 8601).

Whoever writes a mail writes its headers. What a trusted server says counts only where that server removes what others
have said in its name, as it must.
"""

import re
from collections.abc import Collection, Iterable, Iterator

_COMMENT = re.compile(r"\([^()]*\)")
_PASSED = re.compile(r"^\s*(dmarc|dkim|spf)\s*=\s*pass\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(header\.from|header\.d|header\.i|smtp\.mailfrom|smtp\.helo)\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE
)
#: Of which domain each way of proving speaks.
_NAMES = {"dmarc": ("header.from",), "dkim": ("header.d", "header.i"), "spf": ("smtp.mailfrom",)}


def is_vouched(results: Iterable[str], sender: str, trusted: Collection[str]) -> bool:
    """Whether the newest word of a trusted server vouches for the domain of the sender's address.

    Args:
        results: what the mail has as ``Authentication-Results``, newest first.
        trusted: by which names servers of ours say it.
    """
    domain = sender.rpartition("@")[2].lower()
    if not domain:
        return False
    for result in results:
        server, _, said = _COMMENT.sub(" ", result).partition(";")
        if server.split() and server.split()[0].lower() in trusted:
            return any(_is_of(domain, proven) for proven in _proven(said))
    return False


def _proven(said: str) -> Iterator[str]:
    """The domains that it was proven to come from."""
    for each in said.split(";"):
        if way := _PASSED.match(each):
            about = {name.lower(): value.lower() for name, value in _ABOUT.findall(each)}
            yield from (about[name].rpartition("@")[2] for name in _NAMES[way[1].lower()] if name in about)


def _is_of(domain: str, proven: str) -> bool:
    """Whether it is that domain, or one below it."""
    return "." in proven and (domain == proven or domain.endswith(f".{proven}"))

"""Vouching: whether a server that we trust says that a mail comes from the domain that it names (RFC 8601).

Whoever writes a mail writes its headers. What a trusted server says counts only where that server removes what others
have said in its name, as it must. What it says repeats what the sender's side has chosen: addresses, names of domains,
in quotes, in comments and bare. Nothing of that is ever read as a word of the server's own.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

_PIECE = re.compile(r'"(?P<quoted>(?:[^"\\]|\\.)*)"|\\.|[()]|[^"\\()]+', re.DOTALL)
#: What is the same without its quotes; anything else that was quoted, or a comment, stands as a mark in no name.
_SAME = re.compile(r"[A-Za-z0-9.@_+-]*")
_MARK = '"'
_PASSED = re.compile(r"^\s*(dmarc|dkim|spf)\s*=\s*pass(?![^\s\"])", re.IGNORECASE)
_ABOUT = re.compile(r"(?<!\S)(header\.from|header\.d|header\.i|smtp\.mailfrom)\s*=\s*(\S+)", re.IGNORECASE)
#: Of which domain each way of proving speaks.
_NAMES = {"dmarc": ("header.from",), "dkim": ("header.d", "header.i"), "spf": ("smtp.mailfrom",)}


def is_vouched(results: Iterable[str], sender: str, trusted: Collection[str]) -> bool:
    """Whether the newest word of a trusted server vouches for the domain of the sender's address.

    Args:
        results: what the mail has as ``Authentication-Results``, newest first, as it came: nothing of it decoded.
        trusted: by which names servers of ours say it.
    """
    domain = sender.rpartition("@")[2].lower()
    if not domain:
        return False
    for result in results:
        server, _, said = (_bare(result) or "").partition(";")
        if server.split() and server.split()[0].lower() in trusted:
            return any(_is_of(domain, proven) for proven in _proven(said))
    return False


def _bare(result: str) -> str | None:
    """What it says outside quotes and comments, which are marks; None: one of them has no end."""
    said: list[str] = []
    depth = end = 0
    for piece in _PIECE.finditer(result):
        depth += (piece[0] == "(") - (piece[0] == ")")
        if piece.start() != end or depth < 0:
            return None
        end = piece.end()
        if piece[0] in "()":
            said.append(_MARK)
        elif not depth:
            said.append(_unquoted(piece))
    return "".join(said) if end == len(result) and depth == 0 else None


def _unquoted(piece: re.Match[str]) -> str:
    quoted = piece["quoted"]
    if quoted is None:
        return _MARK if piece[0].startswith("\\") else piece[0]
    return quoted if _SAME.fullmatch(quoted) else _MARK


def _proven(said: str) -> Iterator[str]:
    """The domains that it was proven to come from."""
    for each in said.split(";"):
        if way := _PASSED.match(each):
            found = [(name.lower(), value.lower()) for name, value in _ABOUT.findall(each)]
            times = Counter(name for name, _ in found)
            names = _NAMES[way[1].lower()]
            yield from (value.rpartition("@")[2] for name, value in found if name in names and times[name] == 1)


def _is_of(domain: str, proven: str) -> bool:
    """Whether it is that domain, or one below it."""
    return "." in proven and _MARK not in proven and (domain == proven or domain.endswith(f".{proven}"))

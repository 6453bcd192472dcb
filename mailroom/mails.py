"""A mail, as it was taken apart: who seems to have written it, what they say, and what they sent along."""

import re
from dataclasses import dataclass

from mailroom.sorting import Noise

#: What mail programs put before the subject of an answer, or of what they hand on.
_HANDED_ON = re.compile(r"^\s*(fwd?|转发|轉寄)\s*[:：]", re.IGNORECASE)
_BOTH = re.compile(r"^\s*((re|aw|sv|fwd?|回复|答复|回覆|转发|轉寄)(\[\d+\]|\(\d+\))?\s*[:：]\s*)+", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\d-])(1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}[ -]\d{7,8}|400[ -]?\d{3}[ -]?\d{4})(?!\d)")


@dataclass(frozen=True, slots=True)
class File:
    """What was sent along. ``stated``: the type that the sender's program states."""

    name: str
    stated: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail.

    Attributes:
        sender: the address that it says it comes from; empty: none, or several.
        name: what its sender is called there.
        vouched: a server that we trust says that it comes from the domain of that address.
        said: what is written in it; ``signature``: what stands below; ``quoted``: what is not its sender's own.
        refers: the ids of the mails that it answers, the nearest first.
        lacking: what was sent along and could not be read, or was empty, by its name.
        noise: why nobody is to act on it.
        person: whoever wrote it, where a product's account of theirs says so; ``about``: the ticket that it is for.
    """

    id: str
    sender: str
    name: str
    subject: str
    said: str
    signature: str = ""
    quoted: str = ""
    refers: tuple[str, ...] = ()
    files: tuple[File, ...] = ()
    lacking: tuple[str, ...] = ()
    vouched: bool = False
    noise: Noise | None = None
    person: str | None = None
    about: str | None = None

    @property
    def title(self) -> str:
        """Its subject, without what programs put before it."""
        return _BOTH.sub("", self.subject).strip()

    @property
    def is_handed_on(self) -> bool:
        """Whether it hands somebody else's words on: what is quoted is what it is about."""
        return bool(_HANDED_ON.match(self.subject))

    @property
    def whole(self) -> str:
        """All that stands in it: of what nobody knows what it is about, nothing is left out."""
        return "\n\n".join(filter(None, (self.said, self.signature, self.quoted)))

    @property
    def own(self) -> str:
        """What its sender has added to what we know already."""
        return self.whole if self.is_handed_on else self.said

    @property
    def phone(self) -> str | None:
        """Where its sender may be called: a telephone number that they write, below what they say first."""
        found = _PHONE.search(self.signature) or _PHONE.search(self.said)
        return found[0] if found else None

"""Ticket numbers: eight characters that are easy to read out, taken from a hash."""

import re
from collections.abc import Iterator

from domain.words.text import folded

#: Without 0 and O, 1, I and L, and U, which sounds like V on the phone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
_BETWEEN = re.compile(r"[\s-]+")
_HALF = f"[{ALPHABET}]{{{LENGTH // 2}}}"
#: In two halves, as pages show it and people read it out, or in one; of three words each two may be one.
_WRITTEN = re.compile(rf"(?<![A-Z0-9])(?=({_HALF})[\s-]*({_HALF})(?![A-Z0-9]))")


def as_number(typed: str) -> str:
    """What was typed for a ticket's number, as it would be written; perhaps it is none."""
    return _BETWEEN.sub("", folded(typed)).upper()


def numbers_in(text: str) -> list[str]:
    """What may be numbers of tickets in a text, however they are typed."""
    return ["".join(halves) for halves in _WRITTEN.findall(folded(text).upper())]


def numbers(key_hash: str) -> Iterator[str]:
    """The numbers of a key, from its hash in hexadecimal: the first, then those for when another key has it already."""
    left = int(key_hash, 16)
    while left >= len(ALPHABET) ** LENGTH:
        number = ""
        for _ in range(LENGTH):
            left, digit = divmod(left, len(ALPHABET))
            number += ALPHABET[digit]
        yield number

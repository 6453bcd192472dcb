"""Ticket numbers: eight characters that are easy to read out, of a hash of the opener and his key."""

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

#: Without 0 and O, 1, I and L, and U, which sounds like V on the phone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
FORM = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


def hash_of_key(opener: str, key: str) -> str:
    """One opener's key is not another's."""
    return _sha256({"opener": opener, "key": key})


def hash_of_body(body: dict[str, Any]) -> str:
    """The same however the fields are ordered and written; only what was sent counts, nothing filled in."""
    return _sha256(body)


def _sha256(value: dict[str, Any]) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def numbers(key_hash: str) -> Iterator[str]:
    """The numbers of a key: the first one, then those for when another key has it already."""
    left = int(key_hash, 16)
    while left >= len(ALPHABET) ** LENGTH:
        number = ""
        for _ in range(LENGTH):
            left, digit = divmod(left, len(ALPHABET))
            number += ALPHABET[digit]
        yield number

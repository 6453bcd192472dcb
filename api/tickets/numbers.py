"""Ticket numbers on the way in: what they look like, and the hashes that they are taken from."""

import hashlib
import json
import re
from typing import Any

from domain.ticket.numbers import ALPHABET, LENGTH

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

"""Hashes of a key and of a body: by them a repeat of a request is known."""

import hashlib
import json
from typing import Any


def hash_of_key(opener: str, key: str) -> str:
    """One opener's key is not another's."""
    return _sha256({"opener": opener, "key": key})


def hash_of_body(body: dict[str, Any]) -> str:
    """The same however the fields are ordered and written; only what was sent counts, nothing filled in."""
    return _sha256(body)


def _sha256(value: dict[str, Any]) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()

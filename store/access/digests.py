"""Digests: how what opens something is stored. The secrets have 256 random bits, so a plain hash is enough."""

import hashlib
import secrets


def new_secret() -> str:
    """256 random bits, as text for a cookie or a header."""
    return secrets.token_urlsafe(32)


def new_id() -> str:
    """128 random bits: a name that nobody can guess, though it opens nothing."""
    return secrets.token_hex(16)


def digest(secret: str) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()

"""Digests: how what opens something is stored. Secrets have 256 random bits, so a plain hash is enough.

A code that is read out on the telephone has forty bits and lives for minutes: whoever has read the tables pays for
each guess what our own look costs, tens of milliseconds, which is centuries for all codes.
"""

import hashlib
import secrets
import threading


def new_secret() -> str:
    """256 random bits, as text for a cookie or a header."""
    return secrets.token_urlsafe(32)


def new_id() -> str:
    """128 random bits: a name that nobody can guess, though it opens nothing."""
    return secrets.token_hex(16)


def digest(secret: str) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()


#: Of a code that is read out, in digits.
CODE_DIGITS = 12
#: The digest of a code takes 16 MiB: only so many at once.
_digesting = threading.Semaphore(4)


def new_code() -> str:
    """A code that can be read out, as digits."""
    return str(secrets.randbelow(10**CODE_DIGITS)).zfill(CODE_DIGITS)


def is_code(secret: str) -> bool:
    """Whether it has the form of a code that is read out."""
    return len(secret) == CODE_DIGITS and secret.isascii() and secret.isdigit()


def link_digest(token: str) -> str:
    """Of a link's token, or of the code that is read out in its place."""
    if not is_code(token):
        return digest(token)
    with _digesting:
        return hashlib.scrypt(token.encode(), salt=b"zhishou link", n=2**14, r=8, p=1, dklen=32).hex()

"""Secrets that an installation is given: none that can be guessed. What is wrong is said, never the value."""

import re
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from runtime.errors import StartError

SHORTEST = 32
#: Words of examples, in documents everywhere and in ours. None is so short that a random text would hold it.
_EXAMPLE = re.compile(
    r"change.?me|example|sample|placeholder|passw|secret|your.?(own|key|token)|replace|insert|default|postgres|zhishou"
    r"|temporal|qwerty|letmein|1234567"
)
#: Fewer different characters than this are a pattern, not a secret.
_DIFFERENT = 6
_MAKE_ONE = "make one with `openssl rand -hex 32`"
#: The length of what other companies issue is their affair.
_ISSUED_SHORTEST, _COPY_IT = 8, "copy the one that the provider issued"


def refusal(secret: str, *, shortest: int = SHORTEST, way_out: str = _MAKE_ONE) -> str | None:
    """Why the text cannot be a secret, in a sentence that does not repeat it; None: it can.

    Args:
        shortest: characters that it needs; those which other companies issue are shorter than our own.
        way_out: where a better one comes from.
    """
    if len(secret) < shortest:
        return f"is shorter than {shortest} characters; {way_out}"
    if len(set(secret)) < _DIFFERENT or any(secret[part:] == secret[:-part] for part in range(1, len(secret) // 2 + 1)):
        return f"repeats itself; {way_out}"
    if _EXAMPLE.search(secret.lower()):
        return f"is an example that everybody knows; {way_out}"
    return None


def secret_in(file: Path) -> str:
    """What a provider issued and an administrator keeps in a file.

    Raises:
        StartError: the file holds an example.
    """
    secret = file.read_text().strip()
    if reason := refusal(secret, shortest=_ISSUED_SHORTEST, way_out=_COPY_IT):
        raise StartError(f"the secret in {file} {reason}")
    return secret


def _issued(secret: str) -> str:
    """A secret that a provider issued; its length is the provider's affair."""
    if reason := refusal(secret, shortest=_ISSUED_SHORTEST, way_out=_COPY_IT):
        raise PydanticCustomError("secret", "{reason}", {"reason": reason})
    return secret


def _database_url(url: str) -> str:
    """Over a network the password guards all; on a socket of this machine the kernel knows who asks."""
    parts = urlsplit(url)
    reason = refusal(parts.password) if parts.hostname and parts.password else None
    if reason:
        raise PydanticCustomError("secret", "{reason}", {"reason": f"its password {reason}"})
    return url


IssuedSecret = Annotated[str, AfterValidator(_issued)]
DatabaseUrl = Annotated[str, AfterValidator(_database_url)]

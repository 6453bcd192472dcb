"""Whose signature counts, and whether a message has it."""

import base64
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import structlog
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from temporalio import activity
from temporalio.exceptions import ApplicationError

from domain.ticket.commands import Command
from domain.ticket.opening import Opening
from domain.ticket.signing import signed_form
from runtime.signing import trusted_keys

log = structlog.get_logger()

_KEY_ID = re.compile("[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Signatures:
    """Knows the folder of the public keys whose signature counts."""

    keys: Path

    @activity.defn
    def trusted_signers(self) -> dict[str, str]:
        """The public keys, by their ids, that vouch for the sender of a command as of now."""
        return trusted_keys(self.keys)

    @activity.defn
    async def present_signers(self) -> dict[str, str]:
        """The same of a command that has come just now; fails while there are none, and the command waits.

        It reads a few lines of its own machine, in less time than a thread would take to begin.
        """
        if signers := trusted_keys(self.keys):
            return signers
        log.error("no key is trusted here", folder=str(self.keys))
        raise ApplicationError("no key is trusted here", type="NoKeys")


def signer_of(message: Command | Opening) -> str:
    """The id of the key that the message says it is signed with; empty: no key has such an id."""
    signer = message.signature.partition(".")[0]
    return signer if _KEY_ID.fullmatch(signer) else ""


def is_signed(signers: dict[str, str], number: str, message: Command | Opening) -> bool:
    """Whether one of these keys has signed the message to this ticket. Pure: workflows ask it too."""
    key_id, _, signature = message.signature.partition(".")
    if key_id not in signers:
        return False
    try:
        _read(signers[key_id]).verify(base64.b64decode(signature, validate=True), signed_form(number, message))
    except (InvalidSignature, ValueError, OverflowError):
        return False
    return True


@cache
def _read(key: str) -> Ed25519PublicKey:
    """A trusted key, of which an installation has few."""
    return Ed25519PublicKey.from_public_bytes(base64.b64decode(key))

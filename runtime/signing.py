"""The installation's signature: what the API has taken from somebody known is told from what anybody wrote.

Ed25519. The private key stays with those who take commands (API, operator's command line); workers and auditors need
the public keys only.
"""

import base64
import hashlib
import os
import stat
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from domain.ticket.commands import Command
from domain.ticket.opening import Opening
from domain.ticket.signing import signed_form
from runtime.errors import StartError
from runtime.files import private_folder, write_private

_PRIVATE, _PUBLIC = "signing.pem", ".pub"
#: Keys that count no more; what they have signed is on record.
_WITHDRAWN = "withdrawn"

Message = TypeVar("Message", Command, Opening)


class Signer:
    """Signs in the installation's name."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self.key = key
        self.id, _ = _public(key)

    @classmethod
    def of(cls, folder: Path) -> "Signer":
        """The signer whose key is in the folder; the first one makes it.

        Raises:
            StartError: others than its owner may read the key, or it is no key.
        """
        file = private_folder(folder) / _PRIVATE
        if not file.exists():
            _make(folder, first=True)
        if stat.S_IMODE(file.stat().st_mode) & 0o077:
            raise StartError(f"{file} can be read by others; `chmod 600` it, and `zhishou keys rotate` if it was seen")
        key = load_pem_private_key(file.read_bytes(), None)
        if not isinstance(key, Ed25519PrivateKey):
            raise StartError(f"{file} holds no Ed25519 key")
        return cls(key)

    def signed(self, number: str, message: Message) -> Message:
        """The message to the ticket of that number, with our signature."""
        signature = self.key.sign(signed_form(number, message))
        return replace(message, signature=f"{self.id}.{base64.b64encode(signature).decode()}")


def has_key(folder: Path) -> bool:
    """Whether there is a key to sign with."""
    return (folder / _PRIVATE).is_file()


def rotate(folder: Path) -> str:
    """Sign with a new key from now on; what the old ones signed stays valid. Answers the new key's id."""
    return _make(folder, first=False)


def withdraw(folder: Path, key_id: str) -> None:
    """From now on nothing counts that this key has signed and no ticket has decided on.

    Raises:
        StartError: no such key is trusted, or it signs now.
    """
    if key_id not in trusted_keys(folder):
        raise StartError(f"no key {key_id} is trusted; `zhishou keys show` lists those that are")
    if key_id == Signer.of(folder).id:
        raise StartError(f"{key_id} signs now; `zhishou keys rotate` and restart the API first")
    gone = folder / _WITHDRAWN / f"{key_id}{_PUBLIC}"
    private_folder(gone.parent)
    (folder / gone.name).rename(gone)


def trusted_keys(folder: Path) -> dict[str, str]:
    """The public keys, by their ids, whose signature counts: those that lie in the folder."""
    return {file.stem: file.read_text().strip() for file in sorted(folder.glob(f"*{_PUBLIC}"))}


def known_keys(folder: Path) -> dict[str, str]:
    """The public keys, by their ids, that are trusted or were: by them what was decided long ago is verified."""
    return trusted_keys(folder / _WITHDRAWN) | trusted_keys(folder)


def _make(folder: Path, *, first: bool) -> str:
    """A new key; its public half is there before anything can be signed with it."""
    key = Ed25519PrivateKey.generate()
    key_id, public = _public(key)
    write_private(folder / f"{key_id}{_PUBLIC}", public)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    if not first:
        write_private(folder / _PRIVATE, private)
        return key_id
    mine = folder / f"{key_id}.pem"
    write_private(mine, private)
    try:
        os.link(mine, folder / _PRIVATE)  # of two that start at once, one is first
    except FileExistsError:
        (folder / f"{key_id}{_PUBLIC}").unlink()
    mine.unlink()
    return key_id


def _public(key: Ed25519PrivateKey) -> tuple[str, str]:
    raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return hashlib.sha256(raw).hexdigest()[:16], base64.b64encode(raw).decode()

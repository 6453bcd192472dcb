"""Signed notes (C2SP signed-note): a text and below it who signed it, with Ed25519. Read strictly: no byte is free.

Old notes are verified by old keys: whoever verifies is given all keys that count, and each says by its id which it is.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from domain.words.label import Label
from evidence.faults import EvidenceError

ED25519 = b"\x01"
#: A witness's (C2SP tlog-cosignature): it signs the checkpoint together with the time.
COSIGNATURE = b"\x04"
_DASH = "— "
_ID_BYTES, _SIGNATURE_BYTES, _TIME_BYTES = 4, 64, 8
_LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that counts, with its name. ``algorithm``: what it signs notes by."""

    name: str
    raw: bytes
    algorithm: bytes = ED25519

    @property
    def id(self) -> bytes:
        return hashlib.sha256(self.name.encode() + b"\n" + self.algorithm + self.raw).digest()[:_ID_BYTES]

    @property
    def known_by(self) -> tuple[str, bytes]:
        """Its name and its id, which alone has four bytes: a second key with the same is soon found."""
        return self.name, self.id

    @classmethod
    def parse(cls, words: str, algorithm: bytes = ED25519) -> "PublicKey":
        """From its one line, as ``str`` writes it and every tool for signed notes reads it."""
        name, _, rest = words.strip().partition("+")
        id_, _, key = rest.partition("+")
        decoded = unbased(key)
        if not is_name(name) or decoded is None or decoded[:1] != algorithm or len(decoded) != 33:
            raise EvidenceError("key", Label("这不是公钥", "this is no public key of a signed note"))
        found = cls(name, decoded[1:], algorithm)
        if found.id.hex() != id_:
            raise EvidenceError("key", Label("公钥与其编号不符", "the public key does not have the id that it claims"))
        return found

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{based(self.algorithm + self.raw)}"


@dataclass(frozen=True, slots=True)
class Signature:
    """A line below a note: whose it claims to be, and what stands there."""

    name: str
    key_id: bytes
    signature: bytes

    @property
    def claims(self) -> tuple[str, bytes]:
        """By which key it claims to be."""
        return self.name, self.key_id

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {based(self.key_id + self.signature)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text with its signatures, as they stand there; nothing of it is believed yet."""

    text: str
    signatures: tuple[Signature, ...]

    @classmethod
    def parse(cls, data: bytes) -> "Note":
        """Strictly: writing it again gives the same bytes.

        Raises:
            EvidenceError: it is no signed note.
        """
        try:
            whole = data.decode()
        except UnicodeDecodeError:
            raise _no_note() from None
        text, blank, below = whole.rpartition("\n\n")
        lines = below.split("\n")
        if not blank or lines.pop() or not lines or any(ord(sign) < 32 and sign != "\n" for sign in whole):
            raise _no_note()
        note = cls(text + "\n", tuple(map(_signature, lines)))
        if bytes(note) != data:
            raise _no_note()
        return note

    def __bytes__(self) -> bytes:
        return (self.text + "\n" + "".join(map(str, self.signatures))).encode()

    def signed_by(self, keys: Iterable[PublicKey]) -> list[PublicKey]:
        """Those of the keys whose signatures stand there and hold; lines of strangers are passed over.

        Raises:
            EvidenceError: a line claims to be of one of the keys and is not, or is there twice.
        """
        known = {key.known_by: key for key in keys}
        found: list[PublicKey] = []
        for line in self.signatures:
            key = known.get(line.claims)
            if key is None:
                continue
            if key in found or not _holds(key, line.signature, self.text):
                false = Label(f"{key.name} 的签名不成立", f"the signature of {key.name} is false")
                raise EvidenceError("signature", false)
            found.append(key)
        return found


def _no_note() -> EvidenceError:
    return EvidenceError("signature", Label("这不是签名的文本", "this is no signed note"))


def sign(text: str, name: str, *keys: Ed25519PrivateKey) -> bytes:
    """The text, signed in that name with each of the keys."""
    if not is_name(name) or not text.endswith("\n"):
        raise ValueError(f"{name!r} cannot sign, or the text does not end with its line")
    signatures = [Signature(name, public(name, key).id, key.sign(text.encode())) for key in keys]
    return bytes(Note(text, tuple(signatures)))


def cosign(text: str, name: str, key: Ed25519PrivateKey, at: int) -> Signature:
    """A witness's line below a checkpoint: what it saw, and when, in seconds since 1970."""
    time = at.to_bytes(_TIME_BYTES)
    return Signature(name, public(name, key, COSIGNATURE).id, time + key.sign(_cosigned(text, time)))


def public(name: str, key: Ed25519PrivateKey, algorithm: bytes = ED25519) -> PublicKey:
    """The public half, in that name."""
    return PublicKey(name, key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw), algorithm)


def is_name(name: str) -> bool:
    """Whether a key can be called that."""
    plain = not any(sign.isspace() or sign == "+" or ord(sign) < 32 for sign in name)
    return bool(name) and plain and len(name.encode()) <= _LONGEST_NAME


def based(raw: bytes) -> str:
    """In base64."""
    return base64.b64encode(raw).decode()


def unbased(words: str) -> bytes | None:
    """From base64, of which each value has one writing only; None: it is none."""
    try:
        raw = base64.b64decode(words, validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if based(raw) == words else None


def _signature(line: str) -> Signature:
    name, _, rest = line.removeprefix(_DASH).partition(" ")
    decoded = unbased(rest)
    if not line.startswith(_DASH) or not is_name(name) or decoded is None or len(decoded) <= _ID_BYTES:
        raise _no_note()
    return Signature(name, decoded[:_ID_BYTES], decoded[_ID_BYTES:])


def _cosigned(text: str, time: bytes) -> bytes:
    return f"cosignature/v1\ntime {int.from_bytes(time)}\n{text}".encode()


def _holds(key: PublicKey, line: bytes, text: str) -> bool:
    time, signature = (line[:_TIME_BYTES], line[_TIME_BYTES:]) if key.algorithm == COSIGNATURE else (b"", line)
    if len(signature) != _SIGNATURE_BYTES:
        return False
    try:
        said = _cosigned(text, time) if time else text.encode()
        Ed25519PublicKey.from_public_bytes(key.raw).verify(signature, said)
    except (InvalidSignature, ValueError):
        return False
    return True

"""Checkpoints (C2SP tlog-checkpoint): how large a log is and what its root is, in a signed note."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from domain.words.label import Label
from evidence import notes
from evidence.faults import EvidenceError
from evidence.merkle import HASH_BYTES
from evidence.notes import Note, PublicKey

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A state of a log.

    Attributes:
        origin: which log; the name in which its keys sign.
        extensions: further lines, which we pass on and do not read.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Strictly, from the text of a note.

        Raises:
            EvidenceError: it is none.
        """
        *lines, end = text.split("\n")
        if end or len(lines) < 3 or not all(lines):
            raise _none()
        origin, size, root, *extensions = lines
        hashed = notes.unbased(root)
        if not _SIZE.fullmatch(size):
            raise _none()
        if hashed is None or len(hashed) != HASH_BYTES or not notes.is_name(origin):
            raise _none()
        return cls(origin, int(size), hashed, tuple(extensions))

    def __str__(self) -> str:
        return "".join(f"{line}\n" for line in (self.origin, self.size, notes.based(self.root), *self.extensions))


def sign(checkpoint: Checkpoint, *keys: Ed25519PrivateKey) -> bytes:
    """Signed as the log."""
    return notes.sign(str(checkpoint), checkpoint.origin, *keys)


def opened(data: bytes, keys: Iterable[PublicKey]) -> Checkpoint:
    """The checkpoint, once one of the log's own keys has signed it; what others have signed beside it does not matter.

    Raises:
        EvidenceError: it is none, or none of these keys has signed it as its log.
    """
    note = Note.parse(data)
    checkpoint = Checkpoint.parse(note.text)
    if not any(key.name == checkpoint.origin for key in note.signed_by(keys)):
        unknown = Label("检查点没有已知密钥的签名", "the checkpoint is signed by no key that is known")
        raise EvidenceError("checkpoint", unknown)
    return checkpoint


def _none() -> EvidenceError:
    return EvidenceError("checkpoint", Label("这不是日志的检查点", "this is no checkpoint of a log"))

"""A witness (C2SP tlog-witness): on a machine of somebody else's, it cosigns what only grows, and nothing else.

For each log it keeps the last state that it has signed, and signs a later one once a proof shows that this continues
it. So whoever has a log's key cannot show different pasts to different people. It runs without the parts of a server.
"""

import hashlib
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR, socket

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from evidence import merkle, notes
from evidence.checkpoint import Checkpoint
from evidence.faults import EvidenceError
from evidence.notes import COSIGNATURE, Note, PublicKey
from evidence.shelf import Folder

#: Where a log asks, below the witness's address.
PATH = "add-checkpoint"
SIZE_TYPE = "text/x.tlog.size"
_KEY = "key"
#: Hashes that a proof may have, and bytes of what is asked.
_LONGEST_PROOF, _LARGEST = 63, 64 * 1024
#: Somebody who is silent so long has gone.
_PATIENCE_S = 10
#: Connections at a time, and how long each may take in all.
AT_A_TIME, WHOLE_S = 32, 30.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What the witness says: a status of HTTP, and the cosignature or the size that it knows."""

    status: HTTPStatus
    body: str = ""
    kind: str = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to cosign: the size from which the proof leads, the proof, the signed checkpoint."""

    old: int
    proof: Sequence[bytes]
    note: bytes

    @classmethod
    def parse(cls, body: bytes) -> "Asked":
        """Strictly.

        Raises:
            EvidenceError, ValueError: it is no such request.
        """
        head, blank, note = body.partition(b"\n\n")
        first, *lines = head.decode("ascii").split("\n")
        word, _, size = first.partition(" ")
        proof = [notes.unbased(line) for line in lines]
        if word != "old" or not blank or str(int(size)) != size or int(size) < 0 or len(proof) > _LONGEST_PROOF:
            raise ValueError("no request to cosign")
        if any(each is None or len(each) != merkle.HASH_BYTES for each in proof):
            raise ValueError("no proof")
        return cls(int(size), [each for each in proof if each], note)

    def __bytes__(self) -> bytes:
        return "".join(f"{line}\n" for line in (f"old {self.old}", *map(notes.based, self.proof))).encode() + (
            b"\n" + self.note
        )


@dataclass(frozen=True, slots=True)
class Witness:
    """Cosigns for the logs whose keys it knows.

    Attributes:
        folder: where its key lies, and what it has signed last of each log.
        now: seconds since 1970.
    """

    name: str
    folder: Folder
    logs: Sequence[PublicKey]
    now: Callable[[], float] = time.time

    @property
    def key(self) -> Ed25519PrivateKey:
        """Its own; the first one makes it."""
        with self.folder.alone():
            try:
                return Ed25519PrivateKey.from_private_bytes(self.folder.get(_KEY))
            except KeyError:
                made = Ed25519PrivateKey.generate()
                self.folder.put(_KEY, made.private_bytes_raw())
                return made

    @property
    def public(self) -> PublicKey:
        """By which its cosignatures are verified."""
        return notes.public(self.name, self.key, COSIGNATURE)

    def answer(self, body: bytes) -> Answer:
        """Cosign, or refuse as the standard says."""
        try:
            asked = Asked.parse(body)
            note = Note.parse(asked.note)
            state = Checkpoint.parse(note.text)
        except (EvidenceError, ValueError):
            return Answer(HTTPStatus.BAD_REQUEST, "this is no request to cosign\n")
        keys = [key for key in self.logs if key.name == state.origin]
        if not keys:
            return Answer(HTTPStatus.NOT_FOUND, "this log is not known here\n")
        if not _signed_by(note, keys):
            return Answer(HTTPStatus.FORBIDDEN, "no known key of the log has signed this\n")
        key = self.key
        with self.folder.alone():
            return self._judged(asked, state) or self._signed(note, state, key)

    def _judged(self, asked: Asked, state: Checkpoint) -> Answer | None:
        """Why it is not signed; None: it is."""
        if asked.old > state.size:
            return Answer(HTTPStatus.BAD_REQUEST, "the proof leads from a later state\n")
        known = self._known(state.origin)
        size, root = (known.size, known.root) if known else (0, merkle.EMPTY)
        if asked.old != size or (state.size == size and state.root != root):
            return Answer(HTTPStatus.CONFLICT, f"{size}\n", SIZE_TYPE)
        if not merkle.continues(root, size, state.root, state.size, asked.proof):
            return Answer(HTTPStatus.UNPROCESSABLE_ENTITY, "it does not continue what was signed before\n")
        return None

    def _known(self, origin: str) -> Checkpoint | None:
        try:
            return Checkpoint.parse(Note.parse(self.folder.get(_place(origin))).text)
        except KeyError:
            return None

    def _signed(self, note: Note, state: Checkpoint, key: Ed25519PrivateKey) -> Answer:
        """What it signs is safe on its disk before anybody has the signature."""
        line = notes.cosign(note.text, self.name, key, int(self.now()))
        self.folder.put(_place(state.origin), bytes(Note(note.text, (*note.signatures, line))))
        return Answer(HTTPStatus.OK, str(line))


#: As the standard library calls a connection.
_Request = socket | tuple[bytes, socket]


class _Server(ThreadingHTTPServer):
    """With so many at a time, each of whom is heard for so long: threads are no stranger's to take."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(address, handler)
        self._until: dict[_Request, float] = {}

    def verify_request(self, request: _Request, client_address: object) -> bool:  # noqa: ARG002  # as it is called
        """Whether there is room for one more."""
        return len(self._until) < AT_A_TIME

    def process_request(self, request: _Request, client_address: object) -> None:
        """Hear it, and note until when."""
        self._until[request] = time.monotonic() + WHOLE_S
        super().process_request(request, client_address)

    def shutdown_request(self, request: _Request) -> None:
        """It is over."""
        self._until.pop(request, None)
        super().shutdown_request(request)

    def service_actions(self) -> None:
        """Again and again: whoever sends a little at a time for ever has gone, too."""
        for request, until in list(self._until.items()):
            if time.monotonic() > until and isinstance(request, socket):
                with suppress(OSError):
                    request.shutdown(SHUT_RDWR)


def serving(witness: Witness, host: str, port: int) -> ThreadingHTTPServer:
    """A server that answers for the witness, once somebody lets it."""

    class Handler(BaseHTTPRequestHandler):
        timeout = _PATIENCE_S

        def do_POST(self) -> None:  # as the standard library calls it
            length = self.headers.get("Content-Length", "")
            if self.path != f"/{PATH}":
                self._say(Answer(HTTPStatus.NOT_FOUND))
            elif not (length.isascii() and length.isdigit()) or int(length) > _LARGEST:
                self._say(Answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE))
            else:
                self._say(witness.answer(self.rfile.read(int(length))))

        def _say(self, answer: Answer) -> None:
            body = answer.body.encode()
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return _Server((host, port), Handler)


def _signed_by(note: Note, keys: Sequence[PublicKey]) -> bool:
    try:
        return bool(note.signed_by(keys))
    except EvidenceError:
        return False


def _place(origin: str) -> str:
    return f"logs/{hashlib.sha256(origin.encode()).hexdigest()}"

"""Bundles: all that is known of one ticket, in one file, signed, with the proof that its histories are in the log."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from domain.words.label import Label
from evidence import canonical, container, notes, page, stamps
from evidence.faults import EvidenceError
from evidence.leaves import ErasedLeaf, FileLeaf, Leaf
from evidence.stamps import Stamped

FORMAT = 6
#: Of what was erased: the bytes of an attachment, whose id stands beside it; and a ticket's histories.
ERASED_FILE, ERASED_HISTORY = "file", "history"
SIGNATURE, MANIFEST, CHECKPOINT, PAGE = "bundle.note", "manifest.json", "checkpoint", "page.html"
_HEADER = "zhishou bundle 1"
#: What the read model had of the ticket when the bundle was made, a list of rows each, and what was erased of that; and
#: the public keys that vouch for who sent what, or did.
ROWS = ("ticket", "timeline", "promises", "told", "attachments", "erased", "people", "senders")


@dataclass(frozen=True, slots=True)
class Erasure:
    """That the log says of a history that it was erased, and the proof that it does."""

    position: int
    leaf: ErasedLeaf
    proof: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Run:
    """A run's history, and the proof that it is in the log.

    Attributes:
        history: empty where it was ``erased``.
    """

    position: int
    leaf: Leaf
    proof: Sequence[bytes]
    history: bytes
    erased: Erasure | None = None


@dataclass(frozen=True, slots=True)
class File:
    """What the log says of an attachment, and the proof that it does."""

    position: int
    leaf: FileLeaf
    proof: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Stamps:
    """What authorities have said of the log.

    Attributes:
        there: states that the checkpoint continues, with their stamps, each with the proof of that.
        damaged: places in the archive of those that were left out, for they do not hold.
    """

    there: Sequence[tuple[Stamped, Sequence[bytes]]] = ()
    damaged: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into a bundle.

    Attributes:
        checkpoint: the note with the state of the log for which the proofs are.
        files: what the log says of the attachments, of each once.
        rows: by the names of ``ROWS``.
        attachments: by hash.
        versions: what made it.
    """

    number: str
    made_at: str
    versions: Mapping[str, str]
    checkpoint: bytes
    runs: Sequence[Run]
    files: Sequence[File]
    stamps: Stamps
    rows: Mapping[str, list[dict[str, Any]]]
    attachments: Mapping[str, bytes]


def made(contents: Contents, origin: str, key: Ed25519PrivateKey) -> bytes:
    """The bundle.

    Raises:
        EvidenceError: it would be too large.
    """
    parts = {CHECKPOINT: contents.checkpoint}
    parts |= {f"rows/{name}.json": canonical.written(contents.rows[name]) for name in ROWS}
    parts |= {history_part(nth): run.history for nth, run in enumerate(contents.runs) if run.erased is None}
    parts |= {f"attachments/{sha256}": data for sha256, data in sorted(contents.attachments.items())}
    for nth, (stamped, _) in enumerate(contents.stamps.there):
        parts |= dict(zip(stamp_parts(nth), (stamped.note, stamped.answer), strict=True))
    leaves = [run.leaf for run in contents.runs]
    parts[PAGE] = page.written(contents.number, contents.made_at, leaves, _stamped(contents), contents.rows)
    manifest = _manifest(contents, parts)
    if sum(map(len, parts.values())) + len(manifest) > container.LARGEST // 2:
        raise EvidenceError(
            "container", Label("内容超过 1 GB，无法放入一个文件", "this is more than 1 GB: too large for a file")
        )
    return container.written({SIGNATURE: signed(manifest, origin, key), MANIFEST: manifest, **parts})


def _manifest(contents: Contents, parts: Mapping[str, bytes]) -> bytes:
    return canonical.written(
        {
            "format": FORMAT,
            "number": contents.number,
            "made_at": contents.made_at,
            "versions": dict(contents.versions),
            "runs": [_described(run) | _erased(run) for run in contents.runs],
            "files": [_described(file) for file in contents.files],
            "stamps": [{"proof": _based(proof)} for _, proof in contents.stamps.there],
            "damaged_stamps": list(contents.stamps.damaged),
            "parts": [{"name": name, "size": len(data), "sha256": _hash(data)} for name, data in parts.items()],
        }
    )


def erased_files(rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> set[str]:
    """The attachments of which nothing is left but what the log says."""
    return {row["about"] for row in rows["erased"] if row["what"] == ERASED_FILE}


def erased_histories(rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> bool:
    """Whether the ticket's histories were erased."""
    return any(row["what"] == ERASED_HISTORY for row in rows["erased"])


def signed(manifest: bytes, origin: str, key: Ed25519PrivateKey) -> bytes:
    """The note that vouches for a manifest, and so for everything."""
    return notes.sign(signed_text(manifest), origin, key)


def signed_text(manifest: bytes) -> str:
    """What is signed: no checkpoint of a log begins so."""
    return f"{_HEADER}\n{_hash(manifest)}\n"


def history_part(nth: int) -> str:
    """Where the history of the nth run stands."""
    return f"histories/{nth:03}.json"


def stamp_parts(nth: int) -> tuple[str, str]:
    """Where the nth state that was stamped stands, and its stamp."""
    return f"{stamps.FOLDER}/{nth:03}.checkpoint", f"{stamps.FOLDER}/{nth:03}.tsr"


def _stamped(contents: Contents) -> page.Stamped:
    """Each stamp, and how much of what is in the bundle was in the log then; and those that were left out."""
    found = []
    for nth, (stamped, _) in enumerate(contents.stamps.there):
        stamp = stamps.said(stamped.answer, stamped.note, stamp_parts(nth)[1])
        runs, files = (sum(each.position < stamped.size for each in some) for some in (contents.runs, contents.files))
        found.append(page.Dated(stamp, stamped.size, runs, files))
    return page.Stamped(found, contents.stamps.damaged)


def _described(each: Run | File | Erasure) -> dict[str, Any]:
    return {"position": each.position, "leaf": bytes(each.leaf).decode(), "proof": _based(each.proof)}


def _erased(run: Run) -> dict[str, Any]:
    return {"erased": _described(run.erased)} if run.erased else {}


def _based(proof: Sequence[bytes]) -> list[str]:
    return [notes.based(sibling) for sibling in proof]


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

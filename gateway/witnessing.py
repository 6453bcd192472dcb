"""Witnessing: machines of others are asked to cosign the log's state. None of them ever holds up archiving."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import httpx2
import structlog

from evidence import merkle
from evidence.checkpoint import Checkpoint
from evidence.faults import EvidenceError
from evidence.log import HEAD, Head
from evidence.notes import COSIGNATURE, Note, PublicKey, Signature
from evidence.witness import PATH, SIZE_TYPE, Asked
from runtime.archive import Archive, is_in_reach
from runtime.settings import Given, listed

log = structlog.get_logger()

#: Seconds from one look to the next, and how many one may take.
EVERY_S, LOOK_S = 60, 30
#: So long a witness may take for all it is asked in one look.
WITHIN_S = 5
_LARGEST = 16 * 1024
#: It says which state it knows, and somebody else of ours may have told it of another meanwhile.
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Outside:
    """A witness on another machine."""

    url: str
    key: PublicKey


def configured(given: Given) -> list[Outside]:
    """Those that the settings name."""
    pairs = [each.split() for each in listed(given.witnesses)]
    return [Outside(url.rstrip("/"), PublicKey.parse(key, COSIGNATURE)) for url, key in pairs]


async def look(given: Given) -> None:
    """Have this installation's log cosigned, if there is one and anybody is to."""
    if (witnesses := configured(given)) and is_in_reach(given):
        await ask(await asyncio.to_thread(Archive.of, given), witnesses)


async def ask(archive: Archive, witnesses: Sequence[Outside]) -> int:
    """Have the state cosigned by those who have not yet, all at once; answers by how many it was.

    Whoever does not answer is asked again in the next look.
    """
    head = await asyncio.to_thread(archive.log.head)
    if head is None:
        return 0
    there = {each.key_id for each in Note.parse(head.note).signatures}
    missing = [each for each in witnesses if each.key.id not in there]
    return sum(await asyncio.gather(*(_has_cosigned(archive, head, each) for each in missing)))


async def _has_cosigned(archive: Archive, head: Head, witness: Outside) -> bool:
    """Whether it does now; its line is kept at once, whatever the others do."""
    try:
        async with asyncio.timeout(WITHIN_S):
            line = await _asked(archive, head, witness)
    except (EvidenceError, httpx2.HTTPError, TimeoutError, ValueError) as error:
        log.warning("no cosignature", witness=witness.key.name, error=str(error) or type(error).__name__)
        return False
    return await asyncio.to_thread(_keep, archive, head, line)


async def _asked(archive: Archive, head: Head, witness: Outside) -> Signature:
    """Its line, once it holds; it says itself which state it knows."""
    state, old = head.checkpoint, 0
    async with httpx2.AsyncClient(timeout=WITHIN_S, follow_redirects=False) as client:
        for _ in range(_TRIES):
            status, kind, body = await _sent(client, witness, await asyncio.to_thread(_request, archive, head, old))
            if status == httpx2.codes.OK:
                return _verified(body, state, witness)
            if status != httpx2.codes.CONFLICT or kind != SIZE_TYPE or int(body) > state.size:
                break
            old = int(body)
    raise ValueError(f"{status}: {body[:200].strip()}")


async def _sent(client: httpx2.AsyncClient, witness: Outside, body: bytes) -> tuple[int, str, str]:
    plain = {"Accept-Encoding": "identity"}  # what is packed may unpack to anything
    async with client.stream("POST", f"{witness.url}/{PATH}", content=body, headers=plain) as answer:
        told = b""
        async for piece in answer.aiter_raw():
            told += piece
            if len(told) > _LARGEST:
                raise ValueError("it says more than a witness does")
        return answer.status_code, answer.headers.get("content-type", ""), told.decode()


def _request(archive: Archive, head: Head, old: int) -> bytes:
    size = head.checkpoint.size
    with archive.shelf.alone():  # a wider tile takes a narrower one's place
        subtrees = archive.log.subtrees(archive.log.size)
        return bytes(Asked(old, merkle.consistency(subtrees, old, size), head.note))


def _verified(body: str, state: Checkpoint, witness: Outside) -> Signature:
    note = Note.parse(f"{state}\n{body}".encode())
    if note.signed_by([witness.key]) != [witness.key]:
        raise ValueError("another than the witness has signed")
    return next(line for line in note.signatures if line.key_id == witness.key.id)


def _keep(archive: Archive, head: Head, line: Signature) -> bool:
    """Below the checkpoint, where every tool for such logs looks, unless the log has gone on or it is there."""
    with archive.shelf.alone():
        now = archive.shelf.get(HEAD)
        note = Note.parse(now)
        if note.text != str(head.checkpoint) or line.key_id in {each.key_id for each in note.signatures}:
            return False
        cosigned = bytes(Note(note.text, (*note.signatures, line)))
        archive.shelf.put(HEAD, cosigned)
        day = max(archive.shelf.list("checkpoints"), default=HEAD)
        if archive.shelf.get(day) == now:
            archive.shelf.put(day, cosigned)
    return True

"""Witnessing: machines of others are asked to cosign the log's state. None of them ever holds up archiving.

One that stays away, or will not cosign what it is shown, is told of: without it nobody outside sees another past.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus

import structlog
from sqlalchemy import Engine

from domain.audience.watch import Trouble
from evidence import merkle
from evidence.checkpoint import Checkpoint
from evidence.faults import EvidenceError
from evidence.log import HEAD, Head
from evidence.notes import COSIGNATURE, Note, PublicKey, Signature
from evidence.witness import PATH, SIZE_TYPE, Asked
from gateway import outside
from gateway.outside import Lack
from runtime.archive import Archive
from runtime.settings import Given
from runtime.words import listed
from store.watch.beats import WITNESSES, beat

log = structlog.get_logger()

#: Seconds from one look to the next, and how many one may take.
EVERY_S, LOOK_S = 60, 30
#: So long a witness may take for all it is asked in one look.
WITHIN_S = 5
#: It knows another past, or a longer one; what it was shown does not continue the one it knows.
_ANOTHER_PAST = (HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)
_LARGEST = 16 * 1024
#: It says which state it knows, and somebody else of ours may have told it of another meanwhile.
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Outside:
    """A witness on another machine."""

    url: str
    key: PublicKey

    @property
    def called(self) -> str:
        """As its key begins, by which two of one name are told apart."""
        return f"{self.key.name}+{self.key.id.hex()}"


class _RefusedError(ValueError):
    """It knows another past."""


@dataclass(frozen=True, slots=True)
class Witnesses:
    """Looks again and again."""

    engine: Engine
    given: Given

    async def look(self) -> None:
        """Have this installation's log cosigned by all who are to, and tell of who stays away."""
        witnesses = configured(self.given)
        asking = partial(ask, witnesses=witnesses) if witnesses else None
        await outside.look(self.engine, self.given, Trouble.UNWITNESSED, asking)
        await asyncio.to_thread(beat, self.engine, WITNESSES, EVERY_S)


def configured(given: Given) -> list[Outside]:
    """Those that the settings name."""
    pairs = [each.split() for each in listed(given.witnesses)]
    return [Outside(url.rstrip("/"), PublicKey.parse(key, COSIGNATURE)) for url, key in pairs]


async def ask(archive: Archive, witnesses: Sequence[Outside]) -> dict[Outside, Lack]:
    """Have the state cosigned by those who have not yet, all at once; answers by whom it is not then.

    Whoever does not answer is asked again in the next look.
    """
    head = await asyncio.to_thread(archive.log.head)
    if head is None:
        return {}
    there = {each.claims for each in Note.parse(head.note).signatures}
    missing = [each for each in witnesses if each.key.known_by not in there]
    answers = await asyncio.gather(*(_lacks(archive, head, each) for each in missing))
    return {each: lack for each, lack in zip(missing, answers, strict=True) if lack}


async def _lacks(archive: Archive, head: Head, witness: Outside) -> Lack | None:
    """Why it does not cosign; its line is kept at once, whatever the others do."""
    try:
        async with asyncio.timeout(WITHIN_S):
            line = await _asked(archive, head, witness)
    except (EvidenceError, *outside.FAILURES) as error:
        log.warning("no cosignature", witness=witness.key.name, error=str(error) or type(error).__name__)
        # Somebody else of ours may have shown it a later state meanwhile.
        refused = isinstance(error, _RefusedError) and await asyncio.to_thread(_is_latest, archive, head)
        return Lack("refused" if refused else type(error).__name__, refused)
    await asyncio.to_thread(_keep, archive, head, line)
    return None


def _is_latest(archive: Archive, head: Head) -> bool:
    return archive.log.size == head.checkpoint.size


async def _asked(archive: Archive, head: Head, witness: Outside) -> Signature:
    """Its line, once it holds; it says itself which state it knows."""
    state, old = head.checkpoint, 0
    for _ in range(_TRIES):
        asked = await asyncio.to_thread(_request, archive, head, old)
        answer = await outside.post(f"{witness.url}/{PATH}", asked, WITHIN_S, _LARGEST)
        body = answer.body.decode()
        if answer.status == HTTPStatus.OK:
            return _verified(body, state, witness)
        if answer.status != HTTPStatus.CONFLICT or answer.kind != SIZE_TYPE or not old < int(body) <= state.size:
            break
        old = int(body)
    else:
        raise ValueError("it knows another state each time")
    failure = _RefusedError if answer.status in _ANOTHER_PAST else ValueError
    raise failure(f"{answer.status}: {body[:200].strip()}")


def _request(archive: Archive, head: Head, old: int) -> bytes:
    size = head.checkpoint.size
    with archive.shelf.alone():  # a wider tile takes a narrower one's place
        subtrees = archive.log.subtrees(archive.log.size)
        return bytes(Asked(old, merkle.consistency(subtrees, old, size), head.note))


def _verified(body: str, state: Checkpoint, witness: Outside) -> Signature:
    note = Note.parse(f"{state}\n{body}".encode())
    if note.signed_by([witness.key]) != [witness.key]:
        raise ValueError("another than the witness has signed")
    return next(line for line in note.signatures if line.claims == witness.key.known_by)


def _keep(archive: Archive, head: Head, line: Signature) -> None:
    """Below the checkpoint, where every tool for such logs looks, unless the log has gone on or it is there."""
    with archive.shelf.alone():
        now = archive.shelf.get(HEAD)
        note = Note.parse(now)
        if note.text != str(head.checkpoint) or line.claims in {each.claims for each in note.signatures}:
            return
        cosigned = bytes(Note(note.text, (*note.signatures, line)))
        if archive.shelf.replace(HEAD, now, cosigned):
            archive.shelf.replace(max(archive.shelf.list("checkpoints"), default=HEAD), now, cosigned)

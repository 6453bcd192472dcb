"""Witnessing: machines of others are asked to cosign the log's state. None of them ever holds up archiving.

One that stays away, or will not cosign what it is shown, is told of: without it nobody outside sees another past.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import httpx2
import structlog
from pydantic import AwareDatetime, TypeAdapter
from sqlalchemy import Engine

from domain.audience.watch import Trouble
from evidence import merkle
from evidence.checkpoint import Checkpoint
from evidence.faults import EvidenceError
from evidence.log import HEAD, Head
from evidence.notes import COSIGNATURE, Note, PublicKey, Signature
from evidence.witness import PATH, SIZE_TYPE, Asked
from runtime.archive import Archive, is_in_reach
from runtime.files import write_private
from runtime.settings import Given, listed
from store.watch.beats import WITNESSES, beat
from store.watch.findings import Look, settle

log = structlog.get_logger()

#: Seconds from one look to the next, and how many one may take.
EVERY_S, LOOK_S = 60, 30
#: So long a witness may take for all it is asked in one look.
WITHIN_S = 5
#: A machine that starts anew is back before; what is refused because of the past is told at once.
_AWAY = timedelta(hours=1)
#: It knows another past, or a longer one; what it was shown does not continue the one it knows.
_ANOTHER_PAST = (HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)
_LARGEST = 16 * 1024
#: It says which state it knows, and somebody else of ours may have told it of another meanwhile.
_TRIES = 3
_SINCE = TypeAdapter(dict[str, AwareDatetime])


@dataclass(frozen=True, slots=True)
class Outside:
    """A witness on another machine."""

    url: str
    key: PublicKey

    @property
    def called(self) -> str:
        """As its key begins, by which two of one name are told apart."""
        return f"{self.key.name}+{self.key.id.hex()}"


@dataclass(frozen=True, slots=True)
class Lack:
    """Why there is no cosignature. ``refused``: the witness knows another past."""

    why: str
    refused: bool = False


class _RefusedError(ValueError):
    """It knows another past."""


@dataclass(frozen=True, slots=True)
class Witnesses:
    """Looks again and again; since when one has been asked in vain is kept beside the keys of the archive."""

    engine: Engine
    given: Given

    async def look(self) -> None:
        """Have this installation's log cosigned, if there is one, and tell of who stays away."""
        found: dict[str, str] = {}
        if (witnesses := configured(self.given)) and is_in_reach(self.given):
            archive = await asyncio.to_thread(Archive.of, self.given)
            lacking = await ask(archive, witnesses)
            found = await asyncio.to_thread(_told, archive, lacking, datetime.now(UTC))
        await asyncio.to_thread(settle, self.engine, Look(Trouble.UNWITNESSED, found), datetime.now(UTC))
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


def _told(archive: Archive, lacking: Mapping[Outside, Lack], now: datetime) -> dict[str, str]:
    """Who is to be told of, and why."""
    kept = archive.memory.with_name("unwitnessed")
    before = _read(kept.read_bytes()) if kept.is_file() else {}
    since = {each.called: before.get(each.called, now) for each in lacking}
    if since != before:
        write_private(kept, _SINCE.dump_json(since))
    return {
        each.called: f"{lack.why}, since {since[each.called]:%Y-%m-%d %H:%M} UTC"
        for each, lack in lacking.items()
        if lack.refused or now - since[each.called] >= _AWAY
    }


def _read(kept: bytes) -> dict[str, datetime]:
    """Since when whom; nothing where that is not known."""
    try:
        return _SINCE.validate_json(kept, strict=True)
    except ValueError:
        return {}


async def _lacks(archive: Archive, head: Head, witness: Outside) -> Lack | None:
    """Why it does not cosign; its line is kept at once, whatever the others do."""
    try:
        async with asyncio.timeout(WITHIN_S):
            line = await _asked(archive, head, witness)
    except (EvidenceError, httpx2.HTTPError, TimeoutError, ValueError) as error:
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
    async with httpx2.AsyncClient(timeout=WITHIN_S, follow_redirects=False) as client:
        for _ in range(_TRIES):
            status, kind, body = await _sent(client, witness, await asyncio.to_thread(_request, archive, head, old))
            if status == HTTPStatus.OK:
                return _verified(body, state, witness)
            if status != HTTPStatus.CONFLICT or kind != SIZE_TYPE or not old < int(body) <= state.size:
                break
            old = int(body)
        else:
            raise ValueError("it knows another state each time")
    failure = _RefusedError if status in _ANOTHER_PAST else ValueError
    raise failure(f"{status}: {body[:200].strip()}")


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
    return next(line for line in note.signatures if line.claims == witness.key.known_by)


def _keep(archive: Archive, head: Head, line: Signature) -> None:
    """Below the checkpoint, where every tool for such logs looks, unless the log has gone on or it is there."""
    with archive.shelf.alone():
        now = archive.shelf.get(HEAD)
        note = Note.parse(now)
        if note.text != str(head.checkpoint) or line.claims in {each.claims for each in note.signatures}:
            return
        cosigned = bytes(Note(note.text, (*note.signatures, line)))
        archive.shelf.put(HEAD, cosigned)
        day = max(archive.shelf.list("checkpoints"), default=HEAD)
        if archive.shelf.get(day) == now:
            archive.shelf.put(day, cosigned)

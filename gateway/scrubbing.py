"""The scrub: within about a day of its work all of the archive is looked through, a little each minute, on from where
it was left; and at once, where it is asked.

What is archived is read again by nobody for years, and who can write the archive need not write in its log.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from sqlalchemy import Engine

from domain.audience.watch import Trouble
from domain.words.label import Label
from evidence import checkpoint, leaves, merkle
from evidence.checkpoint import Checkpoint
from evidence.faults import EvidenceError, hold
from evidence.leaves import AnyLeaf, ErasedLeaf, Leaf
from evidence.log import HEAD
from evidence.merkle import Subtree
from evidence.tiles import WIDTH
from gateway import stamping
from gateway.stamping import Roots
from runtime.archive import Archive
from runtime.files import write_private
from store.watch.beats import SCRUB, beat
from store.watch.findings import Look, settle

#: Seconds from one step to the next; as many steps as a day has go through all of it.
EVERY_S = 60
_DAY_S = 24 * 60 * 60
_INDEX = "index.sqlite3"
_LOG = "log"
_BEYOND = "stamps beyond the log"
_NOT_SIGNED = Label("这一项不在签名的日志里", "this entry is not in the log that was signed")
_SHORTER = Label("日志比先前短", "the log is shorter than it was")
_BACK = Label("已应要求删除的历史又出现了", "a history that was erased on request is there again")
_OTHERWISE = Label("索引与日志不符", "the index says otherwise than the log")


@dataclass
class Scrub:
    """Looks on where it looked last, also after a time in which it did not.

    Attributes:
        archive: opened anew by each step, for its keys may have changed; ``roots``: by which stamps are held, too.
    """

    engine: Engine
    archive: Callable[[], Archive]
    roots: Callable[[], Roots] = dict

    async def scrub(self) -> None:
        """One step: tell of what does not hold there, and of what does again. An index that differs is made anew."""
        archive = await asyncio.to_thread(self.archive)
        look, onward = await asyncio.to_thread(_looked, archive, self.roots)
        await asyncio.to_thread(settle, self.engine, look, datetime.now(UTC))
        await asyncio.to_thread(write_private, _bookmark(archive), f"{onward}")
        await asyncio.to_thread(beat, self.engine, SCRUB, EVERY_S)


def places(size: int, start: int) -> list[range]:
    """The leaves of a step that begins there: at the beginning again after the end."""
    many = min(size, -(-size * EVERY_S // _DAY_S))
    return [range(start, min(size, start + many)), range(max(0, start + many - size))]


def look_through(archive: Archive, shown: Callable[[Sequence[range]], Iterable[range]] = iter) -> int:
    """See that all of it holds; answers how many leaves that are.

    Args:
        shown: goes through the tiles, for who looks on.

    Raises:
        EvidenceError: the first thing that does not.
    """
    size = _followed(archive)
    for path in sorted(archive.shelf.list("checkpoints")):
        state = checkpoint.opened(archive.shelf.get(path), archive.keys)
        with archive.shelf.alone():
            archive.log.has_been(state)
    for here in shown([range(start, min(size, start + WIDTH)) for start in range(0, size, WIDTH)]):
        for _, fault in wrong(archive, here):
            raise fault
    return size


def wrong(archive: Archive, among: range) -> Iterator[tuple[str, EvidenceError]]:
    """What does not hold of these leaves: what is told of it by, and why."""
    for tile in range(among.start // WIDTH, -(-among.stop // WIDTH)):
        here = range(max(among.start, tile * WIDTH), min(among.stop, (tile + 1) * WIDTH))
        try:
            there, found = _in_the_log(archive, here)
        except EvidenceError as fault:
            yield _of_tile(tile), fault
            continue
        yield from found
        for place, leaf in there.items():
            if found_wrong := _wrong_of(archive, leaf):
                yield _of_leaf(place), found_wrong


def signed(archive: Archive) -> Iterator[tuple[int, AnyLeaf]]:
    """All leaves, and where they are, once each is in the log that was signed.

    Raises:
        EvidenceError: the first that is not.
    """
    size = _followed(archive)
    for start in range(0, size, WIDTH):
        here = range(start, min(size, start + WIDTH))
        with archive.shelf.alone():
            state, entries = _entries(archive, here)
            subtrees = archive.log.subtrees(state.size)
            found = [_signed(state, subtrees, place, entry) for place, entry in zip(here, entries, strict=True)]
        yield from zip(here, found, strict=True)


def _wrong_of(archive: Archive, leaf: Leaf | ErasedLeaf) -> EvidenceError | None:
    """What does not hold of a history that the log has; or is there, though the log says that it was erased."""
    try:
        if isinstance(leaf, Leaf):
            archive.history(leaf)
            return None
        archive.shelf.get(leaf.path)
    except EvidenceError as fault:
        return None if leaf.sha256 in archive.erased(leaf.number) else fault
    except KeyError:
        return None
    return EvidenceError(leaf.path, _BACK)


def _in_the_log(archive: Archive, here: range) -> tuple[dict[int, Leaf | ErasedLeaf], list[tuple[str, EvidenceError]]]:
    """The histories that these leaves of one tile speak of, and what does not hold of the leaves themselves.

    Nobody adds to the log meanwhile: a wider tile takes a narrower one's place.
    """
    with archive.shelf.alone():
        state, entries = _entries(archive, here)
        subtrees = archive.log.subtrees(state.size)
        differ = archive.index.differs(here.start, entries)
        found = [(_of_index(place), EvidenceError(f"{_INDEX}, {place}", _OTHERWISE)) for place in differ]
        there: dict[int, Leaf | ErasedLeaf] = {}
        for place, entry in zip(here, entries, strict=True):
            try:
                leaf = _signed(state, subtrees, place, entry)
            except EvidenceError as fault:
                found.append((_of_leaf(place), fault))
                continue
            if isinstance(leaf, Leaf | ErasedLeaf):  # what others speak of is no part of the archive
                there[place] = leaf
    return there, found


def _entries(archive: Archive, here: range) -> tuple[Checkpoint, list[bytes]]:
    """Those of one tile, and the state of the log in which they are."""
    head = archive.log.head()
    if head is None or head.checkpoint.size < here.stop:
        raise EvidenceError(HEAD, _SHORTER)
    state = head.checkpoint
    return state, list(islice(archive.log.entries(here.start, state.size), len(here)))


def _signed(state: Checkpoint, subtrees: Subtree, place: int, entry: bytes) -> AnyLeaf:
    """The leaf, once what was signed has this entry."""
    proof = merkle.inclusion(subtrees, place, state.size)
    hold(merkle.includes(state.root, state.size, merkle.leaf_hash(entry), place, proof), _of_leaf(place), _NOT_SIGNED)
    return leaves.parsed(entry, _of_leaf(place))


def _followed(archive: Archive) -> int:
    """How many leaves there are, once the log continues what was signed last."""
    with archive.shelf.alone():
        archive.see_that_it_continues()
    return archive.follow()


def _looked(archive: Archive, roots: Callable[[], Roots]) -> tuple[Look, int]:
    """What came of a step, and where the next begins."""
    start = _begin(archive)
    try:
        size = _followed(archive)
    except EvidenceError as fault:
        return Look(Trouble.EVIDENCE, {_LOG: fault.place}, frozenset({_LOG})), start
    found: dict[str, str] = {}
    looked = {_LOG, _BEYOND}
    for among in places(size, start if start < size else 0):
        looked |= {name(place) for place in among for name in (_of_leaf, _of_index)}
        looked |= {_of_tile(place // WIDTH) for place in among} | {_of_stamps(place) for place in among}
        found |= {subject: fault.place for subject, fault in wrong(archive, among)}
        found |= _stamps_wrong(archive, among, size, roots())
        start = among.stop if among else start
    if any(subject.startswith(_INDEX) for subject in found):
        archive.index.forget()
        archive.follow()
    return Look(Trouble.EVIDENCE, found, frozenset(looked | found.keys())), start


def _stamps_wrong(archive: Archive, among: range, size: int, roots: Roots) -> dict[str, str]:
    """Which stamps are gone or do not hold whose last leaf is one of these, or that are of more than the log has."""
    there = [each for each in archive.stamps() if each.size - 1 in among or each.size > size]
    return {
        _BEYOND if place.size > size else _of_stamps(place.size - 1): place.answer
        for place, _ in stamping.wrong(archive, there, roots)
    }


def _bookmark(archive: Archive) -> Path:
    """Where the next step's place is kept: beside the keys, where who can write the log need not reach."""
    return archive.memory.with_name("scrubbed")


def _begin(archive: Archive) -> int:
    """The place at which the step before ended; the first leaf where that is not known."""
    try:
        return max(0, int(_bookmark(archive).read_bytes()))
    except (FileNotFoundError, ValueError):
        return 0


def _of_leaf(place: int) -> str:
    return f"leaf {place}"


def _of_index(place: int) -> str:
    return f"{_INDEX} {place}"


def _of_tile(tile: int) -> str:
    return f"tile {tile}"


def _of_stamps(place: int) -> str:
    """Of the states whose last leaf that is."""
    return f"stamps to leaf {place}"

"""Tiles (C2SP tlog-tiles): a log as files that any web server serves and any client of such logs verifies.

A tile has up to 256 hashes of one level; the levels of tiles are eight levels of the tree apart. Entries lie in tiles
of their own.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from domain.words.label import Label
from evidence import merkle
from evidence.faults import EvidenceError
from evidence.merkle import HASH_BYTES, Subtree

HEIGHT = 8
WIDTH = 1 << HEIGHT
#: Bytes that one entry may have.
LONGEST = 0xFFFF

ENTRIES = "entries"
Read = Callable[[str], bytes]


def path(level: int | str, index: int, size: int) -> str:
    """Where a tile of a log of that size lies; a tile that is not full says how wide it is."""
    count = size if level == ENTRIES else size >> (HEIGHT * int(level))
    width = min(WIDTH, count - index * WIDTH)
    if width <= 0:
        raise ValueError(f"no tile {level}/{index} in a log of {size}")
    return f"tile/{level}/{_named(index)}" + (f".p/{width}" if width < WIDTH else "")


def paths(size: int) -> Iterator[str]:
    """All tiles of a log of that size."""
    kinds: list[tuple[int | str, int]] = [(ENTRIES, size), *levels(size)]
    for level, count in kinds:
        yield from (path(level, index, size) for index in range(-(-count // WIDTH)))


def edge(size: int) -> Iterator[str]:
    """Those of its tiles that are not full."""
    kinds: list[tuple[int | str, int]] = [(ENTRIES, size), *levels(size)]
    yield from (path(level, count // WIDTH, size) for level, count in kinds if count % WIDTH)


def levels(size: int) -> list[tuple[int, int]]:
    """The levels that a log of that size has, and how many hashes each."""
    counts: list[tuple[int, int]] = []
    while size:
        counts.append((len(counts), size))
        size >>= HEIGHT
    return counts


def subtrees(read: Read, size: int) -> Subtree:
    """The hashes of complete subtrees, out of the tiles of a log of that size."""

    @cache
    def tile(level: int, index: int) -> Subtree:
        place = path(level, index, size)
        return merkle.subtrees_of(hashes(place, read(place)))

    def subtree(level: int, index: int) -> bytes:
        upper, within = divmod(level, HEIGHT)
        first = index << within
        return tile(upper, first // WIDTH)(within, first % WIDTH >> within)

    return subtree


def grown(read: Read, size: int, entries: Sequence[bytes]) -> dict[str, bytes]:
    """The tiles that a log of that size has new, or wider, once the entries stand at its end."""
    if any(len(entry) > LONGEST for entry in entries):
        raise ValueError("an entry is too long for a log")
    total = size + len(entries)
    first = size - size % WIDTH
    kept = split(path(ENTRIES, first // WIDTH, size), read(path(ENTRIES, first // WIDTH, size))) if size > first else []
    made = dict(_tiled(ENTRIES, first, [framed(entry) for entry in (*kept, *entries)], total))
    added = [merkle.leaf_hash(entry) for entry in entries]
    for level, count in levels(total):
        old = size >> (HEIGHT * level)
        first = old - old % WIDTH
        before = hashes(path(level, old // WIDTH, size), read(path(level, old // WIDTH, size))) if old > first else []
        now = [*before, *added]
        assert first + len(now) == count
        made |= dict(_tiled(level, first, now, total))
        full = [now[start : start + WIDTH] for start in range(0, len(now) - WIDTH + 1, WIDTH)]
        added = [merkle.root(merkle.subtrees_of(tile), WIDTH) for tile in full]
    return made


def hashes(place: str, tile: bytes) -> list[bytes]:
    """The hashes in a tile that lies there."""
    if len(tile) != _width(place) * HASH_BYTES:
        raise _broken(place)
    return [tile[start : start + HASH_BYTES] for start in range(0, len(tile), HASH_BYTES)]


def split(place: str, tile: bytes) -> list[bytes]:
    """The entries in a tile that lies there."""
    found = unframed(place, tile)
    if len(found) != _width(place):
        raise _broken(place)
    return found


def cut(place: str, wider: str, tile: bytes) -> bytes:
    """The tile that lay there, out of the one that took its place."""
    width = _width(place)
    if width > _width(wider):
        raise _broken(place)
    if place.startswith(f"tile/{ENTRIES}/"):
        return framed(*split(wider, tile)[:width])
    return b"".join(hashes(wider, tile)[:width])


def framed(*entries: bytes) -> bytes:
    """Each behind its length, as they lie in a tile."""
    return b"".join(len(entry).to_bytes(2) + entry for entry in entries)


def unframed(place: str, data: bytes) -> list[bytes]:
    """What was framed so, and lies there."""
    found, start = [], 0
    while start < len(data):
        end = start + 2 + int.from_bytes(data[start : start + 2])
        found.append(data[start + 2 : end])
        start = end
    if start != len(data):
        raise _broken(place)
    return found


def _tiled(level: int | str, first: int, pieces: Sequence[bytes], size: int) -> Iterator[tuple[str, bytes]]:
    for start in range(0, len(pieces), WIDTH):
        yield path(level, (first + start) // WIDTH, size), b"".join(pieces[start : start + WIDTH])


def _named(index: int) -> str:
    """In groups of three digits, all but the last with an x before them."""
    groups = [f"{index % 1000:03}"]
    while index := index // 1000:
        groups.append(f"x{index % 1000:03}")
    return "/".join(reversed(groups))


def _width(place: str) -> int:
    _, partial, width = place.partition(".p/")
    return int(width) if partial else WIDTH


def _broken(place: str) -> EvidenceError:
    return EvidenceError(place, Label("日志的数据块损坏", "this tile of the log is broken"))

"""The Merkle tree of RFC 6962 and RFC 9162: roots, proofs that an entry is in it, proofs that it has only grown.

Whoever makes a proof needs the hashes of complete subtrees, wherever they are kept; whoever verifies one needs nothing.
"""

import hashlib
from collections.abc import Callable, Sequence
from functools import cache

HASH_BYTES = 32
EMPTY = hashlib.sha256(b"").digest()

#: The hash of a complete subtree: of 2**level leaves, the index-th such from the left.
Subtree = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry; another prefix than a node's, so that neither can pass for the other."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees side by side."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def subtrees_of(leaves: Sequence[bytes]) -> Subtree:
    """Of leaves that are all at hand, by their hashes."""

    @cache
    def subtree(level: int, index: int) -> bytes:
        if not level:
            return leaves[index]
        return node_hash(subtree(level - 1, 2 * index), subtree(level - 1, 2 * index + 1))

    return subtree


def root(subtree: Subtree, size: int) -> bytes:
    """The root of the tree of that many leaves."""
    return _over(subtree, 0, size) if size else EMPTY


def inclusion(subtree: Subtree, index: int, size: int) -> list[bytes]:
    """The proof that the leaf is in the tree of that size."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    return _path(subtree, index, 0, size)


def consistency(subtree: Subtree, old: int, size: int) -> list[bytes]:
    """The proof that the tree of that size begins with all of the older one; empty for one without leaves."""
    if not 0 <= old <= size:
        raise ValueError(f"a tree of {size} has never had {old} leaves")
    return _since(subtree, (0, size), old, whole=True) if 0 < old < size else []


def includes(root_: bytes, size: int, leaf: bytes, index: int, proof: Sequence[bytes]) -> bool:
    """Whether the proof holds: RFC 9162, 2.1.3.2."""
    if not 0 <= index < size or any(len(each) != HASH_BYTES for each in proof):
        return False
    here, last, found = index, size - 1, leaf
    for sibling in proof:
        if not last:
            return False
        if here & 1 or here == last:
            found = node_hash(sibling, found)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        here, last = here >> 1, last >> 1
    return not last and found == root_


def continues(old_root: bytes, old: int, new_root: bytes, size: int, proof: Sequence[bytes]) -> bool:
    """Whether the tree of the new root begins with all of the old one's: RFC 9162, 2.1.4.2."""
    if any(len(each) != HASH_BYTES for each in proof):
        return False
    if not 0 < old < size:
        same = old_root == new_root if old == size else old == 0 and old_root == EMPTY
        return not proof and same
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    return bool(path) and _both(path, old - 1, size - 1) == (old_root, new_root)


def _both(path: list[bytes], here: int, last: int) -> tuple[bytes, bytes] | None:
    """Old and new root, as the path has them."""
    while here & 1:
        here, last = here >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if not last:
            return None
        if here & 1 or here == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        here, last = here >> 1, last >> 1
    return None if last else (old, new)


def _split(count: int) -> int:
    """The largest power of two below."""
    return 1 << ((count - 1).bit_length() - 1)


def _over(subtree: Subtree, start: int, end: int) -> bytes:
    count = end - start
    if not count & (count - 1):
        level = count.bit_length() - 1
        return subtree(level, start >> level)
    middle = start + _split(count)
    return node_hash(_over(subtree, start, middle), _over(subtree, middle, end))


def _path(subtree: Subtree, index: int, start: int, end: int) -> list[bytes]:
    if end - start == 1:
        return []
    middle = start + _split(end - start)
    if index < middle:
        return [*_path(subtree, index, start, middle), _over(subtree, middle, end)]
    return [*_path(subtree, index, middle, end), _over(subtree, start, middle)]


def _since(subtree: Subtree, within: tuple[int, int], old: int, *, whole: bool) -> list[bytes]:
    """SUBPROOF of RFC 9162, 2.1.4.1; ``whole``: the older tree's root is what is proved, and known."""
    start, end = within
    if old == end:
        return [] if whole else [_over(subtree, start, end)]
    middle = start + _split(end - start)
    if old <= middle:
        return [*_since(subtree, (start, middle), old, whole=whole), _over(subtree, middle, end)]
    return [*_since(subtree, (middle, end), old, whole=False), _over(subtree, start, middle)]

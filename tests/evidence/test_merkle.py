"""Trees and their proofs: as RFC 6962 and 9162 say, and as two implementations that are not ours have them."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree  # type: ignore[import-untyped]

from evidence import merkle, tiles
from evidence.faults import EvidenceError
from evidence.merkle import leaf_hash, subtrees_of

#: The leaves and roots that RFC 6962's reference implementation is tested with.
LEAVES = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
#: Made by `aics-tlog`, which needs a newer Python than we do: its own files stand here in its place.
VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "vectors/aics_tlog.json").read_text())
SIZES = st.integers(1, 300)


def hashed(size: int) -> list[bytes]:
    return [leaf_hash(b"entry %d" % number) for number in range(size)]


def flipped(data: bytes, bit: int) -> bytes:
    at = bit // 8 % len(data)
    return data[:at] + bytes([data[at] ^ 1 << bit % 8]) + data[at + 1 :]


def unbased(words: str) -> bytes:
    return base64.b64decode(words, validate=True)


@pytest.mark.parametrize(("size", "root"), list(enumerate(ROOTS, 1)))
def test_the_roots_are_those_of_the_reference_implementation(size: int, root: str):
    leaves = [leaf_hash(bytes.fromhex(leaf)) for leaf in LEAVES[:size]]
    assert merkle.root(subtrees_of(leaves), size).hex() == root


def test_a_tree_without_leaves_has_the_root_of_nothing():
    assert merkle.root(subtrees_of([]), 0) == hashlib.sha256(b"").digest()


@pytest.mark.parametrize("size", [1, 2, 3, 64, 100])
def test_an_independent_tree_has_the_same_roots_and_hashes_on_the_way(size: int):
    theirs, ours = InmemoryTree(algorithm="sha256"), subtrees_of(hashed(size))
    for number in range(size):
        theirs.append_entry(b"entry %d" % number)
    assert theirs.get_root() == merkle.root(ours, size)
    for index in {0, size // 2, size - 1}:
        leaf, *path = theirs.prove_inclusion(index + 1).path
        assert (leaf, path) == (hashed(size)[index], merkle.inclusion(ours, index, size))


@pytest.mark.parametrize("case", VECTORS["sizes"], ids=lambda case: case["size"])
def test_tiles_and_proofs_are_those_of_an_independent_log(case: dict[str, Any]):
    size = case["size"]
    made = tiles.grown(dict[str, bytes]().__getitem__, 0, [b"entry %d" % number for number in range(size)])
    assert sorted(made) == sorted(tiles.paths(size))
    whole = hashlib.sha256()
    for path in sorted(made):
        whole.update(path.encode() + b"\0" + hashlib.sha256(made[path]).digest())
    subtree, root = tiles.subtrees(made.__getitem__, size), unbased(case["root"])
    assert (len(made), whole.hexdigest()) == (case["tiles"], case["digest"])
    assert merkle.root(subtree, size) == root
    inclusion, consistency = map(unbased, case["inclusion"]), map(unbased, case["consistency"])
    assert merkle.inclusion(subtree, case["index"], size) == list(inclusion)
    proof = list(consistency)
    assert merkle.consistency(subtree, case["old"], size) == proof
    assert merkle.continues(unbased(case["old_root"]), case["old"], root, size, proof)


@given(SIZES, st.data())
def test_every_leaf_is_proved_and_no_changed_bit_is_believed(size: int, data: st.DataObject):
    index, bit = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, 10_000))
    leaves = hashed(size)
    subtree = subtrees_of(leaves)
    root, proof = merkle.root(subtree, size), merkle.inclusion(subtree, index, size)
    assert merkle.includes(root, size, leaves[index], index, proof)
    assert not merkle.includes(flipped(root, bit), size, leaves[index], index, proof)
    assert not merkle.includes(root, size, flipped(leaves[index], bit), index, proof)
    assert not merkle.includes(root, size, leaves[index], index, [*proof, root])
    assert not any(merkle.includes(root, size, leaves[index], other, proof) for other in range(size) if other != index)
    for at, each in enumerate(proof):
        assert not merkle.includes(
            root, size, leaves[index], index, [*proof[:at], flipped(each, bit), *proof[at + 1 :]]
        )
        assert not merkle.includes(root, size, leaves[index], index, proof[:at] + proof[at + 1 :])


@given(SIZES, st.data())
def test_growth_is_proved_and_no_changed_bit_is_believed(size: int, data: st.DataObject):
    old, bit = data.draw(st.integers(1, size)), data.draw(st.integers(0, 10_000))
    subtree = subtrees_of(hashed(size))
    before, after = merkle.root(subtree, old), merkle.root(subtree, size)
    proof = merkle.consistency(subtree, old, size)
    assert merkle.continues(before, old, after, size, proof)
    assert not merkle.continues(flipped(before, bit), old, after, size, proof)
    assert not merkle.continues(before, old, flipped(after, bit), size, proof)
    assert not merkle.continues(before, old, after, size, [*proof, after])
    for at, each in enumerate(proof):
        assert not merkle.continues(before, old, after, size, [*proof[:at], flipped(each, bit), *proof[at + 1 :]])
        assert not merkle.continues(before, old, after, size, proof[:at] + proof[at + 1 :])


@given(st.lists(st.integers(0, 300), min_size=1, max_size=5))
def test_a_log_that_grows_step_by_step_has_the_tiles_of_one_that_was_made_at_once(steps: list[int]):
    kept: dict[str, bytes] = {}
    size = 0
    for step in steps:
        added = [b"entry %d" % number for number in range(size, size + step)]
        kept |= tiles.grown(kept.__getitem__, size, added)
        size += step
    at_once = tiles.grown(kept.__getitem__, 0, [b"entry %d" % number for number in range(size)])
    assert {path: kept[path] for path in tiles.paths(size)} == at_once


def test_a_tile_of_another_length_is_broken():
    with pytest.raises(EvidenceError, match=r"tile/0/000\.p/2"):
        tiles.hashes("tile/0/000.p/2", bytes(63))
    with pytest.raises(EvidenceError, match="tile/entries"):
        tiles.split("tile/entries/000.p/1", b"\x00\x05four")

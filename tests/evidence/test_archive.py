"""The archive: what is in it is there once, a crash loses nothing, and nothing is signed over what is broken."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from evidence import checkpoint, merkle, tiles
from evidence.checkpoint import Checkpoint
from evidence.faults import EvidenceError
from evidence.leaves import Leaf, unpacked
from evidence.log import Log
from evidence.shelf import Shelf
from gateway.archiving import keep
from runtime.archive import Archive, public_keys
from runtime.settings import Given
from runtime.signing import rotate
from tests.evidence.samples import archive, contents, emptied, history, leaf

pytestmark = pytest.mark.usefixtures("store")
NOW = datetime(2026, 11, 26, tzinfo=UTC)


def numbers(kept: Archive) -> list[str]:
    """The tickets of the log's leaves, in their order."""
    size = kept.log.size
    return [Leaf.parse(entry).number for entry in kept.log.entries(0, size)]


def test_what_is_kept_is_found_and_proved(tmp_path: Path):
    kept = archive(tmp_path)
    assert keep(kept, [leaf("A", "1"), leaf("B", "2"), leaf("A", "3")], NOW) == 3
    head = kept.log.head()
    assert head is not None
    state = head.checkpoint
    assert (state.size, kept.index.of("A")) == (3, [0, 2])
    entry = kept.log.entry(2, 3)
    proof = merkle.inclusion(kept.log.subtrees(3), 2, 3)
    assert merkle.includes(state.root, 3, merkle.leaf_hash(entry), 2, proof)
    found = Leaf.parse(entry)
    assert unpacked(kept.shelf.get(found.path), found) == history("3")


def test_what_is_kept_twice_is_there_once(tmp_path: Path):
    kept = archive(tmp_path)
    keep(kept, [leaf("A", "1")], NOW)
    before = contents(kept)
    assert keep(archive(tmp_path), [leaf("A", "1")], NOW) == 0
    assert contents(kept) == before


def test_a_run_that_goes_on_is_kept_again_once_it_has_ended(tmp_path: Path):
    kept = archive(tmp_path)
    going = leaf("A", "1", history("1", ended=False))
    assert going[0].terminal is None
    assert keep(kept, [going], NOW) == 1
    assert keep(kept, [going], NOW) == 0
    assert kept.index.ended({"1"}) == set()
    assert keep(kept, [leaf("A", "1")], NOW) == 1
    assert kept.index.ended({"1"}) == {"1"}


def test_a_crash_at_any_write_loses_nothing_and_the_next_try_makes_it_good(tmp_path: Path):
    """Also where what comes next is not what was on its way."""
    coming = [leaf("B", "b"), leaf("D", "d")]
    for left in range(30):
        home = tmp_path / str(left)
        keep(archive(home), [leaf("A", "a")], NOW)
        with suppress(OSError):
            keep(replace(archive(home), **failing(home, left)), coming, NOW)
            break
        assert numbers(archive(home)) in (["A"], ["A", "B", "D"])
        again = archive(home)
        keep(again, [leaf("C", "c"), *coming], NOW)
        assert sorted(numbers(again)) == ["A", "B", "C", "D"]
        state = again.log.head()
        assert state is not None
        assert merkle.root(again.log.subtrees(4), 4) == state.checkpoint.root
    assert left > 4


def failing(home: Path, writes: int) -> dict[str, Any]:
    """A shelf, and the log on it, that take so many writes and no more."""
    kept, left = archive(home), iter(range(writes))

    class Failing:
        def __getattr__(self, verb: str) -> Any:
            if verb in {"put", "first", "replace"} and next(left, None) is None:
                raise OSError(28, "no space left")
            return getattr(kept.shelf, verb)

    shelf = cast("Shelf", Failing())
    return {"shelf": shelf, "log": Log(shelf, kept.origin, kept.keys)}


def test_only_the_edge_of_the_log_is_not_full(tmp_path: Path):
    kept = archive(tmp_path)
    for start in (0, 200, 400):
        added = [bytes(leaf("A", f"{start + number}")[0]) for number in range(200)]
        kept.log.append("2026-11-26", kept.signer.key, lambda _, added=added: added)  # type: ignore[misc]
    assert set(kept.shelf.list("tile")) == set(tiles.paths(600))


def test_old_heads_are_verified_by_old_keys_and_new_ones_by_new(tmp_path: Path):
    given = Given(home=tmp_path)
    keep(archive(tmp_path), [leaf("A", "1")], NOW)
    rotate(given.archive_key_folder)
    kept = archive(tmp_path)
    assert kept.log.size == 1
    keep(kept, [leaf("B", "2")], NOW)
    assert archive(tmp_path).log.size == 2
    assert len({key.name for key in public_keys(given)}) == 1
    assert len({key.id for key in public_keys(given)}) == 2


@pytest.mark.parametrize("broken", ["tile/0/000.p/2", "tile/entries/000.p/2", "checkpoint"])
def test_nothing_is_signed_on_top_of_what_does_not_hold(tmp_path: Path, broken: str):
    kept = archive(tmp_path)
    keep(kept, [leaf("A", "1"), leaf("B", "2")], NOW)
    data = bytearray(kept.shelf.get(broken))
    data[40] ^= 1
    kept.shelf.put(broken, bytes(data))
    head = kept.shelf.get("checkpoint")
    with pytest.raises(EvidenceError):
        keep(archive(tmp_path), [leaf("C", "3")], NOW)
    assert kept.shelf.get("checkpoint") == head


@pytest.mark.parametrize("planted", ["nothing", "a checkpoint", "a stranger's", "another's entries"])
def test_a_step_that_the_log_has_not_signed_is_taken_by_nobody(tmp_path: Path, planted: str):
    """Who can write where it lies cannot write in it."""
    kept, key = archive(tmp_path), Ed25519PrivateKey.generate()
    keep(kept, [leaf("A", "1")], NOW)
    head, entry = kept.shelf.get("checkpoint"), bytes(leaf("B", "2")[0])
    grown = kept.log._grown(1, [entry])
    ours = kept.log._step(kept.signer.key, grown, [entry])
    step = {
        "nothing": b"",
        "a checkpoint": tiles.framed(head, entry),
        "a stranger's": kept.log._step(key, grown, [entry]),
        "another's entries": tiles.framed(*tiles.unframed("", ours)[:1], bytes(leaf("X", "3")[0])),
    }[planted]
    kept.shelf.put("steps/1", step)
    with pytest.raises(EvidenceError):
        keep(archive(tmp_path), [leaf("C", "4")], NOW)
    assert kept.shelf.get("checkpoint") == head
    kept.shelf.put("steps/1", ours)
    keep(archive(tmp_path), [leaf("C", "4")], NOW)
    assert numbers(archive(tmp_path)) == ["A", "B", "C"]
    assert list(kept.shelf.list("steps")) == []


def test_a_step_is_no_checkpoint_to_anybody(tmp_path: Path):
    """It is signed before it is known whether it is taken, and the log never signs two states of one size."""
    kept = archive(tmp_path)
    keep(kept, [leaf("A", "1")], NOW)
    said, _ = tiles.unframed("", kept.log._step(kept.signer.key, kept.log._grown(1, [b"entry"]), [b"entry"]))
    with pytest.raises(EvidenceError):
        checkpoint.opened(said, kept.keys)


def test_a_log_has_been_at_each_of_its_states_and_at_no_other(tmp_path: Path):
    """So whoever kept a checkpoint sees whether what came since continues it."""
    kept, states = archive(tmp_path), list[Checkpoint]()
    for number in range(7):
        keep(kept, [leaf(f"A{number}", str(number))], NOW)
        head = kept.log.head()
        assert head is not None
        states.append(head.checkpoint)
    kept.log.has_been(*states)
    another = archive(tmp_path / "another")
    keep(another, [leaf("X", "1"), leaf("Y", "2")], NOW)
    other = another.log.head()
    assert other is not None
    wrong = [
        other.checkpoint,
        replace(states[2], root=states[3].root),
        replace(states[2], size=4),
        replace(states[-1], size=8),
        replace(states[2], origin="another"),
    ]
    for state in wrong:
        with pytest.raises(EvidenceError, match="never stood"):
            kept.log.has_been(states[0], state)


@pytest.mark.parametrize("empties", [True, False], ids=["emptied", "put back"])
def test_nothing_is_signed_over_a_log_that_is_not_what_it_was(tmp_path: Path, empties: bool):
    kept = archive(tmp_path)
    keep(kept, [leaf("A", "1")], NOW)
    before = contents(kept)
    keep(kept, [leaf("B", "2")], NOW)
    emptied(kept, () if empties else before.items())
    with pytest.raises(EvidenceError, match="never stood"):
        keep(archive(tmp_path), [leaf("C", "3")], NOW)


def test_an_index_that_is_lost_or_anothers_is_made_anew(tmp_path: Path):
    kept = archive(tmp_path)
    keep(kept, [leaf("A", "1"), leaf("B", "2")], NOW)
    keep(archive(tmp_path / "other"), [leaf("X", "1"), leaf("Y", "2"), leaf("Z", "3")], NOW)
    index = tmp_path / "archive/index.sqlite3"
    index.write_bytes((tmp_path / "other/archive/index.sqlite3").read_bytes())
    kept.follow()
    assert (kept.index.of("A"), kept.index.of("X")) == ([0], [])
    index.unlink()
    kept.follow()
    assert kept.index.of("B") == [1]


def test_the_archive_is_for_its_owners_eyes_only(tmp_path: Path):
    kept = archive(tmp_path)
    keep(kept, [leaf("A", "1")], NOW)
    for file in (tmp_path / "archive").rglob("*"):
        assert not file.stat().st_mode & 0o077, file

"""The archive is looked through step by step: what was removed from it, swapped or hidden is found and told."""

import sqlite3
from contextlib import closing, nullcontext
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
import typer.testing
from sqlalchemy import Engine

from cli import audit, exporting
from domain.audience.watch import Trouble
from evidence import leaves, merkle, tiles
from evidence.faults import EvidenceError
from evidence.leaves import ChangeLeaf, Leaf
from gateway import recording, scrubbing
from gateway.archiving import keep
from gateway.recording import Registry
from gateway.scrubbing import Scrub, look_through, places, wrong
from runtime.archive import Archive
from runtime.blobs import Blobs
from runtime.errors import PlainError
from store.watch.findings import standstills
from tests.evidence.samples import archive, contents, emptied, given, history, home_of, leaf

NOW = datetime(2026, 11, 26, tzinfo=UTC)


pytestmark = pytest.mark.usefixtures("findings_forgotten")
#: Whose files a test breaks, or moves.
of_a_folder = pytest.mark.parametrize("store", ["folder"], indirect=True)


@pytest.fixture
def kept(store: None, tmp_path: Path) -> Archive:
    """Three histories."""
    there = archive(tmp_path)
    keep(there, [leaf("A", "1"), leaf("B", "2"), leaf("C", "3")], NOW)
    return there


def path_of(kept: Archive, place: int) -> str:
    return Leaf.parse(kept.log.entry(place, kept.log.size)).path


def hides(kept: Archive) -> None:
    """One run is no longer the ticket's."""
    with closing(sqlite3.connect(home_of(kept) / "archive/index.sqlite3")) as there, there:
        there.execute("UPDATE leaf SET number = 'NOBODYS' WHERE position = 1")


def found(kept: Archive) -> dict[str, str]:
    return {subject: fault.place for subject, fault in wrong(kept, range(3))}


def test_what_holds_holds(kept: Archive):
    assert found(kept) == {}
    assert look_through(kept) == 3


def test_a_history_that_was_removed_is_found(kept: Archive):
    place = path_of(kept, 1)
    kept.shelf.drop(place)
    assert found(kept) == {"leaf 1": place}
    with pytest.raises(EvidenceError, match="missing"):
        look_through(kept)


@of_a_folder
def test_a_history_that_cannot_be_read_is_found_and_the_others_are_looked_at(kept: Archive):
    place = home_of(kept) / "archive" / path_of(kept, 0)
    place.unlink()
    place.mkdir()
    kept.shelf.drop(path_of(kept, 2))
    assert found(kept).keys() == {"leaf 0", "leaf 2"}


@of_a_folder
def test_a_tile_that_cannot_be_read_is_found(kept: Archive):
    place = home_of(kept) / "archive" / next(kept.shelf.list("tile/entries"))
    place.unlink()
    place.mkdir()
    assert found(kept).keys() == {"tile 0"}


def test_what_is_archived_meanwhile_accuses_nobody(kept: Archive, monkeypatch: pytest.MonkeyPatch):
    """A wider tile takes the place of the one that was read."""
    looked, history_of = list[Leaf](), Archive.history

    def history_and_append(archive: Archive, of: Leaf) -> bytes:
        looked.append(of)
        keep(archive, [leaf("D", f"{3 + len(looked)}")], NOW)
        return history_of(archive, of)

    monkeypatch.setattr(Archive, "history", history_and_append)
    assert found(kept) == {}
    assert len(looked) == 3


@pytest.mark.parametrize("how", ["emptied", "put back", "broken"])
async def test_a_log_that_does_not_continue_is_found(engine: Engine, kept: Archive, tmp_path: Path, how: str):
    before = contents(kept)
    keep(kept, [leaf("D", "4")], NOW)
    scrub, whole = Scrub(engine, lambda: kept), contents(kept)
    if how == "broken":
        kept.memory.rename(tmp_path / "memory")
        kept.shelf.put("tile/entries/000.p/4", b"")
    else:
        emptied(kept, before.items() if how == "put back" else ())
    await scrub.scrub()
    assert {each.subject for each in standstills(engine)} == {"log"}
    emptied(kept, whole.items())
    await scrub.scrub()
    assert standstills(engine) == []


def test_a_history_that_was_swapped_is_found(kept: Archive):
    kept.shelf.put(path_of(kept, 2), leaves.packed(history("4")))
    assert found(kept).keys() == {"leaf 2"}


def test_an_index_that_hides_a_run_is_found(kept: Archive):
    hides(kept)
    assert found(kept) == {"index.sqlite3 1": "index.sqlite3, 1"}


def test_a_tile_that_was_changed_is_found(kept: Archive):
    hashed = next(kept.shelf.list("tile/0"))
    kept.shelf.put(hashed, kept.shelf.get(hashed)[:-32] + bytes(32))
    assert found(kept).keys() == {"tile 0"}


def test_an_entry_that_was_changed_with_its_hash_is_found(kept: Archive):
    """What was signed is another."""
    hashed, entries = next(kept.shelf.list("tile/0")), next(kept.shelf.list("tile/entries"))
    kept.shelf.put(entries, kept.shelf.get(entries).replace(b'"number":"B"', b'"number":"X"'))
    changed = [merkle.leaf_hash(entry) for entry in tiles.split(entries, kept.shelf.get(entries))]
    kept.shelf.put(hashed, b"".join(changed))
    assert "leaf 1" in found(kept)


@pytest.mark.parametrize("size", [0, 1, 7, 1_440, 5_000])
def test_all_leaves_are_looked_at_in_as_many_steps_as_a_day_has(size: int):
    """Wherever the first begins."""
    looked, at = set[int](), size // 2
    for _ in range(24 * 60):
        step = [place for among in places(size, at) for place in among]
        assert len(step) == len(set(step)) == min(size, max(1, -(-size // 1_440)))
        looked.update(step)
        at = (step[-1] + 1) % size if step else 0
    assert looked == set(range(size))


async def test_a_scrub_that_begins_anew_goes_on_where_the_last_one_ended(engine: Engine, kept: Archive):
    for place in range(3):
        kept.shelf.drop(path_of(kept, place))
        await Scrub(engine, lambda: kept).scrub()
        assert {each.subject for each in standstills(engine)} == {f"leaf {at}" for at in range(place + 1)}


@pytest.mark.parametrize("kept_of_it", [b"no place", b"[]", b"-5", b"\xff", b"9" * 9_999])
async def test_a_scrub_that_does_not_know_where_the_last_one_ended_begins_anew(
    engine: Engine, kept: Archive, kept_of_it: bytes
):
    kept.memory.with_name("scrubbed").write_bytes(kept_of_it)
    await Scrub(engine, lambda: kept).scrub()
    assert scrubbing._begin(kept) == 1


async def test_what_does_not_hold_is_told_and_an_index_is_made_anew(
    engine: Engine, kept: Archive, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(scrubbing, "places", lambda size, _: [range(size)])
    scrub = Scrub(engine, lambda: kept)
    kept.shelf.drop(path_of(kept, 0))
    hides(kept)
    await scrub.scrub()
    assert {each.subject for each in standstills(engine)} == {"leaf 0", "index.sqlite3 1"}
    assert {each.trouble for each in standstills(engine)} == {Trouble.EVIDENCE}
    assert kept.index.of("B") == [1]
    await scrub.scrub()
    assert {each.subject for each in standstills(engine)} == {"leaf 0"}


class TestTheCommand:
    @pytest.fixture
    def home(self, engine: Engine, kept: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setattr(exporting, "Given", lambda: given(tmp_path))
        monkeypatch.setattr(exporting, "registry", lambda: nullcontext(engine))
        assert Registry(engine, Blobs(tmp_path / "uploads")).take(kept, NOW) > 0
        return tmp_path

    @staticmethod
    def checked() -> tuple[int, str]:
        told = typer.testing.CliRunner().invoke(audit.app, ["check"])
        return told.exit_code, told.output

    @pytest.mark.usefixtures("home")
    def test_looks_through_the_whole_archive(self, kept: Archive):
        assert self.checked()[0] == 0
        place = path_of(kept, 1)
        kept.shelf.drop(place)
        code, told = self.checked()
        assert (code, place in told) == (1, True)

    @pytest.mark.usefixtures("home")
    def test_holds_all_of_the_registry_to_the_log(self, kept: Archive, monkeypatch: pytest.MonkeyPatch):
        """Not only as much as the watchdog looks at in one look."""
        monkeypatch.setattr(recording, "held", partial(recording.held, most=2))
        gone = ChangeLeaf(10**9, "0" * 64, 1)
        kept.record([gone], NOW)
        code, told = self.checked()
        assert (code, f"registry change {gone.name}" in told) == (1, True)

    @pytest.mark.usefixtures("home")
    def test_says_what_it_could_not_look_at(self, monkeypatch: pytest.MonkeyPatch):
        def away() -> None:
            raise PlainError("the installation does not run")

        monkeypatch.setattr(exporting, "registry", away)
        code, told = self.checked()
        assert code == 1
        assert "not checked: " in told

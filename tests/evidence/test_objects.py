"""An archive in a store of objects: no two machines fork its log, and a folder moves there by copying it."""

import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from operator import methodcaller
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from cli import exporting
from cli.checks import of_archive
from cli.findings import State
from evidence import merkle
from evidence.leaves import Leaf
from evidence.log import Log
from evidence.shelf import Folder
from gateway.archiving import keep
from gateway.scrubbing import look_through
from runtime.archive import Archive
from runtime.errors import StoreError
from runtime.objects import Bucket
from runtime.settings import Given
from tests.evidence.s3 import BUCKET, SECRET, interrupted, needs_versitygw
from tests.evidence.samples import archive, contents, given, leaf

pytestmark = [needs_versitygw, pytest.mark.usefixtures("bucket")]
NOW = datetime(2026, 11, 26, tzinfo=UTC)


def numbers(kept: Archive) -> list[str]:
    return sorted(Leaf.parse(entry).number for entry in kept.log.entries(0, kept.log.size))


def machine(home: Path, first: Archive) -> Archive:
    """Another one with the same keys, whose archive is the same."""
    keys = home / "archive-keys"
    shutil.copytree(first.memory.parent, keys)
    return Archive.of(given(first.memory.parents[1]).model_copy(update={"home": home}))


class TestTwoMachines:
    @pytest.mark.parametrize("added", [["CD"], ["C", "DB", "E"]], ids=["as many", "more, and one that is the same"])
    def test_never_fork_the_log_wherever_one_comes_between(self, tmp_path: Path, added: list[str]):
        """Before each dealing of the one with the store the other adds."""
        for at in range(1_000):
            one = archive(tmp_path / f"{at}")
            keep(one, [leaf("A", "a")], NOW)
            other = machine(tmp_path / f"{at}-other", one)

            def between(other: Archive = other) -> None:
                for some in added:
                    keep(other, [leaf(each, each.lower()) for each in some], NOW)

            slow, due = interrupted(one, at, between)
            keep(slow, [leaf("B", "b"), leaf("F", "f")], NOW)
            if next(due, None):
                break
            all_of_them = sorted({*"ABF", *"".join(added)})
            assert numbers(one) == numbers(other) == all_of_them
            for each in (one, other):
                assert look_through(each) == len(all_of_them)
                each.see_that_it_continues()
        assert at > 20

    def test_that_add_at_once_lose_nothing(self, tmp_path: Path):
        one = archive(tmp_path / "one")
        keep(one, [leaf("A", "a")], NOW)
        machines = [one, machine(tmp_path / "other", one)]
        failed: list[BaseException] = []

        def add(kept: Archive, own: str) -> None:
            try:
                for number in range(8):
                    keep(kept, [leaf(f"{own}{number}", f"{own}{number}"), leaf(f"S{number}", f"s{number}")], NOW)
            except BaseException as error:  # noqa: BLE001  # told to the test
                failed.append(error)

        threads = [threading.Thread(target=add, args=(kept, own)) for kept, own in zip(machines, "XY", strict=True)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert failed == []
        expected = ["A", *(f"{own}{number}" for own in "SXY" for number in range(8))]
        assert numbers(one) == sorted(expected)
        assert look_through(machines[1]) == len(expected)

    def test_that_drop_the_same_at_once_both_have_dropped_it(self, tmp_path: Path):
        """The store says to one of them that there is nothing, in the words that it has for many at a time."""
        one = archive(tmp_path / "one")
        shelves = [one.shelf, machine(tmp_path / "other", one).shelf]
        paths = [f"steps/{number}" for number in range(100)]
        for path in paths:
            one.shelf.put(path, b"step")
        with ThreadPoolExecutor() as pool:
            for path in paths:
                assert list(pool.map(methodcaller("drop", path), shelves)) == [None, None]
        assert not list(one.shelf.list("steps/"))

    def test_read_a_state_that_the_other_has_left_behind(self, tmp_path: Path):
        """A narrower tile is cut out of the wider one."""
        one = archive(tmp_path / "one")
        keep(one, [leaf("A", "a"), leaf("B", "b")], NOW)
        keep(machine(tmp_path / "other", one), [leaf(f"C{number}", f"c{number}") for number in range(300)], NOW)
        assert [Leaf.parse(entry).number for entry in one.log.entries(0, 2)] == ["A", "B"]
        entry = one.log.entry(1, 2)
        subtrees = one.log.subtrees(2)
        proof = merkle.inclusion(subtrees, 1, 2)
        assert merkle.includes(merkle.root(subtrees, 2), 2, merkle.leaf_hash(entry), 1, proof)


class TestAFolder:
    def test_is_moved_into_a_bucket_by_copying_it(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        """And the log goes on there, and continues what it was."""
        before = Archive.of(Given(home=tmp_path))
        keep(before, [leaf("A", "a"), leaf("B", "b")], NOW)
        head = before.log.head()
        assert head is not None
        there = archive(tmp_path)
        for path, data in contents(before).items():
            there.shelf.put(path, data)
        keep(there, [leaf("C", "c")], NOW)
        there.log.has_been(head.checkpoint)
        assert numbers(there) == ["A", "B", "C"]
        assert look_through(there) == 3
        assert not list((tmp_path / "archive").rglob("*.p/3"))
        monkeypatch.setattr(exporting, "Given", lambda: given(tmp_path))
        Log(exporting.own_archive(), there.origin, there.keys).has_been(head.checkpoint)


class TestTheDoctor:
    def test_tries_it_out_and_leaves_nothing(self, tmp_path: Path):
        told = list(of_archive(given(tmp_path)))
        assert [(each.check, each.state) for each in told] == [("archive", State.OK)]
        assert contents(archive(tmp_path)) == {}
        assert list(of_archive(Given(home=tmp_path))) == []

    def test_finds_a_store_by_which_two_would_write_over_each_other(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        tried = Bucket(f"{BUCKET}/x", Folder(tmp_path))
        store = tried._store

        class Careless:
            def __getattr__(self, name: str) -> Any:
                return getattr(store, name)

            def put(self, path: str, data: bytes, **_: object) -> None:
                store.put(path, data)

        monkeypatch.setattr(tried, "_store", Careless())
        with pytest.raises(StoreError, match="If-None-Match"):
            tried.try_out()


class TestTheSetting:
    @pytest.mark.parametrize("wrong", ["bucket", "s3://", "s3://UPPER/x", "s3://key:secret@bucket", "http://bucket/x"])
    def test_is_the_name_of_a_bucket(self, wrong: str):
        with pytest.raises(ValidationError, match="archive_store"):
            Given(archive_store=wrong)

    def test_hands_on_how_to_get_in_to_those_who_archive_alone(self, monkeypatch: pytest.MonkeyPatch):
        """It is written down nowhere."""
        there = Given(archive_store=BUCKET)
        assert there.store_secrets()["AWS_SECRET_ACCESS_KEY"] == SECRET
        assert SECRET not in there.model_dump_json() + repr(there)
        assert Given().store_secrets() == {}

"""Histories that were erased on request: log, proofs and bundles hold; nobody passes off a loss as an erasure."""

import dataclasses
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from evidence import bundle, canonical, container, merkle
from evidence.bundle import MANIFEST, Contents, Erasure, Run, Stamps
from evidence.faults import EvidenceError
from evidence.leaves import ErasedLeaf, parsed
from evidence.verifying import verified
from gateway.archiving import keep
from gateway.histories import kept
from gateway.scrubbing import look_through, wrong
from gateway.verdict.folding import runs_in
from gateway.verdict.judging import Part, judged
from runtime.archive import Archive
from tests.evidence.samples import archive, continued, history, leaf
from tests.evidence.test_bundle import signed_anew

NOW = datetime(2026, 11, 27, tzinfo=UTC)
_RUNS = (leaf("A", "a1", continued("a1", "a2")), leaf("A", "a2", continued("a2", None, "a1")))
_SAID = {"what": "history", "about": "", "reason": "request 35", "erased_at": "2026-11-27T00:00:00+00:00"}
_EMPTY = ("timeline", "promises", "told", "attachments", "people", "senders")

Parts = dict[str, bytes]


@pytest.fixture
def there(store: None, tmp_path: Path) -> Archive:
    """Of two tickets; the histories of one were erased, of which one had been archived while it went on, too."""
    made = archive(tmp_path)
    keep(made, [leaf("A", "a1", history("a1", ended=False)), leaf("B", "b"), *_RUNS], NOW)
    assert made.erase("A", NOW) == 3
    return made


def contents(there: Archive) -> Contents:
    head = there.log.head()
    assert head is not None
    size = head.checkpoint.size

    def proof(position: int) -> list[bytes]:
        return merkle.inclusion(there.log.subtrees(size), position, size)

    gone = {sha256: Erasure(at, said, proof(at)) for sha256, (at, said) in there.erased("A").items()}
    runs = [Run(at, said, proof(at), b"", gone[said.sha256]) for at, said in there.latest("A")]
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in _EMPTY}
    rows |= {"ticket": [{"number": "A"}], "erased": [_SAID]}
    return Contents("A", NOW.isoformat(), {}, head.note, runs, [], Stamps(), rows, {})


def made(there: Archive, said: Contents) -> bytes:
    return bundle.made(said, there.origin, there.signer.key)


def test_nothing_is_left_of_them_and_the_log_holds_and_says_so(there: Archive):
    assert [*there.shelf.list("histories")] == [leaf("B", "b")[0].path]
    assert look_through(there) == 7
    assert runs_in(there).keys() == {"B"}
    assert kept(there, "A") == []
    said = parsed(there.log.entry(6, 7))
    assert isinstance(said, ErasedLeaf)
    assert (said.number, said.run) == ("A", "a2")
    assert there.erase("A", NOW) == 3  # again is no harm
    assert there.log.size == 7


def test_they_are_not_archived_again_and_one_that_comes_back_is_found(there: Archive):
    """Whoever puts an older copy of the archive back brings back what was erased since."""
    keep(there, _RUNS, NOW)
    assert look_through(there) == 7
    said, _ = _RUNS[1]
    there.shelf.put(said.path, b"a copy")
    assert {subject for subject, _ in wrong(there, range(7))} == {"leaf 6"}
    there.erase("A", NOW)
    assert look_through(there) == 7


def test_what_is_merely_gone_is_missed(there: Archive):
    there.shelf.drop(leaf("B", "b")[0].path)
    with pytest.raises(EvidenceError, match="missing"):
        look_through(there)


async def test_a_bundle_proves_that_they_were_erased_and_nothing_else_of_them(there: Archive):
    told = verified(made(there, contents(there)), there.keys)
    assert told.is_erased
    assert [(run.leaf.run, len(run.events)) for run in told.runs] == [("a1", 0), ("a2", 0)]
    assert await judged(told) == {Part.PROOF: None}


def _manifest(change: Callable[[dict[str, Any]], object]) -> Callable[[Parts], Parts]:
    def changed(parts: Parts) -> Parts:
        manifest = canonical.read(parts[MANIFEST], MANIFEST)
        change(manifest)
        return parts | {MANIFEST: canonical.written(manifest)}

    return changed


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (_manifest(lambda said: said["runs"][0].pop("erased")), "histories/000.json"),
        (_manifest(lambda said: said["runs"][0].update(erased=said["runs"][1]["erased"])), "manifest.json, run 0"),
        (_manifest(lambda said: said["runs"][0]["erased"].update(position=0)), "manifest.json, run 0"),
        (_manifest(lambda said: said["runs"].clear()), "manifest.json"),
        (lambda parts: parts | {"histories/000.json": _RUNS[0][1]}, "histories/000.json"),
        (lambda parts: parts | {"rows/erased.json": b"[]"}, "rows/erased.json"),
    ],
)
def test_nobody_passes_off_as_erased_what_the_log_does_not_say_is(
    there: Archive, change: Callable[[Parts], Parts], place: str
):
    """Not even with the key that signs bundles."""
    parts = change(container.read(made(there, contents(there))))
    with pytest.raises(EvidenceError) as fault:
        verified(signed_anew(parts, there.signer.key, there.origin), there.keys)
    assert fault.value.place == place


def test_of_a_ticket_whose_histories_are_there_nothing_is_erased(there: Archive):
    said = contents(there)
    both = zip(said.runs, _RUNS, strict=True)
    whole = [dataclasses.replace(run, history=told, erased=None) for run, (_, told) in both]
    assert not verified(made(there, dataclasses.replace(said, runs=whole)), there.keys).is_erased

"""Stamps are looked at with the leaves that they stamp: one that was damaged or removed is found until it is whole."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from domain.audience.watch import Trouble
from evidence import stamps
from evidence.faults import EvidenceError
from gateway import stamping
from gateway.archiving import keep
from gateway.scrubbing import Scrub
from runtime.archive import Archive
from store.watch.findings import standstills
from tests.evidence.authority import Authority, needs_openssl
from tests.evidence.samples import archive, given, home_of, leaf
from tests.patience import PATIENCE_S

NOW = datetime(2026, 11, 26, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("findings_forgotten")
#: Whose files a test breaks.
of_a_folder = pytest.mark.parametrize("store", ["folder"], indirect=True)


@pytest.fixture
def kept(store: None, tmp_path: Path) -> Archive:
    """Three histories."""
    there = archive(tmp_path)
    keep(there, [leaf("A", "1"), leaf("B", "2"), leaf("C", "3")], NOW)
    return there


@of_a_folder
@needs_openssl
@pytest.mark.parametrize(
    "damage", [lambda file: file.write_bytes(b""), lambda file: file.write_bytes(b"\xff no stamp")]
)
async def test_a_stamp_that_was_damaged_is_found_until_it_is_whole(
    engine: Engine, kept: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[Path], None]
):
    scrub, place = Scrub(engine, lambda: kept), await stamped(kept, tmp_path, monkeypatch)
    whole = kept.shelf.get(place.answer)
    damage(home_of(kept) / "archive" / place.answer)
    await all_of(scrub)
    assert [(each.trouble, each.reason) for each in standstills(engine)] == [(Trouble.EVIDENCE, place.answer)]
    kept.shelf.put(place.answer, whole)
    await all_of(scrub)
    assert standstills(engine) == []


async def stamped(kept: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> stamps.Place:
    """Where the stamp lies that an authority has given."""
    return (await stamped_by(kept, tmp_path, monkeypatch))[0]


async def stamped_by(
    kept: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[stamps.Place, stamping.Authority]:
    monkeypatch.setattr(stamping, "WITHIN_S", PATIENCE_S)
    local = Authority(tmp_path / "authority")
    with local.serving() as url:
        authority = stamping.Authority(url, local.root)
        await stamping.ask(kept, [authority], NOW)
    (place,) = stamps.places(kept.shelf)
    return place, authority


@needs_openssl
async def test_a_stamp_that_was_kept_without_a_copy_is_missed_all_the_same_once_it_was_looked_at(
    engine: Engine, kept: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Earlier releases kept none. Of an authority that nobody believes here there is none for ever: whoever writes in
    the archive could fill the place beside the keys with their own.
    """
    place, authority = await stamped_by(kept, tmp_path, monkeypatch)
    copies = home_of(kept) / "archive-keys"
    for path in (place.note, place.answer):
        (copies / path).unlink()
    await all_of(Scrub(engine, lambda: kept))
    assert not (copies / place.answer).exists()
    scrub = Scrub(engine, lambda: kept, lambda: {authority.id: authority.roots})
    await all_of(scrub)
    assert (copies / place.answer).read_bytes() == kept.shelf.get(place.answer)
    for path in (place.note, place.answer):
        kept.shelf.drop(path)
    await all_of(scrub)
    assert [(each.trouble, each.reason) for each in standstills(engine)] == [(Trouble.EVIDENCE, place.answer)]


@needs_openssl
async def test_a_stamp_that_was_removed_whole_is_found_until_it_is_put_back(
    engine: Engine, kept: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """What should be there is known beside the keys, where who can write the archive need not reach."""
    scrub, place = Scrub(engine, lambda: kept), await stamped(kept, tmp_path, monkeypatch)
    for path in (place.note, place.answer):
        kept.shelf.drop(path)
    assert stamps.places(kept.shelf) == []
    await all_of(scrub)
    assert [(each.trouble, each.reason) for each in standstills(engine)] == [(Trouble.EVIDENCE, place.answer)]
    with pytest.raises(EvidenceError, match="missing"):
        stamping.see_that_they_hold(kept, given(tmp_path))
    for path in (place.note, place.answer):
        kept.shelf.put(path, (home_of(kept) / "archive-keys" / path).read_bytes())
    await all_of(scrub)
    assert standstills(engine) == []


async def test_a_stamp_of_more_than_the_log_has_is_found_until_it_is_gone(engine: Engine, kept: Archive):
    scrub, place = Scrub(engine, lambda: kept), "stamps/0123456789abcdef/2026-11-26.9.tsr"
    kept.shelf.put(place, b"")
    await scrub.scrub()
    assert [each.reason for each in standstills(engine)] == [place]
    kept.shelf.drop(place)
    await scrub.scrub()
    assert standstills(engine) == []


async def all_of(scrub: Scrub) -> None:
    """As many steps as there are leaves."""
    for _ in range(3):
        await scrub.scrub()

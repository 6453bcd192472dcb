"""Stamps: a bundle says since when all of it was there, by whoever is believed; one that was changed is found."""

import asyncio
import hashlib
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import typer.testing

from cli import audit
from evidence import bundle, container, stamps
from evidence.bundle import stamp_parts
from evidence.faults import EvidenceError
from evidence.stamps import Place
from evidence.verifying import see_that_it_is_stamped, verified
from gateway import exporting, stamping
from gateway.archiving import keep
from gateway.stamping import Roots, ask, see_that_they_hold
from runtime.archive import Archive
from runtime.errors import PlainError
from runtime.settings import Given
from tests.evidence.authority import Authority, needs_openssl
from tests.evidence.samples import archive, home_of, leaf
from tests.evidence.test_bundle import _audit, contents, signed_anew
from tests.evidence.test_stamping import GRANTED_NOTHING, NOW, TOMORROW, believed, flipped, note_of

pytestmark = needs_openssl


def test_of_each_authority_the_first_stamp_over_each_leaf_is_passed_on():
    of = [Place(size, authority, f"2026-11-{size:02}") for authority in ("a", "b") for size in (2, 5, 9)]
    assert stamps.first_over(of, [0, 1, 3]) == sorted(each for each in of if each.size in {2, 5})
    assert stamps.first_over(of, [8]) == [each for each in of if each.size == 9]
    assert stamps.first_over(of, [9]) == stamps.first_over(of, []) == []
    assert stamps.first_over(iter(of), range(10)) == sorted(of)  # gone through once, however many leaves there are


def stamped_bundle(kept: Archive, number: str, roots: Roots | None = None) -> bytes:
    """With the stamps that are exported."""
    told = contents(kept, number)
    found = exporting._stamps(kept, kept.log.size, {run.position for run in told.runs}, roots or {})
    return bundle.made(replace(told, stamps=found), kept.origin, kept.signer.key)


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def unreadable(file: Path) -> None:
    file.unlink()
    file.mkdir()


def no_stamp(file: Path) -> None:
    file.write_bytes(b"\xff garbage")


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def its_signature_flipped(file: Path) -> None:
    file.write_bytes(flipped(file.read_bytes(), -1))


#: What can happen to a file, and to which of a stamp's two.
DAMAGES = [
    *((each, "answer") for each in (emptied, no_stamp, cut, its_signature_flipped)),
    *((each, "note") for each in (emptied, no_stamp, cut, unreadable, Path.unlink)),
]


class TestABundle:
    async def test_says_since_when_all_of_it_was_there_by_whoever_is_believed(
        self, kept: Archive, authority: Authority, tmp_path: Path
    ):
        with authority.serving() as url:
            await ask(kept, [believed(url, authority)], NOW)
        keep(kept, [leaf("B", "2")], NOW)
        data, stranger = stamped_bundle(kept, "A"), Authority(tmp_path / "stranger")
        told = verified(data, kept.keys)
        assert abs(see_that_it_is_stamped(told, authority.roots) - datetime.now(UTC)) < timedelta(hours=1)
        with pytest.raises(EvidenceError, match=r"histories/000\.json: .* / no such authority"):
            see_that_it_is_stamped(told, stranger.roots)
        with pytest.raises(EvidenceError, match=r"histories/000\.json"):
            see_that_it_is_stamped(verified(stamped_bundle(kept, "B"), kept.keys), authority.roots)
        page = container.read(data)["page.html"].decode()
        assert "CN=Time Stamps" in page

    async def test_is_verified_offline_without_the_parts_of_a_server(
        self, kept: Archive, authority: Authority, tmp_path: Path
    ):
        lone = stamped_bundle(kept, "A")
        with authority.serving() as url:
            await ask(kept, [believed(url, authority)], NOW)
        key, file = tmp_path / "keys", tmp_path / "a.zip"
        key.write_text("".join(f"{each}\n" for each in kept.keys))
        wanted = ("--key", str(key), "--timestamp", str(authority.root))
        for data, words, code, said in (
            (stamped_bundle(kept, "A"), wanted, 0, "时间戳 / stamped: 2"),
            (stamped_bundle(kept, "A"), wanted[:2], 0, "CN=Time Stamps, 未核实机构"),
            (lone, wanted, 1, "no such authority"),
            (lone, wanted[:2], 0, "成立"),
            (lone, (*wanted[:3], str(key)), 1, "PEM"),
        ):
            file.write_bytes(data)
            told = _audit("verify", str(file), *words)
            assert (told.returncode, said in told.stdout + told.stderr) == (code, True), told

    async def test_even_with_the_key_a_stamp_is_of_a_state_that_the_log_continues(
        self, kept: Archive, authority: Authority, tmp_path: Path
    ):
        with authority.serving() as url:
            await ask(kept, [believed(url, authority)], NOW)
        parts = container.read(stamped_bundle(kept, "A"))
        note, answer = stamp_parts(0)
        other = archive(tmp_path / "other")
        keep(other, [leaf("A", "1")], NOW)
        for name, data, place in (
            (note, note_of(other), "checkpoint"),  # by no known key
            (note, parts[note] + "— somebody AAAAAAAA\n".encode(), answer),
            (answer, flipped(parts[answer], parts[answer].index(hashlib.sha256(parts[note]).digest())), answer),
            (answer, parts[answer][:-1], answer),
            (answer, GRANTED_NOTHING, answer),
        ):
            spoiled = signed_anew(parts | {name: data}, kept.signer.key, kept.origin)
            with pytest.raises(EvidenceError) as fault:
                verified(spoiled, kept.keys)
            assert fault.value.place == place
        keep(kept, [leaf("B", "2")], NOW)
        later = signed_anew(parts | {note: note_of(kept)}, kept.signer.key, kept.origin)
        with pytest.raises(EvidenceError, match="does not continue"):
            verified(later, kept.keys)

    async def test_with_a_forged_stamp_satisfies_nobody(self, kept: Archive, authority: Authority):
        """Who has the log's key can put it in; who wants a stamp finds none."""
        with authority.serving() as url:
            await ask(kept, [believed(url, authority)], NOW)
        parts = container.read(stamped_bundle(kept, "A"))
        _, answer = stamp_parts(0)
        forged = signed_anew(parts | {answer: flipped(parts[answer], -1)}, kept.signer.key, kept.origin)
        with pytest.raises(EvidenceError, match="no such authority"):
            see_that_it_is_stamped(verified(forged, kept.keys), authority.roots)


@pytest.mark.parametrize(("damage", "of"), DAMAGES)
class TestADamagedStamp:
    """Of two over the same history."""

    async def test_is_left_out_and_said_and_the_next_one_is_there(
        self, kept: Archive, authority: Authority, tmp_path: Path, damage: Callable[[Path], None], of: str
    ):
        with authority.serving() as url:
            asked = believed(url, authority)
            await ask(kept, [asked], NOW)
            keep(kept, [leaf("B", "2")], NOW)
            await ask(kept, [asked], TOMORROW)
        first, second = stamps.places(kept.shelf)
        damage(home_of(kept) / "archive" / getattr(first, of))
        data = stamped_bundle(kept, "A", {asked.id: authority.roots})
        told = verified(data, kept.keys)
        assert ([each.size for each in told.stamped], told.damaged) == ([second.size], [first.answer])
        see_that_it_is_stamped(told, authority.roots)
        assert first.answer in container.read(data)["page.html"].decode()
        file, key = tmp_path / "a.zip", tmp_path / "keys"
        file.write_bytes(data)
        key.write_text("".join(f"{each}\n" for each in kept.keys))
        said = await asyncio.to_thread(
            typer.testing.CliRunner().invoke, audit.app, ["verify", str(file), "--key", str(key)]
        )
        assert (said.exit_code, f"not checked: 时间戳 {first.answer}" in said.output) == (0, True), said.output

    async def test_is_asked_for_again(
        self, kept: Archive, authority: Authority, damage: Callable[[Path], None], of: str
    ):
        """On the same day, and of the same state."""
        with authority.serving() as url:
            asked = [believed(url, authority)]
            await ask(kept, asked, NOW)
            (place,) = stamps.places(kept.shelf)
            file = home_of(kept) / "archive" / getattr(place, of)
            damage(file)
            if file.is_dir():
                shutil.rmtree(file)
            assert await ask(kept, asked, NOW) == {}
        assert authority.asked == 2
        kept.stamped(place)


async def test_of_stamps_that_are_all_damaged_none_is_passed_on(kept: Archive, authority: Authority):
    with authority.serving() as url:
        await ask(kept, [believed(url, authority)], NOW)
    (place,) = stamps.places(kept.shelf)
    emptied(home_of(kept) / "archive" / place.answer)
    told = verified(stamped_bundle(kept, "A"), kept.keys)
    assert (told.stamped, told.damaged) == ([], [place.answer])


class TestAnAudit:
    async def test_finds_a_stamp_that_was_changed_or_is_of_no_state_of_the_log(
        self, kept: Archive, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setenv("ZHISHOU_HOME", str(tmp_path / "home"))
        with authority.serving() as url:
            given = Given(home=tmp_path / "home", timestamps=f"{url} {authority.root}")
            await ask(kept, stamping.configured(given), NOW)
        (place,) = stamps.places(kept.shelf)
        see_that_they_hold(kept, given)
        right = {path: kept.shelf.get(path) for path in (place.note, place.answer)}
        other = archive(tmp_path / "other")
        keep(other, [leaf("X", "1")], NOW)
        for path, data, found in (
            (place.answer, flipped(right[place.answer], -1), place.answer),
            (place.answer, b"", place.answer),
            (place.note, note_of(other), "checkpoint"),
        ):
            kept.shelf.put(path, data)
            with pytest.raises(EvidenceError) as fault:
                see_that_they_hold(kept, given)
            assert fault.value.place == found
            kept.shelf.put(path, right[path])
        kept.shelf.put(place.answer, b"")
        told = await asyncio.to_thread(typer.testing.CliRunner().invoke, audit.app, ["check"])
        assert (told.exit_code, place.answer in told.output) == (1, True)
        kept.shelf.drop(place.note)
        with pytest.raises(EvidenceError, match="missing"):
            see_that_they_hold(kept, given)

    async def test_says_so_where_the_root_certificates_are_gone(
        self, kept: Archive, authority: Authority, tmp_path: Path
    ):
        with authority.serving() as url:
            given = Given(home=tmp_path / "home", timestamps=f"{url} {authority.root}")
            await ask(kept, stamping.configured(given), NOW)
        authority.root.unlink()
        with pytest.raises(PlainError, match="ZHISHOU_TIMESTAMPS"):
            see_that_they_hold(kept, given)

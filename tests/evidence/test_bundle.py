"""Bundles: an untouched one always verifies, and of a thousand that were tampered with each is found, by its place."""

import hashlib
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from evidence import bundle, canonical, container, merkle, notes
from evidence.bundle import CHECKPOINT, MANIFEST, SIGNATURE, Contents, File, Run, Stamps
from evidence.faults import EvidenceError
from evidence.leaves import ChangeLeaf, FileLeaf, Leaf
from evidence.notes import PublicKey
from evidence.verifying import Verified, verified
from gateway.archiving import keep
from runtime.archive import Archive, public_keys
from runtime.settings import Given
from tests.evidence.samples import archive, continued, history, home_of, leaf

NOW = datetime(2026, 11, 26, tzinfo=UTC)
_PHOTO = b"\xff\xd8 a photo"
_FILE = FileLeaf("f1", "A", "engineer", hashlib.sha256(_PHOTO).hexdigest(), len(_PHOTO))
_STRANGER = Ed25519PrivateKey.from_private_bytes(b"stranger" * 4)
_ORDINARY = {"actor_id": "engineer", "actor_role": "engineer", "at": "2026-11-26T01:00:00+00:00"}

Parts = dict[str, bytes]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """An archive with the two runs of a ticket among those of others."""
    made = archive(tmp_path_factory.mktemp("home"))
    made.record([_FILE, ChangeLeaf(1, "00" * 32, 3)], NOW)
    others = [leaf(f"X{number}", f"x{number}") for number in range(9)]
    keep(made, [*others, leaf("A", "a1", continued("a1", "a2")), leaf("A", "a2", continued("a2", None, "a1"))], NOW)
    return made


@pytest.fixture(scope="module")
def keys(kept: Archive) -> list[PublicKey]:
    return public_keys(Given(home=home_of(kept)))


def rows() -> dict[str, list[dict[str, Any]]]:
    entries: list[dict[str, Any]] = [
        {"seq": seq, "happening": "noted", "recorded_at": None, "data": {}} | _ORDINARY for seq in (1, 2, 3)
    ]
    photo = {"sha256": hashlib.sha256(_PHOTO).hexdigest(), "size": len(_PHOTO), "name": "<机房>.jpg"}
    photo |= {"id": "f1", "uploaded_by": "engineer", "uploaded_at": "2026-11-26T01:00:00+00:00"}
    return {
        "ticket": [{"number": "A", "title": "<b>停机</b>"}],
        "timeline": entries,
        "promises": [],
        "told": [],
        "attachments": [photo],
        "erased": [],
        "people": [{"id": "engineer", "name": "王工"}],
        "senders": [],
    }


def contents(kept: Archive, number: str = "A") -> Contents:
    head = kept.log.head()
    assert head is not None
    size = head.checkpoint.size
    runs = []
    for position in kept.index.of(number):
        said = Leaf.parse(kept.log.entry(position, size))
        proof = merkle.inclusion(kept.log.subtrees(size), position, size)
        before = {"a1": continued("a1", "a2"), "a2": continued("a2", None, "a1")}
        runs.append(Run(position, said, proof, before.get(said.run) or history(said.run)))
    logged = [File(at, said, merkle.inclusion(kept.log.subtrees(size), at, size)) for at, said in kept.files(number)]
    of_rows = rows() if logged else rows() | {"attachments": []}
    files = {_FILE.sha256: _PHOTO} if logged else {}
    return Contents(number, NOW.isoformat(), {"zhishou": "0.1.0"}, head.note, runs, logged, Stamps(), of_rows, files)


def bundle_of(kept: Archive, number: str) -> bytes:
    return bundle.made(contents(kept, number), kept.origin, kept.signer.key)


@pytest.fixture(scope="module")
def whole(kept: Archive) -> bytes:
    return bundle_of(kept, "A")


def signed_anew(parts: Parts, key: Ed25519PrivateKey, origin: str) -> bytes:
    """As somebody writes it who has changed parts and makes all the rest fit, with a key of theirs."""
    manifest = canonical.read(parts[MANIFEST], MANIFEST)
    others = {name: data for name, data in parts.items() if name not in {SIGNATURE, MANIFEST}}
    manifest["parts"] = [
        {"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()} for name, data in others.items()
    ]
    said = canonical.written(manifest)
    return container.written({SIGNATURE: bundle.signed(said, origin, key), MANIFEST: said, **others})


def found(data: bytes, keys: list[PublicKey]) -> str:
    """The place that does not hold."""
    with pytest.raises(EvidenceError) as fault:
        verified(data, keys)
    assert fault.value.label.zh
    assert fault.value.label.en
    return fault.value.place


def changed(data: bytes, chance: random.Random) -> bytes:
    """A byte changed, taken out, put in; or the rest cut off, or a piece moved."""
    at, byte = chance.randrange(len(data)), bytes([chance.randrange(256)])
    return chance.choice(
        [
            data[:at] + bytes([data[at] ^ chance.randint(1, 255)]) + data[at + 1 :],
            data[:at] + data[at + 1 :],
            data[:at] + byte + data[at:],
            data[:at],
            data + byte,
            data[at:] + data[:at] if at else data[::-1],
        ]
    )


def test_an_untouched_bundle_holds_and_says_what_it_proves(whole: bytes, keys: list[PublicKey]):
    told = verified(whole, keys)
    assert isinstance(told, Verified)
    assert (told.number, told.attachments, told.state.size) == ("A", 1, 13)
    assert [run.leaf.run for run in told.runs] == ["a1", "a2"]


def test_a_bundle_is_made_byte_for_byte_the_same_again(kept: Archive, whole: bytes):
    assert bundle.made(contents(kept), kept.origin, kept.signer.key) == whole


def test_of_six_hundred_changed_bytes_each_is_found_in_its_part(whole: bytes, keys: list[PublicKey]):
    chance = random.Random(20261126)
    parts = container.read(whole)
    assert all(found(changed(whole, chance), keys) for _ in range(600))
    for name in (MANIFEST, "page.html", "histories/000.json"):
        at = whole.index(parts[name]) + len(parts[name]) // 2
        assert found(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :], keys) == name


def test_of_three_hundred_changed_parts_in_a_container_that_fits_each_is_found_by_name(
    whole: bytes, keys: list[PublicKey]
):
    chance = random.Random(20261127)
    for _ in range(300):
        parts = container.read(whole)
        name = chance.choice(list(parts))
        parts[name] = changed(parts[name], chance)
        assert found(container.written(parts), keys) in {name, "signature", SIGNATURE, MANIFEST}


def test_of_a_hundred_rewritten_whole_without_the_key_each_is_found(whole: bytes, keys: list[PublicKey], kept: Archive):
    chance = random.Random(20261128)
    for _ in range(100):
        parts = container.read(whole)
        name = chance.choice([name for name in parts if name not in {SIGNATURE, MANIFEST}])
        parts[name] = changed(parts[name], chance)
        assert found(signed_anew(parts, _STRANGER, kept.origin), keys) == SIGNATURE


def _another(parts: Parts) -> Parts:
    return parts | {"more.json": b"{}"}


def _without(name: str) -> Callable[[Parts], Parts]:
    return lambda parts: {each: data for each, data in parts.items() if each != name}


def _swapped(parts: Parts) -> Parts:
    one, other = parts["histories/000.json"], parts["histories/001.json"]
    return parts | {"histories/000.json": other, "histories/001.json": one}


def _in(name: str, old: bytes, new: bytes) -> Callable[[Parts], Parts]:
    def change(parts: Parts) -> Parts:
        assert old in parts[name]
        return parts | {name: parts[name].replace(old, new, 1)}

    return change


def _one_run(parts: Parts) -> Parts:
    manifest = canonical.read(parts[MANIFEST], MANIFEST)
    del manifest["runs"][1], parts["histories/001.json"]
    return parts | {MANIFEST: canonical.written(manifest)}


def _without_file(parts: Parts) -> Parts:
    manifest = canonical.read(parts[MANIFEST], MANIFEST)
    return parts | {MANIFEST: canonical.written(manifest | {"files": []})}


def _without_row(parts: Parts) -> Parts:
    """An attachment of which nothing is left but what the log says."""
    del parts[f"attachments/{_FILE.sha256}"]
    return parts | {"rows/attachments.json": b"[]"}


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (_in("histories/000.json", b"TIMER_STARTED", b"TIMER_CANCELED"), "histories/000.json"),
        (_swapped, "histories/000.json"),
        (_without("histories/001.json"), "histories/001.json"),
        (_one_run, "histories/000.json, event 3"),
        (_in(MANIFEST, b'"position":11', b'"position":10'), "manifest.json, run 0"),
        (_in(MANIFEST, b'"position":0', b'"position":1'), "manifest.json, file 0"),
        (_without_file, "attachments/"),
        (_without_row, "rows/attachments.json, f1"),
        (_in("rows/attachments.json", b"engineer", b"somebody"), "attachments/"),
        (_in(MANIFEST, b'"number":"A"', b'"number":"B"'), "histories/000.json"),
        (_without("rows/told.json"), "rows/told.json"),
        (_in("rows/timeline.json", b'"seq":2', b'"seq":3'), "rows/timeline.json"),
        (_another, "more.json"),
        (_in(f"attachments/{hashlib.sha256(_PHOTO).hexdigest()}", b"photo", b"forgery"), "attachments/"),
        (_in("rows/attachments.json", b'"size":10', b'"size":11'), "attachments/"),
        (_in(CHECKPOINT, b"13", b"14"), "signature"),
    ],
)
def test_even_with_the_key_what_the_log_and_the_parts_say_must_agree(
    whole: bytes, keys: list[PublicKey], kept: Archive, change: Callable[[Parts], Parts], place: str
):
    """Whoever has the key signs bundles of their own; a history that is not in the log they cannot put in."""
    parts = change(container.read(whole))
    assert found(signed_anew(parts, kept.signer.key, kept.origin), keys).startswith(place)


def test_a_run_that_goes_on_is_open_at_its_last_event(kept: Archive, keys: list[PublicKey]):
    keep(kept, [leaf("O", "o", history("o", ended=False))], NOW)
    going = contents(kept, "O")
    runs = [Run(run.position, run.leaf, run.proof, history("o", ended=False)) for run in going.runs]
    made = bundle.made(
        replace(going, runs=runs),
        kept.origin,
        kept.signer.key,
    )
    assert verified(made, keys).runs[0].leaf.terminal is None


def test_who_has_no_key_of_the_log_is_told_so(whole: bytes, kept: Archive):
    assert found(whole, [notes.public(kept.origin, _STRANGER)]) == SIGNATURE
    assert found(whole, []) == SIGNATURE


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x03\x04", b"not a bundle", bytes(100)])
def test_what_is_no_bundle_is_refused(data: bytes, keys: list[PublicKey]):
    found(data, keys)


_WITHOUT_SERVERS = """
import sys
class Without:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"alembic", "fastapi", "psycopg2", "sqlalchemy", "temporalio", "uvicorn"}:
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Without())
sys.argv[0] = "zhishou"
from cli.main import main
main()
"""


def _audit(*words: str) -> subprocess.CompletedProcess[str]:
    program = (sys.executable, "-c", _WITHOUT_SERVERS, "audit", *words)
    return subprocess.run(program, capture_output=True, text=True, check=False)


def test_the_command_verifies_without_the_parts_of_a_server(whole: bytes, keys: list[PublicKey], tmp_path: Path):
    file, key = tmp_path / "bundle.zip", tmp_path / "keys"
    file.write_bytes(whole)
    key.write_text("# of the installation\n" + "".join(f"{each}\n" for each in keys))
    well = _audit("verify", str(file), "--key", str(key))
    assert (well.returncode, well.stderr) == (0, "")
    assert "成立 / holds: A" in well.stdout
    file.write_bytes(whole[:-1])
    ill = _audit("verify", str(file), "--key", str(key))
    assert ill.returncode == 1
    assert "不成立：container：" in ill.stdout
    assert "does not hold: container:" in ill.stdout

"""Witnesses: somebody else's machine cosigns a log that only grows, refuses another past, and holds nothing up."""

import asyncio
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

import pytest
import typer.testing
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from cli import audit
from evidence import merkle, notes
from evidence import witness as outside
from evidence.checkpoint import Checkpoint, sign
from evidence.faults import EvidenceError
from evidence.notes import COSIGNATURE, Note, PublicKey
from evidence.shelf import Folder
from evidence.verifying import verified
from evidence.witness import Asked, Witness, serving
from gateway import witnessing
from gateway.archiving import keep
from gateway.outside import Lack
from gateway.witnessing import Outside, ask
from runtime.archive import Archive
from runtime.settings import Given
from tests.evidence.samples import archive, home_of, leaf
from tests.evidence.test_bundle import _WITHOUT_SERVERS, bundle_of
from tests.patience import PATIENCE_S

NOW = datetime(2026, 11, 27, tzinfo=UTC)
LOG = Ed25519PrivateKey.from_private_bytes(b"a log of" * 4)
REFUSED = Lack("refused", refused=True)
ENTRIES = [f"entry {number}".encode() for number in range(9)]


def tree(size: int, entries: list[bytes] = ENTRIES) -> merkle.Subtree:
    return merkle.subtrees_of([merkle.leaf_hash(each) for each in entries[:size]])


def asked(old: int, size: int, entries: list[bytes] = ENTRIES, key: Ed25519PrivateKey = LOG) -> bytes:
    state = Checkpoint("example.org/log", size, merkle.root(tree(size, entries), size))
    return bytes(Asked(old, merkle.consistency(tree(size, entries), old, size), sign(state, key)))


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    known = [notes.public("example.org/log", LOG)]
    return Witness("example.org/w", Folder(tmp_path / "w"), known, lambda: 1_800_000_000.5)


class TestAWitness:
    def test_cosigns_the_checkpoint_and_the_time_as_the_standard_writes_them(self, witness: Witness):
        """Read here byte by byte, by nothing of ours."""
        answer = witness.answer(asked(0, 3))
        assert answer.status is HTTPStatus.OK
        dash, name, blob = answer.body.removesuffix("\n").split(" ")
        raw = notes.unbased(blob)
        assert raw is not None
        assert (dash, name, len(raw)) == ("—", "example.org/w", 4 + 8 + 64)
        assert int.from_bytes(raw[4:12]) == 1_800_000_000
        text = Note.parse(asked(0, 3).partition(b"\n\n")[2]).text
        said = f"cosignature/v1\ntime 1800000000\n{text}".encode()
        Ed25519PublicKey.from_public_bytes(witness.public.raw).verify(raw[12:], said)
        assert raw[:4] == PublicKey.parse(str(witness.public), COSIGNATURE).id

    def test_follows_a_log_that_grows_also_after_a_restart(self, witness: Witness):
        sizes = [(0, 3), (3, 3), (3, 4), (4, 9)]
        for old, size in sizes:
            again = Witness(witness.name, witness.folder, witness.logs)
            assert again.answer(asked(old, size)).status is HTTPStatus.OK
        assert again.public == witness.public

    @pytest.mark.parametrize(
        ("body", "status", "said"),
        [
            (asked(0, 3), HTTPStatus.CONFLICT, "5\n"),  # as if it had never been asked
            (asked(3, 4), HTTPStatus.CONFLICT, "5\n"),  # put back
            (asked(5, 5, [b"another", *ENTRIES]), HTTPStatus.CONFLICT, "5\n"),
            (asked(5, 7, [b"another", *ENTRIES]), HTTPStatus.UNPROCESSABLE_ENTITY, None),
            (asked(5, 7).replace(b"old 5", b"old 8"), HTTPStatus.BAD_REQUEST, None),
            (asked(5, 7, key=Ed25519PrivateKey.generate()), HTTPStatus.FORBIDDEN, None),
            (asked(5, 7).replace(b"example.org/log", b"example.org/new"), HTTPStatus.NOT_FOUND, None),
            (asked(5, 7).replace(b"\n7\n", b"\n8\n"), HTTPStatus.FORBIDDEN, None),
            (b"", HTTPStatus.BAD_REQUEST, None),
            (b"old 5\n\nno note\n", HTTPStatus.BAD_REQUEST, None),
            (b"old 05" + asked(5, 7)[5:], HTTPStatus.BAD_REQUEST, None),
            (b"old 5\n" + b"AA==\n" + asked(5, 7)[6:], HTTPStatus.BAD_REQUEST, None),
        ],
    )
    def test_refuses_everything_else_as_the_standard_says(
        self, witness: Witness, body: bytes, status: HTTPStatus, said: str | None
    ):
        assert witness.answer(asked(0, 5)).status is HTTPStatus.OK
        answer = witness.answer(body)
        assert answer.status is status, answer
        assert said in (None, answer.body)
        assert witness.answer(asked(5, 9)).status is HTTPStatus.OK  # it remembers what it signed, and nothing else


@contextmanager
def running(home: Path, kept: Archive) -> Iterator[Outside]:
    """A witness's own process, from the parts that need no server."""
    keys = home / "keys"
    keys.parent.mkdir(exist_ok=True)
    keys.write_text("\n".join(map(str, archive(home_of(kept)).keys)))
    words = ("--name", "example.org/w", "--folder", str(home / "w"), "--key", str(keys), "--port", "0")
    program = (sys.executable, "-c", _WITHOUT_SERVERS, "audit", "witness", *words)
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        key, url = (process.stdout.readline().strip() for _ in range(2))
        try:
            yield Outside(url, PublicKey.parse(key, COSIGNATURE))
        finally:
            process.terminate()


def cosigned(kept: Archive, witness: Outside) -> bool:
    head = kept.log.head()
    assert head is not None
    return Note.parse(head.note).signed_by([witness.key]) == [witness.key]


class TestALog:
    async def test_is_cosigned_as_it_grows_by_a_process_that_may_die_and_come_again(
        self, tmp_path: Path, kept: Archive
    ):
        for run in ("2", "3"):
            with running(tmp_path / "outside", kept) as witness:
                assert await ask(kept, [witness]) == {}
                assert cosigned(kept, witness)
                assert kept.shelf.get("checkpoints/2026-11-27") == kept.shelf.get("checkpoint")
                keep(kept, [leaf("A", run), leaf("B", f"b{run}")], NOW)
                assert not cosigned(kept, witness)
        assert kept.log.size == 5

    async def test_that_was_written_anew_with_its_own_key_is_not_cosigned(self, tmp_path: Path, kept: Archive):
        with running(tmp_path / "outside", kept) as witness:
            keep(kept, [leaf("B", "2")], NOW)
            assert await ask(kept, [witness]) == {}
            for file in [path for path in kept.shelf.list("") if path.startswith(("tile", "checkpoint"))]:
                kept.shelf.drop(file)
            kept.memory.unlink()
            keep(kept, [leaf("A", "another")], NOW)
            assert await ask(kept, [witness]) == {witness: REFUSED}  # put back
            keep(kept, [leaf("B", "2")], NOW)
            assert await ask(kept, [witness]) == {witness: REFUSED}  # another of the same size
            keep(kept, [leaf("C", "3")], NOW)
            assert await ask(kept, [witness]) == {witness: REFUSED}  # it continues another
            assert not cosigned(kept, witness)

    async def test_is_kept_and_cosigned_by_others_while_one_hangs_one_is_gone_and_one_lies(
        self, tmp_path: Path, kept: Archive, monkeypatch: pytest.MonkeyPatch
    ):
        stranger = PublicKey("example.org/x", bytes(32), COSIGNATURE)
        with socket.create_server(("127.0.0.1", 0)) as hangs, closing(socket.socket()) as gone:
            gone.bind(("127.0.0.1", 0))  # and never listens
            with running(tmp_path / "outside", kept) as witness, running(tmp_path / "liar", kept) as liar:
                urls = [*(f"http://127.0.0.1:{each.getsockname()[1]}" for each in (hangs, gone)), liar.url]
                others = [Outside(url, stranger) for url in urls]
                monkeypatch.setattr(witnessing, "WITHIN_S", PATIENCE_S)
                asking = asyncio.ensure_future(ask(kept, [*others, witness]))
                assert await asyncio.to_thread(keep, kept, [leaf("B", "2")], NOW) == 1  # nobody holds that up
                asking.cancel()
                monkeypatch.setattr(witnessing, "WITHIN_S", 1)
                async with asyncio.timeout(PATIENCE_S):
                    while not cosigned(kept, witness):
                        await ask(kept, [*others, witness])
            head = kept.log.head()
            assert head is not None
            assert len(Note.parse(head.note).signatures) == 2

    async def test_takes_no_answer_for_a_cosignature_that_is_none(self, kept: Archive):
        """Not even from a machine that pretends to be the witness."""
        outside = Witness("example.org/w", Folder(home_of(kept) / "w"), kept.keys)
        another = PublicKey("example.org/w", Ed25519PrivateKey.generate().public_key().public_bytes_raw(), COSIGNATURE)
        server = serving(outside, "127.0.0.1", 0)
        serves = threading.Thread(target=server.serve_forever, args=(0.05,))
        serves.start()
        try:
            before = kept.shelf.get("checkpoint")
            asked_of = Outside(f"http://127.0.0.1:{server.server_port}", another)
            assert await ask(kept, [asked_of]) == {asked_of: Lack("ValueError")}
            assert kept.shelf.get("checkpoint") == before
        finally:
            server.shutdown()
            serves.join()
            server.server_close()


class TestAServer:
    """Whoever opens a connection and sends nothing, or a little at a time, takes a thread."""

    @contextmanager
    def at(self, tmp_path: Path) -> Iterator[Callable[[], socket.socket]]:
        server = serving(Witness("example.org/w", Folder(tmp_path), []), "127.0.0.1", 0)
        serves = threading.Thread(target=server.serve_forever, args=(0.05,))
        serves.start()
        with ExitStack() as opened:
            for ends in (server.server_close, serves.join, server.shutdown):
                opened.callback(ends)
            address = ("127.0.0.1", server.server_port)
            yield lambda: opened.enter_context(socket.create_connection(address, PATIENCE_S))

    def test_hears_so_many_at_a_time(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(outside, "AT_A_TIME", 3)
        with self.at(tmp_path) as connect:
            held, more = [connect() for _ in range(3)], connect()
            assert more.recv(1) == b""
            for each in held:
                each.setblocking(False)
                with pytest.raises(BlockingIOError):
                    each.recv(1)

    def test_hears_nobody_for_ever(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(outside, "WHOLE_S", 0.5)
        with self.at(tmp_path) as connect:
            drips, deadline = connect(), time.monotonic() + PATIENCE_S
            with suppress(OSError):
                while time.monotonic() < deadline:
                    drips.sendall(b"P")
                    time.sleep(0.1)
            assert time.monotonic() < deadline


def test_a_witness_is_known_by_its_name_and_the_id_of_its_key(witness: Witness):
    """Four bytes of an id are soon found a second time: a stranger's line with the same is not taken for its own."""
    text = str(Checkpoint("example.org/log", 3, merkle.root(tree(3), 3)))
    own = notes.cosign(text, witness.name, witness.key, 1_800_000_000)
    strangers = notes.Signature("example.org/stranger", own.key_id, bytes(72))
    body, state = f"{strangers}{own}", Checkpoint.parse(text)
    assert witnessing._verified(body, state, Outside("http://127.0.0.1", witness.public)) == own


class TestABundle:
    async def test_is_verified_by_whoever_wants_a_witness(self, tmp_path: Path, kept: Archive):
        lone = bundle_of(kept, "A")
        with running(tmp_path / "outside", kept) as witness:
            await ask(kept, [witness])
        data, file, key = bundle_of(kept, "A"), tmp_path / "a.zip", tmp_path / "outside/keys"
        assert verified(data, kept.keys, [witness.key]).number == "A"
        stranger = PublicKey("example.org/w", bytes(32), COSIGNATURE)
        for wrong, wanted in ((lone, witness.key), (data, stranger)):
            with pytest.raises(EvidenceError, match="has not cosigned"):
                verified(wrong, kept.keys, [wanted])
        run = typer.testing.CliRunner().invoke
        for made, code in ((data, 0), (lone, 1)):
            file.write_bytes(made)
            words = ["verify", str(file), "--key", str(key), "--witness", str(witness.key)]
            told = await asyncio.to_thread(run, audit.app, words)
            assert (told.exit_code, "见证" in told.output) == (code, True), told.output


def test_the_settings_name_witnesses_by_address_and_key(witness: Witness):
    given = Given(witnesses=f"http://127.0.0.1:8090/ {witness.public}, https://w.example.org {witness.public}")
    assert [each.url for each in witnessing.configured(given)] == ["http://127.0.0.1:8090", "https://w.example.org"]
    for wrong in ("http://w.example.org", f"w.example.org {witness.public}", f"http://w {notes.public('x', LOG)}"):
        with pytest.raises(ValueError, match="witness"):
            Given(witnesses=wrong)

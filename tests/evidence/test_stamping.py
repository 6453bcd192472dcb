"""Authorities are asked to stamp the log once a day; what does not hold is no stamp, and nobody holds anything up."""

import asyncio
import hashlib
import socket
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
import structlog
from cryptography.hazmat.primitives.serialization import Encoding

from evidence import stamps
from gateway import stamping
from gateway.archiving import keep
from gateway.stamping import ask
from runtime.archive import Archive
from runtime.settings import Given
from tests.evidence.authority import Authority, needs_openssl, serving
from tests.evidence.samples import leaf
from tests.patience import PATIENCE_S

pytestmark = [needs_openssl, pytest.mark.usefixtures("store")]

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
TOMORROW = NOW + timedelta(days=1)


def believed(url: str, authority: Authority) -> stamping.Authority:
    return stamping.Authority(url, authority.root)


def sizes(kept: Archive) -> list[int]:
    return [each.size for each in stamps.places(kept.shelf)]


def note_of(kept: Archive) -> bytes:
    head = kept.log.head()
    assert head is not None
    return head.note


async def test_a_state_is_stamped_once_a_day_where_the_log_has_grown(kept: Archive, authority: Authority):
    with authority.serving() as url:
        asked = [believed(url, authority)]
        assert await ask(kept, asked, NOW) == {}
        keep(kept, [leaf("B", "2")], NOW)
        assert await ask(kept, asked, NOW + timedelta(hours=1)) == {}
        assert (sizes(kept), authority.asked) == ([1], 1)
        assert await ask(kept, asked, TOMORROW) == {}
        assert await ask(kept, asked, TOMORROW + timedelta(days=1)) == {}
        assert (sizes(kept), authority.asked) == ([1, 2], 2)


async def test_a_stamp_is_verified_by_openssl_too(kept: Archive, authority: Authority, tmp_path: Path):
    with authority.serving() as url:
        await ask(kept, [believed(url, authority)], NOW)
    (place,) = stamps.places(kept.shelf)
    note, answer = tmp_path / "note", tmp_path / "answer"
    note.write_bytes(kept.shelf.get(place.note))
    answer.write_bytes(kept.shelf.get(place.answer))
    assert note.read_bytes() == note_of(kept)
    assert authority.verifies(note, answer)


def flipped(data: bytes, at: int) -> bytes:
    at %= len(data)
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def _anew(kept: Archive) -> Callable[[bytes], bytes]:
    """As if it were asked of the same by somebody else."""
    return lambda asked: stamps.request(note_of(kept)).as_bytes()


def _another(kept: Archive) -> Callable[[bytes], bytes]:
    """As if it were asked of something else, with the same number."""
    ours, theirs = (hashlib.sha256(each).digest() for each in (note_of(kept), b"another"))
    return lambda asked: asked.replace(ours, theirs)


GRANTED_NOTHING = b"\x30\x05\x30\x03\x02\x01\x00"
REJECTED = b"\x30\x05\x30\x03\x02\x01\x02"


class TestAnAnswerIsNoStamp:
    @pytest.mark.parametrize("hears", [_anew, _another])
    async def test_where_it_answers_something_else(
        self, kept: Archive, authority: Authority, hears: Callable[[Archive], Callable[[bytes], bytes]]
    ):
        authority.hears = hears(kept)
        await self.refused(kept, authority)

    @pytest.mark.parametrize(
        "spoils",
        [
            lambda answer: flipped(answer, -1),  # the signature
            lambda answer: flipped(answer, answer.index(b"Time Stamps")),
            lambda answer: answer[:-1],
            lambda answer: answer[:40],
            lambda answer: answer + b"x",
            lambda answer: b"",
            lambda answer: GRANTED_NOTHING,
            lambda answer: REJECTED,
            lambda answer: b"<html>not found</html>",
        ],
    )
    async def test_where_it_is_another_than_was_signed(
        self, kept: Archive, authority: Authority, spoils: Callable[[bytes], bytes]
    ):
        authority.spoils = spoils
        await self.refused(kept, authority)

    async def test_where_the_certificate_is_for_something_else(self, kept: Archive, authority: Authority):
        """Who may serve pages under the same root may stamp nothing."""
        ours, theirs = (each.public_bytes(Encoding.DER) for each in (authority.signer, authority.server))
        authority.spoils = lambda answer: answer.replace(ours, theirs)
        await self.refused(kept, authority)

    async def test_where_a_stranger_gives_it(self, kept: Archive, authority: Authority, tmp_path: Path):
        stranger = Authority(tmp_path / "stranger")
        with stranger.serving() as url:
            lacking = await ask(kept, [believed(url, authority)], NOW)
        assert [each.why for each in lacking.values()] == ["EvidenceError"]
        assert stranger.asked == 1
        assert sizes(kept) == []

    @staticmethod
    async def refused(kept: Archive, authority: Authority) -> None:
        with authority.serving() as url:
            asked = [believed(url, authority)]
            lacking = await ask(kept, asked, NOW)
            assert [each.why for each in lacking.values()] == ["EvidenceError"]
            assert (sizes(kept), authority.asked) == ([], 1)
            authority.hears = authority.spoils = bytes
            assert await ask(kept, asked, NOW) == {}  # asked again, and right
            assert sizes(kept) == [1]


class TestWhoDoesNotAnswer:
    async def test_but_talks_for_ever_is_left(self, kept: Archive, authority: Authority):
        sent = 0

        class Endless(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                nonlocal sent
                self.send_response(200)
                self.end_headers()
                with suppress(OSError):
                    while sent < 64 * 1024 * 1024:
                        self.wfile.write(bytes(64 * 1024))
                        sent += 64 * 1024

            def log_message(self, *args: object) -> None:
                pass

        with serving(Endless) as url:
            lacking = await ask(kept, [believed(url, authority)], NOW)
        assert [each.why for each in lacking.values()] == ["ValueError"]
        assert sent < 64 * 1024 * 1024

    async def test_but_sends_elsewhere_is_not_followed(self, kept: Archive, authority: Authority):
        with authority.serving() as elsewhere:

            class Redirects(BaseHTTPRequestHandler):
                def do_POST(self) -> None:
                    self.send_response(307)
                    self.send_header("Location", elsewhere)
                    self.send_header("Content-Length", "0")
                    self.end_headers()

                def log_message(self, *args: object) -> None:
                    pass

            with serving(Redirects) as url:
                lacking = await ask(kept, [believed(url, authority)], NOW)
        assert [each.why for each in lacking.values()] == ["ValueError"]
        assert authority.asked == 0

    async def test_holds_up_neither_archiving_nor_another(self, kept: Archive, authority: Authority, tmp_path: Path):
        with socket.create_server(("127.0.0.1", 0)) as hangs, authority.serving() as url:
            silent = believed(f"http://127.0.0.1:{hangs.getsockname()[1]}", authority)
            asking = asyncio.ensure_future(ask(kept, [silent, believed(url, authority)], NOW))
            async with asyncio.timeout(PATIENCE_S):
                while not sizes(kept):
                    await asyncio.sleep(0.02)
            assert await asyncio.to_thread(keep, kept, [leaf("B", "2")], NOW) == 1
            assert not asking.done()
            asking.cancel()

    async def test_within_its_time_is_told_of(
        self, kept: Archive, authority: Authority, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(stamping, "WITHIN_S", 0.2)
        with socket.create_server(("127.0.0.1", 0)) as hangs:
            silent = believed(f"http://127.0.0.1:{hangs.getsockname()[1]}", authority)
            lacking = await ask(kept, [silent], NOW)
        assert [each.why for each in lacking.values()] in (["TimeoutError"], ["ReadTimeout"])

    async def test_because_its_roots_are_not_there_is_told_of(self, kept: Archive, authority: Authority):
        with authority.serving() as url:
            lacking = await ask(kept, [stamping.Authority(url, authority.folder / "none.pem")], NOW)
        assert [each.why for each in lacking.values()] == ["FileNotFoundError"]


async def test_what_stands_behind_an_address_is_told_nobody(kept: Archive, authority: Authority):
    """A question in it may be what somebody is let in by."""
    with authority.serving() as url, structlog.testing.capture_logs() as logged:
        authority.spoils = lambda _: b""
        asked = believed(f"{url}?token=secret", authority)
        lacking = await ask(kept, [asked], NOW)
    assert [each.called for each in lacking] == [url]
    assert logged
    assert "secret" not in str(logged)


def test_the_settings_name_authorities_by_address_and_roots():
    given = Given(timestamps="http://127.0.0.1:8090/tsr /etc/a root.pem, https://tsa.example.org ~/b.pem")
    named = stamping.configured(given)
    assert [each.url for each in named] == ["http://127.0.0.1:8090/tsr", "https://tsa.example.org"]
    assert [each.file for each in named] == [Path("/etc/a root.pem"), Path.home() / "b.pem"]
    for wrong in (
        "http://a",
        "a /root.pem",
        "http://:80 /r",
        "http://u:secret@a /r",
        "http://a:99999 /r",
        "ftp://a /r",
    ):
        with pytest.raises(ValueError, match="time-stamp") as fault:
            Given(timestamps=wrong)
        assert "secret" not in str(fault.value)

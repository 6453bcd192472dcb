"""A store of objects that is away, or refuses: it is told by its setting, accuses nobody, and is no empty archive."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import structlog.testing
from sqlalchemy import Engine

import watchdog
from domain.audience.watch import Trouble
from gateway.archiving import Sweep, keep
from gateway.recording import Registry
from gateway.scrubbing import Scrub, look_through
from runtime import objects
from runtime.blobs import Blobs
from runtime.errors import StoreError
from store.watch.beats import ARCHIVE, SCRUB, ages
from store.watch.findings import open_subjects
from tests.evidence.s3 import SECRET, Gateway, interrupted, needs_versitygw
from tests.evidence.samples import archive, leaf
from tests.patience import PATIENCE_S

pytestmark = [needs_versitygw, pytest.mark.usefixtures("bucket")]
NOW = datetime(2026, 11, 26, tzinfo=UTC)


class TestAStoreThatIsAway:
    def test_is_told_by_its_setting_and_the_archive_goes_on_when_it_is_back(self, gateway: Gateway, tmp_path: Path):
        kept = archive(tmp_path)
        keep(kept, [leaf("A", "a")], NOW)
        for at in (2, 9, 14, 19):
            stopped, _ = interrupted(kept, at, gateway.stop)
            try:
                with pytest.raises(StoreError, match="AWS_ENDPOINT_URL"):
                    keep(stopped, [leaf(f"B{at}", f"b{at}")], NOW)
            finally:
                gateway.start()
            keep(kept, [leaf(f"C{at}", f"c{at}")], NOW)
            keep(kept, [leaf(f"B{at}", f"b{at}")], NOW)
        assert look_through(kept) == 9

    @pytest.mark.parametrize("how", ["hangs", "500", "503"])
    def test_or_ails_is_told_soon(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str):
        monkeypatch.setattr(objects, "WITHIN", timedelta(seconds=0.5))
        monkeypatch.setattr(objects, "AGAIN", timedelta(seconds=1))
        with answering(how) as address:
            monkeypatch.setenv("AWS_ENDPOINT_URL", address)
            kept = archive(tmp_path)
            for dealing in (kept.log.head, lambda: keep(kept, [leaf("A", "a")], NOW)):
                with pytest.raises(StoreError, match="AWS_ENDPOINT_URL") as told:
                    dealing()
                assert how == "hangs" or how in str(told.value)


class TestAStoreThatRefuses:
    @pytest.mark.parametrize(
        ("name", "value", "why"),
        [
            ("AWS_SECRET_ACCESS_KEY", "another-secret", "SignatureDoesNotMatch.*AWS_SECRET_ACCESS_KEY"),
            ("AWS_ACCESS_KEY_ID", "nobody", "XAdminUserNotFound.*AWS_ACCESS_KEY_ID"),
            ("AWS_ALLOW_HTTP", "", "AWS_ALLOW_HTTP"),
        ],
    )
    def test_is_told_by_its_setting_and_never_with_a_secret(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, why: str
    ):
        monkeypatch.setenv(name, value)
        kept = archive(tmp_path)
        for dealing in (kept.log.head, lambda: kept.shelf.put("x", b""), lambda: list(kept.shelf.list(""))):
            with pytest.raises(StoreError, match=why) as told:
                dealing()
            assert SECRET not in str(told.value)
            assert "another-secret" not in str(told.value)

    @pytest.mark.parametrize("how", ["400", "401", "403", "404"])
    def test_in_no_word_of_its_own_is_no_empty_log(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str):
        """A key that may not, or a server that is no such store."""
        with answering(how) as address:
            monkeypatch.setenv("AWS_ENDPOINT_URL", address)
            kept = archive(tmp_path)
            for dealing in (kept.log.head, lambda: keep(kept, [leaf("A", "a")], NOW)):
                with pytest.raises(StoreError, match=rf"{how}.*what they may do, and AWS_ENDPOINT_URL"):
                    dealing()

    def test_a_bucket_that_is_not_there_is_no_empty_log(self, tmp_path: Path):
        kept = archive(tmp_path, archive_store="s3://nowhere/evidence")
        dealings = (
            kept.log.head,
            lambda: kept.shelf.put("x", b""),
            lambda: kept.shelf.first("x", b""),
            lambda: list(kept.shelf.list("")),
            lambda: kept.shelf.drop("x"),
        )
        for dealing in dealings:
            with pytest.raises(StoreError, match="s3://nowhere/evidence: see ZHISHOU_ARCHIVE_STORE"):
                dealing()


@contextmanager
def answering(how: str) -> Iterator[str]:
    """A server that says so to everything, or nothing."""
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            if how == "hangs":
                over.wait()
                return
            self.send_response(int(how))
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_PUT = do_HEAD = do_POST = _answer  # noqa: N815  # as the standard library calls them

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        over.set()
        server.shutdown()
        serving.join()
        server.server_close()


class TestTheWatchdog:
    async def test_goes_on_by_itself_when_the_store_is_back_and_accuses_nobody(
        self, gateway: Gateway, engine: Engine, tmp_path: Path
    ):
        keep(archive(tmp_path), [leaf("A", "a")], NOW)
        registry = Registry(engine, Blobs(tmp_path / "uploads"))
        sweep = Sweep(engine, lambda: archive(tmp_path), (), "queue", registry)
        scrub = Scrub(engine, lambda: archive(tmp_path))
        stopped = asyncio.Event()
        gateway.stop()
        with structlog.testing.capture_logs() as logged:
            steps = [watchdog._again_and_again(each, 0.05, PATIENCE_S, stopped) for each in (sweep.sweep, scrub.scrub)]
            going = asyncio.gather(*steps)
            async with asyncio.timeout(PATIENCE_S):
                while len(logged) < 4:
                    await asyncio.sleep(0.02)
                assert open_subjects(engine, Trouble.EVIDENCE) == set()
                assert not {ARCHIVE, SCRUB} & ages(engine).keys()
                gateway.start()
                while not {ARCHIVE, SCRUB} <= ages(engine).keys():
                    await asyncio.sleep(0.02)
                stopped.set()
                await going
        assert {each["event"] for each in logged} == {"a look or a sweep failed"}
        assert all("AWS_ENDPOINT_URL" in each["error"] for each in logged)
        assert open_subjects(engine, Trouble.EVIDENCE) == set()

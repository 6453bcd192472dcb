"""Blobs: a file is there whole or not at all."""

import os
import time
from pathlib import Path

import pytest

from runtime.blobs import Blobs


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "uploads")


def kept(blobs: Blobs, *pieces: bytes) -> Path:
    """Where these bytes are, once they are kept."""
    incoming = blobs.receive()
    for piece in pieces:
        incoming.write(piece)
    return blobs.path(incoming.keep())


class TestABlob:
    def test_is_where_its_hash_says(self, blobs: Blobs, tmp_path: Path):
        """Whatever pieces it came in, for its owner's eyes only."""
        path = kept(blobs, b"a", b"bc")
        sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        assert path == tmp_path / "uploads" / "ba" / sha256
        assert path.read_bytes() == b"abc"
        folders = (path.parent, path.parent.parent, path.parent.parent / "incoming")
        assert path.stat().st_mode & 0o777 == 0o600
        assert {folder.stat().st_mode & 0o777 for folder in folders} == {0o700}

    def test_is_the_same_file_for_the_same_content(self, blobs: Blobs):
        """However often it comes."""
        assert kept(blobs, b"abc") == kept(blobs, b"ab", b"c")

    def test_is_not_there_before_it_is_kept(self, blobs: Blobs, tmp_path: Path):
        """What is dropped leaves nothing, and dropping what was kept changes nothing."""
        incoming = blobs.receive()
        incoming.write(b"abc")
        incoming.drop()
        assert not [path for path in tmp_path.rglob("*") if path.is_file()]
        again = blobs.receive()
        again.write(b"abc")
        path = blobs.path(again.keep())
        again.drop()
        assert path.read_bytes() == b"abc"

    def test_that_a_dead_process_left_half_done_goes_within_a_day(self, blobs: Blobs, tmp_path: Path):
        """When the next one comes; what is being received now stays."""
        old, new = blobs.receive(), blobs.receive()
        yesterday = time.time() - 25 * 3600
        os.utime(old.path, (yesterday, yesterday))
        kept(blobs, b"x")
        assert [path.exists() for path in (old.path, new.path)] == [False, True]
        old.drop()
        new.drop()

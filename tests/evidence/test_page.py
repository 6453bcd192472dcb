"""The page of a bundle: it has what people wrote, as they wrote it, and runs nothing of it."""

from dataclasses import replace

import pytest

from evidence import bundle, container
from runtime.archive import Archive
from tests.evidence.test_bundle import contents, kept, rows, whole  # noqa: F401  # two are fixtures


def test_it_runs_nothing(whole: bytes):  # noqa: F811  # the fixture above
    page = container.read(whole)["page.html"].decode()
    assert "&lt;b&gt;停机" in page
    assert "王工" in page
    assert "<script" not in page
    assert "<b>" not in page


@pytest.mark.parametrize("words", ["9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+14:00", "2026-11-27T10:00:00Z"])
def test_words_that_look_like_an_instant_are_words(kept: Archive, words: str):  # noqa: F811  # the fixture above
    """Whoever could write a title, by mail a stranger, kept a bundle from being made."""
    there = rows()
    there["ticket"][0] |= {"title": words, "received_at": "2026-11-26T01:00:00+00:00"}
    made = bundle.made(replace(contents(kept), rows=there), kept.origin, kept.signer.key)
    page = container.read(made)["page.html"].decode()
    assert f"<td>title</td><td>{words}</td>" in page
    assert "<td>received_at</td><td>2026-11-26 09:00:00</td>" in page

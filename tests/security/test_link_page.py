"""The page of an approval link: what people wrote is text, and the address is told to nobody."""

import re
from collections.abc import MutableMapping, Sequence
from html.parser import HTMLParser
from typing import Any

import pytest
import structlog

from tests.links import Letter, applied, letter
from tests.patience import eventually
from tests.security.xss import XSS
from tests.served import Served


@pytest.fixture
def number(desk: Served) -> str:
    """A major incident whose application waits for both departments."""
    return applied(desk)


class Elements(HTMLParser):
    """What a browser finds in a page: the elements, their attributes, and the texts between them."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.names: list[str] = []
        self.attributes: set[str] = set()
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.fixture(scope="module")
def plain(desk: Served) -> Elements:
    """The page of an application in which nobody tries anything."""
    return Elements(letter(desk, applied(desk)).look().text)


def asked(lines: Sequence[MutableMapping[str, Any]]) -> list[str]:
    """The paths of links that the log tells of; a line of what was asked before may come late."""
    return [line["path"] for line in lines if line["event"] == "request" and line["path"].startswith("/a/")]


class TestThePage:
    @pytest.mark.parametrize("script", XSS)
    def test_shows_what_people_wrote_as_text(self, desk: Served, plain: Elements, script: str):
        """Nothing of it becomes an element or an attribute, and every character is there."""
        written = {place: f"{place}{script}" for place in ("标题", "title", "plan", "risk", "text")}
        number = applied(desk, ticket=written.pop("标题"), **written)
        page = Elements(letter(desk, number).look().text)
        assert (page.names, page.attributes) == (plain.names, plain.attributes)
        for text_ in (f"标题{script}", *written.values()):
            assert text_ in page.texts

    def test_may_not_be_kept_framed_indexed_or_named_to_others(self, desk: Served, number: str):
        """And runs nothing."""
        phone = letter(desk, number)
        for answer in (phone.look(), Letter(desk, "/a/x").look(), phone.answer()):
            headers = answer.headers
            assert headers["cache-control"] == "no-store"
            assert headers["referrer-policy"] == "no-referrer"
            assert headers["x-robots-tag"].startswith("noindex")
            assert headers["x-frame-options"] == "DENY"
            assert headers["x-content-type-options"] == "nosniff"
            policy = headers["content-security-policy"]
            assert policy.startswith("default-src 'none'; style-src 'sha256-")
            assert "unsafe" not in policy
            assert "frame-ancestors 'none'" in policy
            assert "<script" not in answer.text
            assert not re.search(r'(src|href|action)="', answer.text)

    def test_never_stands_in_a_log(self, desk: Served, number: str):
        """Neither the token nor what could be made into one."""
        with structlog.testing.capture_logs() as lines:
            phone = letter(desk, number)
            phone.look()
            phone.answer()
            Letter(desk, f"{phone.path}/more").look()
            eventually(lambda: len(asked(lines)) >= 3, "the lines, which are written once the answers are out")
        token = phone.path.removeprefix("/a/")
        assert asked(lines) == ["/a/..."] * 3
        assert token not in str(lines)
        assert token not in desk.stranger.get("/metrics").text

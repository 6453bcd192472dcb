"""Whoever answers or hands on our letter hands nobody of ours what opens the link in it."""

from collections.abc import Callable
from urllib.parse import quote

import pytest

from mailroom.links import without_links_inside
from mailroom.reading import read
from store.access.digests import new_secret
from store.approvals.travelling import path_of
from tests.mailroom.writing import mail, of_parts, part

PAGES = "https://zhishou.example.com"


@pytest.mark.parametrize(
    "written",
    [
        lambda link: mail(f"看不懂这个链接\n\n{link}", subject="Fwd: x"),
        lambda link: mail(f"On Fri, Nov 27 2026 we wrote:\n> {link}\n> x\n可以吗？"),
        lambda link: mail(f"<p>见下</p><p>{link}</p>", type_="text/html"),
        lambda link: mail(f"https://safelinks.example/?url={quote(link, safe='')}&data=1"),
        lambda link: mail(f"> {link[:-20]}\n> {link[-20:]}\n谢谢"),
        lambda link: mail("x", subject=link),
        lambda link: of_parts(part("请看"), b"Content-Type: message/rfc822\r\n\r\n" + mail(link)),
    ],
)
def test_what_opens_a_link_stands_nowhere_in_what_is_kept(written: Callable[[str], bytes]):
    token = new_secret()
    kept = read(written(f"{PAGES}{path_of(token)}"))
    said = "".join(f"{kept.whole}{kept.subject}".split())
    assert token[:12] not in said
    assert token[-12:] not in said


def test_what_leads_elsewhere_stays_as_it_was_written():
    said = f"{PAGES}/a/short\n> next\nhttps://customer.example/b/{new_secret()}"
    assert read(mail(said)).whole == said


class TestAFileThatIsSentAlong:
    @pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-16"])
    @pytest.mark.parametrize(
        "written", ["请看 {}", "<a href=3D{}>", '{{"link": "{}"}}', "https://x.example/?u={}", "/URI ({})"]
    )
    def test_opens_no_link_and_is_as_long_as_it_was(self, charset: str, written: str):
        token = new_secret()
        file = written.format(f"{PAGES}{path_of(token)}").encode(charset)
        kept = without_links_inside(file)
        assert kept.decode(charset) == file.decode(charset).replace(token, "*" * len(token))

    def test_opens_none_where_a_program_has_broken_or_escaped_it(self):
        token = new_secret()
        for link in (rf"https:\/\/x\/a\/{token}", f"https://x/a/{token[:30]}=\r\n{token[30:]}"):
            kept = without_links_inside(link.encode())
            assert len(kept) == len(link)
            assert token[:9].encode() not in kept
            assert token[-9:].encode() not in kept

    def test_that_is_none_that_people_read_is_the_same(self):
        for file in (bytes(range(256)) * 9, b"\xff\xfe\x00\xd8", f"/a/{'x' * 42} y".encode()):
            assert without_links_inside(file) == file

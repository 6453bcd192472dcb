"""Markup: the text of a mail that was written in HTML. Nothing of it is ever shown as HTML, or fetched."""

import re
from html.parser import HTMLParser

#: Behind so much nobody wrote anything by hand; and to read more takes time.
_LONGEST = 400_000
_SILENT = frozenset({"script", "style", "head", "title", "template", "object", "svg", "select", "noscript"})
_BREAKS = frozenset(
    {
        "p",
        "div",
        "tr",
        "li",
        "table",
        "blockquote",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "pre",
        "ul",
        "ol",
        "hr",
        "section",
    }
)
#: What stands alone, and has no end.
_EMPTY = frozenset({"br", "img", "hr", "meta", "link", "input", "col", "base", "area", "wbr", "embed", "source"})
_HIDDEN = re.compile(r"(display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(px|pt)?\s*(;|$))", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\f\v\u00a0]+")
_GAPS = re.compile(r"\n{3,}")


class _Reader(HTMLParser):
    """Gathers what a reader would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        #: The elements that are open since one that is not shown.
        self._unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br" or tag in _BREAKS:
            self.said.append("\n")
        is_unseen = tag in _SILENT or any(name == "style" and _HIDDEN.search(value or "") for name, value in attrs)
        if tag not in _EMPTY and (self._unseen or is_unseen):
            self._unseen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unseen:  # whatever was left open inside ends with it
            while self._unseen.pop() != tag:
                pass
        if tag in _BREAKS:
            self.said.append("\n")
        elif tag == "td":
            self.said.append("\t")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.said.append(data.replace("\r", " ").replace("\n", " "))


def text_of(markup: str) -> str:
    """What a reader sees of it."""
    reader = _Reader()
    reader.feed(markup[:_LONGEST])
    reader.close()
    lines = (_BLANKS.sub(" ", line).strip() for line in "".join(reader.said).split("\n"))
    return _GAPS.sub("\n\n", "\n".join(lines)).strip()

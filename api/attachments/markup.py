"""Markup: the XML of Office's documents, without what makes much of little."""

from xml.etree import ElementTree as ET

#: More than documents of so many bytes as are looked into have.
_MOST = 1_000_000


class _Tree(ET.TreeBuilder):
    """Of a document without a type of its own, which Office writes none with: entities are declared there."""

    def __init__(self) -> None:
        super().__init__()
        self._left = _MOST

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """It has one."""
        raise ValueError(f"a document type: {name} {pubid} {system}")

    def start(self, tag: str, attrs: dict[str, str]) -> ET.Element:
        """One more."""
        self._left -= 1
        if self._left < 0:
            raise ValueError("more elements than a document has")
        return super().start(tag, attrs)


def elements(part: bytes) -> list[ET.Element]:
    """All of them, in order.

    Raises:
        ParseError: it is no XML.
        ValueError: it is more than Office writes.
    """
    parser = ET.XMLParser(target=_Tree())  # noqa: S314
    parser.feed(part)
    return list(parser.close().iter())

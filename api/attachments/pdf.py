"""PDF: whether one runs, starts, sends or fetches something by itself, as far as that is not hidden."""

import mmap
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from api.attachments.signatures import is_pdf

#: Bytes of a stream that are looked into, and of all of them.
_LONGEST, _IN_ALL = 16 * 1024 * 1024, 64 * 1024 * 1024
#: What an action of a PDF runs, opens or sends, or a file within it; a name may be written in hexadecimal.
_ACTIONS = (
    "EmbeddedFile", "EmbeddedFiles", "GoToE", "GoToR", "ImportData", "JavaScript", "Launch", "RichMedia", "SubmitForm",
)  # fmt: skip
#: Streams that hide names.
_STREAM = re.compile(rb"/ObjStm\b")
#: So far behind its kind a stream begins, and so many of them are looked into.
_FAR, _MANY = 400, 10_000
_PIECE = 4 * 1024
#: So many times what the file holds is read of its streams, and so much beside it of what is none: streams that begin
#: within another one are of nobody's making.
_AGAIN, _BESIDE = 2, 8 * 1024 * 1024


def _name(word: str) -> bytes:
    """A name of a PDF, each letter as it is or in hexadecimal."""
    return b"".join(b"(?:%c|#(?i:%02x))" % (letter, letter) for letter in word.encode())


#: A form of another kind, which brings its own scripts, is told from three letters by chance by what follows them.
_RUNS = re.compile(
    b"/(?:(?:" + b"|".join(map(_name, _ACTIONS)) + rb")(?![A-Za-z])|" + _name("XFA") + rb"\s*[\[\d])",
)

#: What is done as the document, or a page of it, is opened; a link is followed by whoever wants to.
_BY_ITSELF = re.compile(b"/(?:" + _name("OpenAction") + b"|" + _name("AA") + rb")\s*(?=<<|\d+\s+\d+\s+R\b)")
_ADDRESS = re.compile(b"/" + _name("URI") + b"(?![A-Za-z])")
#: Another object, and the place in the document that an action leads to, which is none.
_OTHER, _PLACE = re.compile(rb"(\d+)\s+\d+\s+R\b"), re.compile(rb"/S?D\s*\[[^\]]*\]")
_OBJECT, _ENDS = re.compile(rb"(?<!\d)(\d+)\s+\d+\s+obj\b"), b"endobj"
#: What stands before the objects of a stream: the number of each, and its place behind this.
_PLACES = re.compile(rb"\s*(?:\d+\s+\d+\s+)+")
_BRACKETS = re.compile(rb"<<|>>")
#: An action may bring another, and that one a third.
_IN_TURN = 4
_ACTION = 2_000

Text = bytes | mmap.mmap


def is_plain_pdf(path: Path) -> bool:
    """A PDF that runs nothing by itself."""
    return is_pdf(path) and not _runs(path)


def _runs(path: Path) -> bool:
    """Whether a PDF has a script, starts a program, or opens an address; of one that is encrypted what it hides is not
    looked at.
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        hidden = _hidden(content)
        if hidden is None:
            return True
        texts: list[Text] = [content, *hidden]
        return any(_RUNS.search(text) for text in texts) or _calls_out(texts)


def _hidden(content: mmap.mmap) -> list[bytes] | None:
    """What streams hide that hold objects; None: more than anybody needs."""
    left, unread, found = _IN_ALL, _AGAIN * len(content) + _BESIDE, []
    places = {content.find(b"stream", each.end(), each.end() + _FAR) for each in _STREAM.finditer(content)}
    for count, begins in enumerate(sorted(places - {-1})):
        if count == _MANY or left <= 0 or unread <= 0:
            return None
        hidden, read = _unpacked(content, begins + len(b"stream"), min(left, _LONGEST))
        left, unread = left - len(hidden), unread - read
        found.append(hidden)
    return found


def _unpacked(content: mmap.mmap, start: int, most: int) -> tuple[bytes, int]:
    """What a stream holds, as far as it can be read, and of how many bytes."""
    unpacking, found = zlib.decompressobj(), bytearray()
    at = start + len(content[start : start + 2]) - len(content[start : start + 2].lstrip(b"\r\n"))
    try:
        while not unpacking.eof and len(found) < most and (piece := content[at : at + _PIECE]):
            at += len(piece)
            found += unpacking.decompress(piece, most - len(found))
    except zlib.error:
        pass
    return bytes(found), at - start - len(unpacking.unused_data)


def _calls_out(texts: Sequence[Text]) -> bool:
    """Whether an address is opened as the document is, which tells whoever has it that it was read."""
    done = [_value(text, each.end()) for text in texts for each in _BY_ITSELF.finditer(text)]
    if not done:
        return False
    objects: dict[bytes, list[bytes]] = defaultdict(list)
    for text in texts:
        for number, value in _packed(text) if isinstance(text, bytes) else _objects(text):
            objects[number].append(value)
    return any(_leads_out(value, objects, _IN_TURN) for value in done)


def _leads_out(action: bytes, objects: Mapping[bytes, Sequence[bytes]], most: int) -> bool:
    if action.lstrip().startswith(b"["):  # a place in the document
        return False
    if _ADDRESS.search(action):
        return True
    others = _OTHER.findall(_PLACE.sub(b"", action)) if most else ()
    return any(_leads_out(each, objects, most - 1) for other in others for each in objects.get(other, ()))


def _value(text: Text, at: int) -> bytes:
    """What stands there: a reference, or what is between brackets, the inner ones too."""
    said, depth = text[at : at + _ACTION], 0
    if not said.startswith(b"<<"):
        return said[: said.index(b"R") + 1]
    for bracket in _BRACKETS.finditer(said):
        depth += 1 if bracket[0] == b"<<" else -1
        if depth == 0:
            return said[: bracket.end()]
    return said


def _objects(content: mmap.mmap) -> Iterator[tuple[bytes, bytes]]:
    for found in _OBJECT.finditer(content):
        yield found[1], content[found.end() : found.end() + _ACTION].partition(_ENDS)[0]


def _packed(hidden: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The objects of a stream."""
    if (before := _PLACES.match(hidden)) is None:
        return
    told = before[0].split()
    for number, place in zip(told[::2], told[1::2], strict=True):
        begins = before.end() + int(place)
        yield number, hidden[begins : begins + _ACTION]

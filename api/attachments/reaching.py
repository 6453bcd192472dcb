"""Reaching: what a document would itself run or fetch, without a macro: objects, templates from elsewhere, DDE.

By the parts that name it. A library that knows more of these formats weighs more than all else that files need, and
parses what strangers send in our own process.
"""

import mmap
import re
import zipfile
import zlib
from pathlib import Path
from xml.etree import ElementTree as ET
from xml.parsers.expat import errors

from api.attachments.archives import SPOILT
from api.attachments.signatures import is_pdf

#: Types of relationships that may lead elsewhere: nothing is opened before somebody says so, and nothing of it runs.
_HARMLESS = ("hyperlink", "image", "audio", "video", "media", "externallinkpath")
#: Types of parts that carry a program, or whatever else somebody packed.
OBJECTS = ("oleobject", "activex")
#: Bytes of a part that is looked into, and of all of them.
_LONGEST, _IN_ALL = 16 * 1024 * 1024, 64 * 1024 * 1024
_FIELD = re.compile(r"\bDDE(?:AUTO)?\b", re.IGNORECASE)

#: What tells of fields in a part, and of the encoding in its first bytes.
_TOLD = (b"ddeLink", b"instrText", b"fldSimple")
_ENCODING, _HEAD = re.compile(rb"""encoding\s*=\s*["']([^"']+)"""), 1024

#: Expat's word for an encoding that it does not read, and Office may.
_UNKNOWN_ENCODING = errors.codes[errors.XML_ERROR_UNKNOWN_ENCODING]

#: In documents of the older Office: a packed file, and a field of DDE in either width of letters.
_PACKED = "\x01Ole10Native".encode("utf-16-le")
_OLD_FIELD = re.compile(rb"\x13(?:\x00)?(?: (?:\x00)?)*D(?:\x00)?D(?:\x00)?E(?:\x00)?[ A]", re.IGNORECASE)

#: An action of a PDF that runs something, and streams that hide names; a name may be written in hexadecimal.
_RUNS = re.compile(rb"/(?:JavaScript|Launch)\b")
_STREAM = re.compile(rb"/ObjStm\b")
#: So far behind its kind a stream begins, and so many of them are looked into.
_FAR, _MANY = 400, 10_000
_PIECE = 64 * 1024
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")


def reaches_out(path: Path, members: list[zipfile.ZipInfo]) -> bool:
    """Whether a document of the newer Office has an object, a field or a part that is fetched, or hides what it has."""
    looked = [each for each in members if each.filename.lower().endswith((".rels", ".xml"))]
    sizes = [each.file_size for each in looked]
    if sum(sizes) > _IN_ALL or max(sizes, default=0) > _LONGEST:
        return True
    try:
        with zipfile.ZipFile(path) as file:
            return any(_does(each.filename.lower(), file.read(each)) for each in looked)
    except (*SPOILT, LookupError):  # the last: in an encoding that nobody here reads
        return True


def _does(name: str, part: bytes) -> bool:
    if name.endswith(".rels"):
        return any(
            each.get("TargetMode", "").lower() == "external"
            and each.get("Type", "").rpartition("/")[2].lower() not in _HARMLESS
            for each in _elements(part)
        )
    if _is_plain(part) and not any(word in part for word in _TOLD):
        return False
    found = _elements(part)
    split = "".join(each.text or "" for each in found if each.tag.endswith("}instrText"))
    whole = " ".join(value for each in found for key, value in each.items() if key.endswith("}instr"))
    is_linked = b"ddeLink" in part or any(each.tag.rpartition("}")[2] == "ddeLink" for each in found)
    return is_linked or bool(_FIELD.search(split) or _FIELD.search(whole))


def _is_plain(part: bytes) -> bool:
    """Whether the names in it are written in the letters of ASCII: neither in two bytes each nor in a code."""
    stated = _ENCODING.search(part[:_HEAD])
    return b"\0" not in part and (stated is None or stated[1].lower() == b"utf-8")


def _elements(part: bytes) -> list[ET.Element]:
    """None where nobody can read them, Office neither. Expat bounds what entities may grow to."""
    try:
        return list(ET.fromstring(part).iter())  # noqa: S314
    except ET.ParseError as error:
        if error.code == _UNKNOWN_ENCODING:
            raise LookupError from error
        return []


def old_one_reaches_out(content: bytes) -> bool:
    """Whether a document of the older Office does."""
    return _PACKED in content or _OLD_FIELD.search(content) is not None


def is_plain_pdf(path: Path) -> bool:
    """A PDF that runs nothing by itself."""
    return is_pdf(path) and not _runs(path)


def _runs(path: Path) -> bool:
    """Whether a PDF has a script, or starts a program; of one that is encrypted what it hides is not looked at."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if _names_an_action(content[:]):
            return True
        left = _IN_ALL
        for count, found in enumerate(_STREAM.finditer(content)):
            begins = content.find(b"stream", found.end(), found.end() + _FAR)
            if count == _MANY or left <= 0:
                return True
            hidden = _unpacked(content, begins + len(b"stream"), min(left, _LONGEST)) if begins > 0 else b""
            left -= len(hidden)
            if _names_an_action(hidden):
                return True
    return False


def _names_an_action(content: bytes) -> bool:
    return _RUNS.search(_ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), content)) is not None


def _unpacked(content: mmap.mmap, start: int, most: int) -> bytes:
    """What a stream holds, as far as it can be read; what is none costs no more than its first piece."""
    unpacking, found = zlib.decompressobj(), b""
    at = start + len(content[start : start + 2]) - len(content[start : start + 2].lstrip(b"\r\n"))
    try:
        while not unpacking.eof and len(found) < most and (piece := content[at : at + _PIECE]):
            found += unpacking.decompress(piece, most - len(found))
            at += len(piece)
    except zlib.error:
        pass
    return found

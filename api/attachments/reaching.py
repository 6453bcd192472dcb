"""Reaching: what a document would itself run or fetch, without a macro: objects, templates from elsewhere, DDE.

By the parts that name it. A library that knows more of these formats weighs more than all else that files need.
"""

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET
from xml.parsers.expat import errors

from api.attachments.archives import SPOILT
from api.attachments.markup import elements

#: Types of relationships that may lead elsewhere: nothing is opened before somebody says so, and nothing of it runs.
_HARMLESS = ("hyperlink", "image", "audio", "video", "media", "externallinkpath")
#: Those that lead to a program, to what another one makes, or to a text in another format, wherever it lies.
_CARRIES = ("afchunk", "control", "dialogsheet", "oleobject", "vbaproject", "xlmacrosheet")
#: Types of parts that carry a program, or whatever else somebody packed.
OBJECTS = ("oleobject", "activex")
#: Bytes of a part that is looked into, and of all of them.
_LONGEST, _IN_ALL = 16 * 1024 * 1024, 64 * 1024 * 1024
#: By its name, or spelt by the numbers of its letters.
_FIELD = re.compile(r"\bDDE(?:AUTO)?\b|\bQUOTE[\s\"]+\d", re.IGNORECASE)

#: What tells of fields in a part, and of the encoding in its first bytes.
_TOLD = (b"ddeLink", b"instrText", b"fldSimple")
_BEGINNING, _BEFORE = 64, b"\xef\xbb\xbf\xff\xfe \t\r\n"
_ENCODING, _HEAD = re.compile(rb"""encoding\s*=\s*["']([^"']+)"""), 1024

#: Expat's word for an encoding that it does not read, and Office may.
_UNKNOWN_ENCODING = errors.codes[errors.XML_ERROR_UNKNOWN_ENCODING]

#: In documents of the older Office: a packed file, and a field of DDE in either width of letters.
_PACKED = "\x01Ole10Native".encode("utf-16-le")
_OLD_FIELD = re.compile(rb"\x13\x00?(?: \x00?)*+D\x00?D\x00?E\x00?[ A]", re.IGNORECASE)


def reaches_out(path: Path, members: list[zipfile.ZipInfo]) -> bool:
    """Whether a document of the newer Office has an object, a field or a part that is fetched, or hides what it has."""
    try:
        with zipfile.ZipFile(path) as file:
            looked = [each for each in members if _is_markup(file, each)]
            sizes = [each.file_size for each in looked]
            if sum(sizes) > _IN_ALL or max(sizes, default=0) > _LONGEST:
                return True
            return any(_does(each.filename.lower(), file.read(each)) for each in looked)
    except (*SPOILT, LookupError):  # the last: in an encoding that nobody here reads
        return True


def _is_markup(file: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """By its name, or, for a part is called as its writer likes, by how it begins."""
    if member.filename.lower().endswith((".rels", ".xml")):
        return True
    with file.open(member) as part:
        return part.read(_BEGINNING).replace(b"\0", b"").lstrip(_BEFORE).startswith(b"<")


def _leads_to_more(relationship: ET.Element) -> bool:
    kind = relationship.get("Type", "").rpartition("/")[2].lower()
    is_external = relationship.get("TargetMode", "").lower() == "external"
    return kind in _CARRIES or (is_external and kind not in _HARMLESS)


def _does(name: str, part: bytes) -> bool:
    if name.endswith(".rels"):
        return any(map(_leads_to_more, _elements(part)))
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
    """None where nobody can read them, Office neither."""
    try:
        return elements(part)
    except ET.ParseError as error:
        if error.code == _UNKNOWN_ENCODING:
            raise LookupError from error
        return []


def old_one_reaches_out(content: bytes) -> bool:
    """Whether a document of the older Office does."""
    return _PACKED in content or _OLD_FIELD.search(content) is not None

"""Office: documents, spreadsheets and slides, old and new, without macros and what else would run."""

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

from api.attachments.archives import SPOILT, members
from api.attachments.markup import elements
from api.attachments.reaching import OBJECTS, old_one_reaches_out, reaches_out
from api.attachments.signatures import Recogniser, head

#: The part that states of which type the others are, and how long it may be: ten thousand parts need a quarter.
_TYPES, _LONGEST = "[content_types].xml", 4 * 1024 * 1024
#: What types of macros have in their names.
_MACROS = ("macro", "vbaproject")

#: What the older ones begin with, and how they name their streams.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_VBA, _ENCRYPTED = "_VBA_PROJECT".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le")
#: Macros from before VBA are a sheet of a kind of its own. Its record: length, place, state, kind, length of its name.
_SHEET = re.compile(rb"\x85\x00(.)\x00.{4}[\x00-\x02]\x01([\x01-\x1f])", re.DOTALL)


def packed(folder: str, main: str) -> Recogniser:
    """A harmless zip whose parts are of this type or in this folder; a part's own name is its writer's affair."""

    def is_it(path: Path) -> bool:
        found = members(path)
        types = [member for member in found if member.filename.lower() == _TYPES]
        if not types or sum(member.file_size for member in types) > _LONGEST:
            return False
        if reaches_out(path, found):
            return False
        stated = _stated(path, types)
        if any(word in type_ for type_ in stated for word in (*_MACROS, *OBJECTS)):
            return False
        is_main = any(main in type_ for type_ in stated)
        return is_main or any(member.filename.lower().startswith(folder) for member in found)

    return is_it


def _stated(path: Path, types: list[zipfile.ZipInfo]) -> set[str]:
    """The types of all parts; none where nobody could read them, Office neither."""
    try:
        with zipfile.ZipFile(path) as file:
            parts = [file.read(member) for member in types]
        found = [element for part in parts for element in elements(part)]
    except (*SPOILT, ET.ParseError):
        return set()
    return {element.get("ContentType", "").lower() for element in found}


def compound(*streams: str) -> Recogniser:
    """A file of the older Office with one of these streams. An installer is such a file too."""
    wanted = [stream.encode("utf-16-le") for stream in streams]

    def is_it(path: Path) -> bool:
        if not head(path).startswith(_OLE):
            return False
        content = path.read_bytes()
        is_harmless = _VBA not in content and _ENCRYPTED not in content and not _has_macro_sheet(content)
        return is_harmless and not old_one_reaches_out(content) and any(stream in content for stream in wanted)

    return is_it


def _has_macro_sheet(content: bytes) -> bool:
    """A record that looks so by chance does not have the length that its name asks for, in any version."""
    lengths = ((found[1][0], found[2][0]) for found in _SHEET.finditer(content))
    return any(length in {7 + name, 8 + name, 8 + 2 * name} for length, name in lengths)

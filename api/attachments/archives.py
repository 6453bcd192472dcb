"""Archives: what is packed stays inside, can be looked into, is not too much unpacked, and runs nothing."""

import gzip
import lzma
import re
import zipfile
import zlib
from pathlib import Path

from api.attachments.signatures import head, is_program

#: Unpacked, in bytes; a zip's members.
_UNPACKED, _MEMBERS = 200 * 1024 * 1024, 10_000
_PIECE = 1024 * 1024
#: What Windows runs at a double click. `.com` is not among it: logs are named after domains.
_RUN = re.compile(r"\.(?:bat|cmd|cpl|dll|exe|hta|jar|jse?|lnk|msi|pif|ps1|reg|scr|vb[es]|ws[fh])[ .]*$", re.IGNORECASE)
#: A drive or a second stream, and no time of day, which logs have in their names.
_COLON = re.compile(r"(?<!\d):|:(?!\d)")

#: All that a zip can raise which is none, or one that was spoilt.
SPOILT = (zipfile.BadZipFile, ValueError, RuntimeError, EOFError, OSError, zlib.error, lzma.LZMAError)


def members(path: Path) -> list[zipfile.ZipInfo]:
    """Of a zip that is harmless; none of what is not."""
    if not head(path).startswith(b"PK\x03\x04"):
        return []
    try:
        with zipfile.ZipFile(path) as file:
            found = file.infolist()
    except SPOILT:
        return []
    return found if _is_harmless(found) else []


def is_zip(path: Path) -> bool:
    """Of anything but programs."""
    found = members(path)
    return bool(found) and not any(_RUN.search(member.filename) for member in found) and not _runs(path, found)


def _runs(path: Path, found: list[zipfile.ZipInfo]) -> bool:
    """Whether one of them is a program of Windows by whatever name; what Linux dumps looks like one of its own."""
    try:
        with zipfile.ZipFile(path) as file:
            return any(_beginning(file, member) == b"MZ" for member in found)
    except SPOILT:
        return True


def _beginning(file: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    with file.open(member) as content:
        return content.read(2)


def is_gzip(path: Path) -> bool:
    """Of anything but a program; whole, as only unpacking it shows."""
    unpacked = 0
    try:
        with gzip.open(path) as file:
            while piece := file.read(_PIECE):
                if not unpacked and is_program(piece):
                    return False
                unpacked += len(piece)
                if unpacked > _UNPACKED:
                    return False
    except (gzip.BadGzipFile, EOFError, zlib.error):
        return False
    return True


def _is_harmless(found: list[zipfile.ZipInfo]) -> bool:
    if len(found) > _MEMBERS or sum(member.file_size for member in found) > _UNPACKED:
        return False
    each_once = len({member.header_offset for member in found}) == len(found)
    return each_once and all(_stays_inside(member.orig_filename) and _is_plain(member) for member in found)


def _stays_inside(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return not name.startswith(("/", "\\")) and ".." not in parts and not _COLON.search(name) and "\x00" not in name


def _is_plain(member: zipfile.ZipInfo) -> bool:
    """Neither encrypted nor a link nor a macro; packed in a way that is unpacked piece by piece, whatever it states."""
    is_link = (member.external_attr >> 28) == 0o12
    if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return False
    return not member.flag_bits & 1 and not is_link and not member.filename.lower().endswith("vbaproject.bin")

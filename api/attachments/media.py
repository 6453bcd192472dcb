"""Media: the types of attachments that we take, and whether a file's content is what its sender says."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import puremagic

#: So much of a file says what it is.
_HEAD, _TAIL = 4096, 2048
#: What browsers take for a page wherever it stands near the beginning.
_MARKUP = (b"<script", b"<html", b"<!doctype html", b"<svg", b"<iframe", b"<?php")
#: Of a zip-based file, unpacked, in bytes; and its members.
_UNPACKED, _MEMBERS = 200 * 1024 * 1024, 10_000
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"})
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13})


def _magic(*extensions: str) -> Callable[[Path], bool]:
    """By what the library of magic numbers finds."""

    def is_it(path: Path) -> bool:
        try:
            found = {match.extension for match in puremagic.magic_string(_head(path))}
        except (puremagic.PureError, ValueError):
            return False
        return not found.isdisjoint(extensions)

    return is_it


def _is_heic(path: Path) -> bool:
    head = _head(path)
    return head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS


def _is_pdf(path: Path) -> bool:
    """From its first byte to its end mark: many a page calls itself a PDF in its first line."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL))
        tail = file.read()
    return _head(path).startswith(b"%PDF-") and b"%%EOF" in tail


def _office(main: str) -> Callable[[Path], bool]:
    """A zip whose members stay inside, are not too many or too large unpacked, and hold no macros."""

    def is_it(path: Path) -> bool:
        if not _head(path).startswith(b"PK\x03\x04"):
            return False
        try:
            with zipfile.ZipFile(path) as file:
                members = file.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            return False
        names = {member.filename for member in members}
        return {"[Content_Types].xml", main} <= names and _is_harmless(members)

    return is_it


def _is_harmless(members: list[zipfile.ZipInfo]) -> bool:
    if len(members) > _MEMBERS or sum(member.file_size for member in members) > _UNPACKED:
        return False
    return all(_stays_inside(member.orig_filename) and _is_plain(member) for member in members)


def _stays_inside(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return not name.startswith(("/", "\\")) and ".." not in parts and ":" not in name and "\x00" not in name


def _is_plain(member: zipfile.ZipInfo) -> bool:
    """Neither encrypted nor a link nor a macro."""
    is_link = (member.external_attr >> 28) == 0o12
    return not member.flag_bits & 1 and not is_link and not member.filename.lower().endswith("vbaproject.bin")


def _is_text(path: Path) -> bool:
    """UTF-8 without control characters, and no script of a shell."""
    content = path.read_bytes()
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not content.startswith(b"#!") and len(content.translate(None, _CONTROLS)) == len(content)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD)


@dataclass(frozen=True, slots=True)
class Medium:
    """A type of file: what its names end with, and how its content is known."""

    extensions: tuple[str, ...]
    recognises: Callable[[Path], bool]


_OFFICE = "application/vnd.openxmlformats-officedocument"

#: Type by type, all that we take.
MEDIA: dict[str, Medium] = {
    "image/jpeg": Medium((".jpg", ".jpeg"), _magic(".jpg", ".jpeg")),
    "image/png": Medium((".png",), _magic(".png")),
    "image/webp": Medium((".webp",), _magic(".webp")),
    "image/heic": Medium((".heic", ".heif"), _is_heic),
    "application/pdf": Medium((".pdf",), _is_pdf),
    f"{_OFFICE}.wordprocessingml.document": Medium((".docx",), _office("word/document.xml")),
    f"{_OFFICE}.spreadsheetml.sheet": Medium((".xlsx",), _office("xl/workbook.xml")),
    "audio/mpeg": Medium((".mp3",), _magic(".mp3", ".mpga")),
    "audio/mp4": Medium((".m4a", ".mp4"), _magic(".m4a", ".f4a", ".mp4")),
    "audio/wav": Medium((".wav",), _magic(".wav")),
    "audio/amr": Medium((".amr",), _magic(".amr")),
    "video/mp4": Medium((".mp4", ".m4v"), _magic(".mp4")),
    "text/plain": Medium((".txt", ".log"), _is_text),
}

#: Other names that browsers and phones have for them.
ALIASES = {
    "image/jpg": "image/jpeg",
    "image/pjpeg": "image/jpeg",
    "image/heif": "image/heic",
    "audio/mp3": "audio/mpeg",
    "audio/m4a": "audio/mp4",
    "audio/x-m4a": "audio/mp4",
    "audio/wave": "audio/wav",
    "audio/x-wav": "audio/wav",
    "audio/vnd.wave": "audio/wav",
    "audio/amr-wb": "audio/amr",
}


def is_what_it_says(path: Path, media_type: str) -> bool:
    """Whether the file's content is of this type, and of no other that would be run or shown as a page."""
    head = _head(path)[:1024].lower()
    return not any(mark in head for mark in _MARKUP) and MEDIA[media_type].recognises(path)

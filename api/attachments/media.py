"""Media: the types of attachments that we take, and whether a file's content is what its sender says."""

from dataclasses import dataclass
from pathlib import Path

from api.attachments.archives import is_gzip, is_zip
from api.attachments.office import compound, packed
from api.attachments.pdf import is_plain_pdf
from api.attachments.signatures import (
    Recogniser,
    any_of,
    head,
    is_avif,
    is_film,
    is_heic,
    is_mpeg_audio,
    is_pcap,
    magic,
)
from api.attachments.text import is_text

#: What browsers take for a page wherever it stands near the beginning.
_MARKUP = (b"<script", b"<html", b"<!doctype html", b"<svg", b"<iframe", b"<?php")


@dataclass(frozen=True, slots=True)
class Medium:
    """A type of file: what its names end with, how its content is known, whether it tells what others said.

    A log, an archive and recorded traffic quote pages; in a photo or a signed form a page is a disguise.
    """

    extensions: tuple[str, ...]
    recognises: Recogniser
    quotes: bool = False


_PCAP = "application/vnd.tcpdump.pcap"
_OFFICE = "application/vnd.openxmlformats-officedocument"

_LETTERS = packed("word/", "wordprocessingml.document.main")
_SHEETS = packed("xl/", "spreadsheetml.sheet.main")
_SLIDES = packed("ppt/", "presentationml.presentation.main")

#: Type by type, all that we take.
MEDIA: dict[str, Medium] = {
    "image/jpeg": Medium((".jpg", ".jpeg"), magic(".jpg", ".jpeg")),
    "image/png": Medium((".png",), magic(".png")),
    "image/webp": Medium((".webp",), magic(".webp")),
    "image/heic": Medium((".heic", ".heif"), is_heic),
    "image/avif": Medium((".avif",), is_avif),
    "application/pdf": Medium((".pdf",), is_plain_pdf),
    f"{_OFFICE}.wordprocessingml.document": Medium((".docx",), _LETTERS),
    f"{_OFFICE}.spreadsheetml.sheet": Medium((".xlsx",), _SHEETS),
    f"{_OFFICE}.presentationml.presentation": Medium((".pptx",), _SLIDES),
    # Many a report writer gives what it writes the old ending; a browser beside Excel calls CSV so, too.
    "application/msword": Medium((".doc",), any_of(compound("WordDocument"), _LETTERS)),
    "application/vnd.ms-excel": Medium(
        (".xls", ".csv"), any_of(compound("Workbook", "Book"), _SHEETS, is_text), quotes=True
    ),
    "audio/mpeg": Medium((".mp3",), any_of(magic(".mp3", ".mpga"), is_mpeg_audio)),
    "audio/mp4": Medium((".m4a", ".mp4"), is_film),
    "audio/aac": Medium((".aac",), magic(".aac")),
    "audio/wav": Medium((".wav",), magic(".wav")),
    # Older phones put it into their container for films and call it the same.
    "audio/amr": Medium((".amr", ".awb"), any_of(magic(".amr"), is_film)),
    "audio/3gpp": Medium((".3gp", ".3ga", ".amr"), is_film),
    "audio/ogg": Medium((".ogg", ".oga", ".opus"), magic(".ogg", ".oga", ".opus")),
    "audio/webm": Medium((".webm",), magic(".webm")),
    "video/mp4": Medium((".mp4", ".m4v", ".mov"), is_film),
    # Without a brand where it is old: the library knows what else it begins with.
    "video/quicktime": Medium((".mov", ".qt"), any_of(is_film, magic(".mov"))),
    "video/3gpp": Medium((".3gp", ".3gpp", ".3g2"), is_film),
    "video/webm": Medium((".webm", ".mkv"), magic(".webm")),
    "text/plain": Medium((".txt", ".log"), is_text, quotes=True),
    "text/csv": Medium((".csv",), is_text, quotes=True),
    "application/json": Medium((".json", ".jsonl"), is_text, quotes=True),
    "application/zip": Medium((".zip",), is_zip, quotes=True),
    "application/gzip": Medium((".gz", ".tgz"), is_gzip, quotes=True),
    _PCAP: Medium((".pcap", ".pcapng", ".cap"), any_of(is_pcap, magic(".pcapng")), quotes=True),
}

#: Pictures that browsers show by themselves.
SHOWN = frozenset({"image/jpeg", "image/png", "image/webp", "image/avif"})

#: Other names that browsers and phones have for them.
ALIASES = {
    "image/jpg": "image/jpeg",
    "image/pjpeg": "image/jpeg",
    "image/heif": "image/heic",
    "image/heic-sequence": "image/heic",
    "image/heif-sequence": "image/heic",
    "application/x-pdf": "application/pdf",
    "application/wps-office.docx": f"{_OFFICE}.wordprocessingml.document",
    "application/wps-office.xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "application/wps-office.pptx": f"{_OFFICE}.presentationml.presentation",
    "application/wps-office.doc": "application/msword",
    "application/wps-office.xls": "application/vnd.ms-excel",
    "audio/mp3": "audio/mpeg",
    "audio/x-mp3": "audio/mpeg",
    "audio/x-mpeg": "audio/mpeg",
    "audio/m4a": "audio/mp4",
    "audio/x-m4a": "audio/mp4",
    "audio/mp4a-latm": "audio/mp4",
    "audio/x-aac": "audio/aac",
    "audio/aacp": "audio/aac",
    "audio/vnd.dlna.adts": "audio/aac",
    "audio/wave": "audio/wav",
    "audio/x-wav": "audio/wav",
    "audio/vnd.wave": "audio/wav",
    "audio/amr-wb": "audio/amr",
    "audio/3gpp2": "audio/3gpp",
    "audio/opus": "audio/ogg",
    "audio/x-opus+ogg": "audio/ogg",
    "application/ogg": "audio/ogg",
    "video/x-m4v": "video/mp4",
    "video/3gpp2": "video/3gpp",
    "video/x-matroska": "video/webm",
    "text/x-log": "text/plain",
    "text/x-csv": "text/csv",
    "application/csv": "text/csv",
    "text/comma-separated-values": "text/csv",
    "text/json": "application/json",
    "application/x-ndjson": "application/json",
    "application/x-zip-compressed": "application/zip",
    "application/x-zip": "application/zip",
    "application/x-gzip": "application/gzip",
    "application/x-compressed-tar": "application/gzip",
    "application/pcap": _PCAP,
    "application/x-pcap": _PCAP,
    "application/x-pcapng": _PCAP,
}


def is_what_it_says(path: Path, media_type: str) -> bool:
    """Whether the file's content is of this type, and of no other that would be run or shown as a page."""
    medium = MEDIA[media_type]
    beginning = head(path)[:1024].lower()
    is_disguised = not medium.quotes and any(mark in beginning for mark in _MARKUP)
    return not is_disguised and medium.recognises(path)

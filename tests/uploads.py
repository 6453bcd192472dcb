"""Small files of every type that is taken, and how they are brought to a ticket."""

import gzip
import io
import struct
import wave
import zipfile
import zlib
from typing import Any
from urllib.parse import quote

import httpx2

from tests.served import Served

OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX, XLSX = f"{OFFICE}.wordprocessingml.document", f"{OFFICE}.spreadsheetml.sheet"
PPTX = f"{OFFICE}.presentationml.presentation"


def zipped(*names: str, size: int = 1, parts: dict[str, bytes] | None = None) -> bytes:
    """A zip with members of these names, and with these parts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name in names:
            file.writestr(name, b"x" * size)
        for name, content in (parts or {}).items():
            file.writestr(name, content)
    return packed.getvalue()


def stated(main: str, type_: str) -> dict[str, bytes]:
    """The part of an office document that states of which type its main part is."""
    part = f'<Override PartName="/{main}" ContentType="{type_}"/>'
    types = f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{part}</Types>'
    return {"[Content_Types].xml": f'<?xml version="1.0" encoding="UTF-8"?>\n{types}'.encode()}


def docx(*others: str, main: str = "word/document.xml", size: int = 1) -> bytes:
    """A document with that main part and others."""
    return zipped("_rels/.rels", main, *others, size=size, parts=stated(main, f"{DOCX}.main+xml"))


def xlsx(*others: str, main: str = "xl/workbook.xml", size: int = 1) -> bytes:
    """A spreadsheet likewise."""
    return zipped("_rels/.rels", main, *others, size=size, parts=stated(main, f"{XLSX}.main+xml"))


def pptx(main: str = "ppt/presentation.xml") -> bytes:
    """Slides likewise."""
    return zipped("_rels/.rels", main, parts=stated(main, f"{PPTX}.main+xml"))


def compound(*streams: str, content: bytes = b"") -> bytes:
    """A file of the older Office: its header, and a sector with the names of its streams."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
    return header + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *streams)) + content


def _wav() -> bytes:
    packed = io.BytesIO()
    with wave.open(packed, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(1600))
    return packed.getvalue()


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(4))) + chunk(b"IEND", b"")


def branded(major: bytes, *others: bytes) -> bytes:
    """The first box of an ISO media file."""
    brands = major + bytes(4) + b"".join(others)
    return struct.pack(">I", 8 + len(brands)) + b"ftyp" + brands + bytes(64)


JPEG = b"\xff\xd8\xff\xe1\x00\x10Exif\x00\x00" + bytes(64) + b"\xff\xd9"
PNG, WAV = _png(), _wav()
WEBP = b"RIFF\x48\x00\x00\x00WEBPVP8 " + bytes(64)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
MP3 = b"ID3\x03\x00\x00\x00\x00\x00\x00\xff\xfb\x90\x64" + bytes(64)
OGG = b"OggS\x00\x02" + bytes(8) + b"\x01\x00\x00\x00" + bytes(8) + b"\x01\x13OpusHead\x01\x01" + bytes(16)
WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\x82\x84webm" + bytes(32)
PAGE = "网关返回 <html><script>alert(1)</script></html>\r\n".encode()
PCAP = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1) + bytes(16) + PAGE

#: Type by type, a file of it and its name.
SAMPLES: dict[str, tuple[str, bytes]] = {
    "image/jpeg": ("现场照片.jpg", JPEG),
    "image/png": ("截图.png", PNG),
    "image/webp": ("a.webp", WEBP),
    "image/heic": ("IMG_0001.HEIC", branded(b"heic", b"mif1", b"heic")),
    "image/avif": ("a.avif", branded(b"avif", b"mif1", b"miaf")),
    "application/pdf": ("签字单.pdf", PDF),
    DOCX: ("报告.docx", docx()),
    XLSX: ("清单.xlsx", xlsx()),
    PPTX: ("方案.pptx", pptx()),
    "application/msword": ("报告.doc", compound("WordDocument", "1Table")),
    "application/vnd.ms-excel": ("清单.xls", compound("Workbook")),
    "audio/mpeg": ("录音.mp3", MP3),
    "audio/mp4": ("录音.m4a", branded(b"M4A ", b"isom")),
    "audio/aac": ("录音.aac", b"\xff\xf1\x50\x80" + bytes(64)),
    "audio/wav": ("录音.wav", WAV),
    "audio/amr": ("录音.amr", b"#!AMR\n" + b"\x3c" * 64),
    "audio/3gpp": ("录音.3gp", branded(b"3gp4", b"isom", b"3gp4")),
    "audio/ogg": ("语音.ogg", OGG),
    "audio/webm": ("语音.webm", WEBM),
    "video/mp4": ("机房.mp4", branded(b"isom", b"avc1")),
    "video/quicktime": ("IMG_0002.MOV", branded(b"qt  ", b"qt  ")),
    "video/3gpp": ("机房.3gp", branded(b"3gp5", b"isom")),
    "video/webm": ("录屏.webm", WEBM),
    "text/plain": ("日志.txt", PAGE),
    "text/csv": ("告警.csv", "时间,告警\r\n10:00,磁盘\r\n".encode("gb18030")),
    "application/json": ("告警.json", b'{"page": "<html></html>"}'),
    "application/zip": ("日志.zip", zipped("var/log/messages", "var/log/app-10:00.log", parts={"app.log": PAGE})),
    "application/gzip": ("messages.1.gz", gzip.compress(PAGE)),
    "application/vnd.tcpdump.pcap": ("抓包.pcap", PCAP),
}


def bring(
    desk: Served,
    number: str,
    user: str = "engineer",
    *,
    content: Any = JPEG,
    type_: str = "image/jpeg",
    name: str = "现场照片.jpg",
    **headers: str,
) -> httpx2.Response:
    """Somebody brings a file to a ticket."""
    stated = {"Content-Type": type_, "X-File-Name": quote(name)} | headers
    return desk.as_user(user).post(f"/api/tickets/{number}/attachments", content=content, headers=stated)


def brought(desk: Served, number: str, user: str = "engineer", **file: Any) -> str:
    """The id of a file that somebody brought."""
    answer = bring(desk, number, user, **file)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])

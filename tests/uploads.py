"""Small files of every type that is taken, and how they are brought to a ticket."""

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


def zipped(*names: str, size: int = 1, **members: bytes) -> bytes:
    """A zip with members of these names."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name in names:
            file.writestr(name, b"x" * size)
        for name, content in members.items():
            file.writestr(name, content)
    return packed.getvalue()


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


def _brand(major: bytes, *others: bytes) -> bytes:
    """The first box of an ISO media file."""
    brands = major + bytes(4) + b"".join(others)
    return struct.pack(">I", 8 + len(brands)) + b"ftyp" + brands + bytes(64)


JPEG = b"\xff\xd8\xff\xe1\x00\x10Exif\x00\x00" + bytes(64) + b"\xff\xd9"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"

#: Type by type, a file of it and its name.
SAMPLES: dict[str, tuple[str, bytes]] = {
    "image/jpeg": ("现场照片.jpg", JPEG),
    "image/png": ("截图.png", _png()),
    "image/webp": ("a.webp", b"RIFF\x48\x00\x00\x00WEBPVP8 " + bytes(64)),
    "image/heic": ("IMG_0001.HEIC", _brand(b"heic", b"mif1", b"heic")),
    "application/pdf": ("签字单.pdf", PDF),
    DOCX: ("报告.docx", zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml")),
    XLSX: ("清单.xlsx", zipped("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml")),
    "audio/mpeg": ("录音.mp3", b"ID3\x03\x00\x00\x00\x00\x00\x00\xff\xfb\x90\x64" + bytes(64)),
    "audio/mp4": ("录音.m4a", _brand(b"M4A ", b"isom")),
    "audio/wav": ("录音.wav", _wav()),
    "audio/amr": ("录音.amr", b"#!AMR\n" + b"\x3c" * 64),
    "video/mp4": ("机房.mp4", _brand(b"isom", b"avc1")),
    "text/plain": ("日志.txt", "磁盘告警\r\n".encode()),
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

"""Media: whatever the phones, cameras, scanners and devices of our readers write is taken for what it is."""

import gzip
from pathlib import Path

import pytest

from api.attachments.media import ALIASES, MEDIA, is_what_it_says
from tests.disguises import DISGUISED, MIB, fielded, large, linked, pdf_opening
from tests.uploads import (
    DOCX,
    JPEG,
    MP3,
    PAGE,
    PDF,
    PPTX,
    SAMPLES,
    XLSX,
    branded,
    compound,
    docx,
    pptx,
    xlsx,
    zipped,
)

#: Films, by the brands of those who make them.
FILMS = (
    *("isom", "iso2", "iso4", "iso5", "iso6", "iso8", "mp41", "mp42", "avc1", "dash", "M4V", "f4v", "MSNV", "XAVC"),
    *("3gp4", "3gp5", "3gp6", "3g2a", "qt", "mmp4"),
)
PICTURES = ("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "mif2", "msf1")
#: Frames of MPEG 1, 2 and 2.5, with a checksum and without.
FRAMES = ("fffb9064", "fffa9064", "fff36444", "fff26444", "ffe34444", "ffe24444", "fffd9004")

TEXTS = {
    "UTF-8": "磁盘告警\r\n".encode(),
    "UTF-8 with its mark": "磁盘告警\r\n".encode("utf-8-sig"),
    "GBK": "磁盘告警\r\n".encode("gbk"),
    "GB18030 beyond GBK": "磁盘告警㐀𠮷\r\n".encode("gb18030"),
    "Big5": "磁碟告警\r\n".encode("big5"),
    "Windows-1252": "Lüfter ausgefallen, 40 °C\r\n".encode("cp1252"),
    "UTF-16 of Windows": "磁盘告警\r\n".encode("utf-16"),
    "UTF-16 the other way": b"\xfe\xff" + "磁盘告警\r\n".encode("utf-16-be"),
    "UTF-16, cut": "磁盘告警\r\n".encode("utf-16")[:-1],
    "two encodings": "磁盘告警\n".encode() + "磁盘告警\n".encode("gbk"),
    "the end of a log, cut within a character": "磁盘告警\n".encode()[1:],
    "colours of a terminal": b"\x1b[0;31mERROR\x1b[0m disk\x07 ab\x08c\n",
    "the end that DOS writes": b"C:\\>dir\r\n\x1a",
    "a quoted page": PAGE,
    "a quoted page in the second line": b"GET / 200\n<html><script>alert(1)</script></html>\n",
    "a quoted drawing": b"10:00 body=<svg onload=alert(1)>\n",
    "a quoted script": b"10:00 found <?php in upload, #!/bin/sh\n",
    "the syslog's priority": b"<13>Nov 25 10:00:00 host app: down\n",
    "a configuration in XML": b"<?xml version='1.0'?>\n<!-- switch -->\n<config><html-port>80</html-port></config>",
    "a tag that only looks like a page's": b"<header>1</header>\n<html-report/>",
}

#: What it is, its type, its bytes.
GENUINE: dict[str, tuple[str, bytes]] = {
    **{f"a film {brand}": ("video/mp4", branded(brand.ljust(4).encode(), b"isom")) for brand in FILMS},
    **{f"a picture {brand}": ("image/heic", branded(brand.encode(), b"mif1", b"heic")) for brand in PICTURES},
    **{f"a frame {frame}": ("audio/mpeg", bytes.fromhex(frame) + bytes(64)) for frame in FRAMES},
    **{f"text: {what}": ("text/plain", text) for what, text in TEXTS.items()},
    "AVIF by its second brand": ("image/avif", branded(b"mif1", b"avif", b"miaf")),
    "AVIF in motion": ("image/avif", branded(b"avis", b"msf1")),
    "WebP without loss": ("image/webp", b"RIFF\x48\x00\x00\x00WEBPVP8L" + bytes(64)),
    "WebP, extended": ("image/webp", b"RIFF\x48\x00\x00\x00WEBPVP8X" + bytes(64)),
    "a film of an iPhone": ("video/quicktime", branded(b"qt  ", b"qt  ")),
    "a film of an old camera": ("video/quicktime", b"\x00\x00\x10\x00moov\x00\x00\x00\x6cmvhd" + bytes(64)),
    "a film whose data stand first": ("video/quicktime", b"\x00\x00\x00\x08wide\x00\x00\x10\x00mdat" + bytes(64)),
    "a film of 3GPP2": ("video/3gpp", branded(b"3g2a", b"3g2a")),
    "a recording of a phone": ("audio/mp4", branded(b"M4A ", b"mp42", b"isom")),
    "a recording in a film's container": ("audio/mp4", branded(b"mp42", b"isom", b"mp42")),
    "a voice note of an older phone": ("audio/amr", branded(b"3gp4", b"isom", b"3gp4")),
    "a voice note of wide band": ("audio/amr", b"#!AMR-WB\n" + b"\x24" * 64),
    "sound with a checksum": ("audio/aac", b"\xff\xf0\x50\x80" + bytes(64)),
    "sound of MPEG-2": ("audio/aac", b"\xff\xf9\x50\x80" + bytes(64)),
    "an MP3 with newer tags": ("audio/mpeg", MP3.replace(b"ID3\x03", b"ID3\x04")),
    "a PDF with a mark of UTF-8": ("application/pdf", b"\xef\xbb\xbf" + PDF),
    "a PDF after an empty line": ("application/pdf", b"\r\n" + PDF),
    "a PDF with a long trailer": ("application/pdf", PDF + bytes(100_000)),
    "a PDF that a gateway signed": ("application/pdf", PDF + b"% signed\n" * 1000),
    "a document of a portal": (DOCX, docx(main="word/document2.xml")),
    "a document in a folder of its own": (DOCX, docx(main="content/main.xml")),
    "a document that holds a spreadsheet": (DOCX, docx("word/embeddings/Sheet1.xlsx")),
    "a document whose types nobody can read": (DOCX, zipped("[Content_Types].xml", "word/document2.xml")),
    "a document with an address in it": (DOCX, linked("hyperlink")),
    "a document with a picture from elsewhere": (DOCX, linked("image")),
    "a document with a field": (DOCX, fielded("PAGE")),
    "a document with a field in UTF-16": (DOCX, fielded("PAGE", encoding="utf-16")),
    "a document with many photos": (DOCX, fielded("PAGE", more=large("word/media/{}.jpeg", 2, 40 * MIB, JPEG))),
    "a PDF with a form": ("application/pdf", PDF.replace(b"/Catalog", b"/Catalog/AcroForm<<>>/JavaScripted 1")),
    "a PDF that opens at a place, on a page with a link": (
        "application/pdf",
        pdf_opening(
            b" 9 0 R",
            more=b"9 0 obj<</S/GoTo/D[3 0 R/Fit]>>endobj 3 0 obj<</Annots[<</A<</S/URI/URI(http://x)>>>>]>>endobj ",
        ),
    ),
    "a spreadsheet of a portal": (XLSX, xlsx(main="xl/workbook2.xml")),
    "a spreadsheet of a report writer": (XLSX, xlsx(main="Workbook.xml")),
    "slides of a portal": (PPTX, pptx(main="ppt/presentation2.xml")),
    "a spreadsheet of 1995": ("application/vnd.ms-excel", compound("Book")),
    "comma-separated values beside Excel": ("application/vnd.ms-excel", "时间,告警\r\n".encode("gbk")),
    "a spreadsheet with the old ending": ("application/vnd.ms-excel", xlsx()),
    "a document with the old ending": ("application/msword", docx()),
    "lines of JSON": ("application/json", b'{"a": 1}\n{"a": 2}\n'),
    "a zip of logs with times in their names": ("application/zip", zipped("log/app-2026-11-25T10:00:00.log")),
    "a zip of Chinese names": ("application/zip", zipped("日志/系统.log", "日志/")),
    "a zip of logs by domain": ("application/zip", zipped("access/www.example.com", "access/")),
    "a zip that holds a core dump": (
        "application/zip",
        zipped(parts={"core.1": b"\x7fELF\x02\x01\x01" + bytes(64)}),
    ),
    "a zip that holds a report": ("application/zip", zipped("report.html", "report.docx")),
    "a gzip of two logs": ("application/gzip", gzip.compress(PAGE) + gzip.compress(PAGE)),
    "traffic in the other order": ("application/vnd.tcpdump.pcap", b"\xa1\xb2\xc3\xd4\x00\x02\x00\x04" + bytes(16)),
    "traffic in nanoseconds": ("application/vnd.tcpdump.pcap", b"\x4d\x3c\xb2\xa1\x02\x00\x04\x00" + bytes(16)),
    "traffic of Wireshark": (
        "application/vnd.tcpdump.pcap",
        b"\x0a\x0d\x0d\x0a\x1c\x00\x00\x00\x4d\x3c\x2b\x1a\x01\x00\x00\x00" + b"\xff" * 8 + b"\x1c\x00\x00\x00" + PAGE,
    ),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "file"


class TestAFile:
    @pytest.mark.parametrize("what", GENUINE)
    def test_that_is_genuine_is_taken(self, path: Path, what: str):
        """In every shape in which programs write its type."""
        type_, content = GENUINE[what]
        path.write_bytes(content)
        assert is_what_it_says(path, type_)

    @pytest.mark.parametrize("what", [what for what, (_, made) in DISGUISED.items() if isinstance(made, bytes)])
    def test_that_is_a_disguise_is_not_taken(self, path: Path, what: str):
        """Nor is what would run something, or fetch what does, when it is opened."""
        type_, content = DISGUISED[what]
        assert isinstance(content, bytes)
        path.write_bytes(content)
        assert type_ not in MEDIA or not is_what_it_says(path, type_)

    @pytest.mark.parametrize("type_", SAMPLES)
    def test_of_another_type_is_not_taken(self, path: Path, type_: str):
        """A program and a page are nothing else, whatever they are called; a photo is no document and no text."""
        for content in (b"MZ\x90\x00" + bytes(64), b"<!DOCTYPE html><html></html>", SAMPLES["image/png"][1]):
            path.write_bytes(content)
            assert is_what_it_says(path, type_) == (type_ == "image/png" and content.startswith(b"\x89PNG"))


class TestEveryType:
    def test_has_a_sample(self):
        """What we take is tried over HTTP."""
        assert set(SAMPLES) == set(MEDIA)

    def test_has_names_that_lead_to_it(self):
        """Nor is another name one of ours."""
        assert set(ALIASES.values()) <= set(MEDIA)
        assert set(ALIASES).isdisjoint(MEDIA)

    @pytest.mark.parametrize("type_", SAMPLES)
    def test_keeps_the_ending_of_its_sample(self, type_: str):
        """`displayed` appends one otherwise."""
        assert SAMPLES[type_][0].lower().endswith(MEDIA[type_].extensions)

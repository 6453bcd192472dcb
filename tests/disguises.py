"""Disguises: files that are not what they say, or are dangerous as what they say."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable

from tests.uploads import DOCX, JPEG, OFFICE, PDF, PPTX, XLSX, branded, compound, docx, pptx, stated, xlsx, zipped

HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
ELF = b"\x7fELF\x02\x01\x01" + bytes(64)
#: Of a zip's member, up to the flag that says whether it is encrypted.
CENTRAL = b"PK\x01\x02\x14\x03\x14\x00"
VBA = "application/vnd.ms-office.vbaProject"
#: A sheet's record in a workbook of old: its kind, 1, is that of macros.
MACRO_SHEET = b"\x85\x00\x0e\x00\x10\x00\x00\x00\x02\x01\x06\x00Macro1"

MIB = 1024 * 1024
ODD = b'<?xml version="1.0" encoding="utf-7"?><a/>'
XLSX_PARTS = stated("xl/workbook.xml", f"{XLSX}.main+xml")


def linked(kind: str, *, mode: str = "External") -> bytes:
    """A document with a relationship that leads elsewhere, or to a part of its own."""
    part = f'<R><Relationship Type="http://x/relationships/{kind}" Target="http://x/" TargetMode="{mode}"/></R>'
    parts = stated("word/document.xml", f"{DOCX}.main+xml")
    return zipped(parts={**parts, "word/_rels/document.xml.rels": part.encode()})


def fielded(*pieces: str, encoding: str = "utf-8", more: dict[str, bytes] | None = None) -> bytes:
    """A document with a field in so many pieces, behind other parts."""
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    part = f'<w:document xmlns:w="http://w">{runs}</w:document>'.encode(encoding)
    parts = stated("word/document.xml", f"{DOCX}.main+xml")
    return zipped(parts={**parts, **(more or {}), "word/document.xml": part})


def large(name: str, count: int, size: int, begins: bytes = b"<a>") -> dict[str, bytes]:
    """So many parts of this size."""
    return {name.format(turn): begins + b" " * size + b"</a>" for turn in range(count)}


def packed_otherwise() -> bytes:
    """A document packed in a way that is unpacked at once, whatever size it states."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_BZIP2) as file:
        for name, content in stated("word/document.xml", f"{DOCX}.main+xml").items():
            file.writestr(name, content)
    return packed.getvalue()


def told_twice() -> bytes:
    """A zip whose directory leads to the same member again and again."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("a.txt", b"a")
        file.filelist.extend(file.filelist * 2)
    return packed.getvalue()


def typed() -> bytes:
    """A document whose relationships have a document type of their own, in which entities are declared."""
    part = b'<!DOCTYPE r [<!ENTITY a "<b/>"><!ENTITY b "&a;&a;">]><r>&b;</r>'
    return zipped(parts={**stated("word/document.xml", f"{DOCX}.main+xml"), "word/_rels/document.xml.rels": part})


def nested() -> bytes:
    """A PDF whose streams begin within each other: each start would be unpacked to the end."""
    start = b"/ObjStm" * 57 + b"stream\n\x78\x01"
    block = b"\x00" + len(start).to_bytes(2, "little") + (len(start) ^ 0xFFFF).to_bytes(2, "little") + start
    return b"%PDF-1.7\n" + start + block * 74 + b"\x02\x08\x20\x80\x00" * (MIB // 5) + b"\n%%EOF\n"


#: What it is, the type that it claims, its bytes, made only when they are asked for where that takes long.
def pdf_opening(action: bytes, word: bytes = b"/OpenAction", *, more: bytes = b"") -> bytes:
    """A PDF that does this as it is opened, with more objects."""
    return PDF.replace(b"/Catalog", b"/Catalog" + word + action).replace(b"trailer", more + b"trailer")


def stream_of_objects(packed: bytes) -> bytes:
    """Of a PDF."""
    return b"2 0 obj<</Type/ObjStm/Filter/FlateDecode>>stream\n" + zlib.compress(packed) + b"\nendstream "


DISGUISED: dict[str, tuple[str, bytes | Callable[[], bytes]]] = {
    "a page as a photo": ("image/jpeg", HTML),
    "a page as a PDF": ("application/pdf", HTML),
    "a page as text": ("text/plain", HTML),
    "a page with a PDF's first line": ("application/pdf", b"%PDF-1.4\n" + HTML),
    "a page with a PDF's first line and its last": ("application/pdf", b"%PDF-1.4\n" + HTML + b"\n%%EOF\n"),
    "a PDF that has no end": ("application/pdf", b"%PDF-1.4\n" + b"x" * 5000),
    "a PDF that begins late": ("application/pdf", b"MZ" + PDF),
    "a GIF that is a script, as a GIF": ("image/gif", b"GIF89a/*" + bytes(8) + b"*/=1;alert(1)//"),
    "a GIF that is a script, as a PNG": ("image/png", b"GIF89a/*" + bytes(8) + b"*/=1;alert(1)//"),
    "a photo with a page in its comment": ("image/jpeg", b"\xff\xd8\xff\xfe\x00\x40<script>alert(1)</script>" + JPEG),
    "a drawing with a script": ("image/svg+xml", b"<svg onload=alert(1)>"),
    "a drawing as a PNG": ("image/png", b"<svg onload=alert(1)>"),
    "a drawing as text": ("text/plain", b"<?xml version='1.0'?><svg onload=alert(1)>"),
    "a program": ("application/x-msdownload", b"MZ\x90\x00" + bytes(64)),
    "a program as a photo": ("image/jpeg", b"MZ\x90\x00" + bytes(64)),
    "a program as a recording": ("audio/mpeg", ELF),
    "a script of a shell": ("text/plain", b"#!/bin/sh\nrm -rf /\n"),
    "bytes as text": ("text/plain", b"\x00\x01\x02"),
    "a PNG as a JPEG": ("image/jpeg", b"\x89PNG\r\n\x1a\n" + bytes(64)),
    "a page as text, after a comment": ("text/plain", b"<!-- 1 -->\n <!-- 2 --> " + HTML),
    "a page as text, with its mark of order": ("text/plain", b"\xef\xbb\xbf" + HTML),
    "a page as text in UTF-16": ("text/plain", HTML.decode().encode("utf-16")),
    "a page of XHTML as text": (
        "text/plain",
        b"<?xml version='1.0'?>\n<x:html xmlns:x='http://www.w3.org/1999/xhtml'/>",
    ),
    "a page as a table": ("text/csv", b"<html><table><tr><td>1</td></tr></table></html>"),
    "a page as an old spreadsheet": ("application/vnd.ms-excel", b"<html><table><tr><td>1</td></tr></table></html>"),
    "a page as JSON": ("application/json", HTML),
    "a page as recorded traffic": ("application/vnd.tcpdump.pcap", HTML),
    "a script of a server as text": ("text/plain", b"<?php system('id');"),
    "a drawing as such": ("image/svg+xml", SVG),
    "a drawing as AVIF": ("image/avif", SVG),
    "bytes as text, with a mark of order": ("text/plain", b"\xff\xfe\x00\xd8\x00\xd8"),
    "bytes as text in UTF-16": ("text/plain", b"\xff\xfe\x01\x00\x02\x00"),
    "a program as text": ("text/plain", ELF),
    "a program as a film": ("video/mp4", b"MZ\x90\x00ftypmp41" + bytes(64)),
    "a program as an old film": ("video/quicktime", b"MZ\x90\x00moov" + bytes(64)),
    "a program as sound": ("audio/wav", b"MZ\x90\x00" + bytes(4) + b"WAVEfmt " + bytes(64)),
    "a program, gzipped": ("application/gzip", gzip.compress(ELF)),
    "a script, gzipped": ("application/gzip", gzip.compress(b"#!/bin/sh\nrm -rf /\n")),
    "a program in a zip": ("application/zip", zipped("日志.txt", "setup.EXE ")),
    "a program by another name in a zip": ("application/zip", zipped(parts={"invoice.com": b"MZ\x90\x00" + bytes(64)})),
    "a script in a zip": ("application/zip", zipped("日志.txt.vbs")),
    "an archive that climbs out": ("application/zip", zipped("a.log", "../../etc/cron.d/x")),
    "an archive with macros": ("application/zip", zipped("word/vbaProject.bin")),
    "an encrypted archive": (
        "application/zip",
        zipped("a.log").replace(CENTRAL + b"\x00", CENTRAL + b"\x01"),
    ),
    "an archive that unpacks to 210 MiB": (
        "application/zip",
        lambda: zipped(*(f"{turn}.log" for turn in range(5)), size=42 * 1024 * 1024),
    ),
    "a gzip that unpacks to 210 MiB": ("application/gzip", lambda: gzip.compress(bytes(210 * 1024 * 1024), 1)),
    "half a gzip": ("application/gzip", gzip.compress(PDF)[:-20]),
    "an installer as an old document": ("application/msword", compound("\x05SummaryInformation", "Property")),
    "an old document with macros": ("application/msword", compound("WordDocument", "Macros", "_VBA_PROJECT")),
    "an old spreadsheet with macros": ("application/vnd.ms-excel", compound("Workbook", "_VBA_PROJECT_CUR")),
    "an old spreadsheet with macros of old": ("application/vnd.ms-excel", compound("Workbook", content=MACRO_SHEET)),
    "an encrypted document": ("application/msword", compound("WordDocument", "EncryptedPackage")),
    "a document with macros and the old ending": ("application/msword", docx("word/vbaProject.bin")),
    "a spreadsheet as an old document": ("application/msword", xlsx()),
    "a film as a photo": ("image/heic", branded(b"isom", b"mif1")),
    "a spreadsheet as a document": (DOCX, xlsx()),
    "any zip as a document": (DOCX, zipped("a.txt")),
    "half a zip": (DOCX, docx()[:-30]),
    "a zip behind something else": (DOCX, b"GIF89a" + docx()),
    "a document that climbs out": (DOCX, docx("../../etc/cron.d/x")),
    "a document that climbs out the other way": (DOCX, docx("..\\..\\x.exe")),
    "a document with an absolute member": (DOCX, docx("/etc/passwd")),
    "a document with a drive": (DOCX, docx("C:/x.exe")),
    "a document with macros": (DOCX, docx("word/vbaProject.bin")),
    "a document with macros by another name": (
        DOCX,
        zipped("word/document.xml", "word/x.bin", parts=stated("word/x.bin", VBA)),
    ),
    "a document that is stated to have macros": (
        DOCX,
        zipped("word/d.xml", parts=stated("word/d.xml", "application/vnd.ms-word.document.macroEnabled.main+xml")),
    ),
    "a spreadsheet with macros of old": (
        XLSX,
        zipped("xl/workbook.xml", "xl/m.xml", parts=stated("xl/m.xml", "application/vnd.ms-excel.macrosheet+xml")),
    ),
    "a document with a template from elsewhere": (DOCX, linked("attachedTemplate")),
    "a document with an object from elsewhere": (DOCX, linked("oleObject")),
    "a document with a packed object": (
        DOCX,
        zipped("word/d.xml", "word/embeddings/o.bin", parts=stated("word/embeddings/o.bin", f"{OFFICE}.oleObject")),
    ),
    "a document with a field of DDE": (DOCX, fielded("DDEAUTO c:\\\\x.exe")),
    "a document with a field of DDE in pieces": (DOCX, fielded("DD", "EAUTO c:\\\\x.exe")),
    "a document with a field of DDE in UTF-16": (DOCX, fielded("DDEAUTO c:\\\\x.exe", encoding="utf-16")),
    "a document in an encoding that nobody reads": (
        DOCX,
        zipped("word/d.xml", parts={**stated("word/d.xml", f"{DOCX}.main+xml"), "word/e.xml": ODD}),
    ),
    "a document in an encoding of mainframes": (
        DOCX,
        zipped(
            "word/d.xml",
            parts={**stated("word/d.xml", f"{DOCX}.main+xml"), "word/e.xml": ODD.replace(b"utf-7", b"cp037")},
        ),
    ),
    "a document that is packed otherwise": (DOCX, packed_otherwise()),
    "a document with a document type": (DOCX, typed()),
    "a zip that tells of a member twice": ("application/zip", told_twice()),
    "a PDF of streams within streams": ("application/pdf", nested),
    "a document with a field of DDE behind 65 MiB": (
        DOCX,
        lambda: fielded("DDEAUTO c:\\\\x.exe", more=large("word/{}.xml", 13, 5 * MIB)),
    ),
    "a document with a part too long to look into": (
        DOCX,
        lambda: fielded("PAGE", more=large("word/{}.xml", 1, 17 * MIB)),
    ),
    "a spreadsheet with a link of DDE in UTF-16": (
        XLSX,
        zipped(parts={**XLSX_PARTS, "xl/externalLinks/e.xml": "<a><ddeLink/></a>".encode("utf-16")}),
    ),
    "a spreadsheet with a link of DDE": (
        XLSX,
        zipped(parts={**XLSX_PARTS, "xl/externalLinks/e.xml": b"<a><ddeLink/></a>"}),
    ),
    "an old document with a packed object": ("application/msword", compound("WordDocument", "\x01Ole10Native")),
    "an old document with a field of DDE": (
        "application/msword",
        compound("WordDocument", content=b"\x13 DDEAUTO c:\\x.exe \x15"),
    ),
    "a PDF with a script": ("application/pdf", PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript/JS(1)>>")),
    "a PDF with a script in disguise": ("application/pdf", PDF.replace(b"/Catalog", b"/Catalog/A<</S/J#61vaScript>>")),
    "a PDF that starts a program": ("application/pdf", PDF.replace(b"/Catalog", b"/Catalog/A<</S/Launch/F(x.exe)>>")),
    "a PDF that opens an address": ("application/pdf", pdf_opening(b"<</S/URI/URI(http://x)>>")),
    "a PDF a page of which opens an address": (
        "application/pdf",
        pdf_opening(b"<</O<</S/U#52I/URI(http://x)>>>>", b"/AA"),
    ),
    "a PDF that opens an address by another object": (
        "application/pdf",
        pdf_opening(
            b" 9 0 R", more=b"9 0 obj<</S/GoTo/D[1 0 R/Fit]/Next 8 0 R>>endobj 8 0 obj<</S/URI/URI(x)>>endobj "
        ),
    ),
    "a PDF that opens an address by a packed object": (
        "application/pdf",
        pdf_opening(b" 9 0 R", more=stream_of_objects(b"7 0 9 4 null<</S/URI/URI(http://x)>>")),
    ),
    "a PDF with a script in a packed object": (
        "application/pdf",
        PDF.replace(b"trailer", stream_of_objects(b"<</S/JavaScript>>") + b"trailer"),
    ),
    **{
        f"a PDF with {name}": ("application/pdf", PDF.replace(b"/Catalog", b"/Catalog/A<<" + action + b">>"))
        for name, action in {
            "a form that is sent": b"/S/SubmitForm/F(http://x)",
            "a form that is sent, in disguise": b"/S/Submit#46orm/F(http://x)",
            "data that is fetched": b"/S/ImportData/F(x.fdf)",
            "a file within it": b"/Type/EmbeddedFile",
            "a way to a file within it": b"/S/GoToE",
            "a way to another file": b"/S/GoToR/F(\\\\\\\\x\\\\y)",
            "a form of another kind": b"/XFA 5 0 R",
        }.items()
    },
    "a document with a field of DDE in a part of another name": (
        DOCX,
        zipped(
            parts={
                **stated("word/d.dat", f"{DOCX}.main+xml"),
                "word/d.dat": b'<w:d xmlns:w="http://w"><w:instrText>DDEAUTO c:\\x.exe</w:instrText></w:d>',
            }
        ),
    ),
    "a document with a field of DDE in numbers": (DOCX, fielded("QUOTE 68 68 69 65 85 84 79")),
    "a document with an object by another name": (DOCX, linked("oleObject", mode="Internal")),
    "a document with a text in another format": (DOCX, linked("aFChunk", mode="Internal")),
    "slides as a document": (DOCX, pptx()),
    "a document as slides": (PPTX, docx()),
    "a spreadsheet that unpacks to 210 MiB": (
        XLSX,
        lambda: xlsx("xl/a", "xl/b", "xl/c", size=42 * 1024 * 1024),
    ),
    "a document of too many members": (DOCX, lambda: docx(*(f"word/{turn}" for turn in range(10_001)))),
}

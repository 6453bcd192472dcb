"""Reading: from the bytes of a file to rows of text."""

import csv
import io
import zipfile
from collections.abc import Iterator
from enum import StrEnum

from domain.words.label import Label
from store.imports.faults import unreadable
from store.imports.formulas import without_mark
from store.imports.workbook import MOST_COLUMNS, MOST_ROWS, rows_of

#: What all parts of an Excel file may have together once they are unpacked, and how many they may be.
UNPACKED = 20 * 2**20
_MOST_PARTS = 1_000
_DELIMITERS = ",;\t"

#: A row's number, as spreadsheets count, and its cells.
Row = tuple[int, list[str]]


class Form(StrEnum):
    """The form of a file, by its media type."""

    CSV = "text/csv"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def read(data: bytes, form: Form) -> list[Row]:
    """The rows that are not empty, the header included. TableError where the file cannot be read."""
    rows = _of_workbook(data) if form is Form.XLSX else _of_text(data)
    if len(rows) > MOST_ROWS + 1:
        raise unreadable(Label(f"最多 {MOST_ROWS} 行，请分成几个文件", f"{MOST_ROWS} rows at most; divide the file"))
    if any("\x00" in cell for _, row in rows for cell in row):
        raise unreadable(Label("不允许空字符（NUL）", "NUL characters are not allowed"))
    return [(number, [without_mark(cell) for cell in row]) for number, row in rows]


def _of_text(data: bytes) -> list[Row]:
    rows = enumerate(_records(data), 1)
    return [(number, row) for number, row in rows if any(map(str.strip, row))]


def _records(data: bytes) -> Iterator[list[str]]:
    text = _decoded(data)
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            if len(row) > MOST_COLUMNS:
                raise unreadable(Label(f"最多 {MOST_COLUMNS} 列", f"{MOST_COLUMNS} columns at most"))
            yield row
    except csv.Error as error:
        raise unreadable(Label(f"不是有效的 CSV：{error}", f"is no valid CSV: {error}")) from None


def _decoded(data: bytes) -> str:
    """In UTF-8 with or without its mark, or in GB 18030, as Excel writes it in China."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise unreadable(Label("编码须为 UTF-8 或 GB 18030", "must be in UTF-8 or GB 18030"))


def _of_workbook(data: bytes) -> list[Row]:
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except zipfile.BadZipFile:
        parts = []
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > UNPACKED:
        raise unreadable(Label(f"解压后超过 {UNPACKED} 字节", f"has more than {UNPACKED} bytes once it is unpacked"))
    rows = rows_of(data) if parts else None
    if rows is None:
        raise unreadable(Label("无法读取，请另存为 .xlsx 或 CSV", "cannot be read; save it as .xlsx or CSV"))
    return rows

"""Reading: from the bytes of a file to rows of text."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from enum import StrEnum

from domain.words.label import Label
from store.imports.decoding import decoded
from store.imports.faults import Cell, RowFault, TableError, is_empty, unreadable
from store.imports.formulas import without_mark
from store.imports.workbook import MERGED, MOST_COLUMNS, MOST_ROWS, UNCOMPUTED, sheet_of

#: What all parts of an Excel file may have together once they are unpacked, and how many they may be.
UNPACKED = 20 * 2**20
_MOST_PARTS = 1_000
_DELIMITERS = ",;\t"

#: How files begin: a zip, as a workbook is one; Excel before 2007, or with a password; text in UTF-8 and in UTF-16.
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UTF_8, _UTF_16 = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")

#: What spreadsheets show where a formula has no value or a time cannot be: Excel's and WPS's, LibreOffice's.
_ERROR = re.compile(r"#+|#N/A|#GETTING_DATA|#[A-Z0-9/_]+[!?]|Err:\d{3}")
_NO_VALUE = Label(
    "是错误值 {value}，不是内容；请改正公式，或直接填写",
    "holds the error {value} instead of a value; mend the formula or type the value",
)
#: What a workbook's cells say of themselves.
_MARKS = {
    MERGED: Label(
        "是合并单元格；请取消合并，并在每一行填写", "is merged with others; unmerge it and fill in every row"
    ),
    UNCOMPUTED: Label(
        "公式没有保存计算结果；请在 Excel 中打开并保存，或直接填写",
        "has a formula without its value; open and save the file in Excel, or type the value",
    ),
}
_DAMAGED = Label("含有已损坏的字符（�）；请重新填写", "holds characters that were damaged (�); type it again")
_NUL = Label("不允许空字符（NUL）", "NUL characters are not allowed")
_QUOTES = Label(
    "引号不成对，后面的行可能并入此行；请检查此行的引号，或另存为 .xlsx",
    "has a quotation mark that is not closed, or stands in the wrong place; look at the row, or save as .xlsx",
)
_NO_UTF_16 = Label("不支持 UTF-16；请在 Excel 中另存为“CSV UTF-8（逗号分隔）”", "is in UTF-16; save it as CSV UTF-8")
_ONE_SHEET = Label(
    "这些工作表的表头相同：{names}；请合并为一个，或各存为一个文件",
    "has several sheets with the same header: {names}; make them one, or a file of each",
)
_NO_OLD_EXCEL = Label(
    "是旧版 Excel（.xls）或加密的文件；请另存为 .xlsx，不设密码",
    "is an older Excel file (.xls) or has a password; save it as .xlsx without one",
)

#: A row's number, as spreadsheets count, and its cells.
Row = tuple[int, list[Cell]]


class Form(StrEnum):
    """The form of a file, by its media type."""

    CSV = "text/csv"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def form_of(data: bytes) -> Form:
    """The form of a file by how it begins."""
    return Form.XLSX if data.startswith(_ZIP) else Form.CSV


def read(data: bytes, form: Form) -> list[Row]:
    """The rows that are not empty, the header included. TableError where the file cannot be read."""
    if data.startswith(_OLD_EXCEL):
        raise unreadable(_NO_OLD_EXCEL)
    rows = _of_workbook(data) if form is Form.XLSX else _of_text(data)
    if len(rows) > MOST_ROWS + 1:
        raise unreadable(Label(f"最多 {MOST_ROWS} 行，请分成几个文件", f"{MOST_ROWS} rows at most; divide the file"))
    return [(number, [_judged(cell) for cell in row]) for number, row in rows]


def _judged(cell: Cell) -> Cell:
    """The cell's text, unless it is none that somebody meant."""
    if isinstance(cell, Label):
        return cell
    text = cell.strip()
    if text in _MARKS:
        return _MARKS[text]
    if _ERROR.fullmatch(text):
        return _NO_VALUE.filled(value=text[:50])
    if "\x00" in cell:
        return _NUL
    return _DAMAGED if "\ufffd" in cell else without_mark(cell)


def _of_text(data: bytes) -> list[Row]:
    if data.startswith(_ZIP):
        raise unreadable(Label("是 Excel 工作簿而不是 CSV", "is an Excel workbook and no CSV"))
    # In UTF-16 every comma of the header has a NUL beside it, with or without a mark.
    header, _, rows = data.partition(b"\n")
    if data.startswith(_UTF_16) or b"\x00" in header + rows[:1]:
        raise unreadable(_NO_UTF_16)
    texts = decoded(list(_records(data.removeprefix(_UTF_8))), marked=data.startswith(_UTF_8))
    return [(number, row) for number, row in enumerate(texts, 1) if not all(map(is_empty, row))]


def _records(data: bytes) -> Iterator[list[bytes]]:
    """The cells of each row, still in the file's encoding: in none is a comma or a quotation mark part of another."""
    text = data.decode("latin-1")
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    number = 0
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1):
            if len(row) > MOST_COLUMNS:
                raise unreadable(Label(f"最多 {MOST_COLUMNS} 列", f"{MOST_COLUMNS} columns at most"))
            # Whole rows in a cell: its quotation mark was closed by that of another row.
            if any(delimiter in cell and not {"\n", "\r"}.isdisjoint(cell) for cell in row):
                raise TableError([RowFault(number, None, _QUOTES)])
            yield [cell.encode("latin-1") for cell in row]
    except csv.Error:
        raise TableError([RowFault(number + 1, None, _QUOTES)]) from None


def _of_workbook(data: bytes) -> list[Row]:
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except zipfile.BadZipFile:
        parts = []
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > UNPACKED:
        raise unreadable(Label(f"解压后超过 {UNPACKED} 字节", f"has more than {UNPACKED} bytes once it is unpacked"))
    # Other spreadsheets are zips too, and keep their errors where nobody looks.
    is_xlsx = any(part.filename.endswith("workbook.xml") for part in parts)
    sheet = sheet_of(data) if is_xlsx else None
    if sheet is None:
        raise unreadable(Label("无法读取，请另存为 .xlsx 或 CSV", "cannot be read; save it as .xlsx or CSV"))
    if sheet.alike:
        raise unreadable(_ONE_SHEET.filled(names="、".join(sheet.alike)))
    return [(number, list(cells)) for number, cells in sheet.rows]

"""An Excel file's first visible sheet as JSON: `python store/imports/workbook.py < FILE`.

The parser is foreign and so is the file: it runs apart.
"""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING
from zipfile import ZipFile

from runtime import apart

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

#: More cells belong to no table of ours.
MOST_ROWS, MOST_COLUMNS = 5_000, 100
#: Nor more characters in all of them together.
_MOST_TEXT = 8 * 2**20

#: What stands in a cell that has no text of its own to tell.
MERGED, UNCOMPUTED = "#MERGED!", "#UNCOMPUTED!"

#: A sheet without any of these, an error or a formula, is as it should be.
_DOUBTFUL = re.compile(rb"""\bt\s*=\s*["']e["']|[<:]f[\s/>]""")

_HALF_A_SECOND = timedelta(milliseconds=500)

_Rows = list[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The first sheet that is visible.

    Attributes:
        rows: those that are not empty, numbered as spreadsheets do.
        alike: its name and those of other visible sheets with the same header, if there are any.
    """

    rows: _Rows
    alike: tuple[str, ...]


def sheet_of(data: bytes) -> Sheet | None:
    """The sheet; None where the file cannot be read."""
    read = apart.run(__file__, data=data)
    if read is None:
        return None
    rows, alike = json.loads(read)
    return Sheet([(number, cells) for number, cells in rows], tuple(alike))


def _text(cell: object) -> str:
    """As people would type it; a time is rounded to the second, because Excel counts in fractions of a day."""
    if isinstance(cell, datetime):
        return (cell + _HALF_A_SECOND).replace(microsecond=0).isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _with_errors(data: bytes) -> BytesIO:
    """The workbook with its errors as texts: the parser leaves those that it knows empty, and trips on others."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(out, "w") as told:
        for part in source.infolist():
            content = source.read(part)
            doubtful = b"sheetData" in content and _DOUBTFUL.search(content)
            told.writestr(part.filename, _errors_told(content) if doubtful else content)
    out.seek(0)
    return out


def _errors_told(sheet: bytes) -> bytes:
    from xml.etree import ElementTree as ET  # noqa: PLC0415  # under the limits

    root = ET.fromstring(sheet)  # noqa: S314  # whatever it makes of the file, it does to this process alone
    space, told = root.tag.removesuffix("worksheet"), False
    for cell in root.iter(f"{space}c"):
        kind, empty = cell.get("t"), not cell.findtext(f"{space}v")
        # A text that was computed may be empty; a number cannot.
        formula = kind not in {"str", "inlineStr"} and cell.find(f"{space}f") is not None
        if empty and (formula or kind == "e"):
            ET.SubElement(cell, f"{space}v").text = UNCOMPUTED
        elif kind != "e":
            continue
        cell.set("t", "str")
        told = True
    return ET.tostring(root) if told else sheet


def _full_rows(sheet: "CalamineSheet") -> Iterator[tuple[int, list[str]]]:
    found = enumerate(sheet.iter_rows(), 1) if sheet.start else ()
    texts = ((number, [_text(cell) for cell in row]) for number, row in found)
    return (row for row in texts if any(cell.strip() for cell in row[1]))


def _rows(sheet: "CalamineSheet") -> _Rows:
    """Its rows, with the cells that are merged marked where something stands in them."""
    # One more than there may be tells that there are too many.
    rows = list(islice(_full_rows(sheet), MOST_ROWS + 2))
    by_number = dict(rows)
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if not "".join(by_number.get(top + 1, [])[left : left + 1]).strip():
            continue
        for number, cells in rows:
            if top < number <= bottom + 1:
                cells[left : right + 1] = [MERGED] * len(cells[left : right + 1])
    return rows


def main() -> None:
    """Read the workbook on standard input, write its rows and the names of its sheets to standard output."""
    apart.confine()
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415  # under the limits

    book = CalamineWorkbook.from_filelike(_with_errors(sys.stdin.buffer.read()))
    # What nobody sees is not what they mean to bring in.
    name, *others = (
        one.name
        for one in book.sheets_metadata
        if one.visible is SheetVisibleEnum.Visible and one.typ is SheetTypeEnum.WorkSheet
    )
    sheet = book.get_sheet_by_name(name)
    if sheet.total_width > MOST_COLUMNS:
        sys.exit(1)
    rows = _rows(sheet)
    if sum(len(cell) for _, cells in rows for cell in cells) > _MOST_TEXT:
        sys.exit(1)
    alike = [other for other in others if rows and _header(book.get_sheet_by_name(other)) == _words(rows[0][1])]
    json.dump((rows, [name, *alike] if alike else []), sys.stdout)


def _header(sheet: "CalamineSheet") -> list[str]:
    return _words(next((cells for _, cells in _full_rows(sheet)), []))


def _words(cells: list[str]) -> list[str]:
    return [cell.strip() for cell in cells if cell.strip()]


if __name__ == "__main__":
    main()

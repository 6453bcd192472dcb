"""Tables for tests: as CSV, as a workbook, and what is wrong with them."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from sqlalchemy import Engine

from store.imports import Form, TableError
from store.paging import Window
from store.registry import people
from store.registry.people import Wanted


def csv(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\r\n".join(lines).encode(encoding)


def xlsx(*rows: list[Any]) -> bytes:
    """A workbook with these rows; dates and times as Excel keeps them."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd hh:mm", "strings_to_formulas": False})
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for place, row in enumerate(rows):
        for column, value in enumerate(row):
            is_day = isinstance(value, date) and not isinstance(value, datetime)
            sheet.write(place, column, value, day if is_day else None)
    book.close()
    return out.getvalue()


def drawn(draw: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    """A workbook as it is drawn."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    draw(book)
    book.close()
    return out.getvalue()


def rewritten(workbook: bytes, before: bytes, after: bytes) -> bytes:
    """The workbook with other text in its first sheet, as programs write it that are not at hand."""
    out, source = io.BytesIO(), zipfile.ZipFile(io.BytesIO(workbook))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for part in source.infolist():
            content = source.read(part)
            if part.filename.endswith("sheet1.xml"):
                assert before in content
                content = content.replace(before, after)
            packed.writestr(part.filename, content)
    return out.getvalue()


def faults(
    table: Callable[..., int], engine: Engine, data: bytes, form: Form = Form.CSV
) -> list[tuple[int | None, str]]:
    """Row and column of everything that is wrong."""
    with pytest.raises(TableError) as refusal:
        table(engine, data, form)
    return [(fault.row, fault.column or "") for fault in refusal.value.faults]


def names(engine: Engine) -> set[str]:
    return {one.id for one in people.people(engine, Wanted(), Window()).items}

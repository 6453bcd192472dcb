"""Sheets of tickets: what stands in which column, for people who read it in a spreadsheet."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from tempfile import SpooledTemporaryFile
from typing import IO, Any

import xlsxwriter  # type: ignore[import-untyped]

from domain.audience.labels import STAGES
from domain.audience.vocabulary import WAITS_FOR, WORKS
from domain.contract.calendars import CHINA
from domain.contract.labels import KINDS, PAUSES, YES_NO
from domain.words.label import Label, Language
from policies import level_names
from store.imports.formulas import with_mark
from store.models import TicketRow
from store.registry.names import Names

#: So much of a sheet is kept in memory while it is made, and so wide is a column of it.
_IN_MEMORY = 1_000_000
_WIDE = 22


class Form(StrEnum):
    """What a sheet is written as."""

    CSV = "csv"
    XLSX = "xlsx"

    @property
    def media_type(self) -> str:
        """As an answer says it."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    Form.CSV: "text/csv; charset=utf-8",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

#: A cell of a column: words in both languages, an instant, a number, a text, or nothing.
Cell = Label | datetime | int | str | None


def _label(table: Mapping[Any, Label], word: object) -> Cell:
    return table.get(word, Label(str(word), str(word))) if word is not None else None


def _all(table: Mapping[Any, Label], words: Sequence[str]) -> Cell:
    labels = [table[word] for word in words]
    return Label("、".join(label.zh for label in labels), ", ".join(label.en for label in labels))


def _level(row: TicketRow) -> Cell:
    """As the contract's document calls it."""
    names = level_names(row.pack) if row.pack else {}
    return names.get(row.level, row.level) if row.level else None


def _due(row: TicketRow) -> Cell:
    """What is promised, by its kind; a key says more of the clause than people want to know."""
    return _label(KINDS, row.next_due_key.partition(":")[0]) if row.next_due_key else None


_ENDS = {"discarded": Label("作废", "discarded"), "merged": Label("已合并", "merged")}
#: Column by column, in the order in which they stand where nobody asks for others: what it is called and what is in it.
COLUMNS: dict[str, tuple[Label, Callable[[TicketRow, Names], Cell]]] = {
    "number": (Label("工单号", "Number"), lambda row, _: row.number),
    "title": (Label("标题", "Title"), lambda row, _: row.title),
    "customer": (Label("客户", "Customer"), lambda row, _: row.customer_name),
    "contract": (Label("合同", "Contract"), lambda row, _: row.contract),
    "pack": (Label("合同包", "Contract pack"), lambda row, _: row.pack),
    "level": (Label("级别", "Level"), lambda row, _: _level(row)),
    "stage": (Label("阶段", "Stage"), lambda row, _: STAGES[row.stage]),
    "assignee": (Label("负责人账号", "In charge (account)"), lambda row, _: row.assignee),
    "assignee_name": (Label("负责人", "In charge"), lambda row, names: names.get(row.assignee or "")),
    "received_at": (Label("受理时间", "Received"), lambda row, _: row.received_at),
    "next_due": (Label("下一承诺", "Next promise"), lambda row, _: _due(row)),
    "next_due_at": (Label("下一承诺到期", "Next due"), lambda row, _: row.next_due_at),
    "late": (Label("超时次数", "Broken promises"), lambda row, _: row.late),
    "paused": (Label("暂停原因", "Paused for"), lambda row, _: _label(PAUSES, row.paused)),
    "paused_until": (Label("暂停至", "Paused until"), lambda row, _: row.paused_until),
    "waits_for": (Label("待客户答复", "Asked of the customer"), lambda row, _: _all(WAITS_FOR, row.waits_for)),
    "waits_since": (Label("待答复自", "Asked since"), lambda row, _: row.waits_since),
    "work": (Label("待办", "Work that waits"), lambda row, _: _all(WORKS, row.work)),
    "proposed": (Label("建议下一步", "Proposed stage"), lambda row, _: _label(STAGES, row.proposed)),
    "service": (Label("服务代码", "Service"), lambda row, _: row.service),
    "category": (Label("支持类别", "Category"), lambda row, _: row.category),
    "resolved_at": (Label("办结时间", "Resolved"), lambda row, _: row.resolved_at),
    "closed_at": (Label("关闭时间", "Closed"), lambda row, _: row.closed_at),
    "ended_as": (Label("终止方式", "Ended as"), lambda row, _: _label(_ENDS, row.ended_as)),
    "updated_at": (Label("更新时间", "Changed"), lambda row, _: row.updated_at),
    "drill": (Label("演练", "Rehearsal"), lambda row, _: YES_NO[row.drill]),
}


class Sheet:
    """The rows of a sheet, as they are asked for and in somebody's language."""

    def __init__(self, columns: Sequence[str], language: Language) -> None:
        self._columns = [COLUMNS[name] for name in columns or COLUMNS]
        self._language = language

    def written(self, form: Form, rows: Iterable[tuple[TicketRow, Names]]) -> IO[bytes]:
        """The sheet as a file, at its beginning; of what is large no more than a part is ever in memory."""
        file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  # whoever sends it closes it
        cells = self._cells(rows)
        if form is Form.CSV:
            _write_csv(file, cells)
        else:
            _write_workbook(file, cells)
        file.seek(0)
        return file

    def _cells(self, rows: Iterable[tuple[TicketRow, Names]]) -> Iterator[list[str | int]]:
        yield [heading.to(self._language) for heading, _ in self._columns]
        for row, names in rows:
            yield [self._said(cell(row, names)) for _, cell in self._columns]

    def _said(self, cell: Cell) -> str | int:
        if isinstance(cell, Label):
            return cell.to(self._language)
        if isinstance(cell, datetime):
            return cell.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S +08:00")
        return "" if cell is None else cell


def _write_csv(file: IO[bytes], rows: Iterable[list[str | int]]) -> None:
    """With the mark of UTF-8, by which spreadsheets know it; no cell of it a formula."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([with_mark(cell) if isinstance(cell, str) else cell for cell in row])
    text.flush()
    text.detach()


def _write_workbook(file: IO[bytes], rows: Iterable[list[str | int]]) -> None:
    """Every text as a text, whatever it looks like; row by row, for a workbook in memory is many times its file."""
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    bold = book.add_format({"bold": True})
    for place, row in enumerate(rows):
        if place == 0:
            sheet.set_column(0, len(row) - 1, _WIDE)
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(place, column, cell)
            else:
                sheet.write_string(place, column, cell, bold if place == 0 else None)
    book.close()

"""The tables: their columns in both languages, how each cell is read, and how a whole table is."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.people.duty import DUTIES
from domain.words.label import Label, listed
from domain.words.text import folded
from policies import pack_ids
from store.imports import cells
from store.imports.cells import CellError, Kind
from store.imports.faults import Cell, RowFault, TableError, is_empty, unreadable
from store.imports.formulas import with_mark
from store.imports.reading import Row
from store.imports.words import GRADES, ROLES


@dataclass(frozen=True, slots=True)
class Column:
    """A column, by the field that it fills and by its header in Chinese; the English header is the field's name.

    Attributes:
        note: what stands in it.
    """

    field: str
    zh: str
    note: Label
    kind: Kind = cells.TEXT
    required: bool = False

    @property
    def header(self) -> str:
        """In both languages."""
        return f"{self.zh}/{self.field}"


@dataclass(frozen=True, slots=True)
class Record:
    """A row that could be read: its number, and its fields that are not empty."""

    row: int
    values: dict[str, Any]


_DUTIES = {role: label for role, label in ROLES.items() if role in DUTIES}
_ID = Label("小写字母、数字、`.`、`_`、`-`，最多 64 个字符", "lower case letters, digits, `.`, `_`, `-`; 64 at most")

PEOPLE = (
    Column("id", "登录名", _ID, required=True),
    Column("name", "姓名", Label("显示的姓名", "as it is shown"), required=True),
    Column("role", "角色", cells.words(ROLES), cells.word(ROLES), required=True),
    Column(
        "customers",
        "客户",
        Label("客户方人员：客户编号，用分号分隔", "of a customer's people: ids, with `;`"),
        cells.LIST,
    ),
    Column(
        "department",
        "部门",
        Label("审批人：技术部门填 technical，业务部门填 business", "of an approver: technical or business"),
    ),
    Column("organisation", "单位", Label("厂家人员：厂家编号", "of a vendor's people: the vendor's id")),
    Column("phone", "电话", Label("如 +86 138 0000 0000", "such as +86 138 0000 0000")),
    Column("email", "邮箱", Label("如 li@example.com", "such as li@example.com")),
    Column("grade", "职级", cells.words(GRADES), cells.word(GRADES)),
    Column("same_as", "同一人", Label("同一人的另一个登录名", "the id of another account of the same person")),
    Column(
        "told_apart",
        "不同人",
        Label(
            "电话或邮箱相同但不是同一人的登录名，用分号分隔",
            "ids with the same phone or mail that are another's, with `;`",
        ),
        cells.LIST,
    ),
)

CUSTOMERS = (
    Column("id", "客户编号", _ID, required=True),
    Column("name", "客户名称", Label("显示的名称", "as it is shown"), required=True),
    Column("technical", "技术部门", Label("客户对技术部门的称呼", "what the customer calls its technical department")),
    Column("business", "业务部门", Label("客户对业务部门的称呼", "what the customer calls its business department")),
    Column(
        "contract",
        "合同号",
        Label("合同编号；一客户多份合同写多行", "an id; a customer with two contracts takes two rows"),
    ),
    Column("pack", "服务合同包", listed(pack_ids())),
    Column("starts_on", "开始日期", Label("维护期首日", "the first day of maintenance"), cells.DAY),
    Column("ends_on", "截止日期", Label("维护期末日", "the last day of maintenance"), cells.DAY),
    Column(
        "remote_calendar",
        "远程服务时间",
        Label("`5*8`、`5*24`、`7*8`、`7*24`（nuobida）", "`5*8`, `5*24`, `7*8`, `7*24` (nuobida)"),
    ),
    Column("star", "星级", Label("1 至 5", "1 to 5"), cells.NUMBER),
)

ROSTER = (
    Column("duty", "岗位", cells.words(_DUTIES), cells.word(_DUTIES), required=True),
    Column("person", "人员", Label("登录名", "an id"), required=True),
    Column("substitute", "替班人", Label("顶替整个班次的人的登录名", "the id of who stands in for all of it")),
    Column(
        "begins_at", "开始时间", Label("如 2026-01-31 08:00，北京时间", "such as 2026-01-31 08:00"), cells.INSTANT, True
    ),
    Column("ends_at", "结束时间", Label("同上，不含此刻", "the same; not part of the shift"), cells.INSTANT, True),
)


def records(columns: Sequence[Column], rows: Sequence[Row]) -> tuple[list[Record], list[RowFault]]:
    """The rows that could be read, and what is wrong with the others. TableError where the header is."""
    if not rows:
        raise unreadable(Label("文件是空的", "is empty"))
    (number, header), *body = rows
    places = _places(columns, number, header)
    if not body:
        raise unreadable(Label("只有表头，没有数据", "has a header and no rows"))
    found, faults = [], []
    for row, texts in body:
        values, wrong = _read(row, {column: texts[at] if at < len(texts) else "" for at, column in places.items()})
        if texts == header:
            wrong = [RowFault(row, None, Label("又是一行表头；请删除此行", "is the header again; remove the row"))]
        if any(not is_empty(text) for at, text in enumerate(texts) if at not in places):
            wrong.append(RowFault(row, None, Label("单元格比表头多", "has more cells than the header")))
        if wrong:
            faults += wrong
        else:
            found.append(Record(row, values))
    return found, faults


def _places(columns: Sequence[Column], row: int, header: Sequence[Cell]) -> dict[int, Column]:
    """Which column stands where; every known header once, the required ones at least."""
    known = {name.casefold(): column for column in columns for name in (column.field, column.zh, column.header)}
    places: dict[int, Column] = {}
    faults: list[RowFault] = []
    for at, text in enumerate(header):
        if isinstance(text, Label):
            faults.append(RowFault(row, None, text))
            continue
        name = folded(text).casefold().replace(" ", "_")
        column = known.get(name)
        if column is None and name:
            valid = ", ".join(one.header for one in columns)
            faults.append(
                RowFault(row, text[:50], Label(f"没有这一列；可用：{valid}", f"is no column here; there are {valid}"))
            )
        elif column is not None and column in places.values():
            faults.append(_fault(row, column, Label("这一列出现两次", "stands there twice")))
        elif column is not None:
            places[at] = column
    missing = (column for column in columns if column.required and column not in places.values())
    faults += (_fault(row, column, Label("缺少这一列", "is missing")) for column in missing)
    if faults:
        raise TableError(faults)
    return places


def _read(row: int, texts: Mapping[Column, Cell]) -> tuple[dict[str, Any], list[RowFault]]:
    values: dict[str, Any] = {}
    faults: list[RowFault] = []
    for column, text in texts.items():
        if isinstance(text, Label):
            faults.append(_fault(row, column, text))
            continue
        if is_empty(text):
            if column.required:
                faults.append(_fault(row, column, Label("必填", "is required")))
            continue
        try:
            values[column.field] = cells.parsed(column.kind, text)
        except CellError as wrong:
            faults.append(_fault(row, column, wrong.message))
    return values, faults


def _fault(row: int, column: Column, message: Label) -> RowFault:
    return RowFault(row, column.field, message, column.header)


def written(columns: Sequence[Column], of: Iterable[Mapping[str, Any]]) -> str:
    """The table as CSV for spreadsheets: with the mark of UTF-8, no cell of it a formula."""
    out = io.StringIO(newline="")
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow([column.zh for column in columns])
    for values in of:
        cell = {column: values.get(column.field) for column in columns}
        writer.writerow(
            ["" if value is None else with_mark(column.kind.write(value)) for column, value in cell.items()]
        )
    return out.getvalue()

"""The page on the tables that people, customers and the roster come in."""

from collections.abc import Sequence

from store.imports.tables import CUSTOMERS, PEOPLE, ROSTER, Column

_WRITTEN = "<!-- Written by `python -m tools.documents` from the tables named below; change those. -->"


def tables_page() -> str:
    """The columns of each table, in both languages (``store/imports/tables.py``)."""
    return f"""{_WRITTEN}

# Tables

Source: `store/imports/tables.py`. How a table comes in: [people](people.md). A header is the Chinese or the English
word. **Bold** columns are required. Times are China's unless they have an offset.

## People

{_table(PEOPLE)}

## Customers

{_table(CUSTOMERS)}

## Roster

{_table(ROSTER)}
"""


def _table(columns: Sequence[Column]) -> str:
    rows = "\n".join(_row(column) for column in columns)
    return f"| 表头 | header | 内容 | holds |\n|---|---|---|---|\n{rows}"


def _row(column: Column) -> str:
    mark = "**" if column.required else ""
    return f"| {mark}{column.zh}{mark} | {mark}{column.field}{mark} | {column.note.zh} | {column.note.en} |"

"""Faults of a table: which row, which column, and what would be right."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.words.label import Label

#: A cell of a file: its text, or what keeps it from being read.
Cell = str | Label


def is_empty(cell: Cell) -> bool:
    """Whether nothing stands there."""
    return isinstance(cell, str) and not cell.strip()


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with a row; ``row`` counts as spreadsheets do, the header is 1. None: with the file as a whole.

    Attributes:
        column: the field's name; None: the row as a whole.
        header: what the column is called in both languages.
    """

    row: int | None
    column: str | None
    message: Label
    header: str = ""

    @property
    def field(self) -> str:
        """As an answer over HTTP names it."""
        if self.row is None:
            return "body"
        return f"rows[{self.row}]" + (f".{self.column}" if self.column else "")

    def __str__(self) -> str:
        """For the command line, in both languages."""
        column = self.header or self.column
        places = [] if self.row is None else [f"row {self.row}", *([f"column {column}"] if column else [])]
        place = f"{', '.join(places)}: " if places else ""
        return f"{place}{self.message.zh} / {self.message.en}"


class TableError(ValueError):
    """A table of which nothing is brought in, with all that is wrong in it."""

    def __init__(self, faults: Iterable[RowFault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.row or 0))
        super().__init__("\n".join(map(str, self.faults)))


def unreadable(message: Label) -> TableError:
    """The file as a whole cannot be used."""
    return TableError([RowFault(None, None, message)])

"""Tables on the command line: bring a file in, all of it or nothing."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from cli.registry import registry
from runtime.errors import PlainError
from store.imports import Form, TableError

_FORMS = {".csv": Form.CSV, ".xlsx": Form.XLSX}

File = Annotated[Path, typer.Argument(help="a .csv or .xlsx file; docs/people.md names the columns")]
Check = Annotated[bool, typer.Option("--check", help="only say what is wrong; bring nothing in")]
AsCsv = Annotated[bool, typer.Option("--csv", help="as a table that can be brought in again")]


def bring_in(table: Callable[..., int], file: Path, *, check: bool) -> None:
    """Bring the file in and say how many rows; 1 and a line for each wrong cell where anything is wrong."""
    if file.suffix.lower() not in _FORMS:
        raise PlainError(f"{file}: must be a .csv or an .xlsx file")
    data = file.read_bytes()
    with registry() as engine:
        try:
            rows = table(engine, data, _FORMS[file.suffix.lower()], check=check)
        except TableError as wrong:
            print(wrong, file=sys.stderr)
            raise typer.Exit(1) from None
    print(f"rows without a fault: {rows}" if check else f"rows imported: {rows}")

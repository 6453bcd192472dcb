"""An Excel file's first sheet as JSON: `python store/imports/workbook.py < FILE`.

The parser is foreign and so is the file: it runs in a process of its own that has little memory, little time, and
nothing in its environment. A file made to exhaust or to crash it exhausts and crashes that process alone.
"""

import json
import resource
import subprocess
import sys
from datetime import date, datetime, timedelta
from itertools import islice

#: What the process may have: bytes of memory, seconds of computing.
_MEMORY, _SECONDS = 512 * 2**20, 10
#: More cells belong to no table of ours.
MOST_ROWS, MOST_COLUMNS = 5_000, 100
#: Nor more characters in all of them together.
_MOST_TEXT = 8 * 2**20

_HALF_A_SECOND = timedelta(milliseconds=500)


def rows_of(data: bytes) -> list[tuple[int, list[str]]] | None:
    """The first sheet's rows that are not empty, numbered as spreadsheets do; None where the file cannot be read."""
    # By its path and alone: of the project's modules it needs none.
    command = [sys.executable, "-I", __file__]
    try:
        read = subprocess.run(command, input=data, capture_output=True, env={}, timeout=3 * _SECONDS, check=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return None
    return [(number, cells) for number, cells in json.loads(read.stdout)]


def _text(cell: object) -> str:
    """As people would type it; a time is rounded to the second, because Excel counts in fractions of a day."""
    if isinstance(cell, datetime):
        return (cell + _HALF_A_SECOND).replace(microsecond=0).isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def main() -> None:
    """Read the workbook on standard input, write its rows to standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from io import BytesIO  # noqa: PLC0415  # under the limits

    from python_calamine import CalamineWorkbook  # noqa: PLC0415  # so is the parser

    sheet = CalamineWorkbook.from_filelike(BytesIO(sys.stdin.buffer.read())).get_sheet_by_index(0)
    if sheet.total_width > MOST_COLUMNS:
        sys.exit(1)
    found = ((number, [_text(cell) for cell in row]) for number, row in enumerate(sheet.iter_rows(), 1))
    full = (row for row in found if any(cell.strip() for cell in row[1]))
    # One more than there may be tells that there are too many.
    rows = list(islice(full, MOST_ROWS + 2))
    if sum(len(cell) for _, cells in rows for cell in cells) > _MOST_TEXT:
        sys.exit(1)
    json.dump(rows, sys.stdout)


if __name__ == "__main__":
    main()

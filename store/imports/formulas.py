"""Formulas: cells that a spreadsheet would compute are marked on the way out and unmarked on the way in.

CVE-2025-61873: a name such as ``=HYPERLINK(...)`` runs on the desk of whoever opens an export.
"""

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")


def with_mark(cell: str) -> str:
    """The cell as text, whatever it begins with; one that looks marked already gets another mark."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def without_mark(cell: str) -> str:
    """The cell as it was before it was marked."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell

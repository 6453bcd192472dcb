"""What a reader can hold: no file of code over 300 lines, no function over 30."""

import ast
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).parent.parent.parent
LONGEST_FILE, LONGEST_FUNCTION = 300, 30
_NOT_OURS = {".venv", "build", "dist", "node_modules"}


def files() -> Iterator[Path]:
    return (file for file in PROJECT.rglob("*.py") if not _NOT_OURS.intersection(file.relative_to(PROJECT).parts))


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    nodes = ast.walk(ast.parse(file.read_text()))
    return (node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_no_file_is_longer_than_a_reader_holds():
    assert not [str(file) for file in files() if len(file.read_text().splitlines()) > LONGEST_FILE]


def test_no_function_is_longer_than_a_screen():
    lengths = {
        f"{file.relative_to(PROJECT)}:{one.name}": (one.end_lineno or 0) - one.lineno + 1
        for file in files()
        for one in functions(file)
    }
    assert not {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION}

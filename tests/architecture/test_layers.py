"""What import-linter cannot say; the rest of the layers are its contracts in pyproject.toml."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).parent.parent.parent
PACKAGES = (
    "domain",
    "policies",
    "workflows",
    "activities",
    "gateway",
    "store",
    "demo",
    "api",
    "runtime",
    "evidence",
    "cli",
    "tools",
)


def imports(package: str) -> Iterator[tuple[Path, str]]:
    """Files of the package and the top-level names that they import, at whatever depth."""
    for file in (PROJECT / package).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                yield from ((file, alias.name.partition(".")[0]) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield file, str(node.module).partition(".")[0]


def test_the_domain_imports_only_the_standard_library_and_itself():
    allowed = sys.stdlib_module_names | {"domain"}
    assert not [found for found in imports("domain") if found[1] not in allowed]


def test_nothing_imports_the_composition_roots_of_processes():
    assert not [file for package in PACKAGES for file, name in imports(package) if name in {"worker", "watchdog"}]


def test_no_package_is_named_after_a_module_of_the_standard_library():
    assert not sys.stdlib_module_names & {*PACKAGES, "worker", "watchdog"}

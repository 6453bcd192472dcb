"""The build: which code decides on tickets, by a name that is the same wherever the same code runs."""

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

_TREE = Path(__file__).resolve().parent.parent
#: What a replay runs through, ours and others'. Whatever else changes, a ticket goes on as it was.
_DECIDES = ("activities", "domain", "workflows", "runtime/arriving.py", "runtime/payloads.py")
_PACKAGES = ("pydantic", "pydantic-core", "temporalio")


@cache
def build() -> str:
    """The version, and the beginning of a hash over the sources that decide on tickets and what these stand on."""
    found = (path for each in _DECIDES for path in (_TREE / each, *sorted((_TREE / each).rglob("*.py"))))
    digest = sha256("".join(f"{name} {version(name)}\0" for name in _PACKAGES).encode())
    for path in found:
        if path.is_file():
            digest.update(f"{path.relative_to(_TREE)}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return f"{version('zhishou')}+{digest.hexdigest()[:12]}"

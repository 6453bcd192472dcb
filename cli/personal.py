"""`zhishou people export`: all that is kept of a person, for whoever asks what is known of them."""

import json
from pathlib import Path

from cli.registry import registry
from evidence import container
from runtime.blobs import Blobs
from runtime.errors import PlainError
from runtime.files import write_private
from runtime.settings import Given
from store.kept import kept_of

_NOT_HERE = "not here any more"


def export_person(account: str, out: Path) -> dict[str, int]:
    """A file that any ZIP tool opens: table by table as JSON, and the files that they brought. Answers how many rows.

    For its owner's eyes; whole, or not at all.
    """
    with registry() as engine:
        kept = kept_of(engine, account)
    if not kept:
        raise PlainError(f"there is no {account}")
    blobs, parts = Blobs(Given().uploads_folder), dict[str, bytes]()
    for row in kept["upload"]:
        file = blobs.path(row["sha256"])
        if file.is_file():
            parts[f"uploads/{row['sha256']}"] = file.read_bytes()
        else:
            row["file"] = _NOT_HERE
    rows = {f"{name}.json": json.dumps(found, ensure_ascii=False, indent=1).encode() for name, found in kept.items()}
    write_private(out, container.written(rows | parts))
    return {name: len(found) for name, found in kept.items() if found}

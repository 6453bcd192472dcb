"""Looking into a file that somebody brings, in a process of its own: what it is made of is its sender's choice."""

import sys
from pathlib import Path

from api.attachments.media import is_what_it_says
from runtime import apart

_YES = b"yes"


def is_it(path: Path, media_type: str) -> bool:
    """Whether the file's content is of this type; False also where to find out takes more than the process has."""
    return apart.run(__file__, media_type, str(path)) == _YES


def main(media_type: str, path: str) -> None:
    """Say it."""
    apart.confine()
    sys.stdout.buffer.write(_YES if is_what_it_says(Path(path), media_type) else b"")


if __name__ == "__main__":
    main(*sys.argv[1:])

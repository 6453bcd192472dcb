"""Taking a mail apart in a process of its own: what it is made of is its sender's choice."""

import json
import sys
from collections.abc import Collection
from dataclasses import asdict, replace
from typing import Any

from mailroom.mails import File, Mail
from mailroom.reading import UnreadableError, read
from mailroom.sorting import Noise
from runtime import apart

#: What a mail of the largest size takes, several times over, in bytes and in seconds of computing.
_MEMORY, LONG_S = 1024 * 2**20, 10
#: What nearly every mail takes, several times over.
SHORT_S = 2


def taken_apart(raw: bytes, *, ours: Collection[str], trusted: Collection[str], seconds: int = LONG_S) -> Mail | None:
    """The mail; None: nobody can read it, or only with more than that process has."""
    said = apart.run(__file__, json.dumps([list(ours), list(trusted), seconds]), data=raw, seconds=seconds)
    return _told(said) if said else None


def _told(said: bytes) -> Mail:
    line, _, contents = said.partition(b"\n")
    about: dict[str, Any] = json.loads(line)
    files: list[File] = []
    for name, stated, size in about.pop("files"):
        files.append(File(name, stated, contents[:size]))
        contents = contents[size:]
    kind = about.pop("noise")
    same: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in about.items()}
    mail = Mail(**same)
    return replace(mail, files=tuple(files), noise=Noise(kind) if kind else None)


def _telling(mail: Mail) -> bytes:
    files = [(file.name, file.stated, len(file.content)) for file in mail.files]
    about = asdict(replace(mail, files=())) | {"files": files}
    return json.dumps(about).encode() + b"\n" + b"".join(file.content for file in mail.files)


def main(given: str) -> None:
    """Read one from standard input, and say what it is."""
    ours, trusted, seconds = json.loads(given)
    apart.confine(memory=_MEMORY, seconds=seconds)
    try:
        mail = read(sys.stdin.buffer.read(), ours=ours, trusted=trusted)
    except UnreadableError:
        sys.exit(1)
    sys.stdout.buffer.write(_telling(mail))


if __name__ == "__main__":
    main(*sys.argv[1:])

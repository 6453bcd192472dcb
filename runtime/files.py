"""Files and folders of an installation: private, and written whole or not at all."""

import os
from pathlib import Path
from typing import IO

LOG_KEPT_BYTES = 16 * 1024 * 1024


def private_folder(path: Path) -> Path:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def write_private(file: Path, content: str | bytes) -> None:
    """Readable by the owner only; a reader sees the old content or the new one, never a half."""
    unfinished = file.with_name(file.name + ".unfinished")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as handle:
        handle.write(content.encode() if isinstance(content, str) else content)
        handle.flush()
        os.fsync(handle.fileno())
    unfinished.rename(file)


def open_log(file: Path) -> IO[bytes]:
    """For appending; the one before is kept once when it has grown large."""
    if file.is_file() and file.stat().st_size > LOG_KEPT_BYTES:
        file.rename(file.with_name(file.name + ".1"))
    return os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab")


def others_may_enter(folder: Path) -> bool:
    """Whether a user without any rights of their own can reach what is in the folder."""
    return all(step.stat().st_mode & 0o001 for step in (folder, *folder.parents))

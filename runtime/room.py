"""Room: what is left of the disks that an installation writes to."""

import shutil
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from runtime.embedded.postgres_place import SYSTEM_FOLDER
from runtime.settings import Given

#: Bytes: below it something is to be done, while there is still time to. Of a small disk a tenth.
LEAST = 1024**3
_MIB = 1024**2


def written(given: Given) -> tuple[Path, ...]:
    """Where an installation writes: in folders of its own, and where its embedded Postgres may have its data."""
    return given.home, given.uploads_folder, given.archive_folder, SYSTEM_FOLDER


def scarce(folders: Iterable[Path], known: Collection[str] = ()) -> Mapping[str, str]:
    """The folders on whose disk little is free, each disk once, and how much it is.

    Args:
        known: those that were found before: over only when twice as much is free, so that none comes and goes.
    """
    found, seen = dict[str, str](), set[int]()
    for folder in folders:
        try:
            disk, (total, _, free) = folder.stat().st_dev, shutil.disk_usage(folder)
        except OSError:  # it is not there, or not for us
            continue
        if disk in seen:
            continue
        seen.add(disk)
        if free < min(LEAST, total // 10) * (2 if str(folder) in known else 1):
            found[str(folder)] = f"{free // _MIB} MiB"
    return found

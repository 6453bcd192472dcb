"""Room: what is left of the disks that an installation writes to."""

import shutil
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from runtime.embedded.postgres_place import SYSTEM_FOLDER

#: Bytes: below it something is to be done, while there is still time to. Of a small disk a tenth.
LEAST = 1024**3
_MIB = 1024**2


def written(*own: Path) -> tuple[Path, ...]:
    """Where an installation writes: in folders of its own, and where its embedded Postgres may have its data."""
    return (*own, SYSTEM_FOLDER)


def scarce(folders: Iterable[Path], known: Collection[str] = ()) -> Mapping[str, str]:
    """The folders on whose disk little is free, each disk once, and how much it is.

    Args:
        known: those that were found before: over only when twice as much is free, so that none comes and goes.
    """
    found, seen = dict[str, str](), set[int]()
    for folder in filter(Path.is_dir, folders):
        if (disk := folder.stat().st_dev) in seen:
            continue
        seen.add(disk)
        total, _, free = shutil.disk_usage(folder)
        if free < min(LEAST, total // 10) * (2 if str(folder) in known else 1):
            found[str(folder)] = f"{free // _MIB} MiB"
    return found

